// From CSV files to the landing, night by night: what is written, what is refused, what is counted.
#include "hub/ingest/ingest.hpp"

#include <map>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/store/schema.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kTimed = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        updated_at: at
        map: [ { into: person, fields: { family_name: name, birth_date: born } } ]
)";
constexpr const char* kUntimed = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { family_name: name, birth_date: born } } ]
)";
constexpr const char* kHeader = "id,name,born,at\n";

std::string to_text(const StreamCounts& counts) {
  const std::pair<const char*, std::int64_t> parts[] = {
      {"unchanged", counts.unchanged},   {"added", counts.added},
      {"changed", counts.changed},       {"filtered", counts.filtered},
      {"repeated", counts.repeated},     {"quarantined", counts.quarantined},
      {"new", counts.newly_quarantined}, {"gone", counts.gone}};
  std::string text;
  for (const auto& [name, count] : parts) {
    if (count != 0)
      text += (text.empty() ? "" : " ") + std::string(name) + "=" + std::to_string(count);
  }
  return text;
}

class IngestTest : public testing::Test {
 protected:
  IngestTest() : database_(hub_.store(), Database::Mode::create) { migrate(database_); }

  std::vector<RunSource> ingest_all(const std::string& yaml, const IngestOptions& options = {}) {
    const HubConfig config = hub_.config(yaml);
    PluginRegistry plugins(plugin_folders({}));
    run_ = begin_run(database_);
    auto sources = ingest(database_, config, plugins, run_, options);
    for (const RunSource& source : sources) {
      EXPECT_TRUE(source.counts.add_up()) << source.source << ": " << to_text(source.counts);
    }
    return sources;
  }

  // One night with these rows: "read=3 added=2 ...".
  std::string read(const std::string& rows, const std::string& yaml = kTimed,
                   const IngestOptions& options = {}) {
    hub_.write("crm.csv", kHeader + rows);
    outcome_ = ingest_all(yaml, options).front();
    return to_text(outcome_.counts);
  }

  // "KEY NAME", "KEY NAME (gone)"
  std::vector<std::string> records() {
    std::vector<std::string> lines;
    const auto rows = database_.query(
        "SELECT source_key, mapped, gone_run FROM source_record ORDER BY source_key");
    while (rows->next()) {
      const std::string mapped(rows->text(1));
      const std::size_t begin = mapped.find("family_name\":\"") + 14;
      lines.push_back(std::string(rows->text(0)) + " " +
                      mapped.substr(begin, mapped.find('"', begin) - begin) +
                      (rows->is_null(2) ? "" : " (gone)"));
    }
    return lines;
  }

  // "KEY FIELD REASON", by key
  std::vector<std::string> quarantined() {
    std::vector<std::string> lines;
    const auto rows = database_.query(
        "SELECT source_key, field, reason FROM quarantine ORDER BY source_key, reason");
    while (rows->next()) {
      lines.push_back(std::string(rows->text(0)) + " " + std::string(rows->text(1)) + " " +
                      std::string(rows->text(2)));
    }
    return lines;
  }

  // How many source records this night's run has written.
  std::int64_t written() {
    return database_.number("SELECT COUNT(*) FROM source_record WHERE changed_run = " +
                            std::to_string(run_));
  }

  TestHub hub_;
  Database database_;
  std::int64_t run_ = 0;
  RunSource outcome_;
};

TEST_F(IngestTest, AnUnchangedRecordIsNotWritten) {
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n"), "added=2");
  EXPECT_EQ(written(), 2);
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n"), "unchanged=2");
  EXPECT_EQ(written(), 0);
  EXPECT_EQ(read("2,Ray,,\n1,Lee,,\n"), "unchanged=2");
  EXPECT_EQ(written(), 0);
}

TEST_F(IngestTest, AChangedRecordKeepsItsPlace) {
  read("1,Lee,,\n2,Ray,,\n");
  EXPECT_EQ(read("1,Lee,,\n2,Fox,,\n"), "unchanged=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Fox"));
  EXPECT_EQ(written(), 1);
}

TEST_F(IngestTest, ARecordThatIsNotDeliveredIsGoneAndMayComeBack) {
  read("1,Lee,,\n2,Ray,,\n");
  EXPECT_EQ(read("1,Lee,,\n"), "unchanged=1 gone=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray (gone)"));
  EXPECT_EQ(read("1,Lee,,\n"), "unchanged=1") << "gone is counted once";
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n"), "unchanged=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray"));
}

