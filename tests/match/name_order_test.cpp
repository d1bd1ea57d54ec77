#include "hub/match/name_order.hpp"

#include <gtest/gtest.h>

#include "tests/match/parties.hpp"

namespace cdh {
namespace {

constexpr std::uint32_t kSource = 'a';  // of the keys of Parties

// Of each kind of pair so many, at an address of its own.
struct Pairs {
  int begin_alike = 0, end_alike = 0, differ = 0, equal = 0;
};

Parties parties_of(const Pairs& pairs) {
  Parties parties;
  int home = 0;
  const auto add = [&](int count, const std::string& one, const std::string& other) {
    for (int i = 0; i < count; ++i) {
      const std::string at = "; street=Mila " + std::to_string(++home);
      parties.add("native=" + one + at);
      parties.add("native=" + other + at);
    }
  };
  add(pairs.begin_alike, "Nagy Peter", "Nagy Katalin");
  add(pairs.end_alike, "Peter Nagy", "Katalin Nagy");
  add(pairs.differ, "Peter Nagy", "Katalin Horvath");
  add(pairs.equal, "Peter Nagy", "Peter Nagy");
  return parties;
}

NameOrders learnt_from(const Pairs& pairs) {
  const Parties parties = parties_of(pairs);
  return learn_name_orders(parties.all, parties.words);
}

const NameOrders kNone;
const NameOrders kFamilyFirst = {{kSource, NameOrder::family_first}};
const NameOrders kGivenFirst = {{kSource, NameOrder::given_first}};

TEST(NameOrder, IsLearntFromRelatives) {
  EXPECT_EQ(learnt_from({.begin_alike = 20}), kFamilyFirst);
  EXPECT_EQ(learnt_from({.end_alike = 20}), kGivenFirst);
  EXPECT_EQ(learnt_from({.begin_alike = 25, .end_alike = 5, .differ = 20}), kFamilyFirst);
  EXPECT_EQ(learnt_from({.begin_alike = 5, .end_alike = 25, .equal = 50}), kGivenFirst);
}

TEST(NameOrder, IsLeftOpenWhereItIsNotPlain) {
  EXPECT_EQ(learnt_from({.begin_alike = 19}), kNone) << "few";
  EXPECT_EQ(learnt_from({.begin_alike = 25, .end_alike = 6}), kNone) << "both orders";
  EXPECT_EQ(learnt_from({.equal = 50}), kNone);
  EXPECT_EQ(learnt_from({.begin_alike = 25, .differ = 105}), kNone) << "colleagues";
}

TEST(NameOrder, IsLearntOfEachSource) {
  Parties parties;
  for (int i = 10; i < 30; ++i) {
    const std::string at = "; phone=+486051182" + std::to_string(i);
    const auto id = static_cast<std::int64_t>(parties.all.size());
    const std::string n = std::to_string(i);
    parties.add(id + 1, "a/s/" + n + "/x", "native=Nagy Peter" + at);
    parties.add(id + 2, "a/s/" + n + "/y", "native=Nagy Katalin" + at);
    parties.add(id + 3, "b/s/" + n + "/x", "native=Peter Nagy" + at);
    parties.add(id + 4, "b/s/" + n + "/y", "native=Katalin Nagy" + at);
    parties.add(id + 5, "c/s/" + n + "/x", "given=Peter; family=Nagy" + at);
    parties.add(id + 6, "c/s/" + n + "/y", "given=Katalin; family=Nagy" + at);
  }
  const NameOrders expected = {{'a', NameOrder::family_first}, {'b', NameOrder::given_first}};
  EXPECT_EQ(learn_name_orders(parties.all, parties.words), expected);
}

// Who share a phone and a house are two people all the same, and a couple of which one has a name that
// looks Chinese is a couple.
TEST(NameOrder, CountsTwoPeopleOnce) {
  Parties parties;
  for (int i = 10; i < 20; ++i) {
    const std::string n = std::to_string(i);
    const std::string at = "; phone=+486051182" + n + "; street=Mila " + n;
    parties.add("native=Nagy Peter" + at);
    parties.add("native=Nagy Katalin" + at);
  }
  EXPECT_EQ(learn_name_orders(parties.all, parties.words), kNone);
}

TEST(NameOrder, IsLearntFromCouplesOfAnyNames) {
  Parties parties;
  for (int i = 10; i < 30; ++i) {
    const std::string at = "; street=Mila " + std::to_string(i);
    parties.add("native=Mia Smith" + at);
    parties.add("native=David Smith" + at);
  }
  EXPECT_EQ(learn_name_orders(parties.all, parties.words), kGivenFirst);
}

TEST(NameOrder, IsNotLearntFromOffices) {
  Parties parties;
  for (const char* given :
       {"Peter", "Katalin", "Eva", "Gabor", "Zoltan", "Ilona", "Jozsef", "Edit", "Tamas"}) {
    parties.add("native=Nagy " + std::string(given) + "; street=Mila 5");
  }
  EXPECT_EQ(learn_name_orders(parties.all, parties.words), kNone);
}

// "given|family", and "?" where it may still be the other way.
std::string settled(const std::string& native, const NameOrders& orders) {
  Parties parties{"native=" + native};
  settle_name_orders(orders, parties.all, parties.words);
  const Signature& person = parties[0];
  return parties.text(0, person.given.words) + "|" + parties.text(0, person.family.words) +
         (person.may_be_reversed ? "?" : "");
}

TEST(NameOrder, PutsTheNamesToTheirPlaces) {
  EXPECT_EQ(settled("Nagy Peter", kNone), "nagy|peter?");
  EXPECT_EQ(settled("Nagy Peter", kGivenFirst), "nagy|peter");
  EXPECT_EQ(settled("Nagy Peter", kFamilyFirst), "peter|nagy");
  EXPECT_EQ(settled("Nowak Anna Maria", kFamilyFirst), "anna maria|nowak");
  EXPECT_EQ(settled("van den Berg Jan", kFamilyFirst), "jan|berg");
  EXPECT_EQ(settled("Nguyen Thi Lan", kFamilyFirst), "lan|nguyen");
  EXPECT_EQ(settled("Nguyen Van Minh", kFamilyFirst), "minh|nguyen");
  EXPECT_EQ(settled("Le Thi Hoa", kFamilyFirst), "hoa|le");
  EXPECT_EQ(settled("Le Hoang Nam", kFamilyFirst), "hoang nam|le");
  EXPECT_EQ(settled("Do Van Minh", kFamilyFirst), "minh|do");
  EXPECT_EQ(settled("Le Gall Yann", kFamilyFirst), "yann|gall");
  EXPECT_EQ(settled("Nowak", kFamilyFirst), "|nowak");
  EXPECT_EQ(settled("Anna Nowak", {{'b', NameOrder::family_first}}), "anna|nowak?");
}

TEST(NameOrder, MakesTheNamesThoseOfSeparateFields) {
  Parties parties{"native=Nowak Anna Maria", "given=Anna Maria; family=Nowak"};
  settle_name_orders(kFamilyFirst, parties.all, parties.words);
  EXPECT_EQ(parties[0].given.joined, parties[1].given.joined);
  EXPECT_EQ(parties[0].given.sorted, parties[1].given.sorted);
  EXPECT_EQ(parties[0].family.joined, parties[1].family.joined);
}

TEST(NameOrder, LeavesNamesAloneThatSayIt) {
  for (const std::string name : {"given=Anna; family=Nowak", "native=Nowak, Anna"}) {
    Parties parties{name};
    settle_name_orders(kFamilyFirst, parties.all, parties.words);
    EXPECT_EQ(parties.text(0, parties[0].given.words), "anna") << name;
  }
}

}  // namespace
}  // namespace cdh
