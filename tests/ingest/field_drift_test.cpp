// Fields that come, go and change their type from one night to the next.
#include "hub/ingest/field_drift.hpp"

#include "hub/base/error.hpp"
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string hub_of(const std::string& connector, const std::string& file, const std::string& drift,
                   const std::string& more = "") {
  return "sources:\n  crm:\n    connector: " + connector + "\n    config: { path: " + file +
         " }\n    streams:\n      crm:\n        key: id\n" +
         (drift.empty() ? "" : "        drift: " + drift + "\n") + more +
         "        map: [ { into: person, fields: { family_name: name } } ]\n";
}
std::string csv(const std::string& drift) { return hub_of("csv", "crm.csv", drift); }
std::string jsonl(const std::string& drift) { return hub_of("jsonl", "crm.jsonl", drift); }

constexpr const char* kHowToGoOnText = " If it is right as it is, run `cdh run --accept-changes`";

class FieldDriftTest : public LandingNight {
 protected:
  std::string read_csv(const std::string& text, const std::string& drift, bool accept = false) {
    hub_.write("crm.csv", text);
    return read_with(csv(drift), accept);
  }
  std::string read_jsonl(const std::string& text, const std::string& drift, bool accept = false) {
    hub_.write("crm.jsonl", text);
    return read_with(jsonl(drift), accept);
  }
  std::string read_with(const std::string& yaml, bool accept = false) {
    IngestOptions options;
    options.accept_changes = accept;
    return read(yaml, options);
  }
  // "FIELD REASON", by key
  std::vector<std::string> refused() {
    std::vector<std::string> lines;
    const auto rows =
        database_.query("SELECT source_key, field, reason FROM quarantine ORDER BY source_key");
    while (rows->next()) {
      lines.push_back(std::string(rows->text(0)) + ": " + std::string(rows->text(1)) + ": " +
                      std::string(rows->text(2)));
    }
    return lines;
  }
  std::string kept_fields() {
    const auto row = database_.query("SELECT fields FROM stream_state");
    return row->next() ? std::string(row->text(0)) : "no row";
  }
};
INSTANTIATE_TEST_SUITE_P(On, FieldDriftTest, kEveryStore, store_kind_name);

TEST_P(FieldDriftTest, EvolveTakesNewAndMissingFieldsAndSaysSoOnce) {
  read_csv("id,name,fax\n1,Lee,7\n", "");
  EXPECT_EQ(outcome_.message, "") << "the first read has nothing to be compared with";
  EXPECT_EQ(read_csv("id,name,mobile\n1,Lee,9\n", ""), "read=1 changed=1");
  EXPECT_EQ(outcome_.message,
            "its fields are not those of the last whole read: new: mobile; missing: fax");
  read_csv("id,name,mobile\n1,Lee,9\n", "");
  EXPECT_EQ(outcome_.message, "");
}

TEST_P(FieldDriftTest, AMappedFieldThatAListHasNoMoreFailsTheStream) {
  read_csv("id,name\n1,Lee\n", "");
  read_csv("id,surname\n1,Ray\n", "");
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_THAT(outcome_.message, HasSubstr("the stream has no field \"name\""));
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Lee\"}"));
}

TEST_P(FieldDriftTest, FreezeReadsNothingOfAStreamWithOtherFields) {
  read_csv("id,name,fax\n1,Lee,7\n", "freeze");
  EXPECT_EQ(read_csv("id,name,mobile\n1,Fox,9\n2,Ray,\n", "freeze"), "");
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_EQ(outcome_.message,
            "its fields are not those of the last whole read: new: mobile; missing: fax; "
            "they are frozen (`drift: freeze`), so it is not read." +
                std::string(kHowToGoOnText));
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Lee\"}"));
  EXPECT_EQ(read_with(csv("freeze")), "") << "trying once more is no consent";
  EXPECT_EQ(read_with(csv("freeze"), true), "read=2 added=1 changed=1");
  EXPECT_EQ(read_with(csv("freeze")), "read=2 unchanged=2") << "it was agreed to for good";
  EXPECT_EQ(outcome_.status, "read");
}

TEST_P(FieldDriftTest, FreezeLandsNothingBeforeANewFieldInTheLastRecord) {
  std::string many;
  for (int i = 0; i < 10'000; ++i)
    many += R"({"id":)" + std::to_string(i) +
            R"(,"name":"Lee"})"
            "\n";
  read_jsonl("{\"id\":1,\"name\":\"Ray\"}\n", "freeze");
  EXPECT_EQ(read_jsonl(many + R"({"id":10000,"name":"Fox","vip":true})", "freeze"), "");
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_THAT(outcome_.message, HasSubstr("last whole read: new: vip; they are frozen"));
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Ray\"}"));
  EXPECT_EQ(read_jsonl(many, "freeze"), "read=10000 added=9999 changed=1");
}