TEST_F(IngestTest, AnOlderVersionOfAGoneRecordComesBackToo) {
  read("1,Lee,,2026-01-02T00:00:00Z\n2,Ray,,2026-01-02T00:00:00Z\n");
  read("1,Lee,,2026-01-02T00:00:00Z\n");
  EXPECT_EQ(read("1,Lee,,2026-01-02T00:00:00Z\n2,Fox,,2026-01-01T00:00:00Z\n"),
            "unchanged=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Fox"));
}

TEST_F(IngestTest, AnIncrementalStreamMissesNothing) {
  std::string yaml = kTimed;
  yaml.replace(yaml.find("key: id"), 7, "key: id\n        mode: incremental");
  read("1,Lee,,\n2,Ray,,\n", yaml);
  EXPECT_EQ(read("1,Lee,,\n", yaml), "unchanged=1");
  EXPECT_EQ(read("", yaml), "");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray"));
}

TEST_F(IngestTest, ASourceThatDeliversNothingLosesNothing) {
  read("1,Lee,,\n2,Ray,,\n");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_THAT(outcome_.message, HasSubstr("it delivered no record, though 2 were there before"));
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray"));
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n"), "unchanged=2");
  IngestOptions options;
  options.accept_changes = true;
  EXPECT_EQ(read("", kTimed, options), "gone=2") << "it really is empty now";
}

// The new records must not hide that the old ones are lost, tonight and tomorrow.
TEST_F(IngestTest, ALossIsJudgedByWhatWasThereBefore) {
  std::string before, after;
  for (int i = 0; i < 400; ++i) {
    before += std::to_string(i) + ",Lee,,\n";
    after += "K" + std::to_string(i) + ",Lee,,\n";
  }
  read(before);
  for (int night = 0; night < 2; ++night) {
    read(after);
    EXPECT_EQ(outcome_.status, "stopped");
    EXPECT_THAT(outcome_.message, HasSubstr("400 of 400 records are not delivered any more"));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM source_record WHERE gone_run IS NOT NULL"), 0);
  }
  EXPECT_EQ(read(before), "unchanged=400 gone=400") << "put right in the source";
}

TEST_F(IngestTest, ARepeatedRowIsNoSecondRecord) {
  EXPECT_EQ(read("1,Lee,,\n1,Lee,,\n2,Ray,,\n"), "added=2 repeated=1");
  EXPECT_EQ(read("1,Lee,,\n1,Lee,,\n2,Ray,,\n"), "unchanged=2 repeated=1");
  EXPECT_EQ(read("1,Fox,,\n1,Fox,,\n2,Ray,,\n"), "unchanged=1 changed=1 repeated=1");
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, OfTwoRecordsWithOneKeyAndNoTimeTheFirstIsKept) {
  const std::string conflict =
      "1  another record with the key \"1\" and other values was read before; the first is kept";
  EXPECT_EQ(read("1,Lee,,\n1,Fox,,\n", kUntimed), "added=1 quarantined=1 new=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee"));
  EXPECT_THAT(quarantined(), ElementsAre(conflict));
  EXPECT_EQ(read("1,Lee,,\n1,Fox,,\n", kUntimed), "unchanged=1 quarantined=1");
  EXPECT_THAT(quarantined(), ElementsAre(conflict));
}

// What the store holds must follow from what the source holds now.
TEST_F(IngestTest, TheSecondRecordOfAKeyLandsWhenTheFirstIsNotDeliveredAnyMore) {
  read("1,Lee,,\n1,Fox,,\n2,Ray,,\n", kUntimed);
  EXPECT_EQ(read("1,Fox,,\n2,Ray,,\n", kUntimed), "unchanged=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Fox", "2 Ray"));
  EXPECT_THAT(quarantined(), IsEmpty());
}

