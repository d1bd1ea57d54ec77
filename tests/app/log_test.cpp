// What goes to stderr, for people and for programs that collect it.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

// Every line of it must be an object.
std::vector<nlohmann::json> parse_lines(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

class Log : public ::testing::Test {
 protected:
  Log() { hub_.run({"init", "."}); }
  void tell(const std::string& keys) {
    std::string yaml = hub_.read("hub.yaml");
    yaml.insert(yaml.find("  store:"), keys);
    hub_.write("hub.yaml", yaml);
  }
  HubFolder hub_;
};

TEST_F(Log, AsJsonEachMessageIsAnObjectOnALine) {
  const Outcome outcome = hub_.run({"run", "--log-format", "json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto lines = parse_lines(outcome.err);
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0]["level"], "info");
  EXPECT_EQ(lines[0]["message"], "reading");
  EXPECT_THAT(lines[0]["time"].get<std::string>(), MatchesRegex("20..-..-..T..:..:..[.0-9]*Z"));
  EXPECT_THAT(outcome.out, HasSubstr("run 1 done")) << "results are no messages";
}

TEST_F(Log, AnErrorOfManyLinesIsStillOneObject) {
  hub_.write("hub.yaml",
             "hub: { store: 'sqlite://c.db', contry: PL, tme_zone: UTC }\nsources: {}\n");
  const Outcome outcome = hub_.run({"run", "--log-format", "json"});
  EXPECT_EQ(outcome.exit_code, 2);
  const auto lines = parse_lines(outcome.err);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0]["level"], "error");
  EXPECT_THAT(lines[0]["message"].get<std::string>(), HasSubstr("did you mean \"country\"?"));
}

TEST_F(Log, WhatCannotBeToldIsAWarningAlsoWhenQuiet) {
  tell("  metrics: nowhere/cdh.prom\n");
  const Outcome text = hub_.run({"run", "--quiet"});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.err, MatchesRegex("warning: the metrics were not written: cannot create .*"
                                     "nowhere/cdh.prom: No such file or directory\n"));
  const Outcome json = hub_.run({"run", "--quiet", "--log-format", "json"});
  const auto lines = parse_lines(json.err);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0]["level"], "warning");
}

TEST_F(Log, AnUnknownFormatIsWrongUsage) {
  const Outcome outcome = hub_.run({"run", "--log-format", "xml"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("\"xml\" is none of text, json"));
}

TEST_F(Log, TheReportIsLeftByTheCommand) {
  tell("  report: reports\n");
  EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  EXPECT_THAT(hub_.read("reports/run-1.html"), HasSubstr("Run 1: done"));
}

}  // namespace
}  // namespace cdh::test
