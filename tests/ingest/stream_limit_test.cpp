// How much of a stream may change in one night before somebody must look.
#include "hub/ingest/stream_limit.hpp"

#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string list(const std::string& limits, const std::string& more = "") {
  return "sources:\n  crm:\n    connector: csv\n    config: { path: crm.csv }\n    limits: { " +
         limits + " }\n    streams:\n      crm:\n        key: id\n" + more +
         "        map: [ { into: person, fields: { family_name: name, birth_date: born } } ]\n";
}

class StreamLimitTest : public LandingNight {
 protected:
  // Rows `from` to `to`; those from `bad` on cannot be mapped.
  void write(int from, int to, int bad = 1'000'000) {
    std::string rows = "id,name,born\n";
    for (int i = from; i < to; ++i) {
      rows += std::to_string(i) + ",Lee," + (i < bad ? "1980-01-02" : "soon") + "\n";
    }
    hub_.write("crm.csv", rows);
  }
  std::string read_accepted(const std::string& yaml) {
    IngestOptions options;
    options.accept_changes = true;
    return read(yaml, options);
  }
};
INSTANTIATE_TEST_SUITE_P(On, StreamLimitTest, kEveryStore, store_kind_name);

TEST_P(StreamLimitTest, ASourceHasALimitOfItsOwn) {
  write(0, 100);
  read(list("gone: 10"));
  write(0, 89);
  read(list("gone: 10"));
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_EQ(outcome_.message,
            "11 of 100 records are not delivered any more, more than `limits: gone` allows (10 %), "
            "which looks like a file cut off; none of its records was marked as gone. If it is "
            "right as it is, run `cdh run --accept-changes`");
  EXPECT_EQ(read(list("gone: 11")), "read=89 unchanged=89 gone=11");
}

TEST_P(StreamLimitTest, ASmallStreamChangesAsItWill) {
  write(0, 10);
  read(list("gone: 10"));
  write(0, 1);
  EXPECT_EQ(read(list("gone: 10")), "read=1 unchanged=1 gone=9");
  write(0, 10);
  read(list("gone: 10"));
  write(0, 1);
  read(list("gone: 10, min_records: 10"));
  EXPECT_EQ(outcome_.status, "stopped");
}

// What is not delivered may have been no record: what a filter leaves out, second rows of a key.
TEST_P(StreamLimitTest, AListFarSmallerThanUsualStopsThoughNoRecordIsGone) {
  const std::string yaml =
      list("smaller: 40", "        transforms: [ { use: filter, keep_if: { name: Lee } } ]\n");
  std::string rows = "id,name,born\n1,Lee,\n";
  for (int i = 2; i < 100; ++i) rows += std::to_string(i) + ",Ray,\n";
  hub_.write("crm.csv", rows + "100,Ray,\n");
  EXPECT_EQ(read(yaml), "read=100 added=1 filtered=99");
  hub_.write("crm.csv", rows.substr(0, rows.find("60,")));
  read(yaml);
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_THAT(outcome_.message,
              HasSubstr("it delivered 59 rows, and 100 when it was last read whole: that is more "
                        "than `limits: smaller` allows (40 %)"));
  read(yaml);
  EXPECT_EQ(outcome_.status, "stopped") << "a stop is no new measure";
  read_accepted(yaml);
  EXPECT_EQ(outcome_.status, "read");
  EXPECT_EQ(read(yaml), "read=59 unchanged=1 filtered=58") << "this is usual now";
}

TEST_P(StreamLimitTest, AnEmptyListIsRightWhereItMayBeEmpty) {
  write(0, 120);
  read(list(""));
  write(0, 0);
  read(list(""));
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_THAT(outcome_.message, HasSubstr("it delivered no record, though 120 were there before"));
  EXPECT_EQ(read(list("may_be_empty: true")), "gone=120");
  EXPECT_EQ(outcome_.status, "read");
}

// Night after night, until somebody agrees; then those that are refused are old acquaintances.
TEST_P(StreamLimitTest, ADeliveryOfWhichTooMuchIsRefusedIsStopped) {
  write(0, 100);
  read(list(""));
  write(0, 100, 74);
  for (int night = 0; night < 2; ++night) {
    read(list(""));
    EXPECT_EQ(outcome_.status, "stopped") << night;
    EXPECT_EQ(outcome_.message,
              "26 of 100 records are newly refused, more than `limits: quarantined` allows (25 %), "
              "which looks like another format; see `cdh quarantine list`. What landed beside them "
              "waits. If it is right as it is, run `cdh run --accept-changes`");
    EXPECT_EQ(quarantined().size(), 26) << "they are kept all the same";
    EXPECT_EQ(records().size(), 100) << "the last good version of each";
  }
  EXPECT_EQ(read_accepted(list("")), "read=100 unchanged=74 quarantined=26");
  EXPECT_EQ(read(list("")), "read=100 unchanged=74 quarantined=26");
  EXPECT_EQ(outcome_.status, "read");
}

TEST_P(StreamLimitTest, TheVeryFirstDeliveryIsJudgedToo) {
  write(0, 100, 50);
  for (int night = 0; night < 2; ++night) {
    read(list(""));
    EXPECT_EQ(outcome_.status, "stopped") << night;
  }
  write(0, 100);
  EXPECT_EQ(read(list("")), "read=100 unchanged=50 added=50") << "put right";
  EXPECT_THAT(quarantined(), IsEmpty());
}

// A feed goes on where it was read to. What is to be judged must come again.
TEST_P(StreamLimitTest, AStoppedFeedIsReadAgainFromWhereItWas) {
  const std::string yaml =
      "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, rows: 7, "
      "fields: [id, name, born] }\n    streams:\n      feed:\n"
      "        map: [ { into: person, fields: { family_name: name, birth_date: born } } ]\n";
  std::string lines;
  for (int i = 0; i < 100; ++i) lines += "+" + std::to_string(i) + "|Lee|1980-01-02\n";
  hub_.write("feed.txt", lines);
  read(yaml);
  for (int i = 100; i < 200; ++i) {
    lines += "+" + std::to_string(i) + "|Lee|" + (i % 2 == 0 ? "soon" : "1980-01-02") + "\n";
  }
  hub_.write("feed.txt", lines);
  EXPECT_EQ(read(yaml), "read=100 added=50 quarantined=50 new=50");
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_EQ(read(yaml), "read=100 unchanged=50 quarantined=50");
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_EQ(read_accepted(yaml), "read=100 unchanged=50 quarantined=50");
  EXPECT_EQ(outcome_.status, "read");
  EXPECT_EQ(read(yaml), "");
}

TEST_P(StreamLimitTest, AMappingThatRefusesTooManyStoredRecordsChangesNothing) {
  const auto feed = [](const std::string& fields) {
    return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, rows: 1000, "
           "fields: [id, name, born] }\n    streams:\n      feed:\n        map: [ { into: person, "
           "fields: { " +
           fields + " } } ]\n";
  };
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    lines += "+" + std::to_string(i) + "|Lee|" + (i < 30 ? "soon" : "1980-01-02") + "\n";
  }
  hub_.write("feed.txt", lines);
  read(feed("family_name: name"));
  read(feed("family_name: name, birth_date: born"));
  EXPECT_EQ(outcome_.status, "stopped");
  EXPECT_THAT(outcome_.message, HasSubstr("it refuses 30 of 100 records, more than `limits: "
                                          "quarantined` allows (25 %); all of them stay"));
  EXPECT_THAT(quarantined(), IsEmpty());
}

}  // namespace
}  // namespace cdh
