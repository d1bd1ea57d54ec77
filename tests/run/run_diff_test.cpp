#include "hub/run/run_diff.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = ProfileChange::Kind;

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail], postal_code: zip, address_locality: town } } ]
)";
constexpr const char* kHeader = "id,first,last,mail,zip,town\n";

// "family_name: Lee -> Leigh"
std::vector<std::string> lines(const ProfileChange& change) {
  std::vector<std::string> out;
  for (const ValueChange& value : change.values) {
    out.push_back(value.field + ": " + value.before + " -> " + value.after);
  }
  return out;
}

class RunDiffTest : public testing::TestWithParam<StoreKind> {
 protected:
  RunDiffTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {}

  std::int64_t run(const std::string& rows) {
    hub_.write("crm.csv", kHeader + rows);
    return consolidate(config_, {}).run.id;
  }
  RunDiff diff(std::int64_t run, std::size_t most = 100) {
    Database database(hub_.store(), Database::Mode::existing);
    return run_diff(database, run, most);
  }
  // The only change that the run made.
  ProfileChange only_change(std::int64_t run) {
    const RunDiff all = diff(run);
    EXPECT_EQ(all.changes.size(), 1U);
    return all.changes.empty() ? ProfileChange() : all.changes.front();
  }

  TestHub hub_;
  HubConfig config_;
};

const std::string kAnn = "1,Ann,Lee,ann@example.com,10950,York\n";
const std::string kBob = "2,Bob,Ray,bob@example.com,,\n";

TEST_P(RunDiffTest, ShowsWhatWasCreated) {
  const ProfileChange change = only_change(run(kAnn));
  EXPECT_EQ(change.kind, Kind::created);
  EXPECT_THAT(lines(change),
              ElementsAre("display_name:  -> Ann Lee", "email:  -> ann@example.com",
                          "family_name:  -> Lee", "given_name:  -> Ann",
                          "postal_address:  -> York, 10950", "record:  -> crm/crm/1/person"));
}

TEST_P(RunDiffTest, ShowsValuesBeforeAndAfter) {
  run(kAnn + kBob);
  const std::int64_t second = run("1,Ann,Leigh,ann@example.com,10950,York\n" + kBob);
  const std::int64_t third = run("1,Ann,Leigh,anna@example.com,10950,York\n" + kBob);
  const ProfileChange change = only_change(second);
  EXPECT_EQ(change.kind, Kind::changed);
  EXPECT_THAT(lines(change),
              ElementsAre("display_name: Ann Lee -> Ann Leigh", "family_name: Lee -> Leigh"));
  EXPECT_THAT(lines(only_change(third)), ElementsAre("email: ann@example.com -> anna@example.com"));
}

TEST_P(RunDiffTest, ShowsWhoWasMergedAndWhoSplitOff) {
  const std::string other = "2,Zoe,Brown,zoe@example.com,,\n";
  run(kAnn + other);
  const RunDiff merged = diff(run(kAnn + "2,Ann,Lee,ann@example.com,,\n"));
  ASSERT_EQ(merged.changes.size(), 2U);
  EXPECT_EQ(merged.changes[0].kind, Kind::changed);
  EXPECT_THAT(lines(merged.changes[0]), ElementsAre("record:  -> crm/crm/2/person"));
  EXPECT_EQ(merged.changes[1].kind, Kind::merged);
  EXPECT_EQ(merged.changes[1].other, merged.changes[0].uuid);
  run(kAnn + "2,Ann,Lee,ann@example.com,,\n3,Ann,Lee,ann@example.com,,\n");
  const RunDiff split =
      diff(run(kAnn + "2,Ann,Lee,ann@example.com,,\n3,Cy,Fox,cy@example.com,,\n"));
  ASSERT_EQ(split.changes.size(), 2U);
  EXPECT_EQ(split.changes[0].kind, Kind::split_off);
  EXPECT_EQ(split.changes[0].other, merged.changes[0].uuid);
  EXPECT_EQ(split.changes[1].kind, Kind::changed);
}

TEST_P(RunDiffTest, ShowsWhatWasRemoved) {
  run(kAnn + kBob);
  const ProfileChange change = only_change(run(kAnn));
  EXPECT_EQ(change.kind, Kind::removed);
  EXPECT_EQ(lines(change).front(), "display_name: Bob Ray -> ");
}

TEST_P(RunDiffTest, IsEmptyWhereNothingChanged) {
  run(kAnn);
  EXPECT_THAT(diff(run(kAnn)).changes, IsEmpty());
}

TEST_P(RunDiffTest, SaysThatThereIsMore) {
  const std::int64_t first = run(kAnn + kBob);
  EXPECT_FALSE(diff(first, 2).is_cut);
  EXPECT_TRUE(diff(first, 1).is_cut);
  EXPECT_EQ(diff(first, 1).changes.size(), 1U);
}

TEST_P(RunDiffTest, RefusesWhatIsNotKept) {
  const auto refusal = [&](std::int64_t id) -> std::string {
    try {
      diff(id);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      return error.what();
    }
    return "";
  };
  config_.undo_runs = 1;
  run(kAnn);
  run(kAnn + kBob);
  EXPECT_THAT(refusal(1), HasSubstr("too long ago"));
  EXPECT_THAT(refusal(7), HasSubstr("there is no run 7"));
}

INSTANTIATE_TEST_SUITE_P(On, RunDiffTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
