#include "hub/run/run_diff.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/run_undo.hpp"
#include "hub/store/source_catalog.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Kind = ProfileFate;

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail], street_address: street, address_line2: line, postal_code: zip, address_locality: town } } ]
)";
constexpr const char* kHeader = "id,first,last,mail,zip,town,street,line\n";

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

  std::int64_t run(const std::string& rows, const RunOptions& options = {}) {
    hub_.write("crm.csv", kHeader + rows);
    return consolidate(config_, options).run.id;
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

const std::string kAnn = "1,Ann,Lee,ann@example.com,10950,York,,\n";
const std::string kBob = "2,Bob,Ray,bob@example.com,,,,\n";

TEST_P(RunDiffTest, ShowsWhatWasCreated) {
  const ProfileChange change = only_change(run(kAnn));
  EXPECT_EQ(change.fate, Kind::created);
  EXPECT_THAT(lines(change),
              ElementsAre("display_name:  -> Ann Lee", "email:  -> ann@example.com",
                          "family_name:  -> Lee", "given_name:  -> Ann",
                          "postal_address:  -> address_locality=York, postal_code=10950",
                          "record:  -> crm/crm/1/person"));
}

TEST_P(RunDiffTest, ShowsValuesBeforeAndAfter) {
  run(kAnn + kBob);
  const std::int64_t second = run("1,Ann,Leigh,ann@example.com,10950,York,,\n" + kBob);
  const std::int64_t third = run("1,Ann,Leigh,anna@example.com,10950,York,,\n" + kBob);
  const ProfileChange change = only_change(second);
  EXPECT_EQ(change.fate, Kind::changed);
  EXPECT_THAT(lines(change),
              ElementsAre("display_name: Ann Lee -> Ann Leigh", "family_name: Lee -> Leigh"));
  EXPECT_THAT(lines(only_change(third)), ElementsAre("email: ann@example.com -> anna@example.com"));
}

TEST_P(RunDiffTest, ShowsWhoWasMergedAndWhoSplitOff) {
  const std::string other = "2,Zoe,Brown,zoe@example.com,,,,\n";
  run(kAnn + other);
  const RunDiff merged = diff(run(kAnn + "2,Ann,Lee,ann@example.com,,,,\n"));
  ASSERT_EQ(merged.changes.size(), 2U);
  EXPECT_EQ(merged.changes[0].fate, Kind::changed);
  EXPECT_THAT(lines(merged.changes[0]), ElementsAre("record:  -> crm/crm/2/person"));
  EXPECT_EQ(merged.changes[1].fate, Kind::merged);
  EXPECT_EQ(merged.changes[1].other, merged.changes[0].uuid);
  run(kAnn + "2,Ann,Lee,ann@example.com,,,,\n3,Ann,Lee,ann@example.com,,,,\n");
  const RunDiff split =
      diff(run(kAnn + "2,Ann,Lee,ann@example.com,,,,\n3,Cy,Fox,cy@example.com,,,,\n"));
  ASSERT_EQ(split.changes.size(), 2U);
  EXPECT_EQ(split.changes[0].fate, Kind::split_off);
  EXPECT_EQ(split.changes[0].other, merged.changes[0].uuid);
  EXPECT_EQ(split.changes[1].fate, Kind::changed);
}

TEST_P(RunDiffTest, ShowsWhatWasRemoved) {
  run(kAnn + kBob);
  const ProfileChange change = only_change(run(kAnn));
  EXPECT_EQ(change.fate, Kind::removed);
  EXPECT_EQ(lines(change).front(), "display_name: Bob Ray -> ");
}

// The second part of the address occurs in the first one, too.
TEST_P(RunDiffTest, ShowsEachPartOfAContact) {
  run("1,Ann,Lee,ann@example.com,10950,York,Main Street 12,1\n");
  const std::int64_t second = run("1,Ann,Lee,ann@example.com,10950,York,Main Street 12,2\n");
  EXPECT_THAT(
      lines(only_change(second)),
      ElementsAre("postal_address: Main Street 12, address_line2=1, address_locality=York, "
                  "postal_code=10950 -> Main Street 12, address_line2=2, address_locality=York, "
                  "postal_code=10950"));
}

TEST_P(RunDiffTest, ShowsWhatARunDidThatDerivedEverything) {
  run("1,Bob,Ray,bob@example.com,,,,\n");
  const std::int64_t second = run("1,Robert,Ray,bob@example.com,,,,\n");
  RunOptions full;
  full.full = true;
  const std::int64_t third = run("1,Robert,Ray,rob@example.com,,,,\n", full);
  config_.match.households = !config_.match.households;  // other rules: all is merged anew
  const std::int64_t fourth = run("1,Robert,Roy,rob@example.com,,,,\n");
  EXPECT_THAT(lines(only_change(second)),
              ElementsAre("display_name: Bob Ray -> Robert Ray", "given_name: Bob -> Robert"));
  EXPECT_THAT(lines(only_change(third)), ElementsAre("email: bob@example.com -> rob@example.com"));
  EXPECT_THAT(lines(only_change(fourth)),
              ElementsAre("display_name: Robert Ray -> Robert Roy", "family_name: Ray -> Roy"));
}

// The profile has other records too, before and behind those that are named anew.
TEST_P(RunDiffTest, BlamesNoRunForTheRenameOfASource) {
  const std::string two = kAnn + "2,Ann,Lee,ann@example.com,,,,\n";
  run(two);
  const std::int64_t second = run(two + "3,Ann,Lee,ann@example.com,,,,\n");
  const std::int64_t third =
      run("1,Ann,Leigh,ann@example.com,10950,York,,\n2,Ann,Leigh,ann@"
          "example.com,,,,\n3,Ann,Leigh,ann@example.com,,,,\n");
  {
    Database database(hub_.store(), Database::Mode::existing);
    Transaction writing(database);
    rename_source(database, "crm", "crm2");
    rename_source(database, "crm2", "a \"b");
    writing.commit();
  }
  EXPECT_THAT(lines(only_change(second)), ElementsAre("record:  -> a \"b/crm/3/person"));
  EXPECT_THAT(lines(only_change(third)),
              ElementsAre("display_name: Ann Lee -> Ann Leigh", "family_name: Lee -> Leigh"));
}

TEST_P(RunDiffTest, ShowsWhatLaterRunsRemovedOrMerged) {
  const std::string cy = "3,Cy,Fox,cy@example.com,,,,\n";
  const std::int64_t first = run(kAnn + kBob + cy);
  run(kAnn + "2,Ann,Lee,ann@example.com,10950,York,,\n");  // Cy is removed, Bob becomes Ann
  const RunDiff all = diff(first);
  ASSERT_EQ(all.changes.size(), 3U);
  std::vector<std::string> names;
  for (const ProfileChange& change : all.changes) {
    EXPECT_EQ(change.fate, Kind::created);
    names.push_back(lines(change).front());
  }
  EXPECT_THAT(
      names, testing::UnorderedElementsAre("display_name:  -> Ann Lee", "display_name:  -> Bob Ray",
                                           "display_name:  -> Cy Fox"));
}

TEST_P(RunDiffTest, ShowsWhoWasRemovedAlsoWhenTheyAreBack) {
  run(kAnn + kBob);
  const std::int64_t second = run(kAnn);
  const std::int64_t third = run(kAnn + kBob);
  const std::int64_t fourth = run(kAnn + "2,Bob,Roy,bob@example.com,,,,\n");
  const ProfileChange removed = only_change(second), back = only_change(third);
  EXPECT_EQ(removed.fate, Kind::removed);
  EXPECT_EQ(back.fate, Kind::created);
  EXPECT_EQ(back.uuid, removed.uuid);
  EXPECT_EQ(lines(back).front(), "display_name:  -> Bob Ray");
  EXPECT_EQ(lines(only_change(fourth)).front(), "display_name: Bob Ray -> Bob Roy");
}

TEST_P(RunDiffTest, SaysIntoWhomAProfileWentThen) {
  const std::string as_ann = "2,Ann,Lee,ann@example.com,,,,\n";
  run(kAnn + kBob);
  const std::int64_t second = run(kAnn + as_ann);
  const RunDiff then = diff(second);
  run(kBob + "3,Cy,Fox,cy@example.com,,,,\n");  // parted again, and Ann is gone
  const RunDiff now = diff(second);
  ASSERT_EQ(then.changes.size(), 2U);
  ASSERT_EQ(now.changes.size(), 2U);
  EXPECT_EQ(now.changes[1].fate, Kind::merged);
  EXPECT_EQ(now.changes[1].other, then.changes[1].other);
  EXPECT_EQ(lines(now.changes[0]), lines(then.changes[0]));
}

TEST_P(RunDiffTest, ShowsTheWholeOfARunThatWasUndone) {
  run(kAnn + kBob);
  const std::int64_t second =
      run("1,Ann,Leigh,ann@example.com,10950,York,,\n3,Cy,Fox,cy@example.com,,,,\n");
  const RunDiff before = diff(second);
  EXPECT_EQ(before.remark, "");
  {
    Database database(hub_.store(), Database::Mode::existing);
    undo_run(database, config_, second, "ada");
  }
  const RunDiff after = diff(second);
  EXPECT_EQ(after.remark, "run 2 was undone since: this is what it had done before");
  ASSERT_EQ(before.changes.size(), 3U);
  ASSERT_EQ(after.changes.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(after.changes[i].fate, before.changes[i].fate);
    EXPECT_EQ(after.changes[i].uuid, before.changes[i].uuid);
    EXPECT_EQ(after.changes[i].values, before.changes[i].values);
  }
}

TEST_P(RunDiffTest, SaysWhyADryRunDidNothing) {
  run(kAnn);
  RunOptions dry;
  dry.dry_run = true;
  const RunDiff nothing = diff(run(kAnn + kBob, dry));
  EXPECT_THAT(nothing.changes, IsEmpty());
  EXPECT_EQ(nothing.remark, "run 2 was a dry run, of which nothing is kept");
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

// However many others there are.
TEST_P(RunDiffTest, ShowsSomeOfEachKind) {
  std::string many;
  for (int i = 10; i < 40; ++i) {
    const std::string key = std::to_string(i);
    many += key + ",First" + key + ",Last" + key + ",p" + key + "@example.com,,,,\n";
  }
  run(kAnn + kBob + many);
  std::string others = many;
  for (std::size_t at = 0; (at = others.find("First", at)) != others.npos; at += 5) {
    others.replace(at, 5, "Other");
  }
  const RunDiff some = diff(run(kAnn + others), 1);
  ASSERT_EQ(some.changes.size(), 2U);
  EXPECT_TRUE(some.is_cut);
  EXPECT_EQ(some.changes[0].fate, Kind::changed);
  EXPECT_EQ(some.changes[1].fate, Kind::removed);
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
  EXPECT_THAT(refusal(1), HasSubstr("not kept, or not any more; `hub: undo_runs` says"));
  EXPECT_THAT(refusal(7), HasSubstr("there is no run 7"));
}

INSTANTIATE_TEST_SUITE_P(On, RunDiffTest, kEveryStore, store_kind_name);

TEST_P(RunDiffTest, SaysSoWhenWhatIsKeptCannotBeRead) {
  run("1,Ann,Lee,,,,,\n");
  const std::int64_t second = run("1,Ann,Leigh,,,,,\n");
  Database(hub_.store(), Database::Mode::existing)
      .execute("UPDATE profile_version SET content = '[\"family_name\",'");
  try {
    diff(second);
    FAIL() << "it was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_THAT(error.what(), HasSubstr("the table profile_version"));
  }
}

}  // namespace
}  // namespace cdh
