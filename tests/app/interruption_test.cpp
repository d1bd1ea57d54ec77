// Whatever ends a run, the next one continues, and the store becomes what an undisturbed run makes.
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include "tests/app/program.hpp"
#include "tests/app/shop_data.hpp"
#include "tests/app/store_dump.hpp"

namespace cdh::test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr int kDone = 0;
constexpr int kNewlyQuarantined = 6;

// Two dumps are megabytes: only the first lines that differ are worth reading.
std::string difference(const std::string& expected, const std::string& found) {
  const auto at = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  if (at.first == expected.end() && at.second == found.end()) return "";
  const auto line = [](const std::string& text, std::size_t place) {
    const std::size_t begin = place == 0 ? 0 : text.rfind('\n', place - 1) + 1;
    return text.substr(begin, text.find('\n', place) - begin);
  };
  const auto place = static_cast<std::size_t>(at.first - expected.begin());
  return "expected " + line(expected, place) + "\nfound    " + line(found, place);
}

std::string undisturbed_dump(int rows = kRowsPerShop) {
  HubFolder hub;
  write_shops(hub, rows);
  const Outcome outcome = hub.run({"run", "-q"});
  EXPECT_EQ(outcome.exit_code, kNewlyQuarantined) << outcome.out << outcome.err;
  std::string dump = canonical_dump(hub.path() / "c.db");
  for (const char* table : {"\nlink:", "\nprofile:", "\nsales_order:", "\nquarantine:"}) {
    EXPECT_THAT(dump, HasSubstr(table));
  }
  return dump;
}

// Kills `cdh run` as soon as so many source records are committed; says whether it was in time.
bool kill_after(const HubFolder& hub, std::int64_t records) {
  RunningProgram program = hub.start({"run", "-q"});
  const auto store = hub.path() / "c.db";
  while (program.is_running() &&
         (peek(store, "SELECT COUNT(*) FROM run WHERE status = 'running'", 0) == 0 ||
          peek(store, "SELECT COUNT(*) FROM source_record", -1) < records)) {
    std::this_thread::yield();
  }
  program.kill();
  return program.wait().signal == SIGKILL;
}

void expect_sound(const HubFolder& hub) {
  const Outcome check = hub.run({"store", "check"});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

void expect_completed_as(const std::string& expected, const HubFolder& hub) {
  const Outcome outcome = hub.run({"run", "-q"});
  EXPECT_THAT(outcome.exit_code, AnyOf(kDone, kNewlyQuarantined)) << outcome.out << outcome.err;
  EXPECT_EQ(difference(expected, canonical_dump(hub.path() / "c.db")), "");
  expect_sound(hub);
}

// Every source commits when it is read to its end.
constexpr std::int64_t kAllRecords = kShops * (kRowsPerShop - kRowsPerShop / 500) + kOrders;
constexpr std::int64_t kKillPoints[] = {0, 1, kRowsPerShop, kAllRecords / 2, kAllRecords};

TEST(Interruption, AKilledRunIsContinuedByTheNext) {
  const std::string expected = undisturbed_dump();
  int killed = 0;
  for (const std::int64_t records : kKillPoints) {
    SCOPED_TRACE("killed after " + std::to_string(records) + " records");
    HubFolder hub;
    write_shops(hub);
    if (kill_after(hub, records)) ++killed;
    expect_sound(hub);
    expect_completed_as(expected, hub);
  }
  EXPECT_GT(killed, 0) << "every run had ended before it was killed";
}

TEST(Interruption, ARunKilledAgainAndAgainArrivesToo) {
  const std::string expected = undisturbed_dump();
  HubFolder hub;
  write_shops(hub);
  for (const std::int64_t records : kKillPoints) kill_after(hub, records);
  expect_completed_as(expected, hub);
}

TEST(Interruption, ACopyFromTheMiddleOfARunIsAStoreThatTheNextGoesOnFrom) {
  HubFolder hub;
  write_shops(hub);
  const auto store = hub.path() / "c.db";
  {
    RunningProgram program = hub.start({"run", "-q"});
    while (program.is_running() &&
           peek(store, "SELECT COUNT(*) FROM source_record", -1) < kAllRecords / 2) {
      std::this_thread::yield();
    }
    const Outcome copied = hub.run({"store", "backup", "copy.db"});
    EXPECT_EQ(copied.exit_code, 0) << copied.err;
    EXPECT_EQ(program.wait().exit_code, kNewlyQuarantined) << "the run goes on meanwhile";
  }
  if (peek(hub.path() / "copy.db", "SELECT COUNT(*) FROM run WHERE status = 'running'", 0) == 0) {
    GTEST_SKIP() << "the run had ended before it was copied";
  }
  for (const char* former : {"c.db", "c.db-wal", "c.db-shm"}) {
    std::filesystem::remove(hub.path() / former);
  }
  std::filesystem::rename(hub.path() / "copy.db", store);
  expect_sound(hub);
  expect_completed_as(undisturbed_dump(), hub);
}

TEST(Interruption, AKilledRunIsNotedAsDied) {
  HubFolder hub;
  write_shops(hub);
  if (!kill_after(hub, 1)) GTEST_SKIP() << "the run had ended before it was killed";
  EXPECT_THAT(hub.run({"status"}).out, HasSubstr("run 1 died")) << "at once";
  EXPECT_THAT(hub.run({"runs"}).out, HasSubstr("died"));
  hub.run({"run", "-q"});
  EXPECT_THAT(hub.run({"runs"}).out, HasSubstr("died")) << "for ever";
}

TEST(Interruption, AFullDiskFailsTheRunAndNothingElse) {
  constexpr int kRows = 2'000;
  const std::string expected = undisturbed_dump(kRows);
  for (const std::uint64_t largest_file : {1ULL << 20, 4ULL << 20, 6ULL << 20}) {
    SCOPED_TRACE("files of up to " + std::to_string(largest_file) + " bytes");
    HubFolder hub;
    write_shops(hub, kRows);
    Restrictions full_disk;
    full_disk.largest_file = largest_file;
    const Outcome outcome = hub.run({"run", "-q"}, full_disk);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
    EXPECT_EQ(outcome.signal, 0);
    EXPECT_THAT(outcome.err, HasSubstr("is the disk full"));
    expect_sound(hub);
    expect_completed_as(expected, hub);
  }
}

TEST(Interruption, ADiskTooFullForAnEmptyStoreIsSaidSo) {
  HubFolder hub;
  write_shops(hub, 10);
  Restrictions full_disk;
  full_disk.largest_file = 16 << 10;
  const Outcome outcome = hub.run({"run", "-q"}, full_disk);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("c.db"));
  EXPECT_THAT(hub.run({"run", "-q"}).exit_code, kDone);
  expect_sound(hub);
}

TEST(Interruption, ARunThatChangesNothingWritesNothingButItself) {
  HubFolder hub;
  write_shops(hub, 1'000);
  hub.run({"run", "-q"});
  const std::string before = exact_dump(hub.path() / "c.db");
  const Outcome second = hub.run({"run", "-q"});
  EXPECT_EQ(second.exit_code, kDone) << second.err;
  EXPECT_EQ(difference(before, exact_dump(hub.path() / "c.db")), "");
  EXPECT_EQ(peek(hub.path() / "c.db", "SELECT COUNT(*) FROM run", 0), 2);
}

}  // namespace
}  // namespace cdh::test
