// `cdh runs undo` and `cdh runs diff`: what an administrator is asked and told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Undo : public ::testing::Test {
 protected:
  Undo() {
    EXPECT_EQ(hub_.run({"init", "."}).exit_code, 0);
    EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  }
  std::string status(const std::string& run) const {
    return nlohmann::json::parse(hub_.run({"runs", "show", run, "--format", "json"}).out)["status"];
  }
  void change_yaml(const std::string& from, const std::string& to) const {
    std::string yaml = hub_.read("hub.yaml");
    ASSERT_NE(yaml.find(from), yaml.npos);
    hub_.write("hub.yaml", yaml.replace(yaml.find(from), from.size(), to));
  }

  const HubFolder hub_;
};

TEST_F(Undo, SaysWhatItWouldDoAndWantsAWord) {
  const Outcome asked = hub_.run({"runs", "undo", "1"});
  EXPECT_EQ(asked.exit_code, 2);
  EXPECT_THAT(asked.err, AllOf(HasSubstr("undoing run 1 restores 0 records, withdraws"),
                               HasSubstr("nobody can be asked whether to undo run 1; add --yes")));
  EXPECT_EQ(status("1"), "done");
  const Outcome undone = hub_.run({"runs", "undo", "1", "--yes", "--format", "json"});
  EXPECT_EQ(undone.exit_code, 0) << undone.err;
  EXPECT_THAT(undone.err, Not(HasSubstr("warning")));
  const auto counts = nlohmann::json::parse(undone.out)[0];
  EXPECT_EQ(counts["restored"], 0);
  EXPECT_EQ(counts["back_in_quarantine"], 0);
  EXPECT_EQ(counts["profiles"], 0);
  EXPECT_EQ(status("1"), "undone");
}

TEST_F(Undo, WarnsWhenHubYamlIsAnother) {
  change_yaml("  shop:", "  store:");
  const Outcome undone = hub_.run({"runs", "undo", "1", "--yes"});
  EXPECT_EQ(undone.exit_code, 0) << undone.err;
  EXPECT_THAT(undone.err,
              AllOf(HasSubstr("warning: shop is not in hub.yaml, and so without its trust"),
                    HasSubstr("warning: hub.yaml matches or merges by other rules than at the last "
                              "run: profiles can come out other")));
}

TEST_F(Undo, SaysWhenNothingIsKept) {
  change_yaml("  store:", "  undo_runs: 0\n  store:");
  EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  for (const char* command : {"diff", "undo"}) {
    const Outcome refused = hub_.run({"runs", command, "2"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, HasSubstr("is not kept, or not any more; `hub: undo_runs` says"));
  }
}

TEST_F(Undo, OfADryRunTheDiffSaysSo) {
  EXPECT_EQ(hub_.run({"run", "--dry-run"}).exit_code, 0);
  const Outcome shown = hub_.run({"runs", "diff", "2"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_THAT(shown.err, HasSubstr("run 2 was a dry run, of which nothing is kept"));
}

}  // namespace
}  // namespace cdh::test
