#include "hub/run/maintenance.hpp"

#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <thread>

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "hub/base/error.hpp"
#include "hub/merge/lineage.hpp"
#include "hub/store/export.hpp"
#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/quarantine.hpp"
#include "hub/store/run_lock.hpp"
#include "hub/store/source_catalog.hpp"
#include "hub/store/store_check.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kWho = "admin";

class Maintenance : public SmallHub {
 protected:
  // Takes any text as the day of birth, which the usual mapping refuses.
  HubConfig lenient() const { return config("occupation"); }

  RetryCounts retry(const HubConfig& with, const std::vector<std::int64_t>& ids = {}) const {
    Database database(with.store, Database::Mode::existing);
    return retry_quarantine(database, with, ids, kWho).counts;
  }
  std::vector<QuarantineEntry> quarantined() const {
    Database database(config().store, Database::Mode::existing);
    return list_quarantined(database, "", 100);
  }
  // With its raw record.
  QuarantineEntry first_quarantined() const {
    Database database(config().store, Database::Mode::existing);
    return find_quarantined(database, quarantined().at(0).id).value();
  }
  // Record to profile.
  std::map<std::string, std::string> links() const {
    Database database(config().store, Database::Mode::existing);
    Export rows(database, "links");
    std::map<std::string, std::string> out;
    while (rows.next()) {
      const auto row = nlohmann::json::parse(rows.json_line());
      out[row["source"].get<std::string>() + ":" + row["source_key"].get<std::string>()] =
          row["profile_id"];
    }
    return out;
  }
  std::int64_t number(const std::string& sql) const {
    Database database(config().store, Database::Mode::existing);
    return database.number(sql);
  }
  std::string last_audit_event() const {
    Database database(config().store, Database::Mode::existing);
    const auto row =
        database.query("SELECT who, action, subject FROM audit_event ORDER BY id DESC LIMIT 1");
    if (!row->next()) return "";
    return std::string(row->text(0)) + ": " + std::string(row->text(1)) + " " +
           std::string(row->text(2));
  }
  CatalogEntry catalog(const std::string& source) const {
    Database database(config().store, Database::Mode::existing);
    for (const CatalogEntry& entry : source_catalog(database)) {
      if (entry.source == source) return entry;
    }
    return {};
  }
};

std::string failure_of(ErrorKind kind, const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "";
}

// --- Refused records once more -------------------------------------------------------------------

TEST_F(Maintenance, ARecordThatPassesTheRepairedMappingLandsAndIsPublishedAtOnce) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,ann@example.com,someday\n");
  run(config());
  ASSERT_EQ(quarantined().size(), 1U);
  EXPECT_FALSE(links().contains("crm:1"));

  const RetryCounts counts = retry(lenient());
  EXPECT_EQ(counts.landed, 1);
  EXPECT_EQ(counts.still_refused + counts.left_out + counts.not_tried, 0);
  EXPECT_TRUE(quarantined().empty());
  EXPECT_EQ(links().at("crm:1"), links().at("shop:7"));
  EXPECT_EQ(last_audit_event(), "admin: quarantine retry 1 record");

  const RunReport next = run(lenient());
  EXPECT_EQ(next.run.sources[0].counts.unchanged, 1);
  EXPECT_EQ(next.run.profiles.changed + next.run.profiles.created, 0);
}

TEST_F(Maintenance, WhatIsRefusedAgainStaysWithItsOriginAndPresentReason) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n2,Bob,Ray,,1980-01-02\n");
  run(config());
  const QuarantineEntry before = first_quarantined();
  const RetryCounts counts = retry(config("children_count"));
  EXPECT_EQ(counts.landed, 0);
  EXPECT_EQ(counts.still_refused, 1);
  ASSERT_EQ(quarantined().size(), 1U);
  const QuarantineEntry after = first_quarantined();
  EXPECT_EQ(after.id, before.id);
  EXPECT_EQ(after.origin, before.origin);
  EXPECT_EQ(after.position, before.position);
  EXPECT_EQ(after.raw, before.raw);
  EXPECT_EQ(after.field, "born");
  EXPECT_GT(after.run_id, before.run_id);
}

