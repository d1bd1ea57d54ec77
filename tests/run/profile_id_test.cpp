// Profile ids are for ever: minted once, kept through merges, splits, full derivations, changed
// mappings and a night without the record.
#include <algorithm>
#include <optional>

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/profile_view.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/old_store.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kPeople = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - as: contact
            into: person
            fields: { given_name: first, family_name: last, emails: [mail] }
          - as: company
            into: organization
            fields: { name: company, tax_id: tax }
          - into: sales_order
            refs: { customer: { as: company } }
            fields: { number: order }
)";
constexpr const char* kHeader = "id,first,last,mail,company,tax,order\n";

class ProfileIdTest : public testing::Test {
 protected:
  RunReport run(const std::string& rows, bool full = false, const std::string& yaml = kPeople) {
    hub_.write("crm.csv", kHeader + rows);
    RunOptions options;
    options.full = full;
    RunReport report = consolidate(hub_.config(yaml), options);
    EXPECT_EQ(report.exit, RunExit::done);
    return report;
  }

  // The profile of a party, or empty.
  std::string profile_of(const std::string& key, const std::string& as = "contact") {
    Database database(hub_.store(), Database::Mode::existing);
    const auto row = database.query_text(
        "SELECT p.uuid FROM source_record r JOIN link l ON l.party_id >> 4 = r.id "
        "JOIN profile p ON p.id = l.profile_id WHERE r.source_key = ? AND l.name = ?",
        {key, as});
    return row->next() ? std::string(row->text(0)) : "";
  }

  void merge(const std::string& a, const std::string& b) {
    Database database(hub_.store(), Database::Mode::existing);
    merge_profiles(database, hub_.config(kPeople), a, b, "ada");
  }

  std::optional<std::string> resolve(const std::string& uuid) {
    Database database(hub_.store(), Database::Mode::existing);
    return resolve_profile(database, uuid);
  }

  TestHub hub_;
};

TEST_F(ProfileIdTest, OfAMergeTheOlderSurvivesAndTheOtherLeadsToIt) {
  run("1,Ann,Lee,ann@example.com,,,\n");
  run("1,Ann,Lee,ann@example.com,,,\n2,Liz,Stone,liz@stone.example,,,\n");
  const std::string older = profile_of("1"), younger = profile_of("2");
  ASSERT_NE(older, younger);
  const RunReport report = run("1,Ann,Lee,ann@example.com,,,\n2,Ann,Lee,ann@example.com,,,\n");
  EXPECT_EQ(report.run.profiles.merged, 1);
  EXPECT_EQ(profile_of("1"), older);
  EXPECT_EQ(profile_of("2"), older);
  EXPECT_EQ(resolve(younger), older);
}

TEST_F(ProfileIdTest, AliasesLeadOnThroughFurtherMerges) {
  const std::string eva = "1,Eva,Lee,eva@example.com,,,\n";
  run(eva);
  const std::string liz = "2,Liz,Stone,liz@stone.example,,,\n";
  run(eva + liz);
  run(eva + liz + "3,Tom,Marsh,tom@marsh.example,,,\n");
  const std::string first = profile_of("1"), second = profile_of("2"), third = profile_of("3");
  run(eva + liz + "3,Liz,Stone,liz@stone.example,,,\n");
  EXPECT_EQ(resolve(third), second);
  run(eva + "2,Eva,Lee,eva@example.com,,,\n3,Eva,Lee,eva@example.com,,,\n");
  EXPECT_EQ(resolve(third), first);
  EXPECT_EQ(resolve(second), first);
}

