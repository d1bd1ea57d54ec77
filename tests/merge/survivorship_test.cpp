#include "hub/merge/survivorship.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "tests/merge/customer_records.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum Survivorship;

MergePolicy chain(std::vector<Survivorship> rules) { return {std::move(rules), {}}; }

TEST(Survivorship, TakesEverythingFromTheOnlyRecord) {
  CustomerRecords records;
  records.add("crm/c/1/p", 50, {}, "person", {{"given_name", "Ann"}, {"family_name", "Lee"}})
      .with("email", {{"value", "Ann@x.example"}, {"canonical", "ann@x.example"}})
      .with_extension("shoe_size", "44");
  const GoldenProfile profile = survive(records.members(), {});
  EXPECT_EQ(profile.display_name, "Ann Lee");
  EXPECT_THAT(lines_of(profile),
              ElementsAre("given_name=Ann(1,only)", "family_name=Lee(1,only)",
                          "ext.shoe_size=44(1,only)", "email Ann@x.example ann@x.example(1,only)"));
}

TEST(Survivorship, AppliesEachRuleInTheOrderOfTheChain) {
  const auto check = [](std::vector<Survivorship> rules, const std::string& expected) {
    CustomerRecords records;
    records.add("a/s/1/p", 10, 300, "person", {{"occupation", "cook"}})
        .add("b/s/1/p", 90, 100, "person", {{"occupation", "chef"}})
        .add("c/s/1/p", 20, 200, "person", {{"occupation", "head of kitchen"}})
        .add("d/s/1/p", 20, 200, "person", {{"occupation", "cook"}});
    EXPECT_THAT(lines_of(survive(records.members(), chain(std::move(rules)))),
                ElementsAre("occupation=" + expected));
  };
  check({source_priority, most_recent}, "chef(2,source_priority)");
  check({most_recent, source_priority}, "cook(1,most_recent)");
  check({most_complete}, "head of kitchen(3,most_complete)");
  check({most_frequent}, "cook(1,most_frequent)");
  check({}, "cook(1,tie)");
}

