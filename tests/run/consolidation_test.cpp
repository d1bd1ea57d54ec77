// What follows from what became of the sources.
#include "hub/run/consolidation.hpp"

#include "hub/base/error.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/made_up_name.hpp"
#include "tests/run/old_store.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

class Consolidation : public SmallHub {
 protected:
  // The columns of a customer who is like no other.
  static std::string person(int number) {
    const std::string name = made_up_name(number);
    return "," + name + "," + name + "@example.com,\n";
  }
  void write_crm(int records) const {
    std::string lines = "id,first,last,mail,born\n";
    for (int i = 0; i < records; ++i) {
      lines += std::to_string(i) + "," + person(i);
    }
    write("crm.csv", lines);
  }
  std::string first_profile() const {
    Database database(config().store, Database::Mode::existing);
    const auto row = database.query("SELECT uuid FROM profile ORDER BY id");
    return row->next() ? std::string(row->text(0)) : "";
  }
  std::int64_t published() const {
    return count_profiles(*std::make_unique<Database>(config().store, Database::Mode::existing));
  }
};

TEST_F(Consolidation, BeyondASafetyLimitNothingIsPublishedUntilSomebodyAgrees) {
  write_crm(200);
  run(config());
  ASSERT_EQ(published(), 201);
  write_crm(50);
  write("shop.csv", "no,name,surname,mail,total\n7,Bob,Ray,bob@example.com,12.50\n");

  for (const bool dry_run : {true, false}) {
    RunOptions options;
    options.dry_run = dry_run;
    const RunReport stopped = consolidate(config(), options);
    EXPECT_EQ(stopped.exit, RunExit::stopped);
    EXPECT_EQ(stopped.run.status, dry_run ? "dry run" : "stopped");
    EXPECT_EQ(stopped.run.profiles, ProfileCounts{.total = 201});
    ASSERT_EQ(stopped.run.sources.front().status, "stopped");
    EXPECT_EQ(
        stopped.run.sources.front().message,
        "150 of 200 records are not delivered any more, more than `limits: gone` allows (50 %), "
        "which looks like a file cut off; none of its records was marked as gone. If it is right "
        "as it is, run `cdh run --accept-changes`");
    EXPECT_EQ(published(), 201);
  }

  RunOptions agreed;
  agreed.accept_changes = true;
  const RunReport done = consolidate(config(), agreed);
  EXPECT_EQ(done.exit, RunExit::done);
  EXPECT_EQ(done.run.profiles, (ProfileCounts{.total = 51, .changed = 1, .removed = 150}))
      << "with what the stopped run read of the shop";
}

// By no other run or act: what was landed of it would come with that.
TEST_F(Consolidation, WhatARunThatDidNotEndRefusedIsToldByTheNext) {
  write("crm.csv",
        "id,first,last,mail,born\n1," + person(1) + "," + person(2));  // the second has no key
  EXPECT_EQ(consolidate(config(), {}).exit, RunExit::newly_quarantined);
  EXPECT_EQ(consolidate(config(), {}).exit, RunExit::done);
  Database(config().store, Database::Mode::existing)
      .execute("UPDATE run SET status = 'died', finished_at = NULL");
  const RunReport next = consolidate(config(), {});
  EXPECT_EQ(next.exit, RunExit::newly_quarantined);
  EXPECT_EQ(
      next.run.message,
      "Earlier runs, which did not end, quarantined 1 record, too; see `cdh quarantine list`");
  EXPECT_EQ(consolidate(config(), {}).exit, RunExit::done);
}

TEST_F(Consolidation, AStopHoldsUntilTheStreamIsReadWhole) {
  write_crm(200);
  run(config());
  std::string strangers = "id,first,last,mail,born\n";
  for (int i = 0; i < 150; ++i) {
    strangers += "x" + std::to_string(i) + "," + person(1000 + i);
  }
  write("crm.csv", strangers);
  ASSERT_EQ(run(config()).exit, RunExit::stopped);

  RunOptions shop_only;
  shop_only.only_sources = {"shop"};
  const RunReport other = consolidate(config(), shop_only);
  EXPECT_EQ(other.exit, RunExit::stopped);
  EXPECT_EQ(other.run.message,
            "run 2 was stopped by a safety limit of crm/crm, see `cdh runs show 2`, and nothing is "
            "published before that is read whole again. If it is right as it is, run `cdh run "
            "--accept-changes`");
  {
    Database database(config().store, Database::Mode::existing);
    try {
      pin_value(database, config(), first_profile(), "family_name", "Fox", "steward");
      ADD_FAILURE() << "the act was published";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::limit);
    }
  }
  EXPECT_EQ(published(), 201);

  write_crm(200);
  EXPECT_EQ(run(config()).exit, RunExit::done);
  EXPECT_EQ(published(), 201) << "the strangers are gone again";
  Database database(config().store, Database::Mode::existing);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM profile WHERE family_name = 'Fox'"), 1)
      << "the decision was kept";
}

