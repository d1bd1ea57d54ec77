// A source's thread and the one that writes: what each does while it waits for the other.
#include <chrono>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "hub/base/error.hpp"
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

class IngestThreadsTest : public LandingNight {
 protected:
  std::string path(const char* file) const { return (hub_.folder() / file).string(); }
};
INSTANTIATE_TEST_SUITE_P(On, IngestThreadsTest, testing::Values(StoreKind::sqlite),
                         store_kind_name);

// Else whoever wants to write would wait as long.
TEST_P(IngestThreadsTest, WhatIsWrittenIsCommittedWhileASlowSourceIsWaitedFor) {
  hub_.write("feed.txt", "+1|Lee\n+2|Ray\n");
  ASSERT_EQ(::mkfifo(path("gate").c_str(), 0600), 0);
  std::promise<void> first_is_written;
  bool is_told = false;
  IngestOptions options;
  options.progress = [&](std::int64_t read) {
    if (read > 0 && !std::exchange(is_told, true)) first_is_written.set_value();
  };
  std::thread run([&] {
    read(
        "sources: { crm: { connector: feed, config: { path: feed.txt, gate: gate, rows: 1, fields: "
        "[id, name] }, streams: { feed: { map: [] } } } }",
        options);
  });
  first_is_written.get_future().wait();
  {
    Database steward(hub_.store(), Database::Mode::existing);
    steward.execute("PRAGMA busy_timeout = 20000");
    try {
      Transaction waits_its_turn(steward);
      EXPECT_EQ(steward.number("SELECT COUNT(*) FROM source_record"), 1);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
  std::ofstream go_on(path("gate"));
  run.join();
  EXPECT_EQ(records().size(), 2);
}

// The source that comes first is not heard of before the gate opens.
constexpr const char* kOneHangsAndOneDoesNot =
    "sources: { hanging: { connector: feed, config: { path: feed.txt, discover_gate: gate, fields: "
    "[id, name] }, streams: { feed: { map: [] } } }, crm: { connector: feed, config: { path: "
    "feed.txt, fields: [id, name] }, streams: { feed: { map: [] } } } }";

TEST_P(IngestThreadsTest, ASourceThatHangsBeforeItTellsItsStreamsKeepsNobodyWaiting) {
  hub_.write("feed.txt", "+1|Lee\n+2|Ray\n");
  ASSERT_EQ(::mkfifo(path("gate").c_str(), 0600), 0);
  std::promise<void> other_is_written;
  bool is_told = false;
  IngestOptions options;
  options.progress = [&](std::int64_t read) {
    if (read > 0 && !std::exchange(is_told, true)) other_is_written.set_value();
  };
  std::thread run([&] { read(kOneHangsAndOneDoesNot, options); });
  EXPECT_EQ(other_is_written.get_future().wait_for(std::chrono::seconds(20)),
            std::future_status::ready);
  {
    Database steward(hub_.store(), Database::Mode::existing);
    steward.execute("PRAGMA busy_timeout = 20000");
    try {
      Transaction waits_its_turn(steward);
      EXPECT_EQ(steward.number("SELECT COUNT(*) FROM source_record"), 2);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
  std::ofstream go_on(path("gate"));
  run.join();
  EXPECT_EQ(records().size(), 4);
}

// Each can only go on when the other has begun, in either direction: so both are read at once, and how
// long reading takes is for the slowest alone to say.
TEST_P(IngestThreadsTest, SourcesAreReadAtOnce) {
  hub_.write("feed.txt", "+1|Lee\n+2|Ray\n");
  ASSERT_EQ(::mkfifo(path("there").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo(path("back").c_str(), 0600), 0);
  std::promise<void> all_is_read;
  std::thread run([&] {
    read(
        "sources: { crm: { connector: feed, config: { path: feed.txt, lets_in: there, gate: back, "
        "rows: 1, fields: [id, name] }, streams: { feed: { map: [] } } }, shop: { connector: feed, "
        "config: { path: feed.txt, waits_for: there, streams: [one, two], fields: [id, name] }, "
        "streams: { one: { map: [] } } }, erp: { connector: feed, config: { path: feed.txt, "
        "lets_in: "
        "back, fields: [id, name] }, streams: { feed: { map: [] } } } }");
    all_is_read.set_value();
  });
  const auto is_read = all_is_read.get_future().wait_for(std::chrono::seconds(60));
  // So that who waits for another that never comes does not wait for ever.
  std::fstream there(path("there")), back(path("back"));
  run.join();
  EXPECT_EQ(is_read, std::future_status::ready);
  EXPECT_EQ(records().size(), 6);
}

TEST_P(IngestThreadsTest, AfterAFailureOfTheStoreWhatHangsIsCancelled) {
  hub_.write("feed.txt", "+1|Lee\n");
  ASSERT_EQ(::mkfifo(path("gate").c_str(), 0600), 0);
  IngestOptions options;
  options.progress = [](std::int64_t) { throw Error(ErrorKind::store, "the disk is full"); };
  EXPECT_THROW(read(kOneHangsAndOneDoesNot, options), Error);
}

TEST_P(IngestThreadsTest, AfterAFailureOfTheStoreNoFurtherStreamIsStarted) {
  std::string lines;  // more batches than wait in the queue
  for (int i = 0; i < 100; ++i) lines += "+" + std::to_string(i) + "|Lee\n";
  hub_.write("feed.txt", lines);
  IngestOptions options;
  options.progress = [](std::int64_t) { throw Error(ErrorKind::store, "the disk is full"); };
  EXPECT_THROW(read("sources: { crm: { connector: feed, config: { path: feed.txt, log: log, rows: "
                    "1, streams: [one, two], fields: [id, name] }, streams: { one: { map: [] }, "
                    "two: { map: [] } } } }",
                    options),
               Error);
  std::stringstream started;
  started << std::ifstream(path("log")).rdbuf();
  EXPECT_EQ(started.str(), "one\n");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// While it lives, this process has room for the stack of one more thread, not for two.
class RoomForOneThread {
 public:
  RoomForOneThread() {
    ::pthread_getattr_default_np(&usual_);
    pthread_attr_t large;
    ::pthread_attr_init(&large);
    ::pthread_attr_setstacksize(&large, kStack);
    ::pthread_setattr_default_np(&large);
    ::pthread_attr_destroy(&large);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    ::getrlimit(RLIMIT_AS, &limit_);
    const rlimit small = {pages * 4096 + kStack * 3 / 2, limit_.rlim_max};
    ::setrlimit(RLIMIT_AS, &small);
  }
  ~RoomForOneThread() {
    ::setrlimit(RLIMIT_AS, &limit_);
    ::pthread_setattr_default_np(&usual_);
    ::pthread_attr_destroy(&usual_);
  }
  RoomForOneThread(const RoomForOneThread&) = delete;
  RoomForOneThread& operator=(const RoomForOneThread&) = delete;

 private:
  static constexpr std::size_t kStack = std::size_t{1} << 30;
  pthread_attr_t usual_{};
  rlimit limit_{};
};

TEST_P(IngestThreadsTest, WhenNoFurtherThreadStartsTheFirstIsCancelled) {
  hub_.write("feed.txt", "+1|Lee\n");
  ASSERT_EQ(::mkfifo(path("gate").c_str(), 0600), 0);
  try {
    const RoomForOneThread room;
    read(kOneHangsAndOneDoesNot);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("cannot start a thread to read source crm: "));
  }
}
#endif

}  // namespace
}  // namespace cdh
