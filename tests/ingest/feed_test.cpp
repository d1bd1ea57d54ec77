// A feed of changes with deletions, however it is cut into batches, through transforms that make
// several records of one.
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct FeedSetup {
  std::string more;         // further lines of the stream
  std::size_t rows = 1000;  // a batch
  std::string fields = "id, name, at";
};

std::string yaml(const FeedSetup& feed) {
  return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, rows: " +
         std::to_string(feed.rows) + ", fields: [" + feed.fields +
         "] }\n    streams:\n      feed:\n" + feed.more +
         "        map: [ { into: person, fields: { family_name: name } } ]\n";
}

const std::string kUnfold =
    "        transforms: [ { use: unfold, key: id, parts: [home, work] } ]\n";

class FeedTest : public LandingNight {
 protected:
  std::string deliver(const std::string& lines, const FeedSetup& feed = {}) {
    delivered_ += lines;
    hub_.write("feed.txt", delivered_);
    return read(yaml(feed));
  }
  std::string delivered_;
};
INSTANTIATE_TEST_SUITE_P(On, FeedTest, kEveryStore, store_kind_name);

TEST_P(FeedTest, ADeletionTakesARecordAwayUntilItComesBack) {
  EXPECT_EQ(deliver("+1|Lee\n+2|Ray\n"), "read=2 added=2");
  EXPECT_EQ(deliver("-1\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre(R"(2 {"family_name":"Ray"})"));
  EXPECT_EQ(deliver("-1\n-7\n"), "read=2 repeated=2") << "nothing there to delete";
  EXPECT_EQ(deliver("+1|Lee\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lee"})", R"(2 {"family_name":"Ray"})"));
}

TEST_P(FeedTest, ARecordWithADoubleThatIsNoNumberIsRefusedAndKept) {
  EXPECT_EQ(deliver("+1|nan\n+2|Ray\n"), "read=2 added=1 quarantined=1 new=1");
  EXPECT_THAT(quarantined(), ElementsAre("1 \"nan\" is not a number that can be kept"));
  const auto row = database_.query("SELECT field, raw FROM quarantine");
  ASSERT_TRUE(row->next());
  EXPECT_EQ(row->text(0), "name");
  EXPECT_EQ(row->text(1), R"(["1",{"real":"nan"}])");
}

// What the connector says of it is known from the second night on.
TEST_P(FeedTest, ARecordThatItsConnectorRefusesEachNightIsNotGone) {
  const std::string list = yaml({.more = "        mode: full\n"});
  hub_.write("feed.txt", "+1|Lee\n+2|Ray\n");
  EXPECT_EQ(read(list), "read=2 added=2");
  hub_.write("feed.txt", "!1|Lee\n+2|Ray\n");
  EXPECT_EQ(read(list), "read=2 unchanged=1 quarantined=1 new=1");
  EXPECT_EQ(read(list), "read=2 unchanged=1 quarantined=1");
  EXPECT_EQ(records().size(), 2);
}

TEST_P(FeedTest, AVersionOlderThanTheDeletedOneDoesNotComeBack) {
  const FeedSetup feed{.more = "        updated_at: at\n"};
  deliver("+1|Lee|2024-01-02T00:00:00Z\n", feed);
  deliver("-1||2024-01-03T00:00:00Z\n", feed);
  EXPECT_EQ(deliver("+1|Old|2024-01-01T00:00:00Z\n", feed), "read=1 repeated=1");
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(deliver("+1|Fox|2024-01-04T00:00:00Z\n", feed), "read=1 changed=1");
}

// By the source's time, whenever it arrives.
TEST_P(FeedTest, ADeletionHasItsTimeToo) {
  const FeedSetup feed{.more = "        updated_at: at\n"};
  deliver("+1|Lee|2024-01-03T00:00:00Z\n", feed);
  EXPECT_EQ(deliver("-1||2024-01-02T00:00:00Z\n", feed), "read=1 repeated=1")
      << "what it deleted is older";
  EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"Lee"})"));
  EXPECT_EQ(deliver("-1||2024-01-05T00:00:00Z\n", feed), "read=1 changed=1");
  EXPECT_EQ(deliver("+1|Fox|2024-01-04T00:00:00Z\n", feed), "read=1 repeated=1")
      << "a version from before the deletion";
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_EQ(deliver("+1|Fox|2024-01-06T00:00:00Z\n", feed), "read=1 changed=1");
}

