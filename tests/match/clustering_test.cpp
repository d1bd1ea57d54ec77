#include "hub/match/clustering.hpp"

#include <array>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "hub/match/matching.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Groups = std::set<std::set<std::string>>;

Decision always(std::int64_t a, std::int64_t b) { return {Decision::Kind::always_together, a, b}; }
Decision never(std::int64_t a, std::int64_t b) { return {Decision::Kind::never_together, a, b}; }

// The parties have the ids 1, 2, 3 ... and keys of one source.
struct Case {
  std::vector<std::string> parties;
  std::vector<Decision> decisions = {};
  MatchPolicy policy = {};
};

// "12 3": the clusters by the parties' numbers.
std::string clusters_of(const Case& given, const MatchModel* model = &town_model()) {
  const Parties parties{std::span(given.parties)};
  const Clustering clustering =
      match(parties.all, parties.words, given.decisions, given.policy, model).clustering;
  std::string text;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    if (i > 0) text += ' ';
    for (const std::uint32_t member : clustering[i]) text += std::to_string(member + 1);
  }
  return text;
}

// Of these edges alone, whatever blocking and comparing would find.
Clustering cluster_all(const Parties& parties, std::span<const Edge> edges,
                       std::span<const Decision> decisions = {}, const MatchPolicy& policy = {}) {
  const WordFrequencies frequencies(parties.words, town_model().counts);
  const SharedValues shared;
  const MatchContext context{parties.words, town_model().counts, frequencies, shared};
  return cluster(parties.all, edges, decisions, policy, context, MatchWeights(town_model()));
}

// With a model, and with what is learnt of nothing but these parties.
void check(const Case& given, const std::string& expected) {
  EXPECT_EQ(clusters_of(given), expected) << "with a model: " << given.parties.front();
  EXPECT_EQ(clusters_of(given, nullptr), expected) << "alone: " << given.parties.front();
}

void check_with_model(const Case& given, const std::string& expected) {
  EXPECT_EQ(clusters_of(given), expected) << given.parties.front();
}

const std::string kAnna = "given=Anna; family=Nowak; email=anko@x.zz; phone=+48605118236";
const std::string kJan = "given=Jan; family=Nowak; phone=+48605118236";

TEST(Clustering, OfNothingIsEmpty) {
  EXPECT_EQ(clusters_of({}), "");
  EXPECT_EQ(clusters_of({}, nullptr), "");
  check({{kAnna}}, "1");
}

TEST(Clustering, JoinsThroughThirdParties) {
  check({{"given=Anna; family=Nowak; email=anko@x.zz",
          "given=Anna; family=Nowak; email=anko@x.zz; id=card:70125",
          "given=Anna; family=Nowak; id=card:70125"}},
        "123");
}

// mautic#5504, #6947: what has no values, or default values, is nobody's duplicate.
TEST(Clustering, NeverJoinsOnBlankValues) {
  check({{"", "", "email=; phone=", "given=n/a; family=n/a; email=test@test.com",
          "given=n/a; family=n/a; email=test@test.com"}},
        "1 2 3 4 5");
}

// mautic#5495, roundcubemail#8747: a family shares one address, or one phone.
TEST(Clustering, KeepsAFamilyApart) {
  const std::string shared = "family=Nowak; email=dom@nowak.zz; phone=+48605118236";
  check({{"given=Anna; " + shared, "given=Jan; " + shared}}, "1 2");
  check_with_model({{"given=Anna; " + shared, "given=Jan; " + shared, "given=Ewa; " + shared,
                     "given=Anna; " + shared + "; born=1984-02-29"}},
                   "14 2 3");
}

TEST(Clustering, KeepsFatherAndSonApart) {
  const std::string home = "given=John; family=Smith; street=12 Main Street; town=York; ";
  check_with_model({{home + "born=1950-03-31", home + "born=1984-05-11"}}, "1 2");
  check_with_model({{home + "suffix=Sr", home + "suffix=Jr"}}, "1 2");
  const std::string senior =
      "given=John; family=Smith; suffix=Sr; born=1950-03-31; email=jacks@x.zz";
  const std::string junior =
      "given=John; family=Smith; suffix=Jr; born=1984-05-11; email=r2d2@y.zz";
  check({{senior + "; phone=+48605118236", junior + "; phone=+48605118236", senior, junior}},
        "13 24");
}

