#include "hub/run/household_settlement.hpp"

#include <string>

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/schema.hpp"
#include "hub/store/store_check.hpp"
#include "tests/run/old_store.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kSources = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            when: { kind: P }
            fields:
              given_name: first
              family_name: last
              emails: [mail]
              addresses: [{ street_address: street, postal_code: zip, type: { from: type } }]
          - into: organization
            when: { kind: O }
            fields: { name: last, street_address: street, postal_code: zip }
)";

// So many others stand beside the named ones that a change of these is a small part of everything.
class HouseholdSettlementTest : public testing::TestWithParam<StoreKind> {
 protected:
  void deliver(const std::string& rows) const {
    std::string text = "id,kind,first,last,mail,street,zip,type\n" + rows;
    for (int i = 100; i < 140; ++i) {
      const std::string id = std::to_string(i);
      text +=
          id + ",P,Other,Family" + id + ",o" + id + "@example.com,Side Street " + id + ",10001,\n";
    }
    hub_.write("crm.csv", text);
  }

  static std::string person(const std::string& first, const std::string& last,
                            const std::string& street, const std::string& more = "00-238,") {
    return first + ",P," + first + "," + last + "," + first + "@example.com," + street + "," +
           more + "\n";
  }

  // After a run, the given names of each household's people: "Ann Bob; Carl Dora".
  std::string households(const std::string& match = "", const RunOptions& options = {}) const {
    const RunReport report = consolidate(hub_.config(kSources + match), options);
    EXPECT_EQ(report.exit, RunExit::done) << report.run.message;
    return stored_households();
  }

  std::string stored_households() const {
    Database database(hub_.store(), Database::Mode::existing);
    EXPECT_EQ(check_store(database, [](std::string_view) { return true; }).faults,
              std::vector<std::string>{});
    const auto rows = database.query(
        "SELECT h.home, h.id, p.given_name FROM household h JOIN profile p ON p.id = h.profile_id "
        "WHERE h.id IN (SELECT id FROM household) ORDER BY (SELECT MIN(q.given_name) FROM "
        "household g JOIN profile q ON q.id = g.profile_id WHERE g.home = h.home AND g.id = h.id), "
        "h.home, h.id, p.given_name");
    std::string text, before;
    while (rows->next()) {
      const std::string here(rows->text(1));
      if (!text.empty()) text += here == before ? " " : "; ";
      text += rows->text(2);
      before = here;
    }
    return text;
  }

  TestHub hub_{GetParam()};
};

TEST_P(HouseholdSettlementTest, PeopleOfOneNameAtOneAddress) {
  deliver(person("Ann", "Kowalska", "ul. Długa 5/7") + person("Bob", "Kowalski", "Dluga 5 m. 7") +
          person("Carl", "Nowak", "Długa 5/7") + person("Dora", "Kowalska", "Długa 5/8") +
          person("Eve", "Kowalska", "Długa 5/7", "05-075,") + "9,O,,Kowalski,,Długa 5/7,00-238,\n");
  EXPECT_EQ(households(), "Ann Bob");
}

TEST_P(HouseholdSettlementTest, WhereOneWorksIsNoHome) {
  deliver(person("Ann", "Lee", "Mill Lane 1", "00-238,work") +
          person("Bob", "Lee", "Mill Lane 1", "00-238,work"));
  EXPECT_EQ(households(), "");
}

TEST_P(HouseholdSettlementTest, FollowTheirPeopleFromNightToNight) {
  const std::string ann = person("Ann", "Lee", "Mill Lane 1");
  const std::string bob = person("Bob", "Lee", "Mill Lane 1");
  deliver(ann);
  EXPECT_EQ(households(), "");
  deliver(ann + bob);
  EXPECT_EQ(households(), "Ann Bob");
  const std::string carl = person("Carl", "Lee", "Mill Lane 1");
  deliver(ann + bob + carl);
  EXPECT_EQ(households(), "Ann Bob Carl");
  deliver(ann + person("Bob", "Lee", "Mill Lane 2") + carl);
  EXPECT_EQ(households(), "Ann Carl");
  deliver(ann + person("Bob", "Lee", "Mill Lane 2") + person("Carl", "Lee", "Mill Lane 2"));
  EXPECT_EQ(households(), "Bob Carl");
  deliver(ann + person("Bob", "Ray", "Mill Lane 2") + person("Carl", "Lee", "Mill Lane 2"));
  EXPECT_EQ(households(), "");
  deliver(ann + bob);
  EXPECT_EQ(households(), "Ann Bob");
  deliver(ann);
  EXPECT_EQ(households(), "");
}

TEST_P(HouseholdSettlementTest, ACodeThatArrivesPartsAndJoins) {
  const auto at = [](const char* name, const char* code) {
    return person(name, "Lee", "Mill Lane 1", std::string(code) + ",");
  };
  deliver(at("Ann", "10001") + at("Bob", "10001") + at("Carl", "20002"));
  EXPECT_EQ(households(), "Ann Bob");
  deliver(at("Ann", "10001") + at("Bob", "20002") + at("Carl", "20002"));
  EXPECT_EQ(households(), "Bob Carl");
}

TEST_P(HouseholdSettlementTest, AStewardsPinnedNameCounts) {
  deliver(person("Ann", "Ray", "Mill Lane 1") + person("Bob", "Lee", "Mill Lane 1"));
  EXPECT_EQ(households(), "");
  {
    Database database(hub_.store(), Database::Mode::existing);
    std::string ann;
    {
      const auto row = database.query("SELECT uuid FROM profile WHERE given_name = 'Ann'");
      ASSERT_TRUE(row->next());
      ann = row->text(0);
    }
    pin_value(database, hub_.config(kSources), ann, "family_name", "Lee", "a steward");
  }
  EXPECT_EQ(stored_households(), "Ann Bob");
}

TEST_P(HouseholdSettlementTest, CanBeSwitchedOffAndOnWithoutAChangedRecord) {
  deliver(person("Ann", "Lee", "Mill Lane 1") + person("Bob", "Lee", "Mill Lane 1"));
  EXPECT_EQ(households(), "Ann Bob");
  EXPECT_EQ(households("match: { households: false }"), "");
  EXPECT_EQ(households(), "Ann Bob");
}

TEST_P(HouseholdSettlementTest, AFullRunMendsThem) {
  deliver(person("Ann", "Lee", "Mill Lane 1") + person("Bob", "Lee", "Mill Lane 1"));
  EXPECT_EQ(households(), "Ann Bob");
  {
    Database database(hub_.store(), Database::Mode::existing);
    database.execute(
        "UPDATE household SET profile_id = profile_id + 10; "
        "UPDATE postal_address SET home = NULL");
  }
  RunOptions full;
  full.full = true;
  EXPECT_EQ(households("", full), "Ann Bob");
}

TEST_P(HouseholdSettlementTest, AreThereAfterAMigrationWithoutAChangedRecord) {
  deliver(person("Ann", "Lee", "Mill Lane 1") + person("Bob", "Lee", "Mill Lane 1"));
  EXPECT_EQ(households(), "Ann Bob");
  {
    Database database(hub_.store(), Database::Mode::existing);
    take_back_to_version_6(database);
    EXPECT_EQ(migrate(database), 6);
  }
  EXPECT_EQ(households(), "Ann Bob");
}

INSTANTIATE_TEST_SUITE_P(On, HouseholdSettlementTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