// What the store holds must not depend on the night in which a row was first read.
TEST_F(IngestTest, ADayThatWasYetToComeIsJudgedAnewEachNight) {
  const std::string rows = "1,Lee,2999-01-01,\n1,Lee,2999-01-01,\n2,Ray,2001-02-03,\n";
  const std::string refused = "1 born \"2999-01-01\" is yet to come";
  EXPECT_EQ(read(rows), "added=1 repeated=1 quarantined=1 new=1");
  // As a night before that day left the second one.
  database_.execute(
      "INSERT INTO quarantine (id, stream_id, run_id, source_key, fingerprint_high, "
      "fingerprint_low, pipeline_id, reason, field, raw) "
      "SELECT 99, stream_id, changed_run, source_key, fingerprint_high, fingerprint_low, "
      "pipeline_id, '\"2001-02-03\" is yet to come', 'born', raw FROM source_record;"
      "DELETE FROM source_record");
  EXPECT_EQ(read(rows), "added=1 repeated=1 quarantined=1");
  EXPECT_THAT(records(), ElementsAre("2 Ray"));
  EXPECT_THAT(quarantined(), ElementsAre(refused));
  EXPECT_EQ(read(rows), "unchanged=1 repeated=1 quarantined=1");
  EXPECT_THAT(quarantined(), ElementsAre(refused));
}

TEST_F(IngestTest, OfTwoRecordsWithOneKeyTheLaterOneCounts) {
  const std::string older = "1,Lee,,2026-01-01T00:00:00Z\n",
                    newer = "1,Fox,,2026-01-02T00:00:00Z\n";
  EXPECT_EQ(read(older + newer), "added=1 repeated=1");
  EXPECT_THAT(records(), ElementsAre("1 Fox"));
  EXPECT_EQ(read(newer + older), "unchanged=1 repeated=1");
  EXPECT_EQ(written(), 0);
  EXPECT_EQ(read(older + newer), "unchanged=1 repeated=1") << "whatever their order";
  EXPECT_EQ(written(), 0);
  EXPECT_THAT(records(), ElementsAre("1 Fox"));
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, AnOlderVersionIsPassedOverUntilTheListIsToBeTakenAsItIs) {
  const std::string older = "1,Lee,,2026-01-01T00:00:00Z\n",
                    newer = "1,Fox,,2026-01-02T00:00:00Z\n";
  read(newer);
  EXPECT_EQ(read(older), "repeated=1");
  EXPECT_THAT(outcome_.message, HasSubstr("1 record is older by `updated_at`"));
  EXPECT_THAT(records(), ElementsAre("1 Fox"));
  EXPECT_EQ(read(older + newer), "unchanged=1 repeated=1");
  EXPECT_EQ(outcome_.message, "") << "the newer is there too";
  IngestOptions options;
  options.from_the_beginning = true;
  EXPECT_EQ(read(older, kTimed, options), "changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee"));
  EXPECT_EQ(read(older), "unchanged=1");
}

// Its end may hide every record that seems to be gone, tonight and tomorrow.
TEST_F(IngestTest, ARowCutOffKeepsEveryRecordUntilItIsPutRight) {
  const std::string whole = "1,Lee,,\n2,Ray,,\n3,Fox,,\n", cut = "1,Lee,,\n\"2,Ra";
  read(whole);
  for (int night = 0; night < 2; ++night) {
    read(cut);
    EXPECT_EQ(outcome_.counts.gone, 0);
    EXPECT_THAT(outcome_.message, HasSubstr("2 records are not delivered any more, but 1 row"));
    EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray", "3 Fox"));
  }
  IngestOptions options;
  options.accept_changes = true;
  read(cut, kTimed, options);
  EXPECT_EQ(outcome_.counts.gone, 2);
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray (gone)", "3 Fox (gone)"));
  read("\"2,Ra");
  EXPECT_EQ(outcome_.counts.gone, 1) << "the row is an old acquaintance by now";
}

TEST_F(IngestTest, RecordsThatAreNobodyAreTold) {
  read("1,,,\n2,Ray,,\n");
  EXPECT_THAT(outcome_.message, HasSubstr("1 record is neither a person nor anything else"));
}

TEST_F(IngestTest, AFileThatLacksAFieldOfTheOthersIsTold) {
  std::string yaml = kUntimed;
  yaml.replace(yaml.find("crm.csv"), 7, "'in*.csv'");
  yaml.replace(yaml.find("crm:\n        key"), 3, "records");
  hub_.write("in1.csv", "id,name,born\n1,Lee,1980-01-02\n");
  hub_.write("in2.csv", "id,name,birthday\n2,Ray,1980-01-02\n");
  const RunSource outcome = ingest_all(yaml).front();
  EXPECT_EQ(to_text(outcome.counts), "added=2");
  EXPECT_THAT(outcome.message,
              HasSubstr("in2.csv has no field \"born\", which other files have: it is empty"));
}