// A record without a birth date that could be either's.
TEST(Clustering, LeavesAnAmbiguousRecordAlone) {
  const std::string home = "given=John; family=Smith; street=12 Main Street; town=York; ";
  check_with_model({{home + "born=1950-03-31", home + "born=1984-05-11", home}}, "1 2 3");
  check_with_model({{home + "born=1950-03-31", home}}, "12");
}

// Whose it is does not become the question whether the other is him, too.
TEST(Clustering, ADecisionOnAnAmbiguousRecordLeavesTheOtherApart) {
  const std::string home = "given=John; family=Smith; street=12 Main Street; town=York; ";
  const std::vector<std::string> father_and_son = {home + "born=1950-03-31",
                                                   home + "born=1984-05-11", home};
  check_with_model({father_and_son, {always(1, 3)}}, "13 2");
  check_with_model({father_and_son, {always(2, 3)}}, "1 23");
  const std::string shared = "; family=Pemberthy; phone=+48605118236; street=Mila 5; town=York";
  const std::vector<std::string> twins = {"given=Kamila; born=2000-01-09" + shared,
                                          "given=Karolina; born=2000-01-09" + shared,
                                          "given=K; born=2000-01-09" + shared};
  check_with_model({twins}, "1 2 3");
  check_with_model({twins, {always(1, 3)}}, "13 2");
}

// What they have in common is the office, the house or the family, however much that is.
TEST(Clustering, LeavesTwoGenerationsAndTwoCompaniesOfOneOfficeApart) {
  const std::string everything =
      "; phone=+48605118236; email=biuro@acme.zz; url=acme.zz; street=Mila 5; town=York; "
      "postal=10-100";
  check({{"org=Kwiat" + everything, "org=Korzen" + everything}}, "1 2");
  check({{"org=Kwiat; unique=nip:5260250274" + everything,
          "org=Korzen; unique=nip:5260250274" + everything}},
        "12");
  check({{"org=Fundusz Objekt 17" + everything, "org=Fundusz Objekt 18" + everything}}, "1 2");
  check({{"org=Hotel Rose; street=Mila 5; town=York; postal=10-100",
          "org=Hotel Lion; street=Mila 5; town=York; postal=10-100"}},
        "1 2");
  const std::string home =
      "given=Robert; family=Quackenbush; phone=+48605118236; street=Mila 5; town=York; ";
  check_with_model({{home + "suffix=Sr", home + "suffix=Jr"}}, "1 2");
  check_with_model({{home + "suffix=Sr", home + "suffix=Jr", home}}, "1 2 3");
}

TEST(Clustering, DoesNotChainOverABridge) {
  check_with_model({{"given=Jan; family=Nowak; email=jn71@x.zz; born=1950-03-31",
                     "given=Jan; family=Nowak; email=jn71@x.zz; email=zz82@y.zz",
                     "given=Jan; family=Nowak; email=zz82@y.zz; born=1984-05-11"}},
                   "1 2 3");
}

// roundcubemail#8747: one record without a name must not bridge a couple.
TEST(Clustering, DoesNotGuessWhoseASharedMailboxIs) {
  check({{"given=Anna; family=Nowak; email=anko@x.zz", "email=anko@x.zz",
          "given=Jan; family=Nowak; email=anko@x.zz"}},
        "1 2 3");
  check({{"given=Anna; family=Nowak; email=anko@x.zz", "email=anko@x.zz"}}, "12");
  check({{"given=Anna; family=Nowak; email=anko@x.zz; email=bnko@y.zz",
          "email=anko@x.zz; email=bnko@y.zz", "given=Jan; family=Nowak; email=anko@x.zz"}},
        "12 3");
}