TEST_P(FieldDriftTest, RecordsOfAnOpenStreamNeedNotHaveEveryField) {
  const std::string both = "{\"id\":1,\"name\":\"Lee\",\"fax\":7}\n{\"id\":2,\"name\":\"Ray\"}\n";
  read_jsonl(both, "freeze");
  EXPECT_EQ(read_jsonl("{\"id\":2,\"name\":\"Ray\"}\n{\"id\":3,\"fax\":8}\n", "freeze"),
            "read=2 unchanged=1 added=1 gone=1");
  EXPECT_EQ(outcome_.status, "read") << outcome_.message;
  read_jsonl("{\"id\":2,\"name\":\"Ray\"}\n", "freeze");
  EXPECT_EQ(outcome_.status, "failed") << "a field is missing when no record has it";
  EXPECT_THAT(outcome_.message, HasSubstr("missing: fax"));
  read_jsonl("{\"id\":2,\"name\":\"Ray\"}\n", "");
  EXPECT_EQ(outcome_.message, "its fields are not those of the last whole read: missing: fax");
}

TEST_P(FieldDriftTest, AFieldIsRetypedByTheFirstValueOfAnotherKind) {
  read_jsonl("{\"id\":1,\"name\":\"Lee\",\"fax\":7,\"vip\":null}\n", "");
  EXPECT_EQ(kept_fields(), R"({"fax":["number"],"id":["number"],"name":["text"],"vip":[]})");
  read_jsonl("{\"id\":1,\"name\":\"Lee\",\"fax\":7.5,\"vip\":true}\n", "");
  EXPECT_EQ(outcome_.message, "") << "a number is one however precise, and vip was nothing before";
  read_jsonl("{\"id\":1,\"name\":\"Lee\",\"fax\":\"7\",\"vip\":true}\n", "");
  EXPECT_EQ(outcome_.message,
            "its fields are not those of the last whole read: of another type: fax (text, was "
            "number)");
  read_jsonl("{\"id\":1,\"name\":\"Lee\",\"fax\":7,\"vip\":true}\n", "");
  EXPECT_EQ(outcome_.message, "");
}

TEST_P(FieldDriftTest, AFileThatIsGoneTakesItsFieldsAlongAndNothingWaits) {
  const std::string yaml =
      "sources:\n  crm:\n    connector: csv\n    config: { path: '*.csv', stream: crm }\n"
      "    streams:\n      crm:\n        key: id\n        drift: quarantine\n"
      "        map: [ { into: person, fields: { family_name: name } } ]\n";
  hub_.write("a.csv", "id,name\n1,Lee\n2,Ray\n");
  hub_.write("b.csv", "id,name,phone\n3,Fox,7\n");
  read_with(yaml);
  hub_.remove("b.csv");
  EXPECT_EQ(read_with(yaml), "read=2 unchanged=2 gone=1");
  EXPECT_EQ(outcome_.message,
            "its fields are not those of the last whole read: missing: phone; no record that was "
            "read waits in quarantine for it (`drift: quarantine`): nothing else has changed, or a "
            "file that had the field is gone." +
                std::string(kHowToGoOnText));
  hub_.write("a.csv", "id,name\n1,Lee\n2,Kay\n");
  EXPECT_EQ(read_with(yaml), "read=2 unchanged=1 quarantined=1 new=1");
  EXPECT_THAT(outcome_.message,
              HasSubstr("missing: phone; records that differ wait in quarantine"));
}

