// `cdh status --expect` as monitoring calls it: one line, and the exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"
#include "tests/app/store_dump.hpp"
#include "tests/run/http_listener.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

class Status : public ::testing::Test {
 protected:
  Status() {
    hub_.run({"init", "."});
    hub_.run({"run"});
  }
  HubFolder hub_;
};

TEST_F(Status, ARunThatEndedWellInTimeIsOk) {
  const Outcome outcome = hub_.run({"status", "--expect", "26h"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, MatchesRegex("ok: run 1 ended well at [^ ]+Z, 0 minutes ago\n"));
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Status, ALateRunIsToldInOneLineAndByTheExitCode) {
  tamper(hub_.path() / "customers.db", "UPDATE run SET finished_at = '2026-01-01T03:00:00Z'");
  const Outcome outcome = hub_.run({"status", "--expect", "2d"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("late: run 1 ended well at 2026-01-01T03:00:00Z, "),
                                 HasSubstr("and one is expected within 2 days\n")));
}

TEST_F(Status, ProgramsReadItAsJsonAndCsv) {
  std::filesystem::remove(hub_.path() / "shop.csv");
  ASSERT_EQ(hub_.run({"run"}).exit_code, 3);
  const Outcome outcome = hub_.run({"status", "--expect", "26h", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 1);
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["run"], 2);
  EXPECT_EQ(json["status"], "partial");
  EXPECT_THAT(json["message"].get<std::string>(), HasSubstr("but a source failed"));
  EXPECT_THAT(hub_.run({"status", "--expect", "26h", "--format", "csv"}).out,
              StartsWith("ok,message,run,status,finished_at\nfalse,"));
}

TEST_F(Status, WhatIsNoDurationIsWrongUsage) {
  for (const char* wrong : {"26", "soon", "1.5h", "0h"}) {
    const Outcome outcome = hub_.run({"status", "--expect", wrong});
    EXPECT_EQ(outcome.exit_code, 2) << wrong;
    EXPECT_THAT(outcome.err, HasSubstr("is no duration such as 90m, 26h or 2d"));
  }
}

TEST(StatusWithoutStore, IsNoSuccess) {
  const HubFolder hub;
  hub.run({"init", "."});
  const Outcome outcome = hub.run({"status", "--expect", "26h"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.out, AllOf(StartsWith("failed: the store cannot be read: there is no store"),
                                 HasSubstr("cdh run")));
}

TEST(StatusWithoutStore, IsNotifiedOf) {
  const HubFolder hub;
  hub.run({"init", "."});
  const HttpListener hook;
  for (const std::string store : {"sqlite://nowhere.db", "sqlite://broken.db",
                                  "postgresql://someone:s3cret-word@127.0.0.1:1/customers"}) {
    hub.write("broken.db", "no database");
    hub.write("watched.yaml", "hub:\n  store: " + store + "\n  notify: { webhook: " + hook.url() +
                                  " }\nsources: {}\n");
    const std::size_t before = hook.requests().size();
    const Outcome outcome =
        hub.run({"status", "--expect", "26h", "--notify", "-c", "watched.yaml"});
    EXPECT_EQ(outcome.exit_code, 1) << store;
    EXPECT_THAT(outcome.out,
                AllOf(StartsWith("failed: the store cannot be read: "), Not(HasSubstr("s3cret"))));
    ASSERT_EQ(hook.requests().size(), before + 1) << store;
    const auto json = nlohmann::json::parse(hook.requests().back().body);
    EXPECT_EQ(json["alerts"].dump(), "[\"late\"]");
    EXPECT_THAT(json["text"].get<std::string>(), EndsWith("failed: the store cannot be read"));
  }
}

}  // namespace
}  // namespace cdh::test
