#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Restrictions with_test_plugins() {
  Restrictions restrictions;
  restrictions.plugin_path = CDH_TEST_PLUGIN_FOLDER ":" CDH_TEST_PLUGIN_FOLDER "/crashing";
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
                    HasSubstr("cannot load plugin " CDH_TEST_PLUGIN_FOLDER "/cdh-no_entry.so: "),
                    HasSubstr("/cdh-crashing.so: crashed (signal 11, Segmentation fault) while")));
}

TEST(PluginCommand, ABrokenPluginNamesTheOneItHides) {
  const HubFolder hub;
  hub.write("mine/cdh-csv.so", "no library");
  Restrictions restrictions;
  restrictions.plugin_path = (hub.path() / "mine").string();
  const std::string mine = restrictions.plugin_path + "/cdh-csv.so";
  const auto both = AllOf(HasSubstr("cannot load plugin " + mine), HasSubstr("it hides "),
                          HasSubstr("/lib/cdh/plugins/cdh-csv.so, which comes after it"));
  const Outcome list = hub.run({"plugin", "list"}, restrictions);
  EXPECT_EQ(list.exit_code, 0) << list.err;
  EXPECT_THAT(list.out, AllOf(both, ::testing::ContainsRegex("does not load; see below +" + mine)));
  const Outcome info = hub.run({"plugin", "info", "csv"}, restrictions);
  EXPECT_EQ(info.exit_code, 1);
  EXPECT_THAT(info.err, both);
}

TEST(PluginCommand, ALinkThatLeadsNowhereIsABrokenPlugin) {
  const HubFolder hub;
  std::filesystem::create_directory(hub.path() / "mine");
  std::filesystem::create_symlink("gone.so", hub.path() / "mine" / "cdh-csv.so");
  Restrictions restrictions;
  restrictions.plugin_path = (hub.path() / "mine").string();
  const auto clear =
      AllOf(HasSubstr("mine/cdh-csv.so: it is a link to gone.so, which is not there"),
            HasSubstr("it hides "));
  EXPECT_THAT(hub.run({"plugin", "list"}, restrictions).out, clear);
  EXPECT_THAT(hub.run({"plugin", "info", "csv"}, restrictions).err, clear);
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

// What a manifest says is somebody else's text: it neither steers the terminal nor makes rows.
TEST(PluginCommand, ShowsNoControlCharacterOfAManifest) {
  const HubFolder hub;
  std::filesystem::create_directory(hub.path() / "mine");
  const std::filesystem::path built = CDH_TEST_PLUGIN_FOLDER;
  std::filesystem::copy_file(built / "cdh-greetings.so", hub.path() / "mine/cdh-greetings.so");
  auto manifest = nlohmann::json::parse(std::ifstream(built / "cdh-greetings.json"));
  for (const char* member : {"version", "description"}) {
    manifest[member] = "1\x1b[2J\nforged\tconnector\xC2\x9Bm";
  }
  manifest["options"][0]["help"] = "Help\x1b]0;owned\x07\nforged";
  manifest["options"][0]["default"] = "\x1b[31m";
  hub.write("mine/cdh-greetings.json", manifest.dump());
  Restrictions restrictions;
  restrictions.plugin_path = (hub.path() / "mine").string();
  const auto is_clean =
      AllOf(HasSubstr("1?[2J forged connector?m"), Not(HasSubstr("\x1b")), Not(HasSubstr("\x07")),
            Not(HasSubstr("\xC2\x9B")), Not(HasSubstr("\nforged")));
  EXPECT_THAT(hub.run({"plugin", "list"}, restrictions).out, is_clean);
  EXPECT_THAT(hub.run({"plugin", "info", "greetings"}, restrictions).out, is_clean);
}

TEST(PluginCommand, SuggestsTheNearestName) {
  const Outcome outcome = HubFolder().run({"plugin", "info", "cvs"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("did you mean \"csv\"?"), HasSubstr("tried")));
}

}  // namespace
}  // namespace cdh::test
