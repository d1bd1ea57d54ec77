#include "hub/run/profile_writer.hpp"

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
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

// What is made anew there raises a number of SQLite's. The two resemble nobody that is published.
TEST(ProfileWriter, NewCustomersLeaveTheIndexesOfAllOthersAlone) {
  const TestHub hub;
  const HubConfig config = hub.config(kYaml);
  hub.write("crm.csv", kAnn);
  consolidate(config, {});
  Database database(hub.store(), Database::Mode::existing);
  const std::int64_t before = database.number("PRAGMA schema_version");
  hub.write("crm.csv", kAnn + kBob + "3,Cy,Fox,cy@example.com\n");
  EXPECT_EQ(consolidate(config, {}).run.profiles.created, 2);
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

}  // namespace
}  // namespace cdh