TEST_F(Consolidation, MostProfilesAreNotMergedUnseen) {
  write_crm(200);
  run(config());
  std::string one = "id,first,last,mail,born\n";
  for (int i = 0; i < 200; ++i) {
    one += std::to_string(i) + "," + person(i / 20);
  }
  write("crm.csv", one);
  const RunReport stopped = run(config());
  EXPECT_EQ(stopped.exit, RunExit::stopped);
  EXPECT_EQ(
      stopped.run.message,
      "of 201 profiles 190 would be merged into others, 0 split and 0 removed, more than `limits: "
      "profiles` allows (50 %), so nothing was published. See what changed in the sources, in the "
      "mapping or in `match`; if it is "
      "right, run `cdh run --accept-changes`");
  EXPECT_EQ(published(), 201);
  RunOptions agreed;
  agreed.accept_changes = true;
  EXPECT_EQ(consolidate(config(), agreed).run.profiles.merged, 190);
}

// Whatever format the refused ones have, the others of the delivery are not to be trusted either.
TEST_F(Consolidation, NothingOfADeliveryThatIsMostlyRefusedReachesTheProfiles) {
  write_crm(200);
  run(config());
  std::string lines = "id,first,last,mail,born\n";
  for (int i = 0; i < 300; ++i) {
    lines += std::to_string(i) + "," + person(i);
    if (i % 3 == 0) lines.insert(lines.size() - 1, "soon");
  }
  write("crm.csv", lines);
  const RunReport stopped = run(config());
  EXPECT_EQ(stopped.exit, RunExit::stopped);
  EXPECT_EQ(stopped.run.sources.front().counts.added, 67);
  EXPECT_EQ(stopped.run.sources.front().counts.newly_quarantined, 100);
  EXPECT_EQ(published(), 201);
  {
    Database database(config().store, Database::Mode::existing);
    const std::optional<RunEntry> logged = find_run(database, 2);
    EXPECT_EQ(logged->status, "stopped");
    EXPECT_NE(logged->message.find("a safety limit of crm/crm"), std::string::npos);
    EXPECT_NE(logged->sources.front().message.find("100 of 300 records are newly refused"),
              std::string::npos);
  }
  EXPECT_EQ(run(config()).exit, RunExit::stopped) << "and so the next night";
  RunOptions agreed;
  agreed.accept_changes = true;
  EXPECT_EQ(consolidate(config(), agreed).exit, RunExit::newly_quarantined);
  EXPECT_EQ(published(), 268);
}

TEST_F(Consolidation, TheLimitOfProfilesIsTheHubs) {
  write_crm(100);
  run(config());
  write_crm(90);
  const std::string limits = "limits: { profiles: 5 }\n";
  const HubConfig strict =
      parse_hub_config(std::string(kHead) + kCrm + kShop + limits, folder_ / "hub.yaml");
  const RunReport stopped = run(strict);
  EXPECT_EQ(stopped.exit, RunExit::stopped);
  EXPECT_EQ(
      stopped.run.message,
      "of 101 profiles 0 would be merged into others, 0 split and 10 removed, more than `limits: "
      "profiles` allows (5 %), so nothing was published. See what changed in the sources, in the "
      "mapping or in `match`; if it is right, run `cdh run --accept-changes`");
  EXPECT_EQ(run(config()).exit, RunExit::done);
}

// Each version is made in a transaction of its own, so a kill leaves a part of them, and on MariaDB a
// full disk.
TEST_F(Consolidation, FinishesTheStoreThatADyingRunBegan) {
  {
    Database database(config().store, Database::Mode::create);
    database.execute("CREATE TABLE schema_version (version {id}, migrated_at {text} NOT NULL)");
    for (int version = 1; version <= 3; ++version) {
      database.execute(migrations()[static_cast<std::size_t>(version) - 1]);
      database.execute("INSERT INTO schema_version (version, migrated_at) VALUES (" +
                       std::to_string(version) + ", 'then')");
    }
  }
  EXPECT_EQ(run(config()).exit, RunExit::done);
  EXPECT_EQ(published(), 2);
}

TEST_F(Consolidation, AReferenceThatLeadsNowhereIsTold) {
  std::string yaml = std::string(kHead) + kCrm + kShop;
  yaml.replace(yaml.find("{ as: buyer }"), 13, "{ source: crm, stream: crm, key: surname }");
  EXPECT_EQ(
      run(parse_hub_config(yaml, folder_ / "hub.yaml")).run.message,
      "1 reference waits for records that are not there: sales_order.customer to crm/crm (1)");
}

TEST_F(Consolidation, OfAFailedAndAStoppedSourceTheStoppedOneDecides) {
  write_crm(200);
  run(config());
  write_crm(50);
  std::filesystem::remove(folder_ / "shop.csv");
  EXPECT_EQ(run(config()).exit, RunExit::stopped);
  write_crm(200);
  EXPECT_EQ(run(config()).exit, RunExit::source_failed);
}

TEST_F(Consolidation, LeavesAnOlderStoreInUseToItsAdministrator) {
  run(config());
  {
    Database database(config().store, Database::Mode::existing);
    take_back_to_version_9(database);
  }
  EXPECT_THROW(run(config()), Error);
}

}  // namespace
}  // namespace cdh
