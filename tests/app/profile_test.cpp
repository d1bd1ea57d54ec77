// `cdh profile` as a steward meets it, and what is asked before a run begins.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHub = R"(
hub: { store: sqlite://c.db, time_zone: Europe/Warsaw }
sources:
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: No
        map:
          - { into: person, fields: { family_name: Name } }
          - { into: payment, refs: { customer: { as: person } }, fields: { paid_at: Paid } }
)";

void write_hub(const HubFolder& hub) {
  hub.write("hub.yaml", kHub);
  hub.write("shop.csv", "No,Name,Paid\n1,Example,2026-03-01T00:30\n");
}

TEST(Profile, ShowsMomentsInTheZoneOfTheHub) {
  const HubFolder hub;
  write_hub(hub);
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  const auto found =
      nlohmann::json::parse(hub.run({"profile", "find", "shop:1", "--format", "json"}).out);
  ASSERT_EQ(found.size(), 1);
  const std::string id = found[0]["profile"];
  EXPECT_THAT(hub.run({"profile", "show", id}).out,
              AllOf(HasSubstr("paid_at: 2026-03-01T00:30:00"), Not(HasSubstr("2026-02-28"))));
  const auto shown =
      nlohmann::json::parse(hub.run({"profile", "show", id, "--format", "json"}).out);
  EXPECT_EQ(shown["events"]["payment"][0]["paid_at"], "2026-03-01T00:30:00+01:00");
}

// Where a moment is asked for, a day alone is its midnight; it stays that day in all that is shown.
TEST(Profile, ADayWithoutATimeStaysThatDay) {
  for (const auto& [zone, offset] :
       {std::pair("Europe/Warsaw", "+01:00"), std::pair("America/New_York", "-05:00")}) {
    const HubFolder hub;
    std::string yaml = kHub;
    yaml.replace(yaml.find("Europe/Warsaw"), std::string_view("Europe/Warsaw").size(), zone);
    hub.write("hub.yaml", yaml);
    hub.write("shop.csv", "No,Name,Paid\n1,Example,2024-03-05\n");
    ASSERT_EQ(hub.run({"run"}).exit_code, 0);
    const std::string midnight = std::string("2024-03-05T00:00:00") + offset;
    EXPECT_THAT(hub.run({"export", "payment", "-o", "-"}).out, HasSubstr("," + midnight + ","));
    EXPECT_THAT(hub.run({"export", "payment", "-o", "-", "--format", "json"}).out,
                HasSubstr("\"paid_at\":\"" + midnight + "\""));
    const auto found =
        nlohmann::json::parse(hub.run({"profile", "find", "shop:1", "--format", "json"}).out);
    EXPECT_THAT(hub.run({"profile", "show", found[0]["profile"]}).out,
                HasSubstr("paid_at: 2024-03-05T00:00:00"));
  }
}

TEST(Profile, FindsAtLeastOne) {
  const HubFolder hub;
  write_hub(hub);
  const Outcome outcome = hub.run({"profile", "find", "x", "--most", "0"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--limit"));
}

TEST(Profile, SaysThatMoreFitThanItShows) {
  const HubFolder hub;
  write_hub(hub);
  std::string rows = "No,Name,Paid\n";
  for (int i = 0; i < 21; ++i) rows += std::to_string(i) + ",Example" + std::to_string(i) + "w,\n";
  hub.write("shop.csv", rows);
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  const Outcome first = hub.run({"profile", "find", "example"});
  EXPECT_EQ(lines(first.out), 1 + 20);
  EXPECT_EQ(first.err, "the first 20; more fit, --limit shows them\n");
  EXPECT_EQ(hub.run({"--quiet", "profile", "find", "example"}).err, "");
  const Outcome all = hub.run({"profile", "find", "example", "--limit", "21"});
  EXPECT_EQ(lines(all.out), 1 + 21);
  EXPECT_EQ(all.err, "");
}

// What the profile does not show any more is what the customer gives on the phone.
TEST(Profile, FindsByTheNameThatARecordHas) {
  const HubFolder hub;
  write_hub(hub);
  hub.write("shop.csv", "No,Name,Paid\n1,Example,\n2,Sample,\n");
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  const auto id_of = [&](const std::string& record) -> std::string {
    return nlohmann::json::parse(
        hub.run({"profile", "find", record, "--format", "json"}).out)[0]["profile"];
  };
  ASSERT_EQ(hub.run({"profile", "merge", id_of("shop:1"), id_of("shop:2")}).exit_code, 0);
  EXPECT_THAT(hub.run({"profile", "find", "shop:1"}).out, Not(HasSubstr("found_as")));
  const std::string both =
      hub.run({"profile", "find", "example"}).out + hub.run({"profile", "find", "sample"}).out;
  EXPECT_THAT(both, HasSubstr("found_as"));
  EXPECT_THAT(both, testing::AnyOf(HasSubstr("Example (shop:1)"), HasSubstr("Sample (shop:2)")));
  EXPECT_THAT(hub.run({"profile", "find", "shop:1", "--format", "csv"}).out,
              testing::StartsWith("profile,type,name,e-mail,phone,town,records,found_as\n"));
}

TEST(Run, SaysThatASourceWithoutStreamsIsNotRead) {
  const HubFolder hub;
  write_hub(hub);
  hub.write("hub.yaml",
            std::string(kHub) + "  erp: { connector: csv, config: { path: shop.csv } }\n");
  const std::string nothing = "nothing of it is read";
  EXPECT_THAT(hub.run({"check"}).out, HasSubstr(nothing));
  EXPECT_THAT(hub.run({"run"}).err,
              HasSubstr("source erp has no streams in hub.yaml, so " + nothing));
  EXPECT_THAT(hub.run({"run", "--source", "shop"}).err, Not(HasSubstr(nothing)));
}

TEST(Quarantine, ShowsBytesThatAreNoText) {
  const HubFolder hub;
  write_hub(hub);
  hub.write("hub.yaml", std::string(kHub).replace(std::string_view(kHub).find("shop.csv"), 8,
                                                  "shop.csv, encoding: utf-8"));
  hub.write("shop.csv", "No,Name,Paid\n1,Micha\xB3,2026-03-01\n");
  hub.run({"run"});
  const Outcome shown = hub.run({"quarantine", "show", "1"});
  EXPECT_THAT(shown.out, HasSubstr("Micha\\xB3")) << shown.err;
  const Outcome json = hub.run({"quarantine", "show", "1", "--format", "json"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["record"]["raw"]["hex"],
            "312C4D69636861B32C323032362D30332D3031");
}

TEST(Run, RefusesAnUnknownSourceBeforeItBegins) {
  const HubFolder hub;
  write_hub(hub);
  const Outcome outcome = hub.run({"run", "--source", "shopp"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("there is no source \"shopp\"; did you mean \"shop\"?"));
  EXPECT_FALSE(std::filesystem::exists(hub.path() / "c.db")) << "nor is a store made";
}

}  // namespace
}  // namespace cdh::test