// It has said itself what it refused, so the next night has no news.
TEST_F(Maintenance, WhatARetryRefusesAgainIsNoNewsOfTheNextRun) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n2,Bob,Ray,,1980-01-02\n");
  run(config());
  ASSERT_EQ(run(config()).exit, RunExit::done);
  ASSERT_EQ(retry(config()).still_refused, 1);
  const RunReport next = run(config());
  EXPECT_EQ(next.exit, RunExit::done);
  EXPECT_EQ(next.run.message, "");
}

// Nobody can say how long that takes, and others wait for who writes.
TEST_F(Maintenance, ASourceIsAskedBeforeARetryWrites) {
  const auto feed = [&](const std::string& born_into, const std::string& more) {
    return parse_hub_config("hub: { store: sqlite://hub.db, plugins: [" CDH_TEST_PLUGIN_FOLDER
                            "] }\nsources: { crm: { connector: feed, config: { path: feed.txt, "
                            "fields: [id, name, born]" +
                                more +
                                " }, streams: { feed: { map: [ { into: person, fields: { "
                                "family_name: name, " +
                                born_into + ": born } } ] } } } }\n",
                            folder_ / "hub.yaml");
  };
  write("feed.txt", "+7|Lee|someday\n");
  run(feed("birth_date", ""));
  ASSERT_EQ(quarantined().size(), 1U);
  ASSERT_EQ(::mkfifo((folder_ / "gate").c_str(), 0600), 0);
  Database steward(config().store, Database::Mode::existing);
  const auto fence = [&] { return last_lock_holder(steward)->fence; };
  const std::int64_t before = fence();
  std::future<RetryCounts> retrying = std::async(
      std::launch::async, [&] { return retry(feed("occupation", ", discover_gate: gate")); });
  while (fence() == before) std::this_thread::yield();  // to take the lock is a short write
  {
    const Transaction writing(steward);
    auto asked = std::async(std::launch::async, [&] { std::ofstream(folder_ / "gate"); });
    EXPECT_EQ(asked.wait_for(std::chrono::seconds(20)), std::future_status::ready)
        << "it is asked only when the retry may write";
  }
  EXPECT_EQ(retrying.get().landed, 1);
}

TEST_F(Maintenance, OnlyTheNamedEntriesAreTried) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n2,Bob,Ray,,another day\n");
  run(config());
  ASSERT_EQ(quarantined().size(), 2U);
  const std::int64_t second = quarantined()[1].id;
  EXPECT_EQ(retry(lenient(), {second, second}).landed, 1);
  ASSERT_EQ(quarantined().size(), 1U);
  EXPECT_EQ(quarantined()[0].source_key, "1");
  EXPECT_NE(failure_of(ErrorKind::config, [&] { retry(config(), {second}); })
                .find("there is no quarantined record"),
            std::string::npos);
}

TEST_F(Maintenance, ASecondRecordWithAKeyNeverReplacesTheFirst) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,\n1,Eve,Fox,,\n");
  run(config());
  ASSERT_EQ(quarantined().size(), 1U);
  run(config());  // the first is unchanged by now
  const RetryCounts counts = retry(config());
  EXPECT_EQ(counts.landed, 0);
  EXPECT_EQ(counts.still_refused, 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM source_record WHERE mapped LIKE '%Eve%'"), 0);
  run(lenient());  // another pipeline maps both anew
  EXPECT_EQ(quarantined().size(), 1U);
}

TEST_F(Maintenance, AnOlderVersionNeverReplacesTheOneThatLandedSince) {
  const std::string incremental = "        mode: incremental";
  write("crm.csv", "id,first,last,mail,born\n1,Old,Lee,,someday\n");
  run(config("birth_date", incremental));
  write("crm.csv", "id,first,last,mail,born\n1,New,Lee,,1980-02-13\n");
  run(config("birth_date", incremental));
  EXPECT_TRUE(quarantined().empty()) << "the newer version took its place";
  EXPECT_EQ(retry(config("occupation", incremental)).landed, 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM source_record WHERE mapped LIKE '%Old%'"), 0);
}

TEST_F(Maintenance, ALaterVersionReplacesTheOneThatLandedBefore) {
  for (const char* mode : {"        mode: full", "        mode: incremental"}) {
    SetUp();
    write("crm.csv", "id,first,last,mail,born\n1,Old,Lee,,1980-11-02\n");
    run(config("birth_date", mode));
    write("crm.csv", "id,first,last,mail,born\n1,New,Lee,,someday\n");
    run(config("birth_date", mode));
    run(config("birth_date", mode));
    ASSERT_EQ(quarantined().size(), 1U) << mode;
    EXPECT_EQ(retry(config("occupation", mode)).landed, 1) << mode;
    EXPECT_EQ(number("SELECT COUNT(*) FROM source_record WHERE mapped LIKE '%New%'"), 1) << mode;
    EXPECT_EQ(number("SELECT COUNT(*) FROM source_record WHERE mapped LIKE '%Old%'"), 0) << mode;
  }
}

TEST_F(Maintenance, WhatTheConnectorRefusedIsNotTried) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,,one,field,too,many\n");
  run(config());
  ASSERT_EQ(quarantined().size(), 1U);
  EXPECT_EQ(quarantined()[0].pipeline_id, 0);
  const RetryCounts counts = retry(config());
  EXPECT_EQ(counts.not_tried, 1);
  EXPECT_EQ(quarantined().size(), 1U);
}