TEST(Survivorship, SaysWhetherThereWasAChoice) {
  CustomerRecords records;
  records.add("a/s/1/p", 10, {}, "person", {{"gender", "female"}, {"occupation", "cook"}})
      .add("b/s/1/p", 90, {}, "person", {{"gender", "female"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("gender=female(2,agreed)", "occupation=cook(1,only)"));
}

TEST(Survivorship, NeverStitchesANameFromTwoRecords) {
  CustomerRecords records;
  records.add("crm/c/1/p", 90, {}, "person", {{"given_name", "Ann"}, {"family_name", "Lee"}})
      .add("web/c/1/p", 10, {}, "person",
           {{"given_name", "Anna"}, {"additional_name", "Maria"}, {"family_name", "Lee-Park"}});
  EXPECT_THAT(
      lines_of(survive(records.members(), {})),
      ElementsAre("given_name=Ann(1,source_priority)", "family_name=Lee(1,source_priority)"));
  EXPECT_THAT(
      lines_of(survive(records.members(), {{most_complete}, {}})),
      ElementsAre("given_name=Anna(2,most_complete)", "additional_name=Maria(2,most_complete)",
                  "family_name=Lee-Park(2,most_complete)"));
  EXPECT_THAT(
      lines_of(survive(records.members(), {{source_priority}, {{"family_name", {most_complete}}}})),
      ElementsAre("given_name=Anna(2,most_complete)", "additional_name=Maria(2,most_complete)",
                  "family_name=Lee-Park(2,most_complete)"));
}

TEST(Survivorship, KeepsAnAddressWhole) {
  CustomerRecords records;
  records.add("erp/c/1/p", 90, {}, "person", {})
      .with("postal_address", {{"street_address", "1 Mill Lane"}, {"address_locality", "York"}})
      .add("web/c/1/p", 10, {}, "person", {})
      .with("postal_address", {{"street_address", "2 High St"}, {"postal_code", "LS1 1AA"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("postal_address 1 Mill Lane York(1,source_priority)",
                          "postal_address 2 High St LS1 1AA(2,source_priority)"));
}

TEST(Survivorship, CollectsSeveralContactsWithoutRepeats) {
  CustomerRecords records;
  records.add("erp/c/1/p", 90, {}, "person", {})
      .with("email", {{"value", "ANN@X.EXAMPLE"}, {"canonical", "ann@x.example"}})
      .with("phone", {{"value", "601 234 567"}, {"e164", "+48601234567"}})
      .with("postal_address", {{"street_address", "ul. Mila 5"}, {"postal_code", "00-950"}})
      .with("external_identifier", {{"id_type", "card"}, {"id_value", "007"}})
      .add("web/c/1/p", 10, {}, "person", {})
      .with("email", {{"value", "Ann@x.example"}, {"canonical", "ann@x.example"}})
      .with("email", {{"value", "lee@y.example"}, {"canonical", "lee@y.example"}})
      .with("phone", {{"value", "+48 601234567"}, {"e164", "+48601234567"}})
      .with("phone", {{"value", "+48 601234567 x2"}, {"e164", "+48601234567"}, {"extension", "2"}})
      .with("postal_address", {{"street_address", "UL. MILA 5"}, {"postal_code", "00950"}})
      .with("external_identifier", {{"id_type", "card"}, {"id_value", "7"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("email ANN@X.EXAMPLE ann@x.example(1,source_priority)",
                          "email lee@y.example lee@y.example(2,source_priority)",
                          "phone 601 234 567 +48601234567(1,source_priority)",
                          "phone +48 601234567 x2 +48601234567 2(2,source_priority)",
                          "postal_address ul. Mila 5 00-950(1,only)",
                          "external_identifier card 007(1,source_priority)",
                          "external_identifier card 7(2,source_priority)"));
}

TEST(Survivorship, PutsVerifiedContactsFirstWhenToldTo) {
  CustomerRecords records;
  records.add("erp/c/1/p", 90, {}, "person", {})
      .with("email", {{"value", "old@x.example"}})
      .with("email", {{"value", "new@x.example"}, {"verified", "true"}});
  EXPECT_THAT(
      lines_of(survive(records.members(), {{source_priority}, {{"email", {verified_first}}}})),
      ElementsAre("email new@x.example true(1,verified_first)",
                  "email old@x.example(1,verified_first)"));
}

TEST(Survivorship, TakesAWholeNameBeforeHalfOfOne) {
  CustomerRecords records;
  records.add("crm/c/1/p", 80, {}, "person", {{"honorific_prefix", "Mr"}})
      .add("erp/c/1/p", 60, {}, "person", {{"family_name", "Lee"}})
      .add("shop/c/1/p", 20, {}, "person", {{"given_name", "Ann"}, {"family_name", "Lee"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("given_name=Ann(3,valid)", "family_name=Lee(3,valid)"));
}

TEST(Survivorship, KnowsAnAddressInCapitalLettersOfAnyScript) {
  CustomerRecords records;
  records.add("crm/c/1/p", 80, {}, "person", {})
      .with("postal_address", {{"street_address", "ul. Długa 5"}, {"address_locality", "Łódź"}})
      .add("erp/c/1/p", 60, {}, "person", {})
      .with("postal_address", {{"street_address", "UL. DŁUGA 5"}, {"address_locality", "ŁÓDŹ"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("postal_address ul. Długa 5 Łódź(1,only)"));
}

TEST(Survivorship, PrefersTheRefusalOfConsentLikeValues) {
  CustomerRecords records;
  records.add("a/s/1/p", 90, 3, "person", {})
      .with_extension("mailing", "granted")
      .add("b/s/1/p", 10, 2, "person", {})
      .with_extension("mailing", "maybe")
      .add("c/s/1/p", 10, 1, "person", {})
      .with_extension("mailing", "Unsubscribed");
  EXPECT_THAT(
      lines_of(survive(records.members(), {{source_priority}, {{"mailing", {most_restrictive}}}})),
      ElementsAre("ext.mailing=Unsubscribed(3,most_restrictive)"));
}

TEST(Survivorship, PrefersTheFurthestStage) {
  CustomerRecords records;
  records.add("a/s/1/p", 90, {}, "person", {})
      .with_extension("stage", "lead")
      .add("b/s/1/p", 10, {}, "person", {})
      .with_extension("stage", "Customer");
  EXPECT_THAT(
      lines_of(survive(records.members(), {{source_priority}, {{"stage", {furthest_stage}}}})),
      ElementsAre("ext.stage=Customer(2,furthest_stage)"));
}

TEST(Survivorship, LetsAClearedValueWin) {
  CustomerRecords records;
  records.add("a/s/1/p", 90, {}, "person", {{"occupation", ""}})
      .add("b/s/1/p", 10, {}, "person", {{"occupation", "cook"}});
  EXPECT_THAT(lines_of(survive(records.members(), {})),
              ElementsAre("occupation=(1,source_priority)"));
}

TEST(Survivorship, PinsWin) {
  CustomerRecords records;
  records.add("a/s/1/p", 90, {}, "person", {{"family_name", "Lee"}})
      .with("email", {{"value", "a@x.example"}, {"canonical", "a@x.example"}})
      .with("email", {{"value", "B@x.example"}, {"canonical", "b@x.example"}});
  const std::vector<Pin> pins = {{"family_name", "Leigh"},
                                 {"occupation", "cook"},
                                 {"email", "b@x.example"},
                                 {"phone", "112"},
                                 {"no_such_field", "x"}};
  const GoldenProfile profile = survive(records.members(), {}, pins);
  EXPECT_EQ(profile.display_name, "Leigh");
  EXPECT_THAT(lines_of(profile),
              ElementsAre("family_name=Leigh(0,pinned)", "occupation=cook(0,pinned)",
                          "email B@x.example b@x.example(1,pinned)",
                          "email a@x.example a@x.example(1,tie)", "phone 112(0,pinned)"));
}

// Whatever the chain prefers: the trusted source's is no value.
TEST(Survivorship, AKnownValueStandsBeforeAPlaceholder) {
  CustomerRecords records;
  records
      .add("erp/s/1/p", 90, 300, "person",
           {{"given_name", "Jan"}, {"family_name", "Test"}, {"birth_date", "1900-01-01"}})
      .with("email", {{"value", "test@test.pl"}})
      .with("phone", {{"value", "000000"}})
      .add("crm/s/1/p", 10, 100, "person",
           {{"given_name", "Jan"}, {"family_name", "Kowal"}, {"birth_date", "1980-02-03"}})
      .with("email", {{"value", "jan@x.example"}, {"canonical", "jan@x.example"}})
      .with("phone", {{"value", "601 234 567"}, {"e164", "+48601234567"}});
  EXPECT_THAT(
      lines_of(survive(records.members(), chain({source_priority, most_recent}))),
      ElementsAre("given_name=Jan(2,valid)", "family_name=Kowal(2,valid)",
                  "birth_date=1980-02-03(2,valid)", "email jan@x.example jan@x.example(2,valid)",
                  "email test@test.pl(1,valid)", "phone 601 234 567 +48601234567(2,valid)",
                  "phone 000000(1,valid)"));
}

TEST(Survivorship, APlaceholderIsShownWhereNothingElseIsKnown) {
  CustomerRecords records;
  records.add("a/s/1/p", 90, {}, "person", {{"family_name", "Test"}})
      .add("b/s/1/p", 10, {}, "person", {{"family_name", "Klient"}})
      .add("c/s/1/p", 10, {}, "person", {{"gender", "female"}});
  EXPECT_THAT(lines_of(survive(records.members(), chain({source_priority}))),
              ElementsAre("family_name=Test(1,source_priority)", "gender=female(3,only)"));
}

TEST(Survivorship, NamesTheCustomer) {
  const auto check = [](const std::string& party, const Texts& texts, const std::string& expected) {
    CustomerRecords records;
    records.add("a/s/1/p", 50, {}, party, texts)
        .with("phone", {{"value", "112"}})
        .with("email", {{"value", "a@x.example"}});
    EXPECT_EQ(survive(records.members(), {}).display_name, expected);
  };
  check("person", {{"given_name", "Anna Maria"}, {"family_name", "Nowak"}}, "Anna Maria Nowak");
  check("person", {{"family_name", "Nowak"}}, "Nowak");
  check("person", {{"given_name", "小明"}, {"family_name", "王"}}, "王小明");
  check("person", {{"native_name", "王小明"}}, "王小明");
  check("person", {}, "a@x.example");
  check("organization", {{"legal_name", "Acme Trading Ltd"}, {"name", "Acme"}}, "Acme");
  check("organization", {{"legal_name", "Acme Trading Ltd"}}, "Acme Trading Ltd");
}

// Same in, same out: neither the order of the records nor their row ids matter.
TEST(Survivorship, DoesNotDependOnTheOrderOfTheRecords) {
  CustomerRecords records;
  for (const char* key : {"a/s/1/p", "b/s/1/p", "b/s/2/p", "c/s/1/p"}) {
    const std::string text(key);
    records.add(text, 50, 7, "person", {{"given_name", "Ann" + text}, {"family_name", "Lee"}})
        .with("email", {{"value", text + "@x.example"}, {"canonical", "ann@x.example"}})
        .with("phone", {{"value", "+" + text}});
  }
  std::vector<ProfileMember> members = records.members();
  const MergePolicy standard;
  const auto values_of = [&] {
    std::vector<std::string> lines = lines_of(survive(members, standard));
    for (std::string& line : lines) line.resize(line.rfind('('));
    return lines;
  };
  const std::vector<std::string> expected = values_of();
  EXPECT_THAT(expected, testing::Contains("given_name=Anna/s/1/p"));
  std::int64_t id = 100;
  while (std::ranges::next_permutation(members, {}, &ProfileMember::key).found) {
    for (ProfileMember& member : members) member.party_id = --id;
    EXPECT_EQ(values_of(), expected);
  }
}

}  // namespace
}  // namespace cdh
