// A stream that delivers only what changed, and a pipeline that changes: the stored records are
// mapped anew.
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// `mapping`: of a person. `more`: further lines of the stream.
std::string feed(const std::string& mapping, const std::string& fields = "id, name, nick, born",
                 const std::string& more = "") {
  return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, fields: [" + fields +
         "] }\n    streams:\n      feed:\n" + more + "        map: [ { into: person, fields: { " +
         mapping + " } } ]\n";
}
const std::string kByName = feed("family_name: name");
const std::string kByNick = feed("family_name: nick");

class RemappingTest : public LandingNight {
 protected:
  void deliver(const std::string& lines) {
    delivered_ += lines;
    hub_.write("feed.txt", delivered_);
  }
  std::string delivered_;
};
INSTANTIATE_TEST_SUITE_P(On, RemappingTest, kEveryStore, store_kind_name);

TEST_P(RemappingTest, ARecordThatIsNotDeliveredIsMappedAnewOnce) {
  deliver("+1|Lee|Lea\n+2|Ray|Rae\n");
  EXPECT_EQ(read(kByName), "read=2 added=2");
  deliver("+2|Roy|Rob\n+3|Fox|Foe\n");
  EXPECT_EQ(read(kByNick), "read=2 added=1 changed=1 remapped=1");
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lea"})", R"(2 {"family_name":"Rob"})",
                                     R"(3 {"family_name":"Foe"})"));
  EXPECT_EQ(read(kByNick), "");
  EXPECT_EQ(read(kByName), "remapped=3") << "and back again";
}

TEST_P(RemappingTest, ADeletedRecordStaysDeleted) {
  deliver("+1|Lee|Lea\n+2|Ray|Rae\n-1\n");
  read(kByName);
  EXPECT_EQ(read(kByNick), "remapped=1");
  EXPECT_THAT(records(), ElementsAre(R"(2 {"family_name":"Rae"})"));
}

// The store as a run leaves it that died on the way.
TEST_P(RemappingTest, WhatARunDidNotReachTheNextOneDoes) {
  deliver("+1|Lee|Lea\n+2|Ray|Rae\n");
  read(kByName);
  const std::int64_t old_pipeline = database_.number("SELECT MAX(pipeline_id) FROM source_record");
  read(kByNick);
  database_.execute("UPDATE source_record SET mapped = '[]', pipeline_id = " +
                    std::to_string(old_pipeline) + " WHERE source_key = '2'");
  EXPECT_EQ(read(kByNick), "remapped=1");
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lea"})", R"(2 {"family_name":"Rae"})"));
}

TEST_P(RemappingTest, ARecordThatIsRefusedNowKeepsItsLastGoodVersion) {
  deliver("+1|Lee|Lea|1980-01-02\n+2|Ray|Rae|1980-02-30\n");
  read(kByName);
  const std::string yaml = feed("family_name: nick, birth_date: born");
  EXPECT_EQ(read(yaml), "new=1 remapped=2");
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lea","birth_date":"1980-01-02"})",
                                     R"(2 {"family_name":"Ray"})"));
  ASSERT_EQ(quarantined().size(), 1);
  EXPECT_THAT(quarantined()[0], HasSubstr("2 \"1980-02-30\""));
  EXPECT_EQ(read(yaml), "") << "its refusal stands";
  EXPECT_EQ(quarantined().size(), 1);
  deliver("+2|Ray|Rae|1980-02-28\n");
  EXPECT_EQ(read(yaml), "read=1 changed=1");
}

// What was read before the source had the field does not know it.
TEST_P(RemappingTest, AFieldThatTheSourceHadNotYetIsNotKnown) {
  deliver("+1|Lee\n");
  read(feed("family_name: name", "id, name"));
  deliver("+2|Ray|Rae\n");
  EXPECT_EQ(read(feed("family_name: name, given_name: nick", "id, name, nick")),
            "read=1 added=1 remapped=1");
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lee"})",
                                     R"(2 {"given_name":"Rae","family_name":"Ray"})"));
}

TEST_P(RemappingTest, AWrongMappingFailsThoughNothingIsDelivered) {
  deliver("+1|Lee|Lea\n");
  read(kByName);
  read(feed("family_name: nik"));
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_THAT(outcome_.message,
              HasSubstr("the stream has no field \"nik\"; did you mean \"nick\"?"));
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lee"})"));
}

TEST_P(RemappingTest, ARecordThatATransformLeavesOutNowIsGone) {
  deliver("+1|Lee|x\n+2|Ray|y\n");
  read(kByName);
  const std::string yaml = feed("family_name: name", "id, name, nick, born",
                                "        transforms: [ { use: filter, keep_if: { nick: y } } ]\n");
  EXPECT_EQ(read(yaml), "gone=1 remapped=2") << outcome_.message;
  EXPECT_THAT(records(), ElementsAre(R"(2 {"family_name":"Ray"})"));
  EXPECT_EQ(read(yaml), "");
}

