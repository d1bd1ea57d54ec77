// Refused records of a feed once more: split ones, outdated ones.
#include "hub/ingest/quarantine_retry.hpp"

#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// `field`: what the day of birth fills; as an occupation it may be any text.
std::string feed(const std::string& field, const std::string& more = "") {
  return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, fields: [id, name, "
         "born] }\n    streams:\n      feed:\n" +
         more + "        map: [ { into: person, fields: { family_name: name, " + field +
         ": born } } ]\n";
}
const std::string kStrict = feed("birth_date");
const std::string kLenient = feed("occupation");

class QuarantineRetryTest : public LandingNight {
 protected:
  std::string deliver(const std::string& lines, const std::string& yaml = kStrict) {
    delivered_ += lines;
    hub_.write("feed.txt", delivered_);
    return read(yaml);
  }

  RetryCounts retry(const std::string& yaml) {
    HubConfig config = hub_.config(yaml);
    config.plugins = {CDH_TEST_PLUGIN_FOLDER};
    PluginRegistry plugins(plugin_folders(config.plugins));
    const auto entries = list_quarantined(database_, "", 1000);
    const SourceOffers offers = ask_sources(config, plugins, entries);
    return retry_quarantined(database_, config, plugins, offers, begin_run(database_), entries);
  }
  std::string delivered_;
};
INSTANTIATE_TEST_SUITE_P(On, QuarantineRetryTest, kEveryStore, store_kind_name);

TEST_P(QuarantineRetryTest, ASplitRowKeepsItsEntries) {
  const std::string unfold =
      "        transforms: [ { use: unfold, key: id, parts: [home, work] } ]\n";
  const std::string yaml = feed("birth_date", unfold);
  EXPECT_EQ(deliver("+7|Jan|notadate\n", yaml), "read=1 quarantined=2 new=2 split=1");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(retry(yaml).still_refused, 2);
    EXPECT_EQ(quarantined().size(), 2);
  }
  EXPECT_EQ(deliver("+7|Jan|notadate\n", yaml), "read=1 quarantined=2 split=1");
  EXPECT_EQ(retry(feed("occupation", unfold)).landed, 2);
  EXPECT_EQ(records().size(), 2);
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_P(QuarantineRetryTest, ADeletedRecordStaysDeleted) {
  deliver("+1|Lee|1980-01-02\n+1|Bad|nodate\n");
  EXPECT_EQ(quarantined().size(), 1);
  deliver("-1\n");
  EXPECT_THAT(quarantined(), IsEmpty()) << "older than the deletion";
  EXPECT_EQ(retry(kLenient).landed, 0);
  EXPECT_THAT(records(), IsEmpty());
}

// Its entry was kept by a version of the hub that did not remove it.
TEST_P(QuarantineRetryTest, WhatIsGoneSinceARefusalStaysGone) {
  deliver("+1|Lee|1980-01-02\n+1|Bad|nodate\n");
  database_.execute("UPDATE quarantine SET source_key = NULL");
  deliver("-1\n");
  ASSERT_EQ(quarantined().size(), 1);
  EXPECT_EQ(retry(kLenient).left_out, 1);
  EXPECT_THAT(records(), IsEmpty());
  EXPECT_THAT(quarantined(), IsEmpty());
}

TEST_P(QuarantineRetryTest, AVersionRefusedAfterTheDeletionLands) {
  deliver("+1|Lee|1980-01-02\n");
  deliver("-1\n+1|Bad|nodate\n");
  EXPECT_EQ(retry(kLenient).landed, 1);
  EXPECT_EQ(records().size(), 1);
}

TEST_P(QuarantineRetryTest, AGoodVersionTakesTheOlderRefusedOneAway) {
  deliver("+1|Bad|nodate\n+2|Ray|nodate\n");
  EXPECT_EQ(deliver("+1|Lee|1980-01-02\n"), "read=1 added=1");
  EXPECT_THAT(quarantined(), ElementsAre(testing::StartsWith("2 ")));
}

// Of a feed they do not come again.
TEST_P(QuarantineRetryTest, RecordsWithNewFieldsLandOnceThePolicyIsAnother) {
  const auto yaml = [](const std::string& fields, const std::string& drift) {
    return "sources:\n  crm:\n    connector: feed\n    config: { path: feed.txt, fields: [" +
           fields + "] }\n    streams:\n      feed:\n        drift: " + drift +
           "\n        map: [ { into: person, fields: { family_name: name } } ]\n";
  };
  deliver("+1|Lee\n", yaml("id, name", "quarantine"));
  EXPECT_EQ(deliver("+1|Fox|yes\n+2|Ray\n", yaml("id, name, vip", "quarantine")),
            "read=2 added=1 quarantined=1 new=1");
  EXPECT_EQ(retry(yaml("id, name, vip", "quarantine")).still_refused, 1);
  EXPECT_EQ(retry(yaml("id, name, vip", "evolve")).landed, 1);
  EXPECT_THAT(quarantined(), IsEmpty());
  EXPECT_THAT(records(), ElementsAre("1 {\"family_name\":\"Fox\"}", "2 {\"family_name\":\"Ray\"}"));
}

TEST_P(QuarantineRetryTest, AReasonNeverShowsASecret) {
  ::setenv("CDH_TEST_TOKEN", "opensesame", 1);
  const auto refusing = [](const std::string& name) {
    return feed("occupation",
                "        transforms: [ { use: filter, quarantine_if: { name: " + name +
                    " }, reason: 'token ${env:CDH_TEST_TOKEN} is " + name + "' } ]\n");
  };
  deliver("+1|Lee|\n", refusing("Le*"));
  EXPECT_THAT(quarantined(), ElementsAre("1 token *** is Le*"));
  EXPECT_EQ(retry(refusing("L*")).still_refused, 1);
  EXPECT_THAT(quarantined(), ElementsAre("1 token *** is L*"));
}

TEST_P(QuarantineRetryTest, AVersionThatIsFilteredNowTakesItsRecordAway) {
  deliver("+1|Lee|1980-01-02\n+2|Ray|1980-01-02\n");
  deliver("+1|Bad|nodate\n");
  const std::string filter =
      feed("birth_date", "        transforms: [ { use: filter, drop_if: { name: Bad } } ]\n");
  EXPECT_EQ(retry(filter).left_out, 1);
  EXPECT_THAT(records(), ElementsAre(testing::StartsWith("2 ")));
  EXPECT_THAT(quarantined(), IsEmpty());
}

// The deletion takes the entry away before the same version comes once more.
TEST_P(QuarantineRetryTest, ADeletionAndTheSameRefusalAgainLeaveOneEntry) {
  deliver("+1|Lee|1980-01-02\n+1|Bad|nodate\n");
  deliver("-1\n+1|Bad|nodate\n");
  EXPECT_EQ(quarantined().size(), 1);
  EXPECT_THAT(records(), IsEmpty());
}

}  // namespace
}  // namespace cdh
