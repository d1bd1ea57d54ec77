#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Restrictions with_test_plugins() {
  Restrictions restrictions;
  restrictions.plugin_path = CDH_TEST_PLUGIN_FOLDER;
  return restrictions;
}

TEST(PluginCommand, ListsPluginsWithoutAConfiguration) {
  const Outcome outcome = HubFolder().run({"plugin", "list", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  std::map<std::string, std::string> kinds;
  for (const auto& row : nlohmann::json::parse(outcome.out)) kinds[row["plugin"]] = row["kind"];
  EXPECT_EQ(kinds["csv"], "connector");
  EXPECT_EQ(kinds["text"], "transform");
}

TEST(PluginCommand, ListsOneThatDoesNotLoadWithItsReason) {
  const Outcome outcome = HubFolder().run({"plugin", "list"}, with_test_plugins());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("greetings"), HasSubstr("does not load; see below"),
                    HasSubstr("cannot load plugin " CDH_TEST_PLUGIN_FOLDER "/cdh-no_entry.so: ")));
}

TEST(PluginCommand, ShowsAPluginsOptions) {
  const HubFolder hub;
  const Outcome outcome = hub.run({"plugin", "info", "csv", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto plugin = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(plugin["plugin"], "csv");
  EXPECT_EQ(plugin["kind"], "connector");
  EXPECT_EQ(plugin["options"][0]["option"], "path");
  EXPECT_EQ(plugin["options"][0]["required"], true);
  EXPECT_THAT(hub.run({"plugin", "info", "csv"}).out,
              AllOf(HasSubstr("connector"), HasSubstr("encoding"), HasSubstr("required")));
}

TEST(PluginCommand, SuggestsTheNearestName) {
  const Outcome outcome = HubFolder().run({"plugin", "info", "cvs"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("did you mean \"csv\"?"), HasSubstr("tried")));
}

}  // namespace
}  // namespace cdh::test