TEST_F(ProfileIdTest, OfASplitTheLargerPartKeepsIt) {
  const std::string two = "2,Ann,Lee,ann@example.com,,,\n3,Ann,Lee,ann@example.com,,,\n";
  run("1,Ann,Lee,ann@example.com,,,\n" + two);
  const std::string uuid = profile_of("1");
  EXPECT_EQ(profile_of("3"), uuid);
  const RunReport report = run("1,Zoe,Brown,zoe@example.com,,,\n" + two);
  EXPECT_EQ(report.run.profiles.split, 1);
  EXPECT_EQ(profile_of("2"), uuid);
  EXPECT_EQ(profile_of("3"), uuid);
  EXPECT_NE(profile_of("1"), uuid);
  EXPECT_NE(profile_of("1"), "");
}

TEST_F(ProfileIdTest, AFullDerivationKeepsEveryId) {
  const std::string rows = "1,Ann,Lee,ann@example.com,Lee Ltd,123,\n2,Ann,Lee,ann@example.com,,,\n";
  run(rows);
  const std::string ann = profile_of("1"), company = profile_of("1", "company");
  run(rows, true);
  EXPECT_EQ(profile_of("1"), ann);
  EXPECT_EQ(profile_of("2"), ann);
  EXPECT_EQ(profile_of("1", "company"), company);
}

TEST_F(ProfileIdTest, ARecordThatComesBackFindsItsOldProfile) {
  const std::string other = "9,Zoe,Brown,zoe@example.com,,,\n";
  run("1,Ann,Lee,ann@example.com,,,\n" + other);
  const std::string uuid = profile_of("1");
  EXPECT_EQ(run(other).run.profiles.removed, 1);
  EXPECT_EQ(profile_of("1"), "");
  run("1,Ann,Lee,ann@example.com,,,\n" + other);
  EXPECT_EQ(profile_of("1"), uuid);
}

TEST_F(ProfileIdTest, AWholeProfileThatComesBackInPartsIsOneAgain) {
  const std::string other = "9,Zoe,Brown,zoe@example.com,,,\n";
  const std::string one = "1,Ann,Lee,ann@example.com,,,\n", two = "2,Ann,Lee,ann@example.com,,,\n";
  run(one + two + other);
  const std::string uuid = profile_of("1");
  run(other);
  run(two + other);
  EXPECT_EQ(profile_of("2"), uuid);
  run(one + two + other);
  EXPECT_EQ(profile_of("1"), uuid);
  EXPECT_EQ(profile_of("2"), uuid);
}

// It came back beside the rest of its customer, who never left: no second profile, no second id.
TEST_F(ProfileIdTest, ARecordThatComesBackJoinsTheRestOfItsProfile) {
  const std::string one = "1,Ann,Lee,ann@example.com,,,\n", two = "2,Ann,Lee,ann@example.com,,,\n";
  run(one + two);
  const std::string uuid = profile_of("1");
  run(one);
  run(one + two);
  EXPECT_EQ(profile_of("1"), uuid);
  EXPECT_EQ(profile_of("2"), uuid);
}

// Of a merged profile one record left first, and comes back first.
TEST_F(ProfileIdTest, ARecordThatLeftBeforeTheOthersFindsItsFormerProfile) {
  const std::string rob = "1,Rob,Ray,rob@example.com,,,\n",
                    other = "9,Zoe,Brown,zoe@example.com,,,\n";
  const std::string ann = "2,Ann,Lee,ann@example.com,,,\n",
                    anna = "3,Anna,Lee,ann@example.com,,,\n";
  run(rob + other);
  run(rob + ann + anna + other);
  const std::string first = profile_of("1"), second = profile_of("2");
  merge(first, second);
  ASSERT_EQ(profile_of("3"), first);
  run(rob + ann + other);
  EXPECT_EQ(run(other).run.profiles.removed, 1);
  run(anna + other);
  EXPECT_EQ(profile_of("3"), second);
  run(rob + ann + anna + other);
  for (const char* key : {"1", "2", "3"}) EXPECT_EQ(profile_of(key), first) << key;
  EXPECT_EQ(resolve(second), first);
}