TEST(Clustering, JoinsByNamesAloneOnlyWithoutARival) {
  const std::string name = "given=Bartholomew; family=Quackenbush; ";
  check({{name + "email=bq77@x.zz", name + "phone=+48605118236"}}, "12");
  check({{name + "email=bq77@x.zz; born=1950-03-31", name,
          name + "email=other9@y.zz; born=1984-05-11"}},
        "1 2 3");
}

TEST(Clustering, DoesNotLinkTwoPeopleByTheirOfficesMailbox) {
  check({{"given=Anna; family=Nowak; email=info@acme.zz",
          "given=Piotr; family=Lis; email=info@acme.zz"}},
        "1 2");
  check({{"given=Anna; family=Nowak; email=info@acme.zz",
          "given=Anna; family=Nowak; email=info@acme.zz"}},
        "12");
}

TEST(Clustering, JoinsByATrustedIdentifierWithoutNames) {
  check({{"given=Jan; family=Nowak; id=pesel:44051401359", "id=PESEL:44051401359"}}, "12");
  check({{"given=Jan; family=Nowak; unique=card:71234", "unique=card:71234"}}, "12");
  check({{"given=Jan; family=Nowak; unique=card:71234",
          "given=Ewa; family=Nowak; unique=card:71234"}},
        "12");
  check({{"given=Jan; family=Nowak; phone=+48601234567; unique=card:71234",
          "given=Ewa; family=Lis; phone=+48601234567; unique=card:71234"}},
        "12");
  check(
      {{"given=Jan; family=Nowak; unique=card:71234", "given=Ewa; family=Lis; unique=card:71234"}},
      "1 2");
  check({{"org=Acme Foods; unique=no:71234", "org=Bolt Metal; unique=no:71234"}}, "12");
  const std::string acme =
                        "org=Acme Foods; unique=no:71234; street=Mila 5; town=York; postal=10-100",
                    bolt =
                        "org=Bolt Metal; unique=no:71234; street=Polna 88; town=Radom; "
                        "postal=26-600; phone=+48787654321";
  check({{acme + "; phone=+48601234567", bolt}}, "1 2");
  check({{acme + "; phone=+48787654321", bolt}}, "12");
  check({{"given=Jan; family=Nowak; born=1944-05-14; unique=card:71234",
          "given=Ewa; family=Lis; born=1984-02-29; unique=card:71234"}},
        "1 2");
}

TEST(Clustering, PassesOverCrowdedValues) {
  // Alike but for the mailbox, which is all that would tell them from namesakes.
  const std::string name = "given=Anna; family=Nowak; ";
  const Case given{{name + "born=1950-03-31; email=anko@x.zz", "email=anko@x.zz",
                    name + "born=1950-03-31; email=anko@x.zz"}};
  check_with_model(given, "123");
  Case crowded = given;
  crowded.policy.max_holders = 2;
  check_with_model(crowded, "13 2");
  const Parties parties{std::span(given.parties)};
  CrowdedCounts expected{};
  EXPECT_EQ(match(parties.all, parties.words, {}, given.policy, &town_model()).crowded, expected);
  expected[static_cast<std::size_t>(BlockingPass::email)] = 1;
  EXPECT_EQ(match(parties.all, parties.words, {}, crowded.policy, &town_model()).crowded, expected);
}

TEST(Clustering, KeepsTheBranchesOfAChainApart) {
  const std::string york = "org=Acme Foods; street=Mila 5; town=York; postal=10-100; ";
  const std::string leeds = "org=Acme Foods; street=Dluga 17; town=Leeds; postal=27-531; ";
  const std::string torun = "org=Acme Foods; street=Krotka 9; town=Torun; postal=33-812; ";
  check_with_model({{york, leeds, torun}}, "1 2 3");
  const std::string line = "phone=+48605118236";
  check({{york + line, leeds + line, torun + line}}, "1 2 3");
  check({{york + "phone=+48605118236", leeds + "phone=+48605222444", torun + "phone=+48605333555",
          "org=Acme Foods Ltd; street=Mila 5; town=York; phone=+48605118236"}},
        "14 2 3");
}

