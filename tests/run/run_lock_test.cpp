// A run that loses its lock, and one that finds it held.
#include <csignal>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/run/consolidation.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/run/store_dump.hpp"
#include "hub/store/schema.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kSources = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail] }
)";

class RunLock : public testing::TestWithParam<StoreKind> {
 protected:
  RunLock() { deliver(hub_); }

  static void deliver(const TestHub& hub) {
    hub.write("crm.csv",
              "id,first,last,mail\n1,Ann,Lee,ann@example.com\n2,Bob,Ray,bob@example.com\n");
  }
  static std::vector<std::string> dump(const TestHub& hub) {
    Database database(hub.store(), Database::Mode::view);
    return store_dump(database);
  }

  // The lock of the run that is going becomes free, and another run takes it, start to end.
  void let_another_run(const HubConfig& config) {
    Database other(hub_.store(), Database::Mode::existing);
    if (GetParam() == StoreKind::sqlite) {
      hub_.remove("hub.db.lock");
    } else {
      other.execute(other.statement_against_holder());
      while (!other.try_lock_for_run()) {
      }
      other.unlock_for_run();
    }
    EXPECT_EQ(consolidate(config, {}).exit, RunExit::done);
  }

  // What the run fails with that loses its lock in this phase.
  std::string failure_when_lost(const std::string& phase) {
    const HubConfig config = hub_.config(kSources);
    RunOptions options;
    options.phase = [&](const std::string& begun) {
      if (begun == phase) let_another_run(config);
    };
    try {
      consolidate(config, options);
      return "";
    } catch (const Error& error) {
      EXPECT_EQ(exit_for(error.kind()), RunExit::locked);
      return error.what();
    }
  }

  void expect_as_if_undisturbed() {
    const TestHub undisturbed(GetParam());
    deliver(undisturbed);
    consolidate(undisturbed.config(kSources), {});
    EXPECT_EQ(dump(hub_), dump(undisturbed));
    Database database(hub_.store(), Database::Mode::view);
    EXPECT_EQ(find_run(database, 1)->status, "died");
    EXPECT_EQ(find_run(database, 2)->status, "done");
  }

  const TestHub hub_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(On, RunLock, kEveryStore, store_kind_name);

TEST_P(RunLock, LostBeforeABatchIsWrittenTheRunEndsAndTheOtherOneCounts) {
  EXPECT_THAT(failure_when_lost("reading"),
              AllOf(HasSubstr("this run has lost the lock of "),
                    HasSubstr("to process " + std::to_string(::getpid()))));
  expect_as_if_undisturbed();
}

// While an SQLite store is being published nobody else gets at it, whatever becomes of the lock.
TEST_P(RunLock, LostBeforeThePublicationTheRunEndsAndTheOtherOneCounts) {
  if (GetParam() == StoreKind::sqlite) return;
  EXPECT_THAT(failure_when_lost("merging"), HasSubstr("this run has lost the lock of "));
  expect_as_if_undisturbed();
}

TEST_P(RunLock, LostToNobodyTheBrokenConnectionIsTheFailure) {
  if (GetParam() == StoreKind::sqlite) return;  // has no connection
  const HubConfig config = hub_.config(kSources);
  RunOptions options;
  options.phase = [&](const std::string& phase) {
    Database other(hub_.store(), Database::Mode::existing);
    if (phase == "reading") other.execute(other.statement_against_holder());
  };
  try {
    consolidate(config, options);
    FAIL() << "its connection is gone";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store) << error.what();
  }
}

TEST_P(RunLock, HeldItSaysByWhom) {
  const HubConfig config = hub_.config(kSources);
  consolidate(config, {});
  Database holder(hub_.store(), Database::Mode::existing);
  take_run_lock(holder);
  try {
    consolidate(config, {});
    FAIL() << "another one holds the lock";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("a run holds the lock of "),
                                    HasSubstr("(process " + std::to_string(::getpid()) + " on "),
                                    HasSubstr("if it hangs, end that process")));
  }
}

// A server notices a little later that a client was killed.
TEST_P(RunLock, OfAProcessThatWasKilledTheNextRunGetsIt) {
  const HubConfig config = hub_.config(kSources);
  consolidate(config, {});
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Database database(hub_.store(), Database::Mode::existing);
    take_run_lock(database);
    [[maybe_unused]] const auto told = ::write(ready[1], "x", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(consolidate(config, {}).exit, RunExit::done);
  ::close(ready[0]);
  ::close(ready[1]);
}

}  // namespace
}  // namespace cdh
