// What a whole run tells, and that no failure to tell it changes the run.
#include "hub/run/told_run.hpp"

#include <iterator>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "hub/run/run_undo.hpp"
#include "tests/run/http_listener.hpp"
#include "tests/run/small_hub.hpp"
#include "tests/run/smtp_listener.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ToldRun : public SmallHub {
 protected:
  HubConfig telling(const std::string& keys) const {
    return parse_hub_config("hub:\n  store: sqlite://hub.db\n" + keys +
                                std::string(kHead).substr(std::string(kHead).find("sources:")) +
                                kCrm + kShop,
                            folder_ / "hub.yaml");
  }
  RunExit tell(const HubConfig& config, const RunOptions& options = {}) {
    const auto warn = [&](const std::string& warning) { warnings_.push_back(warning); };
    return told_run(config, options, warn).exit;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool is_there(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

  std::vector<std::string> warnings_;
};

TEST_F(ToldRun, LeavesAReportMetricsAndEvents) {
  const HubConfig config =
      telling("  report: reports\n  metrics: cdh.prom\n  lineage_events: events.jsonl\n");
  EXPECT_EQ(tell(config), RunExit::done);
  EXPECT_EQ(tell(config), RunExit::done);
  EXPECT_THAT(warnings_, IsEmpty());
  EXPECT_EQ(nlohmann::json::parse(read("reports/run-1.json"))["profiles"]["created"], 2);
  EXPECT_THAT(read("reports/latest.html"),
              AllOf(HasSubstr("Run 2: done"), HasSubstr("run 1, done, ")));
  EXPECT_THAT(
      read("cdh.prom"),
      AllOf(HasSubstr("cdh_last_run_id 2\n"),
            HasSubstr("cdh_last_run_records{source=\"crm\",stream=\"crm\",kind=\"read\"} 2\n"),
            HasSubstr("cdh_last_success_timestamp_seconds")));
  const std::string events = read("events.jsonl");
  EXPECT_EQ(std::count(events.begin(), events.end(), '\n'), 4);
}

TEST_F(ToldRun, ADryRunTellsNothing) {
  const HubConfig config =
      telling("  report: reports\n  metrics: cdh.prom\n  lineage_events: events.jsonl\n");
  RunOptions trial;
  trial.dry_run = true;
  EXPECT_EQ(tell(config, trial), RunExit::done);
  EXPECT_FALSE(is_there("reports"));
  EXPECT_FALSE(is_there("cdh.prom"));
  EXPECT_FALSE(is_there("events.jsonl"));
}

TEST_F(ToldRun, WhatCannotBeToldIsAWarningAndTheRunEndsWell) {
  write("occupied", "a file");
  const HubConfig config = telling(
      "  report: occupied\n  metrics: nowhere/cdh.prom\n  lineage_events: nowhere/e.jsonl\n");
  EXPECT_EQ(tell(config), RunExit::done);
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("the report was not written"),
                                     HasSubstr("the metrics were not written"),
                                     HasSubstr("the lineage event was not sent"),
                                     HasSubstr("the lineage event was not sent")));
}

TEST_F(ToldRun, NoLineageServiceIsWaitedForBeforeReading) {
  std::promise<void> has_read;
  const HttpListener service(200, nullptr, has_read.get_future().share());
  RunOptions options;
  options.phase = [&](const std::string& phase) {
    if (phase == "matching") has_read.set_value();
  };
  EXPECT_EQ(
      tell(telling("  lineage_events: { to: '" + service.url() + "', timeout: 300 }\n"), options),
      RunExit::done);
  EXPECT_THAT(warnings_, IsEmpty());
  ASSERT_THAT(service.requests(), SizeIs(2));
  EXPECT_THAT(service.requests()[0].body, HasSubstr("START"));
  EXPECT_THAT(service.requests()[1].body, HasSubstr("COMPLETE"));
}

