#include "hub/run/notification.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/run/told_entry.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

const std::vector<Alert> kAll = {Alert::failure, Alert::safety_stop, Alert::source_failed,
                                 Alert::quarantine, Alert::late};

RunEntry quiet_entry(const std::string& status) {
  RunEntry run = told_entry();
  run.status = status;
  for (RunSource& source : run.sources) source.counts.newly_quarantined = 0;
  return run;
}

std::string alerts_of(const std::optional<RunEntry>& run, RunExit exit) {
  const auto notification = run_notification(run, exit, kAll, "/etc/cdh/hub.yaml");
  return notification ? nlohmann::json::parse(notification->json)["alerts"].dump() : "none";
}

TEST(Notification, OfEachEndIsItsAlert) {
  EXPECT_EQ(alerts_of(quiet_entry("done"), RunExit::done), "none");
  EXPECT_EQ(alerts_of(quiet_entry("failed"), RunExit::failed), "[\"failure\"]");
  EXPECT_EQ(alerts_of(std::nullopt, RunExit::locked), "[\"failure\"]");
  EXPECT_EQ(alerts_of(quiet_entry("stopped"), RunExit::stopped), "[\"safety_stop\"]");
  EXPECT_EQ(alerts_of(quiet_entry("partial"), RunExit::source_failed), "[\"source_failed\"]");
  EXPECT_EQ(alerts_of(quiet_entry("done"), RunExit::newly_quarantined), "[\"quarantine\"]");
  EXPECT_EQ(alerts_of(told_entry(), RunExit::source_failed), "[\"source_failed\",\"quarantine\"]");
}

TEST(Notification, WhatNobodyWantsIsNotTold) {
  EXPECT_FALSE(
      run_notification(told_entry(), RunExit::source_failed, {Alert::failure}, "hub.yaml"));
  EXPECT_TRUE(
      run_notification(told_entry(), RunExit::source_failed, {Alert::quarantine}, "hub.yaml"));
}

TEST(Notification, TellsPeopleAndProgramsTheCounts) {
  const Notification told =
      *run_notification(told_entry(), RunExit::source_failed, kAll, "/etc/cdh/hub.yaml");
  EXPECT_THAT(told.subject, MatchesRegex("cdh on .+: run 12 ended, but a source failed"));
  EXPECT_THAT(told.text, AllOf(HasSubstr("shop/orders (failed): 0 read"),
                               HasSubstr("20 changed, 7 gone, 3 newly quarantined"),
                               HasSubstr("`cdh -c /etc/cdh/hub.yaml runs show 12` says why")));
  const auto json = nlohmann::json::parse(told.json);
  EXPECT_EQ(json["run"], 12);
  EXPECT_EQ(json["exit_code"], 3);
  EXPECT_EQ(json["status"], "partial");
  EXPECT_EQ(json["profiles"]["total"], 100);
  EXPECT_EQ(json["sources"][0]["newly_quarantined"], 3);
  EXPECT_EQ(json["text"], told.subject);
}

// What a source or a database words may hold a customer's data.
TEST(Notification, HoldsNoTextOfOthers) {
  const Notification told =
      *run_notification(told_entry(), RunExit::source_failed, kAll, "/etc/cdh/hub.yaml");
  EXPECT_THAT(told.text + told.json + told.subject, Not(HasSubstr("orders.csv")));
  RunEntry failed = told_entry();
  failed.status = "failed";
  EXPECT_THAT(run_notification(failed, RunExit::failed, kAll, "hub.yaml")->json,
              Not(HasSubstr("told by")));
}

TEST(Notification, ARunThatNeverBeganIsToldToo) {
  const Notification told =
      *run_notification(std::nullopt, RunExit::failed, kAll, "/etc/cdh/hub.yaml");
  EXPECT_THAT(told.subject, MatchesRegex("cdh on .+: the run failed"));
  EXPECT_FALSE(nlohmann::json::parse(told.json).contains("run"));
}

TEST(Notification, OfALateRunIsTheVerdict) {
  const Notification told = late_notification(
      {false, "late: run 12 ended well long ago", quiet_entry("done")}, "/etc/cdh/hub.yaml");
  EXPECT_THAT(told.text, HasSubstr("late: run 12 ended well long ago"));
  const auto json = nlohmann::json::parse(told.json);
  EXPECT_EQ(json["alerts"].dump(), "[\"late\"]");
  EXPECT_EQ(json["run"], 12);
}

}  // namespace
}  // namespace cdh