TEST_P(RemappingTest, MostRecordsAreNotLeftOutWithoutAWord) {
  std::string lines;
  for (int i = 0; i < 120; ++i) {
    lines += "+" + std::to_string(i) + "|Lee|" + (i % 4 == 0 ? "y" : "x") + "\n";
  }
  deliver(lines);
  read(kByName);
  const std::string yaml = feed("family_name: name", "id, name, nick, born",
                                "        transforms: [ { use: filter, keep_if: { nick: y } } ]\n");
  read(yaml);
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_THAT(outcome_.message, HasSubstr("it makes 90 of 120 records no longer"));
  EXPECT_EQ(records().size(), 120);
  IngestOptions options;
  options.accept_changes = true;
  EXPECT_EQ(read(yaml, options), "gone=90 remapped=120");
  EXPECT_EQ(records().size(), 30);
}

// Else every record would be there twice, and so many that the next night finds no loss.
TEST_P(RemappingTest, AnotherKeyThatLosesMostRecordsLandsNothingNightAfterNight) {
  std::string lines;
  for (int i = 0; i < 200; ++i) {
    lines += "+" + std::to_string(i) + "|Lee|n" + std::to_string(i) + "\n";
  }
  deliver(lines);
  read(kByName);
  const std::string yaml = feed("family_name: name", "id, name, nick, born", "        key: nick\n");
  for (int night = 0; night < 2; ++night) {
    EXPECT_EQ(read(yaml), "");
    EXPECT_EQ(outcome_.status, "stopped");
    EXPECT_THAT(outcome_.message, HasSubstr("it makes 200 of 200 records no longer"));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM source_record"), 200);
  }
  IngestOptions options;
  options.accept_changes = true;
  EXPECT_EQ(read(yaml, options), "gone=200 remapped=200");
  EXPECT_EQ(records().size(), 200);
}

TEST_P(RemappingTest, AnotherKeyMakesOtherRecords) {
  deliver("+1|Lee|a\n+2|Ray|b\n+3|Fox|b\n");
  read(kByName);
  const std::string yaml = feed("family_name: name", "id, name, nick, born", "        key: nick\n");
  EXPECT_EQ(read(yaml), "new=1 gone=3 remapped=3");
  EXPECT_THAT(records(), ElementsAre(R"(a {"family_name":"Lee"})", R"(b {"family_name":"Ray"})"));
  EXPECT_THAT(quarantined(), ElementsAre("b another record with the key \"b\" and other values was "
                                         "read before; the first is kept"));
}

TEST_P(RemappingTest, ARawFormThatCannotBeReadIsLeftAloneAndSaidSo) {
  deliver("+1|Lee|Lea\n+2|Ray|Rae\n");
  read(kByName);
  database_.execute("UPDATE source_record SET raw = '[oops' WHERE source_key = '1'");
  EXPECT_EQ(read(kByNick), "remapped=1");
  EXPECT_THAT(outcome_.message, HasSubstr("1 stored records keep the mapping of before"));
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lee"})", R"(2 {"family_name":"Rae"})"));
}

TEST_P(RemappingTest, SplitRecordsAreMappedAnewToo) {
  const std::string unfold =
      "        transforms: [ { use: unfold, key: id, parts: [home, work] } ]\n";
  const std::string fewer = "        transforms: [ { use: unfold, key: id, parts: [work] } ]\n";
  const std::string fields = "id, name, nick";
  deliver("+1|Lee|Lea\n+2|Ray|Rae\n");
  EXPECT_EQ(read(feed("family_name: name", fields, unfold)), "read=2 added=4 split=2");
  EXPECT_EQ(read(feed("family_name: nick", fields, unfold)), "remapped=4");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-home {"family_name":"Lea"})", R"(1-work {"family_name":"Lea"})",
                          R"(2-home {"family_name":"Rae"})", R"(2-work {"family_name":"Rae"})"));
  EXPECT_EQ(read(feed("family_name: nick", fields, fewer)), "gone=2 remapped=4");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-work {"family_name":"Lea"})", R"(2-work {"family_name":"Rae"})"));
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_P(RemappingTest, MoreThanABatch) {
  std::string lines;
  for (int i = 0; i < 9'000; ++i) lines += "+" + std::to_string(i) + "|Lee|Lea\n";
  deliver(lines);
  read(kByName);
  EXPECT_EQ(read(kByNick), "remapped=9000");
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM source_record WHERE mapped LIKE '%Lea%' AND "
                             "changed_run = 2"),
            9000)
      << "so that the profiles follow";
}

}  // namespace
}  // namespace cdh
