#include "hub/store/run_log.hpp"

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using RunLogTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(On, RunLogTest, kEveryStore, store_kind_name);

TEST_P(RunLogTest, AFinishedRunIsReadAsItWasWritten) {
  ASSERT_TRUE(database_.try_lock_for_run());
  RunEntry run;
  run.id = begin_run(database_);
  EXPECT_EQ(find_run(database_, run.id)->status, "running");
  EXPECT_EQ(find_run(database_, run.id)->finished_at, "");
  run.status = "partial";
  run.message = "it's half";
  run.profiles = {1, 2, 3, 4, 5, 6};
  StreamCounts counts;
  counts.read = 9;
  counts.split_off = 1;
  counts.unchanged = 4;
  counts.added = 2;
  counts.changed = 1;
  counts.filtered = 1;
  counts.repeated = 1;
  counts.quarantined = 1;
  counts.newly_quarantined = 1;
  counts.gone = 7;
  counts.remapped = 8;
  run.sources = {{"crm", "people", "read", "", counts},
                 {"shop", "orders", "failed", "no file", {}}};
  finish_run(database_, run);

  const RunEntry stored = find_run(database_, run.id).value();
  EXPECT_EQ(stored.status, "partial");
  EXPECT_EQ(stored.message, "it's half");
  EXPECT_NE(stored.finished_at, "");
  EXPECT_EQ(stored.profiles, run.profiles);
  ASSERT_EQ(stored.sources.size(), 2);
  EXPECT_EQ(stored.sources[0].source, "crm");
  EXPECT_EQ(stored.sources[0].counts.gone, 7);
  EXPECT_EQ(stored.sources[0].counts.newly_quarantined, 1);
  EXPECT_EQ(stored.sources[0].counts.remapped, 8);
  EXPECT_TRUE(stored.sources[0].counts.add_up());
  EXPECT_EQ(stored.sources[1].message, "no file");
}

TEST_P(RunLogTest, ARunThatNeverFinishedDied) {
  ASSERT_TRUE(database_.try_lock_for_run());
  const std::int64_t first = begin_run(database_), second = begin_run(database_);
  EXPECT_LT(first, second);
  EXPECT_EQ(find_run(database_, first)->status, "died");
  EXPECT_EQ(find_run(database_, second)->status, "running");
}

TEST_P(RunLogTest, ARunWhoseProcessIsGoneDied) {
  const auto status = [&](std::int64_t id) { return find_run(database_, id)->status; };
  std::int64_t run = 0;
  {
    Database killed(hub_.store(), Database::Mode::existing);
    ASSERT_TRUE(killed.try_lock_for_run());
    run = begin_run(killed);
    EXPECT_EQ(status(run), "running");
    EXPECT_EQ(list_runs(database_, 1).front().status, "running");
  }
  EXPECT_EQ(status(run), "died");
  EXPECT_EQ(list_runs(database_, 1).front().status, "died");
  EXPECT_TRUE(database_.try_lock_for_run()) << "looking takes no lock";
}

TEST_P(RunLogTest, TheNewestRunsComeFirst) {
  for (int i = 0; i < 3; ++i) begin_run(database_);
  const auto runs = list_runs(database_, 2);
  ASSERT_EQ(runs.size(), 2);
  EXPECT_EQ(runs[0].id, 3);
  EXPECT_EQ(runs[1].id, 2);
  EXPECT_EQ(find_run(database_, 9), std::nullopt);
}

TEST_P(RunLogTest, TheHubsNumbersAreTheLastOnesSet) {
  EXPECT_EQ(hub_state(database_, "policy", 5), 5);
  set_hub_state(database_, "policy", INT64_MIN);
  EXPECT_EQ(hub_state(database_, "policy", 5), INT64_MIN);
  set_hub_state(database_, "policy", 9007199254740993);
  EXPECT_EQ(hub_state(database_, "policy", 5), 9007199254740993);
  EXPECT_EQ(published_run(database_), 0);
}

TEST_P(RunLogTest, ConsolidationsAreToldFromActsAndDryRuns) {
  const std::int64_t night = begin_run(database_, RunKind::consolidation);
  const std::int64_t trial = begin_run(database_, RunKind::dry_run);
  const std::int64_t act = begin_run(database_, RunKind::act);
  EXPECT_EQ(find_run(database_, night)->kind, RunKind::consolidation);
  EXPECT_EQ(find_run(database_, trial)->kind, RunKind::dry_run);
  EXPECT_EQ(find_run(database_, act)->kind, RunKind::act);
  const auto nights = list_consolidations(database_, 9);
  ASSERT_EQ(nights.size(), 1);
  EXPECT_EQ(nights[0].id, night);
}

}  // namespace
}  // namespace cdh
