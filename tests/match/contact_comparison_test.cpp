#include "hub/match/contact_comparison.hpp"

#include <gtest/gtest.h>

#include "tests/match/levels.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

// The first mailbox of each; `a` and `b` as for record_of.
void check_email(const std::string& a, const std::string& b, std::string_view expected) {
  const Parties two{a, b};
  const ValueCounts none;
  const WordLikeness likeness(two.words, none);
  const auto level = [&](std::size_t i, std::size_t j) {
    return level_name(MatchField::email, compare_email(likeness, two[i], two[i].emails()[0], two[j],
                                                       two[j].emails()[0]));
  };
  EXPECT_EQ(level(0, 1), expected) << a << " and " << b;
  EXPECT_EQ(level(1, 0), expected) << b << " and " << a;
}

TEST(ContactComparison, OfMailboxes) {
  check_email("email=anko@x.zz", "email=ANKO@x.zz", "exact");
  check_email("email=a.nko+shop@gmail.com", "email=anko@gmail.com", "exact");
  check_email("email=info@acme.zz", "email=info@acme.zz", "role");
  check_email("email=dragonfly@x.zz", "email=dragonfyl@x.zz", "typing_error");
  check_email("email=dragonfly@gmail.com", "email=dragonfly@gmial.com", "local_part");
  check_email("email=anko@gmail.com", "email=anko@gmial.com", "typing_error");
  check_email("email=dragonfly@gmail.com", "email=dragonfly@wp.pl", "local_part");
  check_email("email=anko@acme.zz", "email=zebra77@acme.zz", "domain");
  check_email("email=anko@gmail.com", "email=zebra77@gmail.com", "differ");
  check_email("email=anko@acme.zz", "email=zebra77@other.zz", "differ");
  check_email("email=office@acme.zz", "email=office@other.zz", "differ");
  check_email("org=Acme; email=anko@acme.zz", "org=Acme; email=zebra77@acme.zz", "differ");
}

// What is made of the name says no more than the name: john.smith@ is at every provider.
TEST(ContactComparison, OfMailboxesThatSayOnlyTheName) {
  const std::string john = "given=John; family=Smith; email=";
  check_email(john + "john.smith@o2.pl", john + "john.smith@wp.pl", "differ");
  check_email(john + "john.smith@wp.pl", john + "john.smith7@wp.pl", "differ");
  check_email(john + "john.smith8177@o2.pl", john + "john.smith8177@wp.pl", "local_part");
  check_email("email=john.smith@o2.pl", "email=john.smith@wp.pl", "local_part");
}

TEST(ContactComparison, OfPhones) {
  const auto check = [](std::uint64_t a, std::uint64_t b, std::string_view expected) {
    const auto level = [&](std::uint64_t x, std::uint64_t y) {
      return level_name(MatchField::phone, compare_phone(PhoneFeature{x}, PhoneFeature{y}));
    };
    EXPECT_EQ(level(a, b), expected) << a << " and " << b;
    EXPECT_EQ(level(b, a), expected) << b << " and " << a;
  };
  check(48'605'118'236, 48'605'118'236, "exact");
  check(48'605'118'236, 605'118'236, "suffix");
  check(1'212'555'0142, 555'0142, "suffix");
  check(1'212'555'0142, 1'555'0142, "suffix");  // a 1 is dialled before the area code
  check(48'605'118'236, 118'236, "differ");     // six digits are too few
  check(48'605'118'236, 48'605'118'237, "digit");
  check(48'605'118'236, 48'605'181'236, "digit");  // two digits exchanged
  check(48'605'118'236, 48'605'118'327, "differ");
}

void check_identifier(const std::string& a, const std::string& b, std::string_view expected) {
  const Parties two{a, b};
  const auto level = [&](std::size_t i, std::size_t j) {
    return level_name(MatchField::identifier, compare_identifier(two[i], two[i].identifiers()[0],
                                                                 two[j], two[j].identifiers()[0]));
  };
  EXPECT_EQ(level(0, 1), expected) << a << " and " << b;
  EXPECT_EQ(level(1, 0), expected) << b << " and " << a;
}

TEST(ContactComparison, OfIdentifiers) {
  check_identifier("id=card:70 12 53", "id=Card:701253", "exact");
  check_identifier("id=card:701253", "id=card:701258", "near");
  check_identifier("id=card:701253", "id=card:702153", "near");
  check_identifier("id=card:701253", "id=card:709158", "differ");
  check_identifier("id=card:70125", "id=card:70128", "differ");  // five digits are too few
  check_identifier("id=card:701253", "id=badge:701253", "missing");
}

TEST(ContactComparison, FindsANameInAMailbox) {
  const auto check = [](const std::string& mailbox, const std::string& name, bool expected) {
    const Parties two{"email=" + mailbox + "@x.zz", "family=" + name};
    const ValueCounts none;
    const WordLikeness likeness(two.words, none);
    EXPECT_EQ(mailbox_says(likeness, two[0], two[1].words_of(two[1].family.words)), expected)
        << mailbox << " says " << name;
  };
  check("jan.kowalski", "Kowalski", true);
  check("jkowalski7", "Kowalski", true);  // five letters are found anywhere
  check("jan.lis", "Lis", true);
  check("lis7", "Lis", true);
  check("alisa", "Lis", false);  // a short name only by itself
  check("jan.li", "Li", false);
  check("anna", "Kowalski", false);
}

}  // namespace
}  // namespace cdh