TEST_F(Maintenance, ASourceThatIsNotConfiguredAnyMoreIsAProblemOfItsOwn) {
  write("shop.csv", "no,name,surname,mail,total\n7,Ann,Lee,,much\n");
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n");
  run(config());
  ASSERT_EQ(quarantined().size(), 2U);
  HubConfig without_shop = lenient();
  without_shop.sources.pop_back();
  const RetryCounts counts = retry(without_shop);
  EXPECT_EQ(counts.landed, 1);
  EXPECT_EQ(counts.not_tried, 1);
  ASSERT_EQ(counts.problems.size(), 1U);
  EXPECT_EQ(counts.problems[0], "shop/shop: the source is not in hub.yaml any more");
}

// --- Sources -------------------------------------------------------------------------------------

TEST_F(Maintenance, RemovingASourceTakesItsRecordsOutOfTheProfilesAtOnce) {
  run(config());
  const std::string ann = links().at("crm:1");
  {
    Database database(config().store, Database::Mode::existing);
    const RemovalResult result = remove_source(database, config_without_shop(), "shop", kWho);
    EXPECT_EQ(result.records, 1);
    EXPECT_EQ(result.profiles.total, 2);
  }
  EXPECT_EQ(last_audit_event(), "admin: source remove shop");
  EXPECT_EQ(links().size(), 2U);
  EXPECT_EQ(links().at("crm:1"), ann);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sales_order"), 0);
  EXPECT_EQ(catalog("shop").present, 0);
  EXPECT_EQ(catalog("shop").gone, 1);

  run(config());  // and back
  EXPECT_EQ(links().at("shop:7"), ann);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sales_order"), 1);
}

TEST_F(Maintenance, AStreamCanBeRemovedAlone) {
  run(config());
  Database database(config().store, Database::Mode::existing);
  const std::string unknown = failure_of(
      ErrorKind::config, [&] { remove_source(database, config(), "shop/orders", kWho); });
  EXPECT_NE(unknown.find("the store has no stream \"shop/orders\""), std::string::npos) << unknown;
  EXPECT_EQ(remove_source(database, config(), "shop/shop", kWho).records, 1);
  EXPECT_EQ(last_audit_event(), "admin: source remove shop/shop");
  EXPECT_EQ(catalog("shop").present, 0);
  EXPECT_EQ(catalog("crm").present, 2);
}

TEST_F(Maintenance, ARenamedSourceKeepsItsRecordsProfilesAndDecisions) {
  run(config());
  const auto before = links();
  {
    Database database(config().store, Database::Mode::existing);
    rename_source_as(database, config_without_shop(), "shop", "store", kWho);
  }
  EXPECT_EQ(last_audit_event(), "admin: source rename shop store");
  HubConfig renamed = config();
  renamed.sources.back().name = "store";
  const RunReport report = run(renamed);
  EXPECT_EQ(report.run.sources.back().counts.unchanged, 1);
  EXPECT_EQ(links().at("store:7"), before.at("shop:7"));
  EXPECT_EQ(links().at("crm:1"), before.at("crm:1"));
  EXPECT_EQ(links().at("crm:2"), before.at("crm:2"));
}