TEST(Clustering, DoesNotGuessWhichNamesakeACompanyIs) {
  check({{"org=Acme Foods; street=Mila 5; town=York; postal=10-100",
          "org=Acme Foods; street=Dluga 17; town=Leeds; postal=27-531", "org=Acme Foods"}},
        "1 2 3");
}

TEST(Clustering, NeverJoinsAPersonWithACompany) {
  check({{"org=Acme Trading; phone=+48605118236; email=acme@x.zz",
          "given=Acme; family=Trading; phone=+48605118236; email=acme@x.zz"}},
        "1 2");
}

TEST(Clustering, HoldsOneRecordPerSource) {
  const Case free{{kAnna, kAnna, kAnna}};
  check(free, "123");
  MatchPolicy policy;
  policy.one_per_source = {"b"};
  check({free.parties, {}, policy}, "123");
  policy.one_per_source = {"a"};
  check({free.parties, {}, policy}, "1 2 3");
  check({free.parties, {always(1, 3)}, policy}, "13 2");
}

// Two people of one record are no duplicates; of two records they are, also through a third.
TEST(Clustering, CountsTheRecordsOfASourceNotItsParties) {
  Parties parties;
  parties.add(1, "a/s/1/buyer", kAnna);
  parties.add(2, "a/s/1/payer", kAnna);
  parties.add(3, "b/s/1/p", kAnna);
  parties.add(4, "a/s/2/buyer", kAnna);
  MatchPolicy policy;
  policy.one_per_source = {"a"};
  const auto groups = [&](const std::vector<Edge>& edges, const std::vector<Decision>& decisions) {
    return cluster_all(parties, edges, decisions, policy).size();
  };
  EXPECT_EQ(groups({{0, 1, 9, true}}, {}), 3U);
  EXPECT_EQ(groups({{0, 1, 9, true}, {1, 2, 8, true}, {2, 3, 5, true}}, {}), 2U);
  EXPECT_EQ(groups({{0, 3, 9, true}}, {}), 4U);
  EXPECT_EQ(groups({{0, 1, 9, true}}, {always(2, 4)}), 3U) << "the two records stay two";
}

TEST(Clustering, ObeysDecisions) {
  check({{kAnna, kJan}, {always(1, 2)}}, "12");
  check({{kAnna, "given=Adam; family=Lis; email=al@y.zz"}, {always(2, 1)}}, "12");
  check({{kAnna, kAnna}, {never(1, 2)}}, "1 2");
  check({{kAnna, kAnna}, {never(2, 1)}}, "1 2");
  check({{kAnna, kAnna}, {always(1, 2), never(1, 2)}}, "1 2");
  check({{kAnna, kJan}, {always(1, 99), never(98, 99), always(1, 1)}}, "1 2");
}

// erpnext#21159: a dismissed pair does not come back through a third record.
TEST(Clustering, KeepsADismissedPairApartThroughOthers) {
  const Case given{{"given=Anna; family=Nowak; email=anko@x.zz; phone=+48605118236",
                    "given=Anna; family=Nowak; email=anko@x.zz; id=card:70125",
                    "given=Anna; family=Nowak; id=card:70125"},
                   {never(1, 3)}};
  const std::string clusters = clusters_of(given);
  EXPECT_TRUE(clusters == "12 3" || clusters == "1 23" || clusters == "1 2 3") << clusters;
}

TEST(Clustering, GivesThePathOfEachMember) {
  Parties parties;
  parties.add(1, "c/s/1/p", "given=Anna; family=Nowak; id=card:70125");
  parties.add(2, "b/s/1/p", "given=Anna; family=Nowak; id=card:70125; email=anko@x.zz");
  parties.add(3, "a/s/1/p", "given=Ania; family=Nowak; email=anko@x.zz");
  parties.add(4, "d/s/1/p", "phone=+48605118236");
  const std::vector<Decision> decisions = {always(1, 4)};
  const Clustering clustering =
      match(parties.all, parties.words, decisions, {}, &town_model()).clustering;
  ASSERT_EQ(clustering.size(), 1U);
  EXPECT_THAT(clustering[0], ElementsAre(2, 1, 0, 3)) << "by key text";
  EXPECT_EQ(clustering.joins[2].to, kNobody);
  EXPECT_EQ(clustering.joins[1].to, 2U);
  EXPECT_EQ(clustering.joins[1].reason.kind, LinkReason::Kind::evidence);
  EXPECT_THAT(describe(clustering.joins[1].reason),
              HasSubstr("same family name, e-mail address; similar given name (score "));
  EXPECT_EQ(clustering.joins[0].to, 1U);
  EXPECT_THAT(describe(clustering.joins[0].reason),
              HasSubstr("same given name, family name, identifier (score "));
  EXPECT_EQ(clustering.joins[3].to, 0U);
  EXPECT_EQ(describe(clustering.joins[3].reason), "a steward's decision");
}