TEST_P(FieldDriftTest, QuarantineRefusesTheRecordsThatDifferAndTakesTheRest) {
  read_jsonl("{\"id\":1,\"name\":\"Lee\",\"fax\":7}\n{\"id\":2,\"name\":\"Ray\"}\n", "quarantine");
  const std::string other =
      "{\"id\":1,\"name\":\"Fox\",\"fax\":\"7\"}\n"
      "{\"id\":2,\"name\":\"Orr\"}\n"
      "{\"id\":3,\"name\":\"Poe\",\"vip\":true}\n"
      "{\"id\":4,\"name\":\"Kay\",\"vip\":null}\n";
  EXPECT_EQ(read_jsonl(other, "quarantine"), "read=4 added=1 changed=1 quarantined=2 new=2");
  EXPECT_EQ(outcome_.status, "read");
  EXPECT_EQ(
      outcome_.message,
      "its fields are not those of the last whole read: new: vip; of another type: fax (text, "
      "was number); records that differ wait in quarantine (`drift: quarantine`)." +
          std::string(kHowToGoOnText));
  EXPECT_THAT(
      refused(),
      ElementsAre("1: fax: a value of type text, and number was there before, which nobody has "
                  "agreed to (`drift: quarantine`)",
                  "3: vip: a new field, which nobody has agreed to (`drift: quarantine`)"));
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Lee\"}", "2 {\"family_name\":\"Orr\"}",
                                     "4 {\"family_name\":\"Kay\"}"))
      << "the last good version of 1 stays";
  EXPECT_EQ(read_with(jsonl("quarantine")), "read=4 unchanged=2 quarantined=2");
  EXPECT_EQ(read_with(jsonl("quarantine"), true), "read=4 unchanged=2 added=1 changed=1");
  EXPECT_THAT(refused(), IsEmpty());
  EXPECT_EQ(read_with(jsonl("quarantine")), "read=4 unchanged=4");
}

TEST_P(FieldDriftTest, AListThatHasAFieldNoMoreIsRefusedRecordByRecord) {
  read_csv("id,name,fax\n1,Lee,7\n", "quarantine");
  EXPECT_EQ(read_csv("id,name\n1,Fox\n", "quarantine"), "read=1 quarantined=1 new=1");
  EXPECT_THAT(refused(), ElementsAre("1: fax: the stream has no such field any more, which nobody "
                                     "has agreed to (`drift: quarantine`)"));
  EXPECT_EQ(read_with(csv("evolve")), "read=1 changed=1") << "another policy judges them anew";
  EXPECT_THAT(refused(), IsEmpty());
}

TEST_P(FieldDriftTest, ANewColumnWithoutAValueRefusesNothing) {
  read_csv("id,name\n1,Lee\n", "quarantine");
  EXPECT_EQ(read_csv("id,name,vip\n1,Lee,\n2,Ray,yes\n", "quarantine"),
            "read=2 changed=1 quarantined=1 new=1");
  EXPECT_EQ(kept_fields(), R"({"id":["text"],"name":["text"]})");
}

TEST_P(FieldDriftTest, AllRecordsOfARowThatWaitsStay) {
  const std::string list =
      hub_of("jsonl", "crm.jsonl", "quarantine",
             "        transforms: [ { use: unfold, key: id, parts: [a, b] } ]\n");
  hub_.write("crm.jsonl", "{\"id\":\"1\",\"name\":\"Lee\"}\n{\"id\":\"2\",\"name\":\"Ray\"}\n");
  EXPECT_EQ(read_with(list), "read=2 added=4 split=2");
  hub_.write("crm.jsonl", "{\"id\":\"1\",\"name\":\"Fox\",\"vip\":true}\n");
  EXPECT_EQ(read_with(list), "read=1 quarantined=1 new=1 gone=2");
  EXPECT_THAT(records(),
              ElementsAre("1-a {\"family_name\":\"Lee\"}", "1-b {\"family_name\":\"Lee\"}"));
  EXPECT_EQ(read_with(list), "read=1 quarantined=1");
}

// Without the branch a key would come out, but none that is known.
TEST_P(FieldDriftTest, WhereATransformLacksAFieldNothingIsGoneNightAfterNight) {
  const std::string list =
      hub_of("csv", "crm.csv", "quarantine",
             "        transforms: [ { use: derive, into: id, join: [branch, nr] } ]\n");
  hub_.write("crm.csv", "branch,nr,name\nnorth,1,Lee\nnorth,2,Ray\n");
  EXPECT_EQ(read_with(list), "read=2 added=2");
  hub_.write("crm.csv", "nr,name\n1,Fox\n");
  for (const char* counts : {"read=1 quarantined=1 new=1", "read=1 quarantined=1"}) {
    EXPECT_EQ(read_with(list), counts);
    EXPECT_EQ(outcome_.status, "read");
    EXPECT_THAT(outcome_.message, HasSubstr("1 row could not be read"));
    EXPECT_EQ(records().size(), 2);
  }
}