TEST_F(IngestTest, EqualRowsAreRefusedOnce) {
  const std::string bad = "1,Lee,1980-02-30,\n";
  EXPECT_EQ(read(bad + bad), "repeated=1 quarantined=1 new=1");
  EXPECT_EQ(read(bad + bad), "repeated=1 quarantined=1");
  EXPECT_EQ(quarantined().size(), 1);
}

TEST_F(IngestTest, ABadRecordIsQuarantinedAndStopsNoOther) {
  EXPECT_EQ(read("1,Lee,,\n2,Ray,1980-02-30,\n3,Fox,,\n"), "added=2 quarantined=1 new=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "3 Fox"));
  ASSERT_EQ(quarantined().size(), 1);
  EXPECT_THAT(quarantined().front(), testing::StartsWith("2 born \"1980-02-30\""));
  const auto row = database_.query("SELECT origin, position, raw FROM quarantine");
  ASSERT_TRUE(row->next());
  EXPECT_THAT(std::string(row->text(0)), testing::EndsWith("crm.csv"));
  EXPECT_EQ(row->integer(1), 3) << "its line";
  EXPECT_EQ(row->text(2), R"(["2","Ray","1980-02-30",null])");
}

TEST_F(IngestTest, AQuarantinedRecordIsNewOnceAndLeavesWhenItIsGone) {
  const std::string good = "1,Lee,,\n";
  EXPECT_EQ(read(good + "2,Ray,1980-02-30,\n"), "added=1 quarantined=1 new=1");
  EXPECT_EQ(read(good + "2,Ray,1980-02-30,\n"), "unchanged=1 quarantined=1");
  EXPECT_EQ(quarantined().size(), 1);
  EXPECT_EQ(read(good), "unchanged=1");
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, ARecordFixedInItsSourceLandsAndLeavesQuarantine) {
  read("1,Lee,,\n2,Ray,1980-02-30,\n");
  EXPECT_EQ(read("1,Lee,,\n2,Ray,1980-02-28,\n"), "unchanged=1 added=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray"));
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, ARecordWhoseNewVersionIsRefusedKeepsTheLastGoodOne) {
  read("1,Lee,,\n2,Ray,,\n");
  EXPECT_EQ(read("1,Lee,,\n2,Fox,1980-02-30,\n"), "unchanged=1 quarantined=1 new=1");
  EXPECT_EQ(read("1,Lee,,\n2,Fox,1980-02-30,\n"), "unchanged=1 quarantined=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee", "2 Ray"));
  EXPECT_EQ(read("1,Lee,,\n2,Fox,1980-02-28,\n"), "unchanged=1 changed=1");
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, ARecordWithoutAKeyIsQuarantined) {
  EXPECT_EQ(read("1,Lee,,\n,Ray,,\n"), "added=1 quarantined=1 new=1");
  EXPECT_THAT(quarantined(), ElementsAre(" id the record has no key: id is empty"));
}

TEST_F(IngestTest, AChangedMappingMapsEverythingAnew) {
  read("1,Lee,,\n2,Ray,,\n");
  std::string yaml = kTimed;
  yaml.replace(yaml.find("family_name: name"), 17, "family_name: name, gender: { value: other }");
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n", yaml), "changed=2");
  EXPECT_EQ(read("1,Lee,,\n2,Ray,,\n", yaml), "unchanged=2");
}