TEST_F(ToldRun, ASourceThatFailsIsPostedAndMailed) {
  const HttpListener hook;
  SmtpListener mail;
  std::filesystem::remove(folder_ / "shop.csv");
  EXPECT_EQ(tell(telling("  notify:\n    webhook: " + hook.url() +
                         "\n    mail: { server: smtp://127.0.0.1:" + std::to_string(mail.port()) +
                         ", from: a@b.example, to: c@d.example }\n")),
            RunExit::source_failed);
  EXPECT_THAT(warnings_, IsEmpty());
  ASSERT_THAT(hook.requests(), SizeIs(1));
  const auto json = nlohmann::json::parse(hook.requests()[0].body);
  EXPECT_EQ(json["alerts"].dump(), "[\"source_failed\"]");
  EXPECT_EQ(json["run"], 1);
  EXPECT_THAT(mail.mail().content, HasSubstr("shop/shop (failed)"));
}

TEST_F(ToldRun, NoPersonalValueIsTold) {
  const HttpListener hook;
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,ann@example.com,someday\n");
  EXPECT_EQ(tell(telling("  report: reports\n  metrics: cdh.prom\n  lineage_events: e.jsonl\n"
                         "  notify: { webhook: " +
                         hook.url() + " }\n")),
            RunExit::newly_quarantined);
  ASSERT_THAT(hook.requests(), SizeIs(1));
  const std::string told = hook.requests()[0].body + read("reports/run-1.html") +
                           read("reports/run-1.json") + read("cdh.prom") + read("e.jsonl");
  for (const char* value : {"Ann", "Lee", "ann@example.com", "someday"}) {
    EXPECT_THAT(told, Not(HasSubstr(value)));
  }
}

// Then the first customer counts as the names of the fields.
TEST_F(ToldRun, NoPersonalValueOfAFileWithoutItsHeaderIsTold) {
  const HttpListener hook;
  write("crm.csv", "1,Ann,Lee,ann@example.com,1980-01-02\n2,Bob,Ray,bob@example.com,1981-02-03\n");
  EXPECT_EQ(tell(telling("  report: reports\n  metrics: cdh.prom\n  lineage_events: e.jsonl\n"
                         "  notify: { webhook: " +
                         hook.url() + " }\n")),
            RunExit::source_failed);
  ASSERT_THAT(hook.requests(), SizeIs(1));
  const std::string told = hook.requests()[0].body + read("reports/run-1.html") +
                           read("reports/latest.json") + read("cdh.prom") + read("e.jsonl");
  EXPECT_THAT(told, HasSubstr("crm/crm: `cdh runs show 1` says why"));
  for (const char* value : {"Ann", "Lee", "example.com", "1980-01-02"}) {
    EXPECT_THAT(told, Not(HasSubstr(value)));
  }
}

TEST_F(ToldRun, AfterAnUndoIsToldWhatTheUndoLeft) {
  const HubConfig config = telling("  report: reports\n  metrics: cdh.prom\n");
  ASSERT_EQ(tell(config), RunExit::done);
  const std::string first = read("cdh.prom");
  write("shop.csv", "no,name,surname,mail,total\n8,Cid,Roe,cid@example.com,1.00\n");
  RunOptions accepting;
  accepting.accept_changes = true;
  ASSERT_EQ(tell(config, accepting), RunExit::done);
  ASSERT_THAT(read("cdh.prom"), HasSubstr("cdh_profiles 3\n"));
  {
    Database database(config.store, Database::Mode::existing);
    undo_run(database, config, 2, "steward");
  }
  tell_undone(config, 2, [&](const std::string& warning) { warnings_.push_back(warning); });
  EXPECT_THAT(warnings_, IsEmpty());
  EXPECT_THAT(read("cdh.prom"),
              AllOf(HasSubstr("cdh_last_run_id 2\n"), HasSubstr("cdh_profiles 2\n"),
                    HasSubstr("cdh_last_run_status{status=\"done\"} 0\n"),
                    HasSubstr("cdh_last_run_status{status=\"undone\"} 1\n")));
  const std::string success = "cdh_last_success_timestamp_seconds ";
  const auto line_of = [&](const std::string& text) {
    const std::size_t at = text.find("\n" + success);
    return text.substr(at, text.find('\n', at + 1) - at);
  };
  EXPECT_EQ(line_of(read("cdh.prom")), line_of(first)) << "that of run 1";
  EXPECT_THAT(read("reports/latest.html"), HasSubstr("Run 2: undone"));
  EXPECT_EQ(read("reports/latest.html"), read("reports/run-2.html"));
  EXPECT_THAT(read("reports/run-1.html"), HasSubstr("Run 1: done"));
}