// The contact of a company is filled in or left out: the company stays the same customer.
TEST_F(ProfileIdTest, EachPartyOfARecordKeepsItsOwn) {
  run("1,Ann,Lee,ann@example.com,Lee Ltd,123,A1\n");
  const std::string ann = profile_of("1"), company = profile_of("1", "company");
  ASSERT_NE(ann, company);
  run("1,,,,Lee Ltd,123,A1\n");
  EXPECT_EQ(profile_of("1"), "");
  EXPECT_EQ(profile_of("1", "company"), company);
  run("1,Ann,Lee,ann@example.com,Lee Ltd,123,A1\n");
  EXPECT_EQ(profile_of("1", "company"), company);
  EXPECT_EQ(profile_of("1"), ann);
}

// One record, a person's and a company's by turns.
TEST_F(ProfileIdTest, APersonNeverBecomesACompany) {
  const std::string person = "1,Ann,Lee,ann@example.com,,,\n";
  const std::string other = "2,Bob,Ray,bob@example.com,,,\n";
  const std::string company = "1,,,,Fox Trading,,\n";
  run(person + other);
  const std::string ann = profile_of("1");
  run(company + other);
  const std::string fox = profile_of("1", "company");
  EXPECT_NE(fox, ann);
  run(person + other);
  EXPECT_EQ(profile_of("1"), ann);
  run(other);
  run(company + other);
  EXPECT_EQ(profile_of("1", "company"), fox);
  run(person + other);
  run(other);
  EXPECT_EQ(profile_of("2").empty(), false) << "every night was published";
}

TEST_F(ProfileIdTest, AMappingInAnotherOrderChangesNone) {
  const std::string rows =
      "1,Ann,Lee,ann@example.com,Lee Ltd,123,A1\n"
      "2,Zoe,Brown,zoe@example.com,Brown Ltd,456,A2\n";
  run(rows);
  const std::string ann = profile_of("1"), company = profile_of("1", "company");
  std::string yaml = kPeople;
  const std::size_t contact = yaml.find("          - as: contact");
  const std::size_t organization = yaml.find("          - as: company");
  const std::size_t order = yaml.find("          - into: sales_order");
  yaml = yaml.substr(0, contact) + yaml.substr(organization, order - organization) +
         yaml.substr(contact, organization - contact) + yaml.substr(order);
  run(rows, false, yaml);
  EXPECT_EQ(profile_of("1"), ann);
  EXPECT_EQ(profile_of("1", "company"), company);
  Database database(hub_.store(), Database::Mode::existing);
  const auto order_row = database.query(
      "SELECT p.uuid FROM sales_order o JOIN link l ON l.party_id = o.customer_id "
      "JOIN profile p ON p.id = l.profile_id WHERE o.number = 'A1'");
  ASSERT_TRUE(order_row->next());
  EXPECT_EQ(order_row->text(0), company);
}

TEST_F(ProfileIdTest, AMigratedStoreLearnsItsModelAndKeepsEveryId) {
  const std::string rows =
      "1,Ann,Lee,ann@example.com,Lee Ltd,123,A1\n2,Ann,Lee,ann@example.com,,,\n"
      "3,Zoe,Brown,zoe@example.com,,,\n";
  run(rows);
  const std::string ann = profile_of("1"), company = profile_of("1", "company");
  const std::string zoe = profile_of("3");
  ASSERT_EQ(profile_of("2"), ann);
  Database database(hub_.store(), Database::Mode::existing);
  take_back_to_version_3(database);
  EXPECT_EQ(migrate(database), 3);
  run(rows);
  EXPECT_EQ(profile_of("1"), ann);
  EXPECT_EQ(profile_of("2"), ann);
  EXPECT_EQ(profile_of("1", "company"), company);
  EXPECT_EQ(profile_of("3"), zoe);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM match_model"), 1);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM link WHERE reason = 'same e-mail address'"), 0);
}

}  // namespace
}  // namespace cdh
