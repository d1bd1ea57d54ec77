// What follows from what became of the sources.
#include "hub/run/consolidation.hpp"

#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

class Consolidation : public SmallHub {
 protected:
  void write_crm(int records) const {
    std::string lines = "id,first,last,mail,born\n";
    for (int i = 0; i < records; ++i) {
      const std::string id = std::to_string(i);
      lines += id + ",Ann,Lee,ann" + id + "@example.com,\n";
    }
    write("crm.csv", lines);
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
        "150 of 200 records are not delivered any more, which looks like a file cut off; none "
        "of them was marked as gone. If it is right, run `cdh run --accept-changes`");
    EXPECT_EQ(published(), 201);
  }

  RunOptions agreed;
  agreed.accept_changes = true;
  const RunReport done = consolidate(config(), agreed);
  EXPECT_EQ(done.exit, RunExit::done);
  EXPECT_EQ(done.run.profiles, (ProfileCounts{.total = 51, .changed = 1, .removed = 150}))
      << "with what the stopped run read of the shop";
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

}  // namespace
}  // namespace cdh
