#include "hub/run/profile_writer.hpp"

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
#include "tests/run/made_up_name.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail] } } ]
)";
const std::string kAnn = "id,first,last,mail\n1,Ann,Lee,ann@example.com\n";
const std::string kBob = "2,Bob,Ray,bob@example.com\n";

class ProfileWriterTest : public testing::TestWithParam<StoreKind> {
 protected:
  ProfileWriterTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {}

  RunReport run(const std::string& rows, const RunOptions& options = {}) {
    hub_.write("crm.csv", rows);
    return consolidate(config_, options);
  }

  TestHub hub_;
  HubConfig config_;
};

// What is made anew there raises a number of SQLite's. The new customer resembles nobody, and there are
// too many for one to change what a value counts, so no profile that is published is looked at.
TEST(ProfileWriter, ANewCustomerLeavesTheIndexesOfAllOthersAlone) {
  const TestHub hub;
  const HubConfig config = hub.config(kYaml);
  std::string rows = "id,first,last,mail\n";
  const auto add_customers = [&](int from, int to) {
    for (int i = from; i < to; ++i) {
      rows += std::to_string(i) + "," + made_up_name(2 * i) + "," + made_up_name(2 * i + 1) + "," +
              made_up_name(i) + "@example.com\n";
    }
    hub.write("crm.csv", rows);
  };
  add_customers(0, 300);
  consolidate(config, {});
  Database database(hub.store(), Database::Mode::existing);
  const std::int64_t before = database.number("PRAGMA schema_version");
  add_customers(300, 301);
  EXPECT_EQ(consolidate(config, {}).run.profiles.created, 1);
  EXPECT_EQ(database.number("PRAGMA schema_version"), before);
}

// Without a limit to its patience the run would wait here for ever.
TEST_P(ProfileWriterTest, WritesAllAnewWhileSomebodyReads) {
  run(kAnn);
  Database report(hub_.store(), Database::Mode::view);
  const Transaction reading(report, Transaction::Access::read);
  EXPECT_EQ(report.number("SELECT COUNT(*) FROM email"), 1);
  RunOptions full;
  full.full = true;
  EXPECT_EQ(run(kAnn + kBob, full).run.profiles.total, 2);
  EXPECT_EQ(report.number("SELECT COUNT(*) FROM email"), 1) << "the report's own state of things";
}

INSTANTIATE_TEST_SUITE_P(On, ProfileWriterTest, kEveryStore, store_kind_name);

class PostgreSQLWriterTest : public ProfileWriterTest {};
INSTANTIATE_TEST_SUITE_P(On, PostgreSQLWriterTest, testing::Values(StoreKind::postgresql),
                         store_kind_name);

// A trigger tells what the rest of the publication goes by, once the indexes are out of its way.
TEST_P(PostgreSQLWriterTest, WritesAllAnewWithoutTheRolesLimitToItsPatience) {
  run(kAnn);
  Database database(hub_.store(), Database::Mode::existing);
  const auto name = database.query("SELECT current_database()");
  ASSERT_TRUE(name->next());
  database.execute("ALTER DATABASE " + std::string(name->text(0)) + " SET lock_timeout = '9s'");
  database.execute("CREATE TABLE patience (lock_timeout TEXT)");
  database.execute(
      "CREATE FUNCTION note_patience() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO "
      "patience SELECT current_setting(''lock_timeout''); RETURN NEW; END'");
  database.execute(
      "CREATE TRIGGER patience BEFORE INSERT ON profile FOR EACH ROW EXECUTE FUNCTION "
      "note_patience()");
  RunOptions full;
  full.full = true;
  EXPECT_EQ(run(kAnn + kBob, full).run.profiles.total, 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM patience"), 2);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM patience WHERE lock_timeout = '0'"), 2);
}

}  // namespace
}  // namespace cdh
