// Whether a run is late is judged by what the run log says and by a clock that the test sets.
#include "hub/run/run_expectation.hpp"

#include <gmock/gmock.h>

#include "hub/base/time.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/store/schema.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kMicros = 1'000'000;

class RunExpectation : public testing::Test {
 protected:
  RunExpectation() : hub_(StoreKind::sqlite), database_(hub_.store(), Database::Mode::create) {
    migrate(database_);
  }

  // A run that has ended in this way.
  std::int64_t ended(const std::string& status, RunKind kind = RunKind::consolidation) {
    RunEntry run;
    run.id = begin_run(database_, kind);
    run.status = status;
    finish_run(database_, run);
    return run.id;
  }
  // Within 26 hours, so long after the run ended.
  RunVerdict after(std::int64_t run, std::int64_t seconds) {
    const std::int64_t end = parse_instant(find_run(database_, run)->finished_at).value();
    return check_expectation(database_, 26 * kHour, end + seconds * kMicros);
  }

  TestHub hub_;
  Database database_;
};

TEST_F(RunExpectation, ARunThatEndedWellInTimeIsEnough) {
  const std::int64_t run = ended("done");
  const RunVerdict verdict = after(run, 26 * kHour);
  EXPECT_TRUE(verdict.is_met);
  EXPECT_EQ(verdict.message,
            "ok: run 1 ended well at " + find_run(database_, run)->finished_at + ", 26 hours ago");
  EXPECT_EQ(verdict.run->id, run);
}

TEST_F(RunExpectation, AnOlderOneIsLate) {
  const RunVerdict verdict = after(ended("done"), 26 * kHour + 1);
  EXPECT_FALSE(verdict.is_met);
  EXPECT_THAT(verdict.message, AllOf(StartsWith("late: run 1 ended well at "),
                                     HasSubstr("and one is expected within 26 hours")));
}

TEST_F(RunExpectation, WithoutAnyRunItIsLate) {
  const RunVerdict verdict = check_expectation(database_, kHour, now_micros());
  EXPECT_FALSE(verdict.is_met);
  EXPECT_EQ(verdict.message, "late: no run has ended yet; is the timer on? start with `cdh run`");
  EXPECT_FALSE(verdict.run);
}

TEST_F(RunExpectation, ALastRunThatDidNotEndWellIsToldAtOnce) {
  ended("done");
  for (const auto& [status, words] : std::vector<std::pair<std::string, std::string>>{
           {"failed", "failed at "},
           {"stopped", "was stopped by a safety limit at "},
           {"partial", "but a source failed; see `cdh runs show "}}) {
    const RunVerdict verdict = after(ended(status), 0);
    EXPECT_FALSE(verdict.is_met) << status;
    EXPECT_THAT(verdict.message, AllOf(StartsWith("failed: run "), HasSubstr(words)));
  }
  EXPECT_TRUE(after(ended("done"), 0).is_met) << "the next one is well again";
}

TEST_F(RunExpectation, AfterAnUndoTheRunBeforeIsJudged) {
  const std::int64_t well = ended("done");
  ended("undone");
  const RunVerdict verdict = after(well, 26 * kHour);
  EXPECT_TRUE(verdict.is_met);
  EXPECT_THAT(verdict.message, AllOf(StartsWith("ok: run 1 ended well at "),
                                     HasSubstr("26 hours ago; run 2 was undone")));
  EXPECT_FALSE(after(well, 27 * kHour).is_met);
}

TEST_F(RunExpectation, ARunOfTheFutureIsNotWell) {
  const std::int64_t run = ended("done");
  EXPECT_TRUE(after(run, -60).is_met) << "another machine's clock may be ahead";
  const RunVerdict verdict = after(run, -kHour);
  EXPECT_FALSE(verdict.is_met);
  EXPECT_THAT(verdict.message, AllOf(StartsWith("failed: run 1 ended at "), HasSubstr("clock")));
}

TEST_F(RunExpectation, AKilledRunIsToldAtOnce) {
  const std::int64_t well = ended("done");
  begin_run(database_);  // and nobody holds the lock
  const RunVerdict verdict = after(well, 1);
  EXPECT_FALSE(verdict.is_met);
  EXPECT_THAT(verdict.message, AllOf(HasSubstr("run 2, begun at "), HasSubstr("was killed")));
}

TEST_F(RunExpectation, OneThatIsGoingOnCountsOnceItHasEnded) {
  const std::int64_t well = ended("done");
  Database other(hub_.store(), Database::Mode::existing);
  take_run_lock(other);
  begin_run(other);
  EXPECT_TRUE(after(well, kHour).is_met);
  const RunVerdict late = after(well, 27 * kHour);
  EXPECT_FALSE(late.is_met);
  EXPECT_THAT(late.message, HasSubstr("; run 2 is going on since "));
}

TEST_F(RunExpectation, ActsAndDryRunsDoNotCount) {
  const std::int64_t well = ended("done");
  ended("failed", RunKind::act);
  ended("dry run", RunKind::dry_run);
  EXPECT_EQ(after(well, kHour).run->id, well);
  EXPECT_FALSE(after(well, 27 * kHour).is_met);
}

}  // namespace
}  // namespace cdh
