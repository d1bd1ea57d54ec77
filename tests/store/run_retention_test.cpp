// What leaves the run log, and what stays however old it is.
#include "hub/store/run_retention.hpp"

#include "hub/base/time.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/run_log.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

class RunRetentionTest : public StoreTest {
 protected:
  // Consolidations by their ids, one each day from 2020-01-01 on.
  void make_runs(int count, const std::string& status = "done") {
    const std::int64_t first = parse_instant("2020-01-01T02:00:00Z").value();
    for (int i = 0; i < count; ++i) {
      const std::int64_t id = ++runs_;
      const std::string at = format_instant(first + (id - 1) * kDay);
      database_.execute("INSERT INTO run (id, started_at, status, kind) VALUES (" +
                        std::to_string(id) + ", '" + at + "', '" + status + "', 'consolidation')");
      database_.execute(
          "INSERT INTO run_source (run_id, source, stream, status, records_read, unchanged, added, "
          "changed, gone, filtered, repeated, quarantined, newly_quarantined, split_off) VALUES (" +
          std::to_string(id) + ", 'crm', 'crm', 'read', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)");
    }
  }
  // As if the runs after this one could be undone.
  void keep_for_undo_after(int id) { set_hub_state(database_, "last_run_for_good", id); }

  std::int64_t forget_before(const std::string& instant) {
    return forget_runs(database_, parse_instant(instant).value());
  }
  std::int64_t first_left(const char* table, const char* column) {
    return database_.number(std::string("SELECT MIN(") + column + ") FROM " + table);
  }
  void expect_first_left(std::int64_t id) {
    EXPECT_EQ(first_left("run", "id"), id);
    EXPECT_EQ(first_left("run_source", "run_id"), id);
  }

  static constexpr std::int64_t kDay = 86'400'000'000;
  int runs_ = 0;
};
INSTANTIATE_TEST_SUITE_P(On, RunRetentionTest, kEveryStore, store_kind_name);

TEST_P(RunRetentionTest, WhatIsOlderLeavesWithItsCounts) {
  make_runs(50);
  keep_for_undo_after(48);
  EXPECT_EQ(forget_before("2020-01-11T00:00:00Z"), 10);
  expect_first_left(11);
  EXPECT_EQ(forget_before("2020-01-11T00:00:00Z"), 0);
}

TEST_P(RunRetentionTest, TheLastThirtyStay) {
  make_runs(50);
  keep_for_undo_after(48);
  EXPECT_EQ(forget_before("2030-01-01T00:00:00Z"), 20);
  expect_first_left(21);
}

TEST_P(RunRetentionTest, WhatCanBeUndoneStaysWithTheRunBefore) {
  make_runs(50);
  keep_for_undo_after(5);
  EXPECT_EQ(forget_before("2030-01-01T00:00:00Z"), 4);
  expect_first_left(5);
}

TEST_P(RunRetentionTest, TheLastThatEndedWellStays) {
  make_runs(3);
  make_runs(40, "failed");
  keep_for_undo_after(42);
  EXPECT_EQ(forget_before("2030-01-01T00:00:00Z"), 2);
  expect_first_left(3);
}

TEST_P(RunRetentionTest, NoAuditEventLeaves) {
  make_runs(50);
  keep_for_undo_after(48);
  database_.execute(
      "INSERT INTO audit_event (id, at, who, action, subject) VALUES (1, '2020-01-01', 'a', 'b', "
      "'c')");
  EXPECT_EQ(forget_before("2030-01-01T00:00:00Z"), 20);
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM audit_event"), 1);
}

}  // namespace
}  // namespace cdh