TEST_F(ToldRun, ARunThatFailsIsToldAndStillThrows) {
  const HttpListener hook;
  const HubConfig config = telling(
      "  report: reports\n  metrics: cdh.prom\n  notify: { webhook: " + hook.url() + " }\n");
  ASSERT_EQ(tell(config), RunExit::done);
  // The store refuses what the run would publish.
  Database(config.store, Database::Mode::existing)
      .execute(
          "CREATE TRIGGER full BEFORE UPDATE ON run WHEN NEW.status = 'done' BEGIN "
          "SELECT RAISE(ABORT, 'full of ann@example.com'); END");
  EXPECT_THROW(tell(config), Error);
  ASSERT_THAT(hook.requests(), SizeIs(1));
  const std::string body = hook.requests()[0].body;
  EXPECT_EQ(nlohmann::json::parse(body)["alerts"].dump(), "[\"failure\"]");
  EXPECT_EQ(nlohmann::json::parse(body)["run"], 2);
  EXPECT_THAT(body, Not(HasSubstr("full of")));
  EXPECT_THAT(read("reports/latest.html"), HasSubstr("Run 2: failed"));
  EXPECT_THAT(read("cdh.prom"), HasSubstr("cdh_last_run_status{status=\"failed\"} 1"));
}

TEST_F(ToldRun, ALockedStoreIsTold) {
  const HttpListener hook;
  const HubConfig config = telling("  notify: { events: failure, webhook: " + hook.url() + " }\n");
  ASSERT_EQ(tell(config), RunExit::done);
  Database other(config.store, Database::Mode::existing);
  ASSERT_TRUE(other.try_lock_for_run());
  EXPECT_THROW(tell(config), Error);
  ASSERT_THAT(hook.requests(), SizeIs(1));
  EXPECT_THAT(hook.requests()[0].body, HasSubstr("another run holds the lock"));
}

TEST_F(ToldRun, AWebhookThatFailsIsAWarningWithoutItsSecret) {
  const HttpListener hook(500);
  write("hook.txt", hook.url("/s3cret-path"));
  std::filesystem::remove(folder_ / "shop.csv");
  EXPECT_EQ(tell(telling("  notify: { webhook: '${file:hook.txt}' }\n")), RunExit::source_failed);
  EXPECT_THAT(warnings_,
              ElementsAre(AllOf(HasSubstr("the notification was not posted"),
                                HasSubstr("it answered with 500"), Not(HasSubstr("s3cret")))));
}

TEST_F(ToldRun, ALateRunIsToldWhereSomebodyWantsIt) {
  const HttpListener hook;
  const auto tell_late_to = [&](const std::string& events, bool is_met) {
    tell_late(telling("  notify: { events: " + events + ", webhook: " + hook.url() + " }\n"),
              {is_met, "late: no run has ended yet", std::nullopt}, [](const std::string&) {});
  };
  tell_late_to("late", true);
  tell_late_to("failure", false);
  EXPECT_THAT(hook.requests(), IsEmpty());
  tell_late_to("late", false);
  EXPECT_THAT(hook.requests(), SizeIs(1));
}

}  // namespace
}  // namespace cdh