TEST(Clustering, SaysWhenANameIsAllThereIs) {
  const Parties parties{"given=Bartholomew; family=Quackenbush; email=bq77@x.zz",
                        "given=Bartholomew; family=Quackenbush"};
  const Matching result = match(parties.all, parties.words, {}, {}, &town_model());
  EXPECT_EQ(result.clustering.joins[1].reason.kind, LinkReason::Kind::name_alone);
  EXPECT_THAT(describe(result.clustering.joins[1].reason),
              HasSubstr("same given name, family name; nobody else of that name is about (score "));
}

// What is learnt only when there is no model.
TEST(Clustering, LearnsAModelOnlyWithoutOne) {
  const Parties parties{kAnna, kAnna, kJan};
  EXPECT_TRUE(match(parties.all, parties.words, {}, {}, nullptr).learnt.has_value());
  EXPECT_FALSE(match(parties.all, parties.words, {}, {}, &town_model()).learnt.has_value());
}

// The clusters as sets of key texts.
Groups groups_of(std::span<const Signature> all, const Clustering& clustering) {
  Groups groups;
  std::size_t members = 0;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    std::set<std::string> group;
    for (const std::uint32_t member : clustering[i]) group.insert(all[member].identity.key);
    members += group.size();
    groups.insert(group);
  }
  EXPECT_EQ(members, all.size()) << "every party is in one cluster";
  return groups;
}

std::vector<Decision> some_decisions(std::size_t parties, std::mt19937& random) {
  std::vector<Decision> decisions;
  for (int i = 0; i < 6; ++i) {
    const auto a = static_cast<std::int64_t>(1 + random() % parties);
    const auto b = static_cast<std::int64_t>(1 + random() % parties);
    decisions.push_back(i < 3 ? always(a, b) : never(a, b));
  }
  return decisions;
}

// A village where everybody shares something with somebody, and many pairs score the same.
std::vector<TownRecord> a_village(std::size_t count, std::mt19937& random) {
  constexpr std::array<const char*, 8> kGiven = {"Anna",  "Ania", "A",   "Jan",
                                                 "Janek", "Ewa",  "Jon", ""};
  constexpr std::array<const char*, 5> kFamily = {"Nowak", "Lis", "Nowak-Lis", "Nowka", ""};
  const auto pick = [&](std::size_t n) { return random() % n; };
  std::vector<TownRecord> village;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = std::string("given=") + kGiven[pick(8)] + "; family=" + kFamily[pick(5)];
    if (pick(2) == 0) text += "; email=anko" + std::to_string(pick(count / 3)) + "@x.zz";
    if (pick(2) == 0) text += "; phone=+4860123" + std::to_string(1000 + pick(count / 4));
    if (pick(3) == 0) text += "; id=card:70" + std::to_string(100 + pick(count / 3));
    if (pick(3) == 0) text += "; born=19" + std::to_string(50 + pick(40)) + "-03-12; town=York";
    const std::string source(1, static_cast<char>('a' + pick(3)));
    village.push_back({source + "/s/" + std::to_string(i) + "/p", text, 0});
  }
  return village;
}

