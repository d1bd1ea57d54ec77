// A copy of the store, made while somebody writes.
#include "hub/store/store_backup.hpp"

#include <filesystem>

#include "hub/store/audit.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

class StoreBackup : public StoreTest {
 protected:
  std::filesystem::path copy() const { return hub_.folder() / "it's a {copy}.db"; }
  std::int64_t events_in_copy() const {
    Database database("sqlite://" + copy().string(), Database::Mode::existing);
    require_current_schema(database);
    return database.number("SELECT COUNT(*) FROM audit_event");
  }
};
INSTANTIATE_TEST_SUITE_P(On, StoreBackup, testing::Values(StoreKind::sqlite), store_kind_name);

TEST_P(StoreBackup, IsTheStateBeforeAWriterThatHasNotCommitted) {
  {
    Transaction transaction(database_);
    add_audit_event(database_, {"ada", "set", "a"});
    transaction.commit();
  }
  Database reader(hub_.store(), Database::Mode::view);
  {
    Transaction going_on(database_);
    add_audit_event(database_, {"ada", "set", "b"});
    back_up_store(reader, copy(), false);
    going_on.commit();
  }
  EXPECT_EQ(events_in_copy(), 1);
  EXPECT_EQ(static_cast<unsigned>(std::filesystem::status(copy()).permissions()), 0600U);
  back_up_store(reader, copy(), true);
  EXPECT_EQ(events_in_copy(), 2);
}

TEST_P(StoreBackup, ReplacesNoFileUntold) {
  hub_.write(copy().filename(), "mine");
  EXPECT_THAT(failure([&] { back_up_store(database_, copy(), false); }),
              HasSubstr("configuration: " + copy().string() + " is there already"));
  EXPECT_EQ(std::filesystem::file_size(copy()), 4U);
}

TEST_P(StoreBackup, ThatFailsLeavesNothing) {
  const auto before = std::distance(std::filesystem::directory_iterator(hub_.folder()), {});
  EXPECT_THAT(failure([&] { back_up_store(database_, hub_.folder() / "no" / "copy.db", false); }),
              HasSubstr("No such file or directory"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(hub_.folder()), {}), before);
}

class ServerBackup : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(On, ServerBackup,
                         testing::Values(StoreKind::postgresql, StoreKind::mariadb),
                         store_kind_name);

TEST_P(ServerBackup, IsLeftToTheServersOwnTool) {
  const bool is_postgresql = GetParam() == StoreKind::postgresql;
  EXPECT_THAT(failure([&] { back_up_store(database_, "copy.dump", false); }),
              testing::AllOf(testing::StartsWith("configuration: the store is on a server"),
                             HasSubstr(is_postgresql ? "pg_dump --format=custom --file=copy.dump "
                                                     : "mariadb-dump --single-transaction ")));
}

TEST(ServerBackupCommand, HasAllButThePassword) {
  EXPECT_EQ(server_backup_command("postgresql://ann:secret@db1:5433/customers", "a b.dump"),
            "pg_dump --format=custom --file='a b.dump' --host=db1 --port=5433 --username=ann "
            "customers");
  EXPECT_EQ(server_backup_command("mariadb://ann:secret@/customers?socket=/run/my.sock", "c.sql"),
            "mariadb-dump --single-transaction --socket=/run/my.sock --user=ann customers > c.sql");
  EXPECT_EQ(server_backup_command("mariadb://ann:secret@db1/customers?ssl_ca=/etc/ca.pem", "c.sql"),
            "mariadb-dump --single-transaction --host=db1 --user=ann --ssl-ca=/etc/ca.pem "
            "--ssl-verify-server-cert customers > c.sql");
}

}  // namespace
}  // namespace cdh