TEST_P(FeedTest, TheRowOnceMoreHidesNoChange) {
  deliver("+1|Lee\n");
  EXPECT_EQ(deliver("+1|Lee\n+1|Fox\n+1|Ray\n"), "read=3 unchanged=1 changed=1 repeated=1");
}

TEST_P(FeedTest, ADeletionWithoutAKeyIsRefused) {
  EXPECT_EQ(deliver("+1|Lee\n-\n"), "read=2 added=1 quarantined=1 new=1");
  EXPECT_THAT(quarantined(), ElementsAre(" a deletion without a key"));
}

TEST_P(FeedTest, ADeletionNeedsNothingOfWhatTheMappingNeeds) {
  const FeedSetup feed{.more =
                           "        updated_at: at\n        transforms: [ { use: filter, "
                           "not_empty: [name] } ]\n"};
  deliver("+1|Lee|2026-01-02T00:00:00Z\n", feed);
  EXPECT_EQ(deliver("-1||never\n", feed), "read=1 changed=1");
  EXPECT_THAT(records(), IsEmpty());
}

TEST_P(FeedTest, ADeletionMeansTheKeyThatTheTransformsMake) {
  const FeedSetup feed{.more =
                           "        transforms: [ { use: text, fields: [id], case: upper } ]\n"};
  deliver("+a|Lee\n", feed);
  EXPECT_THAT(records(), ElementsAre(R"(A {"family_name":"Lee"})"));
  EXPECT_EQ(deliver("-a\n", feed), "read=1 changed=1");
  EXPECT_THAT(records(), IsEmpty());
}

TEST_P(FeedTest, ASplitRowIsSeveralRecordsOfOneRawForm) {
  const FeedSetup feed{.more = kUnfold};
  EXPECT_EQ(deliver("+1|Lee\n+2|Ray\n", feed), "read=2 added=4 split=2");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-home {"family_name":"Lee"})", R"(1-work {"family_name":"Lee"})",
                          R"(2-home {"family_name":"Ray"})", R"(2-work {"family_name":"Ray"})"));
  EXPECT_EQ(database_.number("SELECT COUNT(DISTINCT raw) FROM source_record"), 2);
  EXPECT_EQ(deliver("+1|Lee\n", feed), "read=1 unchanged=1") << "known before the transforms";
  EXPECT_EQ(deliver("+1|Fox\n", feed), "read=1 changed=2 split=1");
  EXPECT_EQ(deliver("-2\n", feed), "read=1 changed=1");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-home {"family_name":"Fox"})", R"(1-work {"family_name":"Fox"})"));
}

// As if it had been deleted, at its own time.
TEST_P(FeedTest, ANewVersionThatIsFilteredTakesTheRecordAway) {
  const FeedSetup feed{.more =
                           "        updated_at: at\n        transforms: [ { use: filter, drop_if: "
                           "{ name: x } }, { use: text, fields: [id], case: upper } ]\n"};
  deliver("+a|Lee|2024-01-02T00:00:00Z\n+b|Ray|2024-01-02T00:00:00Z\n", feed);
  EXPECT_EQ(deliver("+a|x|2024-01-01T00:00:00Z\n", feed), "read=1 filtered=1") << "an older one";
  EXPECT_EQ(deliver("+a|x|2024-01-04T00:00:00Z\n", feed), "read=1 filtered=1 gone=1");
  EXPECT_THAT(records(), ElementsAre(R"(B {"family_name":"Ray"})"));
  EXPECT_EQ(deliver("+a|x|2024-01-04T00:00:00Z\n", feed), "read=1 filtered=1") << "gone before";
  EXPECT_EQ(deliver("+a|Lee|2024-01-03T00:00:00Z\n", feed), "read=1 repeated=1")
      << "from before it was filtered";
  EXPECT_EQ(deliver("+a|Fox|2024-01-05T00:00:00Z\n", feed), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre(R"(A {"family_name":"Fox"})", R"(B {"family_name":"Ray"})"));
}