// Same in, same out: not of order, not of row ids, not of the vocabulary's numbers (splink#1903,
// zingg#132).
void check_any_order(std::vector<TownRecord> records, const MatchPolicy& policy,
                     const MatchModel* model, std::mt19937& random) {
  const Parties parties = parties_of(records);
  const std::vector<Decision> decisions = some_decisions(records.size(), random);
  std::ranges::shuffle(records, random);
  Parties shuffled;
  std::map<std::string, std::int64_t> id_of;
  for (const TownRecord& record : records) {
    const auto id = static_cast<std::int64_t>(5000 - shuffled.all.size());
    id_of[record.key] = id;
    shuffled.add(id, record.key, record.description);
  }
  std::vector<Decision> same_decisions;
  for (const Decision& decision : decisions) {
    const auto id = [&](std::int64_t party) {
      return id_of.at(parties[static_cast<std::size_t>(party - 1)].identity.key);
    };
    same_decisions.push_back({decision.kind, id(decision.party_b), id(decision.party_a)});
  }
  std::ranges::shuffle(same_decisions, random);
  const Matching first = match(parties.all, parties.words, decisions, policy, model);
  const Matching second = match(shuffled.all, shuffled.words, same_decisions, policy, model);
  const Groups groups = groups_of(parties.all, first.clustering);
  EXPECT_LT(groups.size(), records.size());
  EXPECT_EQ(groups_of(shuffled.all, second.clustering), groups);
  EXPECT_EQ(second.crowded, first.crowded);
  EXPECT_EQ(second.edges.size(), first.edges.size());
}

TEST(Clustering, DoesNotDependOnOrderOrIds) {
  std::mt19937 random(20260101);
  MatchPolicy policy;
  policy.one_per_source = {"c"};
  policy.max_holders = 6;
  policy.block_limit = 12;
  for (std::uint32_t round = 0; round < 6; ++round) {
    const std::vector<TownRecord> records = Town(120, 100 + round).records();
    check_any_order(records, policy, &town_model(), random);
    check_any_order(records, policy, nullptr, random);
  }
  for (int round = 0; round < 60; ++round) {
    check_any_order(a_village(90, random), round % 2 == 0 ? policy : MatchPolicy(), &town_model(),
                    random);
  }
}

// A record without a given name, as like 40 Annas as it is like one Jan: whose it is cannot be said,
// wherever Jan's record stands among the others and in whatever order the edges come.
TEST(Clustering, LeavesTheHubOfManyRivalsAloneInAnyOrder) {
  constexpr std::uint32_t kHub = 41;
  for (const std::uint32_t place_of_jan : {0U, 20U, 40U}) {
    Parties parties;
    std::vector<Edge> edges;
    for (std::uint32_t i = 0; i < kHub; ++i) {
      parties.add(std::string("given=") + (i == place_of_jan ? "Jan" : "Anna") +
                  "; family=Nowak; email=anko@x.zz");
      edges.push_back({i, kHub, 5, true});
    }
    parties.add("family=Nowak; email=anko@x.zz");
    for (int order = 0; order < 2; ++order) {
      EXPECT_EQ(cluster_all(parties, edges).size(), parties.all.size()) << place_of_jan;
      std::ranges::reverse(edges);
    }
  }
}

// A form that was sent again and again: that many rivals tear nobody who is told from none of them.
TEST(Clustering, JoinsManyEqualRecords) {
  const Case given{std::vector<std::string>(45, kAnna)};
  const Parties parties{std::span(given.parties)};
  EXPECT_EQ(match(parties.all, parties.words, {}, {}, &town_model()).clustering.size(), 1U);
}

// Bert may be Robert or Norbert, so who comes first decides how many customers a phone is counted to
// have: the first by key text, not by place.
TEST(Clustering, CountsTheCustomersOfAValueInTheOrderOfKeys) {
  const std::array<std::string, 3> given = {"Robert", "Bert", "Norbert"};
  std::array<std::size_t, 3> order = {0, 1, 2};
  std::map<std::pair<std::string, std::string>, std::set<float>> scores;
  do {
    Parties parties;
    for (const std::size_t i : order) {
      const std::string number = std::to_string(i);
      parties.add(static_cast<std::int64_t>(i), "a/s/" + number + "/p",
                  "given=" + given[i] + "; family=Nowak; phone=+48605118236");
    }
    for (const Edge& edge : match(parties.all, parties.words, {}, {}, &town_model()).edges) {
      const auto ends = std::minmax(parties[edge.a].identity.key, parties[edge.b].identity.key);
      scores[ends].insert(edge.score);
    }
  } while (std::ranges::next_permutation(order).found);
  EXPECT_FALSE(scores.empty());
  for (const auto& [ends, of_pair] : scores) EXPECT_EQ(of_pair.size(), 1U) << ends.first;
}

