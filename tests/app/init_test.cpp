#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;

TEST(Init, MakesAHubThatRunsAtOnce) {
  const HubFolder hub;
  const Outcome made = hub.run({"init", "new/hub"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(made.out, "new/hub/hub.yaml\nnew/hub/shop.csv\nnew/hub/newsletter.jsonl\n");
  EXPECT_THAT(made.err, HasSubstr("cd new/hub\n  cdh run\n  cdh profile find"));

  const std::string config = "new/hub/hub.yaml";
  const Outcome checked = hub.run({"check", "-c", config});
  EXPECT_EQ(checked.exit_code, 0) << checked.out;
  const Outcome ran = hub.run({"run", "-c", config, "--format", "json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  // Two of the newsletter's three readers are customers of the shop.
  EXPECT_EQ(nlohmann::json::parse(ran.out)["profiles"]["total"], 5) << ran.out;
  const Outcome found =
      hub.run({"profile", "find", "alice@shop.example", "-c", config, "--format", "json"});
  const auto profiles = nlohmann::json::parse(found.out);
  ASSERT_EQ(profiles.size(), 1U);
  EXPECT_EQ(profiles[0]["name"], "Alice Example");
  EXPECT_EQ(profiles[0]["records"], 2);
}

TEST(Init, OverwritesNothing) {
  const HubFolder hub;
  hub.write("shop.csv", "mine");
  const Outcome outcome = hub.run({"init", "."});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("shop.csv"));
  EXPECT_EQ(hub.read("shop.csv"), "mine");
  EXPECT_FALSE(std::filesystem::exists(hub.path() / "hub.yaml"));
}

TEST(Init, SaysWhyItCannotWrite) {
  const HubFolder hub;
  hub.write("file", "");
  const Outcome outcome = hub.run({"init", "file"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("file"));
}

}  // namespace
}  // namespace cdh::test