// Of a list: a part of a row that is judged anew each night must not make its other parts second ones.
TEST_P(FeedTest, ARowWhoseDayIsYetToComeKeepsItsOtherParts) {
  const std::string list =
      "sources: { crm: { connector: feed, config: { path: feed.txt, fields: [id, name, born] }, "
      "streams: { feed: { mode: full, transforms: [ { use: unfold, key: id, parts: [a, b, c] } ], "
      "map: [ { as: known, into: person, when: { part: [a, b] }, fields: { family_name: name } }, "
      "{ as: born, into: person, when: { part: c }, fields: { birth_date: born } } ] } } } }";
  hub_.write("feed.txt", "+1|Lee|2999-01-01\n");
  EXPECT_EQ(read(list), "read=1 added=2 quarantined=1 new=1 split=2");
  EXPECT_EQ(read(list), "read=1 changed=2 quarantined=1 split=2");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-a {"family_name":"Lee"})", R"(1-b {"family_name":"Lee"})"));
  EXPECT_THAT(quarantined(), ElementsAre("1-c \"2999-01-01\" is yet to come"));
}

TEST_P(FeedTest, ANewVersionThatSplitsIntoFewerTakesTheOthersAway) {
  const std::string unfold =
      "        transforms: [ { use: unfold, key: id, parts: [home, work] }, ";
  const FeedSetup no_home{.more = unfold + "{ use: filter, drop_if: { name: x, part: home } } ]\n"};
  deliver("+1|Lee\n+2|Ray\n", no_home);
  EXPECT_EQ(deliver("+1|x\n", no_home), "read=1 changed=1 gone=1");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-work {"family_name":"x"})", R"(2-home {"family_name":"Ray"})",
                          R"(2-work {"family_name":"Ray"})"));
  const FeedSetup none{.more = unfold + "{ use: filter, drop_if: { name: y } } ]\n"};
  EXPECT_EQ(deliver("+2|y\n", none), "read=1 filtered=1 gone=2 remapped=1");
  EXPECT_THAT(records(),
              ElementsAre(R"(1-home {"family_name":"x"})", R"(1-work {"family_name":"x"})"));
  const FeedSetup one{.more = unfold + "{ use: filter, keep_if: { part: work } } ]\n"};
  deliver("+2|Ray\n", none);
  EXPECT_EQ(deliver("+2|Fox\n", one), "read=1 changed=1 gone=2 remapped=2")
      << "of 1, the stored row makes no 1-home any more";
}

TEST_P(FeedTest, AVersionOfWhichSomethingIsRefusedTakesNothingAway) {
  const FeedSetup feed{.more =
                           kUnfold.substr(0, kUnfold.rfind(']')) +
                           ", { use: filter, drop_if: { name: x, part: home }, quarantine_if: { "
                           "name: x } } ]\n"};
  deliver("+1|Lee\n", feed);
  EXPECT_EQ(deliver("+1|x\n", feed), "read=1 quarantined=1 new=1");
  EXPECT_EQ(records().size(), 2);
}

TEST_P(FeedTest, AFilteredVersionOutdatesTheRefusedOneBefore) {
  const FeedSetup feed{
      .more =
          "        transforms: [ { use: filter, drop_if: { name: x }, quarantine_if: { name: '?' } "
          "} ]\n"};
  deliver("+1|?\n", feed);
  EXPECT_EQ(quarantined().size(), 1);
  EXPECT_EQ(deliver("+1|x\n", feed), "read=1 filtered=1");
  EXPECT_THAT(quarantined(), IsEmpty());
}