// The entry says since when, and a night without news has changed nothing.
TEST_P(FieldDriftTest, WhatWaitsIsNotWrittenAnewNightAfterNight) {
  read_jsonl("{\"id\":1,\"name\":\"Lee\"}\n", "quarantine");
  const std::string odd = "{\"id\":1,\"name\":\"Lee\",\"vip\":true}\n";
  EXPECT_EQ(read_jsonl(odd, "quarantine"), "read=1 quarantined=1 new=1");
  EXPECT_EQ(read_jsonl(odd, "quarantine"), "read=1 quarantined=1");
  EXPECT_EQ(read_jsonl(odd + odd, "quarantine"), "read=2 repeated=1 quarantined=1");
  EXPECT_EQ(database_.number("SELECT run_id FROM quarantine"), 2);
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM quarantine_version"), 0);
  const std::string moved = "{\"id\":1,\"name\":\"Lee\",\"rank\":4}\n";
  EXPECT_EQ(read_jsonl(moved, "quarantine"), "read=1 quarantined=1 new=1");
  EXPECT_THAT(refused(), ElementsAre(testing::StartsWith("1: rank: a new field")));
}

// A feed does not show again what it has delivered.
TEST_P(FieldDriftTest, AcceptingAFeedTakesWhatAFormerNightShowed) {
  const auto feed = [&](const std::string& lines, bool accept = false) {
    hub_.write("feed.txt", lines);
    return read_with(
        "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, rows: 1, fields: "
        "[id, name, fax] }\n    streams:\n      feed:\n        drift: quarantine\n"
        "        map: [ { into: person, fields: { family_name: name } } ]\n",
        accept);
  };
  std::string lines = "+1|Lee|x\n";
  EXPECT_EQ(feed(lines), "read=1 added=1");
  EXPECT_EQ(feed(lines += "+2|Ray|#7\n+3|Fox|y\n"), "read=2 added=1 quarantined=1 new=1");
  EXPECT_EQ(kept_fields(),
            R"({"fax":{"agreed":["text"],"waits":["number"]},"id":["text"],"name":["text"]})");
  EXPECT_EQ(feed(lines += "+4|Poe|z\n"), "read=1 added=1") << "nobody has agreed yet";
  EXPECT_EQ(feed(lines += "+5|Kay|z\n", true), "read=1 added=1");
  EXPECT_THAT(outcome_.message, HasSubstr("of another type: fax (number, was text)"));
  EXPECT_EQ(kept_fields(), R"({"fax":["number","text"],"id":["text"],"name":["text"]})");
  EXPECT_EQ(feed(lines += "+6|Orr|#8\n"), "read=1 added=1");
}

// What stands in place of the header are somebody's values, and reports hold none.
TEST_P(FieldDriftTest, AFileWithoutItsHeaderIsNotQuoted) {
  read_csv("id,name,fax\n1,Lee,7\n2,Ray,8\n", "freeze");
  read_csv("1,Lee,7\n2,Ray,8\n", "freeze");
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_THAT(outcome_.message, HasSubstr("3 new fields, not named here"));
  EXPECT_THAT(outcome_.message, HasSubstr("missing: fax, id, name"));
  EXPECT_THAT(outcome_.message, Not(HasSubstr("Lee")));
}

TEST_P(FieldDriftTest, AStreamThatIsStoppedAgreesToNothing) {
  std::string rows;
  for (int i = 0; i < 200; ++i) rows += std::to_string(i) + ",Lee\n";
  read_csv("id,name\n" + rows, "");
  const std::string before = kept_fields();
  read_csv("id,name,vip\n1,Lee,yes\n", "");
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_EQ(kept_fields(), before);
}

TEST(StreamFieldsTest, ComeBackAsTheyWereKept) {
  const StreamFields fields = {{"born", 4}, {"total", 6}, {"vip", 0}};
  EXPECT_EQ(fields_to_json(fields), R"({"born":["text"],"total":["number","text"],"vip":[]})");
  EXPECT_EQ(fields_from_json(fields_to_json(fields)), fields);
  EXPECT_THROW(fields_from_json("{\"born\":"), Error);
  const StreamFields waiting = {{"total", 1}, {"rank", 2}};
  const std::string both = fields_to_json(fields, waiting);
  EXPECT_EQ(both, R"({"born":["text"],"rank":{"waits":["number"]},)"
                  R"("total":{"agreed":["number","text"],"waits":["boolean"]},"vip":[]})");
  EXPECT_EQ(fields_from_json(both), fields);
  EXPECT_EQ(waiting_fields_from_json(both), waiting);
}

TEST(StreamFieldsTest, AnOfferIsComparedByItsNames) {
  StreamInfo offered;
  offered.columns = {{"id"}, {"mobile"}};
  const std::string known = R"({"id":["text"],"fax":["text"]})";
  EXPECT_EQ(offered_difference(known, offered).to_text(), "new: mobile; missing: fax");
  offered.open = true;
  EXPECT_EQ(offered_difference(known, offered).to_text(), "new: mobile");
  EXPECT_TRUE(offered_difference("", offered).is_none());
}

}  // namespace
}  // namespace cdh
