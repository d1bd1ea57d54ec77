// Late versions, wrong clocks, deletions, blanks and records that a list has no more: what the unified
// profile shows of them.
#include <gmock/gmock.h>

#include "hub/base/time.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/store/database.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

// Ann is known to crm, a feed of changes, and to shop, a list; the most recent says what she does.
class LateRecords : public testing::TestWithParam<StoreKind> {
 protected:
  LateRecords() : hub_(GetParam()) { in_shop("Baker", "2024-01-01T00:00:00Z"); }

  RunReport run(const std::string& crm_blank = "ignore") {
    const std::string map =
        "updated_at: at, map: [ { into: person, fields: { given_name: first, family_name: last, "
        "emails: [mail], occupation: job } } ] } } }\n";
    HubConfig config = hub_.config(
        "merge: { default: [most_recent] }\nsources:\n"
        "  crm: { connector: feed, config: { path: crm.txt, fields: [id, first, last, mail, job, "
        "at] "
        "}, streams: { feed: { blank: " +
        crm_blank + ", " + map +
        "  shop: { connector: csv, config: { path: shop.csv }, streams: { shop: { key: id, " + map);
    config.plugins = {CDH_TEST_PLUGIN_FOLDER};
    return consolidate(config, {});
  }
  void in_shop(const std::string& job, const std::string& at) const {
    hub_.write("shop.csv", "id,first,last,mail,job,at\n7,Ann,Lee,ann@example.com," + job + "," +
                               at + "\n8,Bob,Ray,bob@example.com,Clown," + at + "\n");
  }
  void not_in_shop() const {
    hub_.write("shop.csv",
               "id,first,last,mail,job,at\n8,Bob,Ray,bob@example.com,Clown,2024-01-01T00:00:00Z\n");
  }
  void in_crm(const std::string& job, const std::string& at) {
    crm_ += "+1|Ann|Lee|ann@example.com|" + job + "|" + at + "\n";
    hub_.write("crm.txt", crm_);
  }
  void deleted_in_crm(const std::string& at) {
    crm_ += "-1|||||" + at + "\n";
    hub_.write("crm.txt", crm_);
  }
  // What the one profile says that she does, "" when it does not, "no profile".
  std::string job() {
    Database database(hub_.store(), Database::Mode::existing);
    const auto rows =
        database.query("SELECT occupation FROM profile WHERE display_name = 'Ann Lee'");
    if (!rows->next()) return "no profile";
    const std::string job(rows->text(0));
    return rows->next() ? "several profiles" : job;
  }
  static std::string now() { return format_instant(now_micros()); }

  TestHub hub_;
  std::string crm_;
};
INSTANTIATE_TEST_SUITE_P(On, LateRecords, kEveryStore, store_kind_name);

TEST_P(LateRecords, ATimeInTheFutureIsNeverTheMostRecent) {
  in_crm("Cook", "2024-03-01T00:00:00Z");
  in_shop("Diver", "2099-01-01T00:00:00Z");
  const RunReport report = run();
  EXPECT_EQ(report.run.sources.back().message,
            "2 records say they were changed in the future, up to 2099-01-01T00:00:00Z; such a "
            "time counts as none");
  EXPECT_EQ(job(), "Cook");
  in_crm("Pilot", now());
  EXPECT_EQ(run().run.sources.back().message, "");
  EXPECT_EQ(job(), "Pilot");
  in_shop("Driver", now());
  run();
  EXPECT_EQ(job(), "Driver") << "once its clock is right";
}

TEST_P(LateRecords, AVersionThatComesLateReplacesNoNewerOne) {
  in_crm("Cook", "2024-03-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Cook");
  in_crm("Student", "2024-02-01T00:00:00Z");
  EXPECT_EQ(run().run.sources.front().counts.repeated, 1);
  EXPECT_EQ(job(), "Cook");
  in_crm("Pilot", "2024-04-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Pilot");
}

TEST_P(LateRecords, ADeletionTakesARecordsValuesAwayAndOlderVersionsDoNotBringThemBack) {
  in_crm("Cook", "2024-03-01T00:00:00Z");
  run();
  deleted_in_crm("2024-04-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Baker") << "of the shop";
  in_crm("Student", "2024-02-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Baker");
  in_crm("Pilot", "2024-05-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Pilot");
}

TEST_P(LateRecords, ADeletionOlderThanTheLastVersionIsLate) {
  in_crm("Cook", "2024-03-01T00:00:00Z");
  run();
  deleted_in_crm("2024-02-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Cook");
}

TEST_P(LateRecords, WhatAListHasNoMoreCountsNoMoreAndTheLastRecordTakesTheProfileAlong) {
  in_crm("Cook", "2023-03-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Baker");
  not_in_shop();
  EXPECT_EQ(run().run.sources.back().counts.gone, 1);
  EXPECT_EQ(job(), "Cook");
  deleted_in_crm("2024-02-01T00:00:00Z");
  const RunReport last = run();
  EXPECT_EQ(last.run.profiles.removed, 1);
  EXPECT_EQ(job(), "no profile");
  in_shop("Baker", "2024-01-01T00:00:00Z");
  run();
  EXPECT_EQ(job(), "Baker") << "a list tells what is there, however old";
}

TEST_P(LateRecords, ABlankIsNotKnownOrMeansThatThereIsNone) {
  in_crm("", "2024-03-01T00:00:00Z");
  run("ignore");
  EXPECT_EQ(job(), "Baker");
  run("clear");
  EXPECT_EQ(job(), "");
  in_shop("Diver", "2024-04-01T00:00:00Z");
  run("clear");
  EXPECT_EQ(job(), "Diver") << "the shop is more recent";
}

}  // namespace
}  // namespace cdh
