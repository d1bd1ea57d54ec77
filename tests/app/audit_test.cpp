// `cdh audit`: what an administrator sees of the trail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"
#include "tests/app/store_dump.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Audit : public ::testing::Test {
 protected:
  Audit() {
    EXPECT_EQ(hub_.run({"init", "."}).exit_code, 0);
    std::string yaml = hub_.read("hub.yaml");
    yaml.insert(yaml.find("  store:"), "  report: reports\n");
    hub_.write("hub.yaml", yaml);
    EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  }

  // The profile that the word finds.
  std::string profile(const std::string& word) const {
    return nlohmann::json::parse(
        hub_.run({"profile", "find", word, "--format", "json"}).out)[0]["profile"];
  }
  std::string kept_head() const {
    return nlohmann::json::parse(hub_.read("reports/latest.json"))["audit"];
  }

  const HubFolder hub_;
};

TEST_F(Audit, ActsAndChangedSettingsAreListedByIdsAndNames) {
  const std::string id = profile("Alice");
  EXPECT_EQ(hub_.run({"profile", "set", id, "given_name", "Planted"}).exit_code, 0);
  EXPECT_EQ(hub_.run({"profile", "merge", id, profile("Robert")}).exit_code, 0);
  std::string yaml = hub_.read("hub.yaml");
  yaml.insert(yaml.find("  store:"), "  undo_runs: 3\n");
  hub_.write("hub.yaml", yaml);
  EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  const Outcome listed = hub_.run({"audit", "list"});
  EXPECT_EQ(listed.exit_code, 0);
  EXPECT_THAT(listed.out, AllOf(HasSubstr("set"), HasSubstr(id + " given_name"), HasSubstr("merge"),
                                HasSubstr(": hub.undo_runs")));
  for (const char* personal : {"Planted", "Alice", "Robert", "example"}) {
    EXPECT_THAT(listed.out, Not(HasSubstr(personal)));
  }
  const auto json =
      nlohmann::json::parse(hub_.run({"audit", "list", "--most", "1", "--format", "json"}).out);
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["event"], 3);
  EXPECT_EQ(json[0]["action"], "configuration");
  EXPECT_EQ(kept_head(), "3:" + json[0]["hash"].get<std::string>());
}

TEST_F(Audit, WhatIsTamperedWithIsTold) {
  EXPECT_EQ(hub_.run({"audit", "verify"}).out, "ok: 0 events\n");
  const std::string id = profile("Alice");
  for (const char* name : {"One", "Two", "Three"}) {
    hub_.run({"profile", "set", id, "given_name", name});
  }
  hub_.run({"run"});
  const std::string head = kept_head();
  EXPECT_EQ(hub_.run({"audit", "verify", head}).out, "ok: 3 events, up to " + head + "\n");
  EXPECT_EQ(hub_.run({"store", "check"}).exit_code, 0);

  tamper(hub_.path() / "customers.db",
         "DELETE FROM audit_event WHERE id = 3; UPDATE run SET audit_hash = NULL");
  EXPECT_EQ(hub_.run({"audit", "verify"}).exit_code, 0) << "nothing in the store tells it";
  const Outcome cut = hub_.run({"audit", "verify", head});
  EXPECT_EQ(cut.exit_code, 1);
  EXPECT_THAT(cut.out, HasSubstr("wrong: audit trail: whoever kept this head saw event 3"));

  tamper(hub_.path() / "customers.db", "UPDATE audit_event SET who = 'eve' WHERE id = 1");
  EXPECT_EQ(hub_.run({"audit", "verify"}).exit_code, 1);
  const Outcome checked = hub_.run({"store", "check", "--format", "json"});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.out, HasSubstr("audit trail: event 1: "));
  EXPECT_EQ(hub_.run({"audit", "verify", "nonsense"}).exit_code, 2);
}

TEST_F(Audit, AMigrationIsNoted) {
  const HubFolder other;
  ASSERT_EQ(other.run({"init", "."}).exit_code, 0);
  ASSERT_EQ(other.run({"store", "migrate"}).exit_code, 0);
  EXPECT_THAT(other.run({"audit", "list"}).out,
              testing::ContainsRegex("store migrate  0 to [1-9]"));
}

}  // namespace
}  // namespace cdh::test
