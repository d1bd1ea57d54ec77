// Records that say they were changed in the future.
#include "hub/ingest/future_times.hpp"

#include "hub/base/time.hpp"
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kMinute = 60 * std::int64_t{1'000'000};

TEST(FutureTimesTest, ATimeWellAfterTheRunsIsNoneAndCounted) {
  FutureTimes times(1000 * kMinute);
  EXPECT_EQ(times.believed(std::nullopt), std::nullopt);
  EXPECT_EQ(times.believed(1015 * kMinute), 1015 * kMinute) << "two clocks differ";
  EXPECT_EQ(times.note(), "");
  EXPECT_EQ(times.believed(1016 * kMinute), std::nullopt);
  EXPECT_EQ(times.note(),
            "1 record says it was changed in the future, up to 1970-01-01T16:56:00Z; such a time "
            "counts as none");
  EXPECT_EQ(times.believed(*parse_instant("2099-01-01T00:00:00Z")), std::nullopt);
  EXPECT_EQ(times.believed(1015 * kMinute + 1), std::nullopt);
  EXPECT_EQ(times.note(),
            "3 records say they were changed in the future, up to 2099-01-01T00:00:00Z; such a "
            "time counts as none");
}

class FutureTimesNight : public LandingNight {
 protected:
  static std::string csv(const std::string& more = "") {
    return "sources:\n  crm:\n    connector: csv\n    config: { path: crm.csv }\n    streams:\n"
           "      crm:\n        key: id\n        updated_at: at\n" +
           more + "        map: [ { into: person, fields: { family_name: name } } ]\n";
  }
  static std::string feed() {
    return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, fields: [id, "
           "name, "
           "at] }\n    streams:\n      feed:\n        updated_at: at\n        map: [ { into: "
           "person, fields: { family_name: name } } ]\n";
  }
  std::string read_csv(const std::string& rows) {
    hub_.write("crm.csv", "id,name,at\n" + rows);
    return read(csv());
  }
  std::string deliver(const std::string& lines) {
    delivered_ += lines;
    hub_.write("feed.txt", delivered_);
    return read(feed());
  }
  // The whole log each time, however much of it is known.
  std::string read_log(const std::string& rows, const std::string& more = "", bool anew = false) {
    hub_.write("log.jsonl", rows);
    IngestOptions options;
    options.from_the_beginning = anew;
    return read(
        "sources:\n  crm:\n    connector: jsonl\n    config: { path: log.jsonl }\n    streams:\n"
        "      log:\n        key: id\n        mode: incremental\n        updated_at: at\n" +
            more + "        map: [ { into: person, fields: { family_name: name } } ]\n",
        options);
  }
  static std::string row(const std::string& name, const std::string& at) {
    return R"({"id":"1","name":")" + name + R"(","at":")" + at + "\"}\n";
  }
  // Of the only record; "none" when it has none.
  std::string time() {
    const auto rows = database_.query("SELECT source_updated_at FROM source_record");
    if (!rows->next()) return "no record";
    return rows->is_null(0) ? "none" : format_instant(rows->integer(0));
  }
  static std::string now() { return format_instant(now_micros()); }

  std::string delivered_;
};
INSTANTIATE_TEST_SUITE_P(On, FutureTimesNight, kEveryStore, store_kind_name);

