#include "hub/run/run_metrics.hpp"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/run/told_entry.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(RunMetrics, EachFigureHasItsHelpAndType) {
  EXPECT_THAT(
      run_metrics(told_entry(), std::nullopt),
      AllOf(HasSubstr("# HELP cdh_last_run_id The number of the last run.\n"
                      "# TYPE cdh_last_run_id gauge\ncdh_last_run_id 12\n"),
            HasSubstr("cdh_last_run_status{status=\"done\"} 0\n"
                      "cdh_last_run_status{status=\"partial\"} 1\n"),
            HasSubstr("cdh_last_run_start_timestamp_seconds 1795312800.000000\n"),
            HasSubstr("cdh_last_run_end_timestamp_seconds 1795312890.500000\n"),
            HasSubstr("cdh_last_run_duration_seconds 90.500000\n"), HasSubstr("cdh_profiles 100\n"),
            HasSubstr("cdh_last_run_profiles{kind=\"merged\"} 3\n"),
            HasSubstr("cdh_review_items 8\n"),
            HasSubstr("cdh_last_run_stream_ok{source=\"shop\",stream=\"orders\"} 0\n"),
            Not(HasSubstr("cdh_last_success"))));
}

TEST(RunMetrics, LabelsAreEscaped) {
  EXPECT_THAT(run_metrics(told_entry(), std::nullopt),
              HasSubstr("cdh_last_run_records{source=\"crm\",stream=\"Klienci \\\"A\\\" \\\\ B\","
                        "kind=\"newly_quarantined\"} 3\n"));
}

TEST(RunMetrics, TheLastThatEndedWellIsTold) {
  RunEntry well = told_entry();
  well.finished_at = "2026-11-21T02:00:00Z";
  EXPECT_THAT(run_metrics(told_entry(), well),
              HasSubstr("cdh_last_success_timestamp_seconds 1795226400.000000\n"));
}

TEST(RunMetrics, ARunThatFailedHasNoCountsOfProfiles) {
  RunEntry run = told_entry();
  run.status = "failed";
  run.sources.clear();
  EXPECT_THAT(run_metrics(run, std::nullopt),
              AllOf(HasSubstr("cdh_last_run_status{status=\"failed\"} 1\n"),
                    Not(HasSubstr("cdh_profiles")), Not(HasSubstr("cdh_last_run_records"))));
}

// Prometheus' own tool, from the Debian package prometheus.
TEST(RunMetrics, PromtoolFindsNothingWrong) {
  if (std::system("command -v promtool >/dev/null") != 0) GTEST_SKIP() << "promtool is not there";
  const std::string file = testing::TempDir() + "cdh-run-metrics.prom";
  std::ofstream(file) << run_metrics(told_entry(), told_entry());
  EXPECT_EQ(std::system(("promtool check metrics <" + file).c_str()), 0);
  std::remove(file.c_str());
}

}  // namespace
}  // namespace cdh