// What others decide meanwhile waits from then on.
TEST_F(Maintenance, AnActIsNotedWhenAllElseIsDone) {
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,someday\n");
  run(config());
  Database(config().store, Database::Mode::existing)
      .execute(
          "CREATE TABLE noted (during TEXT); CREATE TRIGGER note AFTER INSERT ON audit_event BEGIN "
          "INSERT INTO noted SELECT status FROM run ORDER BY id DESC LIMIT 1; END");
  retry(lenient());
  Database database(config().store, Database::Mode::existing);
  remove_source(database, config_without_shop(), "shop", kWho);
  EXPECT_EQ(number("SELECT COUNT(*) FROM noted WHERE during = 'done'"), 2);
}

// People under a name, and orders that refer to them.
class RenamedReferences : public Maintenance {
 protected:
  void SetUp() override {
    Maintenance::SetUp();
    write("orders.csv", "no,cust\nA1,1\nA2,2\nA3,3\n");
  }
  HubConfig named(const std::string& name) const {
    return parse_hub_config(
        "hub: { store: sqlite://hub.db, country: US }\nsources:\n  " + name +
            ":\n    connector: csv\n    config: { path: crm.csv, stream: people }\n"
            "    streams: { people: { key: id, map: [ { into: person, fields: { given_name: first,"
            " family_name: last } } ] } }\n"
            "  shop:\n    connector: csv\n    config: { path: orders.csv }\n"
            "    streams: { orders: { key: no, map: [ { into: sales_order, fields: { number: no },"
            " refs: { customer: { source: " +
            name + ", stream: people, key: cust } } } ] } }\n",
        folder_ / "hub.yaml");
  }
};

// The shop was read in between, so that the new name and its stream are known, but hold nothing.
TEST_F(RenamedReferences, WhatWaitsForTheNewNameOfASourceFindsItsRecordsAfterTheRename) {
  run(named("crm"));
  const HubConfig renamed = named("erp");
  RunOptions only_shop;
  only_shop.only_sources = {"shop"};
  consolidate(renamed, only_shop);
  ASSERT_EQ(number("SELECT COUNT(*) FROM sales_order WHERE customer_id IS NULL"), 3);
  const std::int64_t largest = number("SELECT MAX(id) FROM stream");
  {
    Database database(renamed.store, Database::Mode::existing);
    rename_source_as(database, renamed, "crm", "erp", kWho);
    EXPECT_TRUE(check_store(database, is_lineage).faults.empty());
  }
  run(renamed);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sales_order WHERE customer_id IS NULL"), 1);  // A3
  write("crm.csv", "id,first,last,mail,born\n3,Eve,Fox,,\n");
  run(renamed);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sales_order WHERE customer_id IS NOT NULL"), 1);
  Database database(renamed.store, Database::Mode::existing);
  EXPECT_GT(stream_id(database, "erp", "leads"), largest) << "an id is never used again";
}