// The rows have not changed: that is judged together, and most records do not go without a word.
TEST_P(FeedTest, AWrongFilterTakesNothingAwayByTheRead) {
  std::string rows = "id,name\n";
  for (int i = 0; i < 200; ++i) rows += std::to_string(i) + ",Lee\n";
  hub_.write("crm.csv", rows);
  const auto filtered_by = [](const std::string& name) {
    return "sources:\n  crm:\n    connector: csv\n    config: { path: crm.csv }\n    streams:\n"
           "      crm:\n        key: id\n        mode: incremental\n        transforms: [ { use: "
           "filter, keep_if: { name: " +
           name + " } } ]\n        map: [ { into: person, fields: { family_name: name } } ]\n";
  };
  read(filtered_by("Lee"));
  EXPECT_EQ(read(filtered_by("Leee")), "read=200 filtered=200");
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_EQ(records().size(), 200);
}

// The last arrival wins, always: batches are how a connector delivers, and mean nothing.
TEST_P(FeedTest, BatchesMakeNoDifference) {
  struct Case {
    const char* before;
    const char* lines;
    const char* expected;
  };
  const Case cases[] = {
      {"+1|A\n", "+1|B\n+1|A\n", R"(1 {"family_name":"A"})"},          // and back
      {"+1|A\n", "+1|A\n+1|B\n", R"(1 {"family_name":"B"})"},          //
      {"", "+1|A\n+1|B\n+1|A\n", R"(1 {"family_name":"A"})"},          // a new one
      {"+1|A\n", "+1|B\n+1|A\n+1|B\n", R"(1 {"family_name":"B"})"},    // to and fro
      {"+1|A\n", "+1|B\n-1\n", ""},                                    // changed, deleted
      {"", "+1|A\n-1\n", ""},                                          // new, deleted
      {"+1|A\n", "-1\n+1|A\n", R"(1 {"family_name":"A"})"},            // deleted, back
      {"+1|A\n", "-1\n+1|B\n-1\n+1|C\n", R"(1 {"family_name":"C"})"},  //
      {"+1|A\n", "+1|B\n-1\n+1|C\n-1\n", ""},                          //
  };
  for (const std::string& more : {std::string(), kUnfold}) {
    for (const Case& one : cases) {
      for (const std::size_t rows : {1, 2, 1000}) {
        SCOPED_TRACE(std::string(one.lines) + "in batches of " + std::to_string(rows) + more);
        database_.execute("DELETE FROM source_record; DELETE FROM stream_state");
        delivered_.clear();
        deliver(one.before, {.more = more, .rows = rows});
        deliver(one.lines, {.more = more, .rows = rows});
        std::string expected = one.expected;
        if (!expected.empty() && !more.empty()) expected.insert(1, "-home");
        const std::vector<std::string> found = records();
        EXPECT_EQ(found.empty() ? "" : found.front(), expected);
        EXPECT_THAT(quarantined(), IsEmpty());
      }
    }
  }
}

// Of a list the first record of a key counts, even where the second is what was there before.
TEST_P(FeedTest, BatchesOfAListMakeNoDifferenceEither) {
  for (const std::size_t rows : {1, 2, 1000}) {
    SCOPED_TRACE("in batches of " + std::to_string(rows));
    database_.execute("DELETE FROM source_record; DELETE FROM quarantine");
    const FeedSetup list{.more = "        mode: full\n", .rows = rows};
    delivered_.clear();
    deliver("+1|A\n+2|Ray\n", list);
    delivered_.clear();
    const char* again[] = {"read=3 unchanged=1 changed=1 quarantined=1 new=1",
                           "read=3 unchanged=2 quarantined=1"};
    for (const char* counts : again) {
      delivered_.clear();
      EXPECT_EQ(deliver("+1|B\n+1|A\n+2|Ray\n", list), counts);
      EXPECT_THAT(records(), ElementsAre(R"(1 {"family_name":"B"})", R"(2 {"family_name":"Ray"})"));
    }
  }
}

}  // namespace
}  // namespace cdh
