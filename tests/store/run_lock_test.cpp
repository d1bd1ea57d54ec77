// The fence of the run's lock, and who holds it.
#include "hub/store/run_lock.hpp"

#include <unistd.h>

#include "hub/base/host_name.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class RunLockTest : public StoreTest {
 protected:
  RunLockTest() { database_.execute("CREATE TABLE t (id {id})"); }

  // The lock is free for others, and this connection goes on and does not know.
  void lose_lock() {
    switch (GetParam()) {
      case StoreKind::sqlite:
        hub_.remove("hub.db.lock");
        break;
      case StoreKind::postgresql:
        database_.execute("SELECT pg_advisory_unlock_all()");
        break;
      case StoreKind::mariadb:
        database_.execute("SELECT RELEASE_ALL_LOCKS()");
        break;
    }
  }

  static void write(Database& database, int id) {
    Transaction transaction(database);
    database.execute("INSERT INTO t (id) VALUES (" + std::to_string(id) + ")");
    transaction.commit();
  }
};
INSTANTIATE_TEST_SUITE_P(On, RunLockTest, kEveryStore, store_kind_name);

TEST_P(RunLockTest, WhoHasLostItToAnotherCannotCommit) {
  Database other(hub_.store(), Database::Mode::existing);
  ASSERT_TRUE(database_.try_lock_for_run());
  write(database_, 1);
  lose_lock();
  write(database_, 2);  // nobody else has it yet
  ASSERT_TRUE(other.try_lock_for_run());
  EXPECT_THAT(failure([&] { write(database_, 3); }),
              AllOf(HasSubstr("conflict: this run has lost the lock of "),
                    HasSubstr("to process " + std::to_string(::getpid()) + " on " + host_name()),
                    HasSubstr("nothing else of it is kept")));
  write(other, 4);
  EXPECT_THAT(failure([&] { write(database_, 5); }), HasSubstr("conflict: ")) << "nor later";
  EXPECT_EQ(other.number("SELECT SUM(id) FROM t"), 1 + 2 + 4);
}

TEST_P(RunLockTest, WhoGaveItBackWritesWithout) {
  Database other(hub_.store(), Database::Mode::existing);
  ASSERT_TRUE(database_.try_lock_for_run());
  database_.unlock_for_run();
  ASSERT_TRUE(other.try_lock_for_run());
  write(database_, 1);
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 1);
}

TEST_P(RunLockTest, EachTakingHasAHigherNumber) {
  EXPECT_EQ(database_.fence(), 0);
  ASSERT_TRUE(database_.try_lock_for_run());
  EXPECT_EQ(database_.fence(), 1);
  ASSERT_TRUE(database_.try_lock_for_run()) << "its own";
  EXPECT_EQ(database_.fence(), 1);
  database_.unlock_for_run();
  EXPECT_EQ(database_.fence(), 0);
  ASSERT_TRUE(database_.try_lock_for_run());
  EXPECT_EQ(database_.fence(), 2);
}

TEST_P(RunLockTest, WhoTookItIsKnown) {
  ASSERT_TRUE(database_.try_lock_for_run());
  const auto holder = last_lock_holder(database_);
  ASSERT_TRUE(holder.has_value());
  EXPECT_EQ(holder->process, ::getpid());
  EXPECT_TRUE(is_seen_alive(*holder));
  EXPECT_EQ(describe({3, "db1", 4711, "2026-11-22T02:30:00Z"}),
            "process 4711 on db1, since 2026-11-22T02:30:00Z");
  EXPECT_FALSE(is_seen_alive({3, "another-host.example", ::getpid(), ""}));
}

TEST_P(RunLockTest, AStoreWithoutTablesHasTheLockWithoutFence) {
  const TestHub hub(GetParam());
  Database database(hub.store(), Database::Mode::create);
  ASSERT_TRUE(database.try_lock_for_run());
  EXPECT_EQ(database.fence(), 0);
  migrate(database);
  ASSERT_TRUE(database.try_lock_for_run());
  EXPECT_EQ(database.fence(), 1);
}

TEST_P(RunLockTest, AServerSaysHowToEndTheHolder) {
  Database other(hub_.store(), Database::Mode::existing);
  EXPECT_EQ(other.statement_against_holder(), "");
  ASSERT_TRUE(database_.try_lock_for_run());
  const std::string statement = other.statement_against_holder();
  ASSERT_EQ(statement.empty(), is_sqlite());
  if (statement.empty()) return;
  other.execute(statement);
  EXPECT_THAT(failure([&] { write(database_, 1); }), HasSubstr("store: "));
  while (!other.try_lock_for_run()) {
  }
}

}  // namespace
}  // namespace cdh