// A store of before the above: the stream was removed, and the references stayed behind.
TEST_F(RenamedReferences, AReferenceThatWaitsForARemovedStreamIsLookedUpAnew) {
  run(named("crm"));
  Database(named("crm").store, Database::Mode::existing)
      .execute("UPDATE unresolved_ref SET stream_id = 99");
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,,\n2,Bob,Ray,,\n3,Eve,Fox,,\n");
  run(named("crm"));
  EXPECT_EQ(number("SELECT COUNT(*) FROM sales_order WHERE customer_id IS NULL"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM unresolved_ref"), 0);
}

TEST_F(Maintenance, TheStoreCheckFindsAReferenceThatWaitsForNoStream) {
  run(config());
  Database database(config().store, Database::Mode::existing);
  ASSERT_TRUE(check_store(database, is_lineage).faults.empty());
  database.execute(
      "INSERT INTO unresolved_ref (event_id, ref, entity, stream_id, source_key) "
      "VALUES (1, 'customer', 'sales_order', 99, 'x')");
  EXPECT_EQ(check_store(database, is_lineage).faults,
            std::vector<std::string>{"unresolved_ref rows whose stream_id is not in stream: 99"});
}

TEST_F(Maintenance, DecisionsFollowARenamedSource) {
  run(config());
  {
    Database database(config().store, Database::Mode::existing);
    StoredDecision decision;
    decision.kind = "apart";
    decision.left = "shop/shop/7/buyer";
    decision.right = "crm/crm/1/person";
    decision.made_by = decision.made_at = "then";
    add_decisions(database, {decision});
    rename_source_as(database, config_without_shop(), "shop", "store", kWho);
    EXPECT_EQ(decisions(database).at(0).left, "store/shop/7/buyer");
    EXPECT_EQ(decisions(database).at(0).right, "crm/crm/1/person");
  }
  HubConfig renamed = config();
  renamed.sources.back().name = "store";
  run(renamed);
  EXPECT_NE(links().at("store:7"), links().at("crm:1"));
}

TEST_F(Maintenance, NamesThatDoNotFitAreRefused) {
  run(config());
  Database database(config().store, Database::Mode::existing);
  const auto rename = [&](const std::string& from, const std::string& to) {
    return failure_of(ErrorKind::config,
                      [&] { rename_source_as(database, config_without_shop(), from, to, kWho); });
  };
  EXPECT_EQ(
      rename("shop", "The Shop"),
      "\"The Shop\": the name of a source may hold only a-z, 0-9, _ and -, at most 60 of them");
  EXPECT_EQ(rename("shpo", "store"), "the store has no source \"shpo\"; did you mean \"shop\"?");
  EXPECT_EQ(rename("newsletter", "store"),
            "the store has no source \"newsletter\"; known: crm, shop");
  EXPECT_EQ(rename("shop", "shop"), "the source is called shop already");
}

TEST_F(Maintenance, ASourceIsNotRenamedWhileTheConfigurationNamesIt) {
  run(config());
  Database database(config().store, Database::Mode::existing);
  EXPECT_EQ(failure_of(ErrorKind::config,
                       [&] { rename_source_as(database, config(), "shop", "store", kWho); }),
            "the configuration still names shop, so the next run would take it for a new source "
            "and hold everything twice; call it store there first, then repeat this");
  EXPECT_EQ(catalog("shop").present, 1);
  EXPECT_EQ(catalog("store").present, 0);
}

// A night came between the change of the file and the command.
TEST_F(Maintenance, ASourceIsNotRenamedToOneThatHasRecordsAndTheOldOneCanBeTakenOut) {
  run(config());
  const auto before = links();
  HubConfig renamed = config();
  renamed.sources.back().name = "store";
  run(renamed);
  {
    Database database(config().store, Database::Mode::existing);
    EXPECT_EQ(failure_of(ErrorKind::config,
                         [&] { rename_source_as(database, renamed, "shop", "store", kWho); }),
              "the store has a source \"store\" already, with 1 record of its own in shop, and two "
              "sources cannot become one. If they are those of shop, read once more under the new "
              "name, take the old ones out: `cdh source remove shop`");
    remove_source(database, renamed, "shop", kWho);
  }
  EXPECT_FALSE(links().contains("shop:7"));
  EXPECT_EQ(links().at("store:7"), before.at("shop:7"));
}

TEST_F(Maintenance, AProfileThatWentComesBackUnderTheSourcesNewName) {
  run(config());
  const std::string bob = links().at("crm:2");
  write("crm.csv", "id,first,last,mail,born\n1,Ann,Lee,ann@example.com,1980-01-02\n");
  run(config());
  ASSERT_FALSE(links().contains("crm:2"));
  HubConfig renamed = config();
  renamed.sources.front().name = "people";
  {
    Database database(config().store, Database::Mode::existing);
    rename_source_as(database, renamed, "crm", "people", kWho);
  }
  write("crm.csv",
        "id,first,last,mail,born\n1,Ann,Lee,ann@example.com,1980-01-02\n"
        "2,Bob,Ray,bob@example.com,1981-02-03\n");
  run(renamed);
  EXPECT_EQ(links().at("people:2"), bob);
}

TEST_F(Maintenance, NothingHappensWhileARunHoldsTheLock) {
  run(config());
  Database runs(config().store, Database::Mode::existing);
  ASSERT_TRUE(runs.try_lock_for_run());
  Database database(config().store, Database::Mode::existing);
  for (const std::function<void()>& act : std::vector<std::function<void()>>{
           [&] { retry_quarantine(database, config(), {}, kWho); },
           [&] { remove_source(database, config(), "shop", kWho); },
           [&] { rename_source_as(database, config_without_shop(), "shop", "store", kWho); }}) {
    EXPECT_NE(failure_of(ErrorKind::conflict, act).find("a run holds the lock"), std::string::npos);
  }
  EXPECT_EQ(catalog("shop").present, 1);
}

}  // namespace
}  // namespace cdh