// Refused by the mapping of before, good by this one.
TEST_F(IngestTest, AChangedMappingTriesQuarantinedRecordsAgain) {
  read("1,Lee,,\n2,Ray,1980-02-30,\n");
  std::string yaml = kTimed;
  yaml.replace(yaml.find(", birth_date: born"), 18, "");
  EXPECT_EQ(read("1,Lee,,\n2,Ray,1980-02-30,\n", yaml), "added=1 changed=1");
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_F(IngestTest, ANewColumnIsANewVersionOfEachRecord) {
  read("1,Lee,,\n");
  hub_.write("crm.csv", "id,name,born,at,more\n1,Lee,,,x\n");
  EXPECT_EQ(to_text(ingest_all(kTimed).front().counts), "changed=1");
  EXPECT_THAT(records(), ElementsAre("1 Lee"));
}

// Nor does it get another pipeline, whose mapping would be to be done again.
TEST_F(IngestTest, AnotherOrderOfColumnsIsNoChange) {
  read("1,Lee,,\n2,Ray,1980-02-30,\n");
  hub_.write("crm.csv", "name,born,id,at\nLee,,1,\nRay,1980-02-30,2,\n");
  EXPECT_EQ(to_text(ingest_all(kTimed).front().counts), "unchanged=1 quarantined=1");
  EXPECT_EQ(written(), 0);
}

TEST_F(IngestTest, AColumnOfAnotherRecordIsNoChange) {
  const std::string yaml = R"(
sources:
  web:
    connector: jsonl
    config: { path: web.jsonl }
    streams: { web: { key: id, map: [ { into: person, fields: { family_name: name, birth_date: born } } ] } }
)";
  const auto read_web = [&](const std::string& text) {
    hub_.write("web.jsonl", text);
    return to_text(ingest_all(yaml).front().counts);
  };
  const std::string lee = "{\"id\":1,\"name\":\"Lee\"}\n", ray = "{\"id\":2,\"name\":\"Ray\"}\n",
                    bad = "{\"id\":3,\"name\":\"Bad\",\"born\":\"never\"}\n";
  EXPECT_EQ(read_web(lee + ray + bad), "added=2 quarantined=1 new=1");
  EXPECT_EQ(read_web("{\"nick\":\"R\",\"id\":4,\"name\":\"Fox\"}\n" + lee + ray + bad),
            "unchanged=2 added=1 quarantined=1");
  EXPECT_EQ(read_web(bad + ray + lee), "unchanged=2 quarantined=1 gone=1");
  EXPECT_EQ(read_web("{\"id\":1,\"name\":\"Lee\",\"nick\":null}\n" + ray), "unchanged=1 changed=1")
      << "null is not absent";
}

// Its values hold the last one only, so the connector gives the text as well.
TEST_F(IngestTest, AnEarlierValueOfARepeatedMemberIsKept) {
  const std::string yaml = R"(
sources:
  web:
    connector: jsonl
    config: { path: web.jsonl }
    streams: { web: { key: id, map: [ { into: person, fields: { family_name: name, birth_date: born } } ] } }
)";
  const auto read_web = [&](const std::string& first) {
    hub_.write("web.jsonl", R"({"id":1,"name":")" + first + R"(","name":"Lee"})" + "\n" +
                                R"({"id":2,"name":")" + first +
                                R"(","name":"Ray","born":"never"})");
    return to_text(ingest_all(yaml).front().counts);
  };
  EXPECT_EQ(read_web("Ann"), "added=1 quarantined=1 new=1");
  EXPECT_EQ(read_web("Ann"), "unchanged=1 quarantined=1");
  EXPECT_EQ(read_web("Bea"), "changed=1 quarantined=1 new=1");
  for (const char* table : {"source_record", "quarantine"}) {
    const auto row = database_.query("SELECT raw FROM " + std::string(table));
    ASSERT_TRUE(row->next()) << table;
    EXPECT_THAT(row->text(0), HasSubstr(R"("name\":\"Bea\")")) << table;
  }
}

TEST_F(IngestTest, AColumnThatVanishedStopsTheStreamAndIsNamed) {
  read("1,Lee,,\n");
  hub_.write("crm.csv", "id,nane,born,at\n1,Lee,,\n");
  const RunSource outcome = ingest_all(kTimed).front();
  EXPECT_EQ(outcome.status, "failed");
  EXPECT_THAT(outcome.message,
              HasSubstr("the stream has no field \"name\"; did you mean \"nane\"?"));
  EXPECT_THAT(records(), ElementsAre("1 Lee"));
}

