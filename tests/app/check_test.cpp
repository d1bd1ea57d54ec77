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

constexpr const char* kGoodSource = R"(
  good:
    connector: csv
    config: { path: good.csv }
    streams:
      good: { key: No, map: [{ into: person, fields: { family_name: Name } }] }
)";

// A hub of one good source and the given ones.
void write_hub(const HubFolder& hub, const std::string& sources,
               const std::string& store = "sqlite://c.db") {
  hub.write("hub.yaml", "hub: { store: '" + store + "' }\nsources:" + kGoodSource + sources);
  hub.write("good.csv", "No,Name\n1,Example\n");
}

// The verdicts as {"good/good": "ok", "bad/bad": "what is wrong"}.
std::map<std::string, std::string> verdicts(const Outcome& outcome) {
  std::map<std::string, std::string> out;
  for (const auto& row : nlohmann::json::parse(outcome.out)) {
    const std::string place =
        row["source"].get<std::string>() + "/" + row["stream"].get<std::string>();
    out[place] = row["result"] == "ok" ? "ok" : row["problem"].get<std::string>();
  }
  return out;
}

TEST(Check, NamesWhatIsNotThereWithItsLine) {
  const HubFolder hub;
  write_hub(hub, "");
  hub.write("hub.yaml",
            "hub:\n  store: sqlite://c.db\n  time_zone: Europe/Warszaw\n"
            "sources:" +
                std::string(kGoodSource) + "    time_zone: Atlantis/Center_of_the_Abyss\n");
  const Outcome outcome = hub.run({"check"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(
      outcome.err,
      AllOf(HasSubstr("hub.yaml:3: there is no time_zone \"Europe/Warszaw\"; did you mean "
                      "\"Europe/Warsaw\"?"),
            HasSubstr("hub.yaml:10: there is no time_zone \"Atlantis/Center_of_the_Abyss\"; write "
                      "a name such as Europe/Warsaw")));
}

// Also before the store is there.
TEST(Check, WhatARunTellsMayNotReplaceTheStoreOrWhatASourceReads) {
  for (const char* option : {"metrics", "lineage_events"}) {
    for (const char* file : {"c.db", "hub.yaml", "good.csv"}) {
      const HubFolder hub;
      write_hub(hub, "");
      hub.write("hub.yaml", "hub: { store: 'sqlite://c.db', " + std::string(option) + ": " + file +
                                " }\nsources:" + kGoodSource);
      for (const char* command : {"check", "run"}) {
        const Outcome outcome = hub.run({command});
        EXPECT_EQ(outcome.exit_code, 2) << option << ' ' << file << ' ' << command;
        EXPECT_THAT(outcome.err, HasSubstr(std::string(file) + " is the hub's own store"));
      }
    }
  }
}

TEST(Check, APluginFolderThatIsNotThereStopsNoRun) {
  const HubFolder hub;
  write_hub(hub, "");
  hub.write("hub.yaml", "hub:\n  store: sqlite://c.db\n  plugins: [own, gone]\nsources:" +
                            std::string(kGoodSource));
  std::filesystem::create_directory(hub.path() / "own");
  const Outcome checked = hub.run({"check"});
  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_THAT(checked.err,
              AllOf(HasSubstr("hub.yaml:3: plugins names a folder that is not there: "),
                    HasSubstr("/gone"), Not(HasSubstr("/own"))));
  EXPECT_EQ(hub.run({"run"}).exit_code, 0);
}

TEST(Check, SaysOfWhichTransformSomethingIsWrong) {
  const HubFolder hub;
  write_hub(hub, R"(
  bad:
    connector: csv
    config: { path: good.csv }
    streams:
      good:
        key: No
        transforms:
          - { use: text, fields: [Name], trim: true }
          - { use: text, fields: [Nam], trim: true }
)");
  const Outcome outcome = hub.run({"check", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(
      verdicts(outcome)["bad/good"],
      HasSubstr(
          "hub.yaml:17: there is no field \"Nam\", which text reads; did you mean \"Name\"?"));
}

// A run goes on without it; a check tells before there is one.
TEST(Check, NamesAFieldThatATransformReadsAndNoRecordHas) {
  const HubFolder hub;
  write_hub(hub, R"(
  web:
    connector: jsonl
    config: { path: web.jsonl }
    streams:
      web:
        key: id
        transforms: [{ use: text, fields: [phon, name], trim: true }]
        map: [{ into: person, fields: { family_name: name } }]
)");
  hub.write("web.jsonl", "{\"id\":1,\"name\":\" Lee \",\"phone\":\"1\"}\n");
  const Outcome outcome = hub.run({"check", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
  EXPECT_THAT(
      outcome.out,
      HasSubstr(R"(no record has a field \"phon\", which text reads; did you mean \"phone\"?)"));
}

// As the next run will find them, but without waiting for it.
TEST(Check, ComparesTheFieldsWithThoseOfTheLastRun) {
  const HubFolder hub;
  write_hub(hub, R"(
  web:
    connector: csv
    config: { path: web.csv }
    streams:
      web: { key: id, drift: freeze, map: [{ into: person, fields: { family_name: name } }] }
)");
  hub.write("web.csv", "id,name,fax\n1,Lee,7\n");
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  EXPECT_EQ(hub.run({"check"}).exit_code, 0);
  hub.write("web.csv", "id,name,mobile\n1,Lee,9\n");
  hub.write("good.csv", "No,Name,Mobile\n1,Example,9\n");
  const Outcome outcome = hub.run({"check", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 2);
  const std::string changed = "its fields are not those of the last whole read: new: ";
  EXPECT_THAT(verdicts(outcome)["web/web"],
              HasSubstr(changed + "mobile; missing: fax; they are frozen (`drift: freeze`)"));
  EXPECT_EQ(verdicts(outcome)["good/good"], "ok");
  EXPECT_THAT(outcome.out, HasSubstr("3 fields; " + changed + "Mobile"));
}

// Of several files the first may lack what others have.
TEST(Check, PassesWhatARunReads) {
  const HubFolder hub;
  const auto texts = [](const std::vector<std::string>& row) {
    std::vector<generator::Cell> cells;
    for (const std::string& text : row) cells.push_back(generator::text_cell(text));
    return cells;
  };
  generator::write_xlsx(hub.path() / "2024-05.xlsx",
                        {{"people", "", {"No", "Name"}, {texts({"1", "Example"})}}});
  generator::write_xlsx(
      hub.path() / "2024-06.xlsx",
      {{"people", "", {"No", "Name", "Mail"}, {texts({"2", "Sample", "bo@mail.example"})}}});
  write_hub(hub, R"(
  monthly:
    connector: spreadsheet
    config: { path: '2024-*.xlsx' }
    streams:
      people:
        key: No
        transforms: [{ use: text, fields: [Mail], trim: true }]
        map: [{ into: person, fields: { family_name: Name, emails: [Mail] } }]
)");
  const Outcome ran = hub.run({"run"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  const Outcome checked = hub.run({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
}

TEST(Check, SaysWhatWillWork) {
  const HubFolder hub;
  write_hub(hub, "");
  const Outcome outcome = hub.run({"check"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("good"), HasSubstr("ok"), HasSubstr("not there yet")));
  EXPECT_FALSE(std::filesystem::exists(hub.path() / "c.db")) << "check writes nothing";
  hub.run({"run"});
  EXPECT_THAT(hub.run({"check"}).out, HasSubstr("schema version"));
}

TEST(Check, TellsEveryFaultAtOnce) {
  const HubFolder hub;
  write_hub(hub, R"(
  absent:
    connector: csv
    config: { path: absent.csv }
    streams: { absent: { key: No, map: [] } }
  misnamed:
    connector: csv
    config: { path: good.csv }
    streams: { goods: { key: No, map: [] } }
  unmapped:
    connector: csv
    config: { path: good.csv }
    streams: { good: { key: No, map: [{ into: person, fields: { family_name: Nam } }] } }
  keyless:
    connector: csv
    config: { path: good.csv }
    streams: { good: { map: [] } }
  reshaped:
    connector: csv
    config: { path: good.csv }
    streams:
      good:
        key: No
        transforms: [{ use: derive, into: Full, constant: x }]
        map: [{ into: person, fields: { family_name: Full, given_name: Ful } }]
  no_plugin:
    connector: cvs
    config: {}
    streams: { good: { key: No, map: [] } }
  no_transform:
    connector: csv
    config: { path: good.csv }
    streams: { good: { key: No, transforms: [{ use: txt }], map: [] } }
  wrong_option:
    connector: csv
    config: { path: good.csv, seperator: ";" }
    streams: { good: { key: No, map: [] } }
)",
            "sqlite://nowhere/c.db");
  const Outcome outcome = hub.run({"check", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 2);
  auto found = verdicts(outcome);
  EXPECT_EQ(found["good/good"], "ok");
  EXPECT_THAT(found["absent/"], HasSubstr("absent.csv"));
  EXPECT_THAT(found["misnamed/goods"], HasSubstr("did you mean \"good\"?"));
  EXPECT_THAT(found["unmapped/good"],
              AllOf(HasSubstr("hub.yaml:"), HasSubstr("no field \"Nam\"; did you mean \"Name\"?")));
  EXPECT_THAT(found["keyless/good"], HasSubstr("has no key"));
  EXPECT_THAT(found["reshaped/good"],
              AllOf(HasSubstr("\"Ful\""), Not(HasSubstr("field \"Full\""))));
  EXPECT_THAT(found["no_plugin/"], HasSubstr("did you mean \"csv\"?"));
  EXPECT_THAT(found["no_transform/good"], HasSubstr("did you mean \"text\"?"));
  EXPECT_THAT(found["wrong_option/"], HasSubstr("did you mean \"separator\"?"));
  EXPECT_THAT(found["store/"], HasSubstr("nowhere"));
}

TEST(Check, NamesStreamsThatNobodyReads) {
  const HubFolder hub;
  hub.write("hub.yaml",
            "hub: { store: sqlite://c.db }\nsources:\n  good:\n    connector: csv\n"
            "    config: { path: good.csv }\n");
  hub.write("good.csv", "No,Name\n1,Example\n");
  const Outcome outcome = hub.run({"check"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("not configured: good"));
}

TEST(Check, ExplainsEveryChoiceWithoutSecrets) {
  const HubFolder hub;
  write_hub(hub, R"(
  unknown:
    connector: partner
    config: { code: hunter2 }
    streams: { a: { key: No, map: [] } }
)");
  const Outcome outcome = hub.run({"check", "--explain"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("time_zone: UTC  # default"),
                                 HasSubstr("family_name:\n                from: Name"),
                                 HasSubstr("path: good.csv")));
  EXPECT_THAT(outcome.out, Not(HasSubstr("hunter2"))) << "nobody knows which options are secret";
  EXPECT_THAT(outcome.err, HasSubstr("there is no plugin \"partner\""));
}

TEST(Check, AnUnknownConnectorNamesConnectorsAndAnUnknownTransformTransforms) {
  const HubFolder hub;
  const auto said = [&](const std::string& connector, const std::string& transform) {
    write_hub(hub,
              "  odd:\n    connector: " + connector +
                  "\n    config: { path: good.csv }\n    streams: { good: { key: No, transforms: [ "
                  "{ use: " +
                  transform + " } ], map: [] } }\n");
    return hub.run({"check"}).err + hub.run({"check"}).out;
  };
  EXPECT_THAT(said("sharepoint", "text"),
              AllOf(HasSubstr("\"sharepoint\"; known: csv, jsonl, spreadsheet\n")));
  EXPECT_THAT(said("csv", "uppercasing"),
              HasSubstr("\"uppercasing\"; known: date, derive, filter, lookup, map_values, split, "
                        "text\n"));
}

}  // namespace
}  // namespace cdh::test
