#include "hub/run/run_page.hpp"

#include <gmock/gmock.h>

#include "tests/run/told_entry.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(RunPage, ShowsTheRunItsStreamsAndWhatBecameOfThem) {
  const std::string page = run_page(told_entry(), {told_entry()});
  EXPECT_THAT(
      page,
      AllOf(HasSubstr("<title>Run 12: partial</title>"), HasSubstr("<h1 class=\"bad\">"),
            HasSubstr("2026-11-22T02:00:00Z to 2026-11-22T02:01:30.5Z, 90 seconds"),
            HasSubstr("100 profiles: 5 created, 4 changed, 3 merged, 2 split, 1 removed. 8 pairs "
                      "wait for review."),
            HasSubstr("crm/Klienci &quot;A&quot; \\ B: 10 added, 20 changed, 7 gone, 3 newly "
                      "quarantined"),
            HasSubstr("<td class=\"name bad\">failed</td>")));
}

TEST(RunPage, NothingInItIsTakenForMarkup) {
  EXPECT_THAT(
      run_page(told_entry(), {}),
      AllOf(HasSubstr("told by &lt;the hub&gt;"), HasSubstr("cannot open &lt;orders.csv&gt;"),
            Not(HasSubstr("<the hub>")), Not(HasSubstr("<orders"))));
}

TEST(RunPage, NeedsNothingFromElsewhereAndFollowsLightAndDark) {
  EXPECT_THAT(
      run_page(told_entry(), {told_entry()}),
      AllOf(Not(HasSubstr("<script")), Not(HasSubstr("http://")), Not(HasSubstr("https://")),
            Not(HasSubstr("src=")), HasSubstr("<svg "), HasSubstr("color-scheme: light dark"),
            HasSubstr("@media (prefers-color-scheme: dark)")));
}

TEST(RunPage, TheHistoryRunsFromTheOldestToTheNewest) {
  RunEntry before = told_entry();
  before.id = 11;
  before.status = "done";
  const std::string page = run_page(told_entry(), {told_entry(), before});
  const std::size_t older = page.find("run 11, done, 2026-11-22T02:00:00Z: 100 profiles");
  const std::size_t newer = page.find("run 12, partial, 2026-11-22T02:00:00Z: 100 profiles");
  ASSERT_NE(older, std::string::npos);
  ASSERT_NE(newer, std::string::npos);
  EXPECT_LT(older, newer);
}

TEST(RunPage, ARunThatReadNothingHasNoStreams) {
  RunEntry run;
  run.id = 1;
  run.status = "failed";
  run.message = "the store is full";
  EXPECT_THAT(run_page(run, {run}),
              AllOf(HasSubstr("the store is full"), Not(HasSubstr("by stream"))));
}

}  // namespace
}  // namespace cdh