// So a later run may look at what was touched only (splink#820, dedupe#421).
TEST(Clustering, OfEachComponentByItselfIsThatOfAll) {
  const Parties town = parties_of(Town(250, 7).records());
  const Matching whole = match(town.all, town.words, {}, {}, &town_model());
  const Groups expected = groups_of(town.all, cluster_all(town, whole.edges));
  const WordFrequencies frequencies(town.words, town_model().counts);
  const SharedValues shared;
  const MatchContext context{town.words, town_model().counts, frequencies, shared};
  const MatchWeights weights(town_model());

  // What edges connect, in the plainest way.
  std::vector<std::uint32_t> component(town.all.size());
  std::iota(component.begin(), component.end(), 0U);
  for (std::size_t round = 0; round < town.all.size(); ++round) {
    for (const Edge& edge : whole.edges) {
      component[edge.a] = component[edge.b] = std::min(component[edge.a], component[edge.b]);
    }
  }
  Groups groups;
  for (std::uint32_t id = 0; id < town.all.size(); ++id) {
    std::vector<Signature> part;
    std::vector<std::uint32_t> place(town.all.size());
    for (std::size_t i = 0; i < town.all.size(); ++i) {
      if (component[i] != id) continue;
      place[i] = static_cast<std::uint32_t>(part.size());
      part.push_back(town[i]);
    }
    std::vector<Edge> edges;
    for (Edge edge : whole.edges) {
      if (component[edge.a] != id) continue;
      edge.a = place[edge.a];
      edge.b = place[edge.b];
      edges.push_back(edge);
    }
    if (part.empty()) continue;
    groups.merge(groups_of(part, cluster(part, edges, {}, {}, context, weights)));
  }
  EXPECT_EQ(groups, expected);
}

TEST(Clustering, FindsTheCustomersOfATown) {
  const std::vector<TownRecord> records = Town(600, 3).records();
  const Parties parties = parties_of(records);
  const Clustering clustering = match(parties.all, parties.words, {}, {}, nullptr).clustering;
  std::size_t found = 0, wrong = 0, pairs = 0;
  std::vector<std::size_t> cluster_of(records.size());
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    for (const std::uint32_t member : clustering[i]) cluster_of[member] = i;
  }
  for (std::size_t a = 0; a < records.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const bool is_match = records[a].customer == records[b].customer;
      const bool is_found = cluster_of[a] == cluster_of[b];
      pairs += is_match;
      found += is_match && is_found;
      wrong += !is_match && is_found;
    }
  }
  EXPECT_GT(pairs, 200U);
  EXPECT_GT(static_cast<double>(found), 0.97 * static_cast<double>(pairs));
  EXPECT_LT(static_cast<double>(wrong), 0.01 * static_cast<double>(pairs));
}

// A profile of more parties than the limit comes from bad data, such as one number used by all.
TEST(Clustering, LimitsTheSizeOfAProfile) {
  Parties parties;
  for (int i = 0; i < 2500; ++i) {
    const auto mailbox = [](int number) {
      return "email=" + std::to_string(number * 7919) + "xyz" + std::to_string(number) + "@x.zz; ";
    };
    parties.add("given=Bartholomew; family=Quackenbush; " + mailbox(i) + mailbox(i + 1));
  }
  const Clustering clustering = match(parties.all, parties.words, {}, {}, &town_model()).clustering;
  ASSERT_EQ(clustering.size(), 2U);
  EXPECT_LE(std::max(clustering[0].size(), clustering[1].size()), kMaxProfileParties);
}

}  // namespace
}  // namespace cdh
