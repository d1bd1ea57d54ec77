#include "hub/match/signature.hpp"

#include <gtest/gtest.h>

#include "hub/match/blocking.hpp"
#include "tests/match/parties.hpp"

namespace cdh {
namespace {

std::size_t shared_keys(std::string_view a, std::string_view b) {
  const auto keys_of_a = block_keys(party(1, "a/s/1/p", a));
  const auto keys_of_b = block_keys(party(2, "b/s/2/p", b));
  std::vector<std::uint64_t> shared;
  std::ranges::set_intersection(keys_of_a, keys_of_b, std::back_inserter(shared));
  return shared.size();
}

TEST(Signature, FoldsThePerson) {
  const Signature signature =
      party(1, "a/s/1/p", "given=Łucja; family=Żak-Nowak; suffix=Jr.; born=1984-02-29; sex=female");
  EXPECT_EQ(signature.kind, PartyKind::person);
  EXPECT_EQ(signature.given, "lucja");
  EXPECT_EQ(signature.family, "zak nowak");
  EXPECT_EQ(signature.generation, 2);
  EXPECT_EQ(signature.birth_date, 19840229);
  EXPECT_EQ(signature.sex, Sex::female);
}

TEST(Signature, ReadsChineseCharactersAsPinyin) {
  const Signature native = party(1, "a/s/1/p", "native=王小明");
  EXPECT_EQ(native.given, "xiaoming");
  EXPECT_EQ(native.family, "wang");
}

TEST(Signature, TakesBirthDateAndSexFromAPesel) {
  const Signature signature = party(1, "a/s/1/p", "given=Jan; id=PESEL:44051401359");
  EXPECT_EQ(signature.birth_date, 19440514);
  EXPECT_EQ(signature.sex, Sex::male);
}

TEST(Signature, GivesAKeyForEachValueInCommon) {
  const auto check = [](std::string_view a, std::string_view b, std::size_t expected) {
    EXPECT_EQ(shared_keys(a, b), expected) << a << " and " << b;
  };
  check("email=Ann@x.zz", "email=ann@x.zz", 1);
  check("email=Ann@x.zz", "email=bob@x.zz", 0);
  check("email=a.nn+web@gmail.com", "email=ann@gmail.com", 1);
  check("phone=+48605118236", "phone=+48605118236", 1);
  check("phone=555 123 99", "phone=555-12399", 1);
  check("id=card:00 71", "id=card:0071", 1);
  check("id=card:0071", "id=badge:0071", 0);
  check("id=pesel:44051401359", "unique=PESEL:440514-01359", 1);
  check("born=1984-02-29; postal=00-950; town=York", "born=1984-02-29; postal=00950; town=YORK", 2);
  check("born=1984-02-29; street=12 Main Street", "born=1984-02-29; street=12, Main St.", 1);
  check("postal=00-950; town=York", "postal=00-950; town=York", 0);
  check("org=Acme; tax_id=PL 526-025-02-74", "org=Acme; id=NIP:5260250274", 1);
  check("org=Acme; url=https://www.acme.zz/", "org=Acme; url=acme.zz", 2);
  check("org=Acme; url=https://www.acme.zz/en", "org=Acme; url=acme.zz", 0);
  check("org=Acme; url=HTTPS://Acme.zz", "org=Acme; email=info@acme.zz", 1);
  check("org=Acme; staff=ann@acme.zz", "org=Zenith; email=info@acme.zz", 1);
  check("org=Acme; staff=ann@gmail.com", "org=Zenith; email=acme@gmail.com", 0);
  check("org=Bei Jing Hotel", "org=Beijing Hotel Ltd", 1);
  check("org=Acme; street=Mila 5; postal=1", "org=Acme; street=ul. Mila 5; postal=1", 1);
  check("org=Acme; street=Market Square; postal=1", "org=Acme; street=Market Square; postal=1", 0);
  check("org=Acme; email=ann@x.zz", "given=Ann; email=ann@x.zz", 0);
}

// mautic#5504, roundcubemail#8747: default values and shared mailboxes.
TEST(Signature, GivesNoKeyForBlankPlaceholderAndRoleValues) {
  for (const char* description :
       {"", "email=", "email=test@test.com", "email=info@acme.zz", "phone=000000000", "phone=123",
        "id=card:n/a", "id=card:0000", "born=1900-01-01; town=York", "born=1984-02-29; town=n/a",
        "given=Ann; family=Lee"}) {
    EXPECT_TRUE(block_keys(party(1, "a/s/1/p", description)).empty()) << description;
  }
  EXPECT_FALSE(block_keys(party(1, "a/s/1/p", "org=Acme; email=info@acme.zz")).empty());
}

TEST(Signature, LimitsItsEvidence) {
  std::string description;
  for (int i = 0; i < 500; ++i) description += "id=card:c" + std::to_string(i) + ";";
  EXPECT_EQ(party(1, "a/s/1/p", description).evidence.size(), kMaxEvidence);
}

TEST(Blocking, FindsCrowdedKeys) {
  std::vector<Signature> signatures;
  for (int i = 0; i < 5; ++i) {
    signatures.push_back(party(i, "a/s/" + std::to_string(i) + "/p",
                               i < 4 ? "phone=+48605118236; id=card:77" : "id=card:77"));
  }
  const std::vector<Posting> postings = key_postings(signatures);
  EXPECT_EQ(find_crowded(postings, {5, {}}).size(), 0U);
  EXPECT_EQ(find_crowded(postings, {4, {}}).size(), 1U);
  EXPECT_EQ(find_crowded(postings, {3, {}}).size(), 2U);
}

}  // namespace
}  // namespace cdh