TEST_P(FutureTimesNight, ItCountsAsNoneAndALaterVersionTakesItsPlace) {
  EXPECT_EQ(read_csv("1,Lee,2099-01-01T00:00:00Z\n"), "read=1 added=1");
  EXPECT_EQ(time(), "none");
  EXPECT_EQ(outcome_.message,
            "1 record says it was changed in the future, up to 2099-01-01T00:00:00Z; such a time "
            "counts as none");
  EXPECT_EQ(read_csv("1,Lee,2099-01-01T00:00:00Z\n"), "read=1 unchanged=1");
  EXPECT_EQ(outcome_.message, "") << "told when it is read";
  EXPECT_EQ(read_csv("1,Fox,2024-01-02T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
  EXPECT_EQ(time(), "2024-01-02T00:00:00Z");
}

// A source whose clock is years ahead holds no record back.
TEST_P(FutureTimesNight, OfVersionsWithoutARightTimeTheLastToArriveCounts) {
  deliver("+1|Lee|2024-01-02T00:00:00Z\n");
  EXPECT_EQ(deliver("+1|Fox|2099-01-02T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_EQ(deliver("+1|Ray|2099-01-01T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Ray\"}"));
  EXPECT_EQ(deliver("+1|Orr|2024-01-03T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Orr\"}"));
}

// Neither by a log that is read from its start again, nor by how it is spread over nights.
TEST_P(FutureTimesNight, AVersionThatWasReplacedDoesNotComeBack) {
  const std::string wrong = row("Lee", "2099-01-01T00:00:00Z"), right = row("Fox", now());
  const auto fox = ElementsAre("1 {\"family_name\":\"Fox\"}");
  read_log(wrong);
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Lee\"}"));
  read_log(wrong + right);
  EXPECT_THAT(records(), fox);
  read_log(wrong + right);
  EXPECT_THAT(records(), fox) << "the same log";
  read_log(wrong + right, "", true);
  EXPECT_THAT(records(), fox) << "from the beginning";
  read_log(wrong + right, "        blank: clear\n");
  EXPECT_THAT(records(), fox) << "mapped anew";
}

TEST_P(FutureTimesNight, NorWhenALogIsReadForTheFirstTime) {
  const std::string log = row("Lee", "2099-01-01T00:00:00Z") + row("Fox", "2024-01-01T00:00:00Z");
  for (const bool anew : {false, false, true}) {
    read_log(log, "", anew);
    EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
    EXPECT_EQ(time(), "2024-01-01T00:00:00Z");
  }
}

TEST_P(FutureTimesNight, AVersionThatIsMappedAnewGetsNoTimeEither) {
  deliver("+1|Lee|2099-01-01T00:00:00Z\n");
  EXPECT_EQ(read(feed() + "        blank: clear\n"), "remapped=1");
  EXPECT_EQ(time(), "none");
}

TEST_P(FutureTimesNight, ADeletionOfTheFutureLetsTheRecordComeBack) {
  deliver("+1|Lee|2024-01-02T00:00:00Z\n");
  EXPECT_EQ(deliver("-1||2099-01-01T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(outcome_.message, HasSubstr("1 record says it was changed in the future"));
  EXPECT_EQ(deliver("+1|Old|2024-01-01T00:00:00Z\n"), "read=1 repeated=1")
      << "older than what was deleted";
  EXPECT_EQ(deliver("+1|Fox|2024-01-03T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
}

// Programs of before gave them the time of the read.
TEST_P(FutureTimesNight, AStoredRecordLosesTheTimeThatWasMadeUpForIt) {
  const std::string wrong = row("Lee", "2099-01-01T00:00:00Z");
  read_log(wrong);
  database_.execute("UPDATE pipeline SET fingerprint = fingerprint + 1");
  database_.execute("UPDATE source_record SET source_updated_at = " + std::to_string(now_micros()));
  read_log(wrong);
  EXPECT_EQ(time(), "none");
  read_log(wrong + row("Fox", "2024-01-01T00:00:00Z"));
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
}

// Stores of before.
TEST_P(FutureTimesNight, ATimeThatWasTakenAsGivenHoldsNoLaterVersionBack) {
  read_csv("1,Lee,2024-01-01T00:00:00Z\n");
  database_.execute("UPDATE source_record SET source_updated_at = " +
                    std::to_string(*parse_instant("2099-01-01T00:00:00Z")));
  EXPECT_EQ(read_csv("1,Fox,2024-01-02T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_EQ(time(), "2024-01-02T00:00:00Z");
}

}  // namespace
}  // namespace cdh
