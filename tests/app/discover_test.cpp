#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"
#include "tests/generator/spreadsheet.hpp"

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

// The file's name as YAML's single quotes take any.
void write_named_source(const HubFolder& hub, const std::string& connector, const std::string& file,
                        const std::string& content) {
  std::string quoted;
  for (const char c : file) quoted += c == '\'' ? "''" : std::string(1, c);
  hub.write("hub.yaml", "hub: { store: sqlite://c.db }\nsources:\n  crm:\n    connector: " +
                            connector + "\n    config: { path: '" + quoted + "' }\n");
  hub.write(file, content);
}

// What is pasted below the source is right as it is.
void expect_suggestion_passes(const HubFolder& hub) {
  const Outcome suggested = hub.run({"discover", "crm", "--suggest"});
  ASSERT_EQ(suggested.exit_code, 0) << suggested.err;
  EXPECT_THAT(suggested.out, AllOf(HasSubstr("key: rec/id"), HasSubstr("given_name: first"),
                                   HasSubstr("emails: [\"e: mail\"]"), HasSubstr("größe")));
  hub.write("hub.yaml", hub.read("hub.yaml") + suggested.out);
  const Outcome check = hub.run({"check"});
  EXPECT_EQ(check.exit_code, 0) << suggested.out << check.out << check.err;
  const Outcome ran = hub.run({"run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_THAT(hub.run({"profile", "find", "ann@mail.example"}).out, HasSubstr("ann@mail.example"));
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

TEST(Discover, TablesAreCutOnTerminalsOnly) {
  const HubFolder hub;
  const std::string name(150, 'x');
  write_source(hub, "people.csv", "No,Name\n1," + name + "\n");
  EXPECT_THAT(hub.run({"discover", "crm"}).out, HasSubstr(name));
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

// Names that YAML, paths or people stumble over, as columns and as names of files.
TEST(Discover, WhatIsSuggestedForAwkwardNamesPassesTheCheck) {
  constexpr const char* kHeader =
      "rec/id,first,last,e: mail,\"phone \"\"home\"\"\",größe,姓名,- x,# "
      "y,{z},2026,it's,*,&a,!b,%c,@d,"
      "`e,null,true,a\\b,x #y,k: ,[l],${env:X},~,|,>,?,\"a, b\",1st\n";
  const auto row = [](const std::string& begin) {
    std::string line = begin;
    for (int i = 0; i < 24; ++i) line += ",v";
    return line + "\n";
  };
  const std::string csv = kHeader + row("r1,Ann,Lee,ann@mail.example,212-555-0142,3,王小明") +
                          row("r2,Bo,Li,bo@mail.example,212-555-0143,4,李四");
  for (const std::string file : {"2026 Kunden: 'größe' \"x\" # 1.csv", "客户.csv", "- {a}.csv"}) {
    SCOPED_TRACE(file);
    const HubFolder hub;
    write_named_source(hub, "csv", file, csv);
    expect_suggestion_passes(hub);
  }
  const HubFolder hub;
  std::string lines;
  for (const char* key : {"r1", "r2"}) {
    lines += nlohmann::json({{"rec/id", key},
                             {"first", "Ann"},
                             {"e: mail", "ann@mail.example"},
                             {"phone \"home\"", "212-555-0142"},
                             {"größe", {{"a: b", 1}}},
                             {"姓名", "王小明"},
                             {"- x", "#"},
                             {"1st", true}})
                 .dump() +
             "\n";
  }
  write_named_source(hub, "jsonl", "2026 ü: 'q'.jsonl", lines);
  expect_suggestion_passes(hub);
}

TEST(Discover, WhatIsSuggestedForAnAwkwardSheetPassesTheCheck) {
  const HubFolder hub;
  generator::Sheet sheet;
  sheet.name = "2026 - 'ä' #1, 客户";
  sheet.header = {"rec/id", "first", "e: mail", "größe", "1st \"q\""};
  for (const char* key : {"r1", "r2"}) {
    std::vector<generator::Cell>& row = sheet.rows.emplace_back();
    for (const char* text : {key, "Ann", "ann@mail.example", "x", "y"}) {
      row.push_back(generator::text_cell(text));
    }
  }
  generator::write_xlsx(hub.path() / "book.xlsx", {sheet});
  write_named_source(hub, "spreadsheet", "book.xlsx", hub.read("book.xlsx"));
  expect_suggestion_passes(hub);
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
