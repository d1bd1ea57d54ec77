#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

void write_source(const HubFolder& hub, const std::string& file, const std::string& content) {
  hub.write("hub.yaml",
            "hub: { store: sqlite://c.db }\nsources:\n  crm:\n    connector: csv\n"
            "    config: { path: '" +
                file + "', key: No }\n");
  hub.write(file, content);
}

constexpr const char* kPeople =
    "No,First Name,Last Name,E-Mail,Shoe Size\n"
    "1,Ann,Example,ann@mail.example,38\n"
    "2,Bo,Example,bo@mail.example,\n"
    "3,Cy,Sample,cy@mail.example,44\n";

TEST(Discover, ListsFieldsWithDifferentSamples) {
  const HubFolder hub;
  write_source(hub, "people.csv", kPeople);
  const Outcome outcome = hub.run({"discover", "crm", "--samples", "2", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto streams = nlohmann::json::parse(outcome.out);
  ASSERT_EQ(streams.size(), 1U);
  EXPECT_EQ(streams[0]["stream"], "people");
  EXPECT_EQ(streams[0]["key"], nlohmann::json({"No"}));
  std::map<std::string, std::vector<std::string>> samples;
  for (const auto& field : streams[0]["fields"]) samples[field["field"]] = field["samples"];
  EXPECT_EQ(samples["No"], (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(samples["Last Name"], (std::vector<std::string>{"Example", "Sample"}));
  EXPECT_EQ(samples["Shoe Size"], (std::vector<std::string>{"38", "44"}));
}

TEST(Discover, PrintsATableAndNoSamplesOnDemand) {
  const HubFolder hub;
  write_source(hub, "people.csv", kPeople);
  EXPECT_THAT(hub.run({"discover", "crm"}).out,
              AllOf(HasSubstr("First Name"), HasSubstr("Ann | Bo | Cy")));
  EXPECT_THAT(hub.run({"discover", "crm", "--samples", "0"}).out,
              AllOf(HasSubstr("First Name"), Not(HasSubstr("Ann"))));
}

TEST(Discover, CutsLongSamplesBetweenCharacters) {
  const HubFolder hub;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "ż";
  write_source(hub, "people.csv", "No,Name\n1,x" + name + "\n");
  const Outcome outcome = hub.run({"discover", "crm", "--format", "json"});
  const std::string sample = nlohmann::json::parse(outcome.out)[0]["fields"][1]["samples"][0];
  EXPECT_LT(sample.size(), 210U);
  EXPECT_TRUE(sample.ends_with("ż…")) << sample;
}

// Also a file whose name is not plain: what is pasted must run.
TEST(Discover, SuggestsAMappingThatRuns) {
  for (const std::string file : {"people.csv", "Klienci główni 2026.csv"}) {
    SCOPED_TRACE(file);
    const HubFolder hub;
    write_source(hub, file, kPeople);
    const Outcome outcome = hub.run({"discover", "crm", "--suggest"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("given_name: First Name"), HasSubstr("Shoe Size")));
    hub.write("hub.yaml", hub.read("hub.yaml") + outcome.out);
    const Outcome ran = hub.run({"run"});
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
    EXPECT_THAT(hub.run({"profile", "find", "ann@mail.example"}).out, HasSubstr("Ann Example"));
  }
}

TEST(Discover, SaysWhatIsWrong) {
  const HubFolder hub;
  write_source(hub, "people.csv", kPeople);
  const Outcome unknown = hub.run({"discover", "crn"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean \"crm\"?"));
  std::filesystem::remove(hub.path() / "people.csv");
  const Outcome missing = hub.run({"discover", "crm"});
  EXPECT_NE(missing.exit_code, 0);
  EXPECT_THAT(missing.err, AllOf(HasSubstr("source crm"), HasSubstr("people.csv")));
}

}  // namespace
}  // namespace cdh::test