// No record need have every member: which ones there are shows with time.
TEST_F(IngestTest, AMemberThatNoJsonRecordHasYetIsAWarning) {
  const std::string yaml = R"(
sources:
  web:
    connector: jsonl
    config: { path: web.jsonl }
    streams: { web: { key: id, map: [ { into: person, fields: { family_name: name, given_name: nick } } ] } }
)";
  const auto read_web = [&](const std::string& text) {
    hub_.write("web.jsonl", text);
    outcome_ = ingest_all(yaml).front();
    return outcome_.status + " " + to_text(outcome_.counts);
  };
  EXPECT_EQ(read_web(R"({"id":1,"name":"Lee","nik":"L"})"), "read added=1");
  EXPECT_THAT(outcome_.message,
              HasSubstr("hub.yaml:7: no record has a field \"nick\"; did you mean \"nik\"?"));
  EXPECT_EQ(read_web("{\"id\":1,\"name\":\"Lee\"}\n{\"id\":2,\"nick\":\"Ray\"}"),
            "read added=1 changed=1");
  EXPECT_EQ(outcome_.message,
            "its fields are not those of the last whole read: new: nick; missing: nik");
  EXPECT_EQ(read_web(R"({"no":1})"), "failed ") << "nothing goes without the key";
}

TEST_F(IngestTest, ChineseQuotesAndLongNumbersLandAsTheyAre) {
  EXPECT_EQ(read("9007199254740993,\"王\\小\"\"明\"\"\tx\",,\n"), "added=1");
  const auto row = database_.query("SELECT source_key, raw FROM source_record");
  ASSERT_TRUE(row->next());
  EXPECT_EQ(row->text(0), "9007199254740993");
  EXPECT_EQ(row->text(1), R"(["9007199254740993","王\\小\"明\"\tx",null,null])");
}

TEST_F(IngestTest, AFailingSourceLeavesTheOthers) {
  const std::string yaml = std::string(kTimed) + R"(
  shop:
    connector: csv
    config: { path: missing.csv }
    streams: { missing: { key: id, map: [] } }
  web:
    connector: jsonll
    config: { path: web.jsonl }
    streams: { web: { key: id, map: [] } }
)";
  hub_.write("crm.csv", kHeader + std::string("1,Lee,,\n"));
  const auto outcomes = ingest_all(yaml);
  ASSERT_EQ(outcomes.size(), 3);
  EXPECT_EQ(outcomes[0].status, "read");
  EXPECT_EQ(to_text(outcomes[0].counts), "added=1");
  EXPECT_EQ(outcomes[1].status, "failed");
  EXPECT_THAT(outcomes[1].message, HasSubstr("missing.csv"));
  EXPECT_EQ(outcomes[2].status, "failed");
  EXPECT_THAT(outcomes[2].message, HasSubstr("did you mean \"jsonl\"?"));
}

TEST_F(IngestTest, OnlyTheNamedSourcesAreRead) {
  const std::string yaml = std::string(kTimed) + R"(
  shop:
    connector: csv
    config: { path: missing.csv }
    streams: { missing: { key: id, map: [] } }
)";
  hub_.write("crm.csv", kHeader + std::string("1,Lee,,\n"));
  IngestOptions options;
  options.only_sources = {"crm"};
  EXPECT_EQ(ingest_all(yaml, options).size(), 1);
  options.only_sources = {"shopp"};
  try {
    ingest_all(yaml, options);
    FAIL() << "there is no such source";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_STREQ(error.what(), "there is no source \"shopp\"; did you mean \"shop\"?");
  }
}

// More than a batch, so that repeats and conflicts also meet across batches.
TEST_F(IngestTest, TheSameValuesUnderOtherColumnsAreAnotherRecord) {
  std::string yaml = kUntimed;
  yaml.replace(yaml.find("crm.csv"), 7, "part*.csv");
  yaml.replace(yaml.find("      crm:"), 10, "      records:");
  hub_.write("part1.csv", "id,name,born,nick\n7,Jan,,Nowak\n");
  hub_.write("part2.csv", "id,nick,born,name\n7,Jan,,Nowak\n");
  for (const char* counts : {"added=1 quarantined=1 new=1", "unchanged=1 quarantined=1"}) {
    EXPECT_EQ(to_text(ingest_all(yaml).front().counts), counts);
    EXPECT_THAT(records(), ElementsAre("7 Jan"));
    EXPECT_EQ(quarantined().size(), 1);
  }
}

TEST_F(IngestTest, ManyBatchesAddUp) {
  std::string rows;
  for (int i = 0; i < 10'000; ++i) rows += std::to_string(i % 9'000) + ",Lee,,\n";
  EXPECT_EQ(read(rows, kUntimed), "added=9000 repeated=1000");
  EXPECT_EQ(read(rows + "5,Fox,,\n", kUntimed), "unchanged=9000 repeated=1000 quarantined=1 new=1");
}

}  // namespace
}  // namespace cdh
