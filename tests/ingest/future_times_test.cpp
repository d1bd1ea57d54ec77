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

TEST(FutureTimesTest, ATimeWellAfterTheRunsIsReplacedAndCounted) {
  FutureTimes times(1000 * kMinute);
  EXPECT_FALSE(times.is_one(std::nullopt));
  EXPECT_FALSE(times.is_one(1015 * kMinute)) << "two clocks differ";
  EXPECT_EQ(times.note(), "");
  EXPECT_TRUE(times.is_one(1015 * kMinute + 1));
  EXPECT_EQ(times.replace(1016 * kMinute), 1000 * kMinute);
  EXPECT_EQ(
      times.note(),
      "1 record says it was changed in the future, up to 1970-01-01T16:56:00Z; the run's time "
      "counts instead");
  EXPECT_EQ(times.replace(*parse_instant("2099-01-01T00:00:00Z")), 1000 * kMinute);
  EXPECT_EQ(times.replace(1020 * kMinute), 1000 * kMinute);
  EXPECT_EQ(times.note(),
            "3 records say they were changed in the future, up to 2099-01-01T00:00:00Z; the run's "
            "time counts instead");
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
  // Of the only record.
  std::int64_t time() { return database_.number("SELECT source_updated_at FROM source_record"); }
  static std::string now() { return format_instant(now_micros()); }

  std::string delivered_;
};
INSTANTIATE_TEST_SUITE_P(On, FutureTimesNight, kEveryStore, store_kind_name);

TEST_P(FutureTimesNight, TheRunsTimeCountsAndALaterVersionIsLater) {
  const std::int64_t before = now_micros();
  EXPECT_EQ(read_csv("1,Lee,2099-01-01T00:00:00Z\n"), "read=1 added=1");
  EXPECT_GE(time(), before);
  EXPECT_LE(time(), now_micros());
  EXPECT_EQ(
      outcome_.message,
      "1 record says it was changed in the future, up to 2099-01-01T00:00:00Z; the run's time "
      "counts instead");
  EXPECT_EQ(read_csv("1,Lee,2099-01-01T00:00:00Z\n"), "read=1 unchanged=1");
  EXPECT_EQ(outcome_.message, "") << "told when it is read";
  EXPECT_EQ(read_csv("1,Fox," + now() + "\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
}

TEST_P(FutureTimesNight, AVersionThatIsMappedAnewKeepsTheTimeOfItsFirstNight) {
  read_csv("1,Lee,2099-01-01T00:00:00Z\n");
  const std::int64_t first = time();
  EXPECT_EQ(read(csv("        blank: clear\n")), "read=1 changed=1");
  EXPECT_EQ(time(), first);
  EXPECT_EQ(outcome_.message, "");
}

TEST_P(FutureTimesNight, OfAFeedTheStoredVersionsKeepItTooWhenTheyAreMappedAnew) {
  deliver("+1|Lee|2099-01-01T00:00:00Z\n");
  const std::int64_t first = time();
  EXPECT_EQ(read(feed() + "        blank: clear\n"), "remapped=1");
  EXPECT_EQ(time(), first);
}

TEST_P(FutureTimesNight, ADeletionOfTheFutureLetsTheRecordComeBack) {
  deliver("+1|Lee|2024-01-01T00:00:00Z\n");
  EXPECT_EQ(deliver("-1||2099-01-01T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(outcome_.message, HasSubstr("1 record says it was changed in the future"));
  EXPECT_EQ(deliver("+1|Old|2025-01-01T00:00:00Z\n"), "read=1 repeated=1");
  EXPECT_EQ(deliver("+1|Fox|" + now() + "\n"), "read=1 changed=1");
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}"));
}

// Stores of before.
TEST_P(FutureTimesNight, ATimeThatWasTakenAsGivenHoldsNoLaterVersionBack) {
  read_csv("1,Lee,2024-01-01T00:00:00Z\n");
  database_.execute("UPDATE source_record SET source_updated_at = " +
                    std::to_string(*parse_instant("2099-01-01T00:00:00Z")));
  EXPECT_EQ(read_csv("1,Fox,2024-01-02T00:00:00Z\n"), "read=1 changed=1");
  EXPECT_EQ(time(), *parse_instant("2024-01-02T00:00:00Z"));
}

}  // namespace
}  // namespace cdh
