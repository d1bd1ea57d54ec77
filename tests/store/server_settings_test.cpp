// What a server or role may have set against the store.
#include "tests/store/own_mariadb.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

class PostgreSQLSettingsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(On, PostgreSQLSettingsTest, testing::Values(StoreKind::postgresql),
                         store_kind_name);

TEST_P(PostgreSQLSettingsTest, LimitsOfTheRoleEndNoRun) {
  for (const char* name :
       {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"}) {
    database_.execute("ALTER DATABASE " + text("SELECT current_database()") + " SET " + name +
                      " = '10s'");
  }
  Database later(hub_.store(), Database::Mode::existing);
  const auto limits = later.query(
      "SELECT name, setting, reset_val FROM pg_settings WHERE name IN ('statement_timeout', "
      "'lock_timeout', 'idle_in_transaction_session_timeout')");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(limits->next());
    EXPECT_EQ(limits->text(1), "0") << limits->text(0);
    EXPECT_EQ(limits->text(2), "10000") << "so the test tests something";
  }
}

TEST_P(PostgreSQLSettingsTest, OfAnotherEncodingIsRefusedBeforeTheFirstLetterThatItLacks) {
  const std::string name = text("SELECT current_database()"), latin = name + "_latin";
  database_.execute("CREATE DATABASE " + latin +
                    " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  std::string url = hub_.store();
  url.replace(url.find(name), name.size(), latin);
  EXPECT_THAT(failure([&] { const Database database(url, Database::Mode::existing); }),
              testing::AllOf(HasSubstr("has the encoding LATIN1, and a store needs UTF8"),
                             HasSubstr("CREATE DATABASE name ENCODING 'UTF8'")));
  database_.execute("DROP DATABASE " + latin);
}

TEST_P(PostgreSQLSettingsTest, WhatItSaysIsOneLineWithWhatToDo) {
  std::string url = hub_.store();
  const std::string name = text("SELECT current_database()");
  url.replace(url.find(name), name.size(), "nothing");
  const std::string missing = failure([&] { const Database d(url, Database::Mode::existing); });
  EXPECT_THAT(missing, HasSubstr("make it with CREATE DATABASE"));
  const std::string refused = failure([&] {
    const Database d("postgresql://ann@127.0.0.1:1/customers", Database::Mode::existing);
  });
  EXPECT_THAT(refused, HasSubstr("Is the server running on that host"));
  Database other(hub_.store(), Database::Mode::existing);
  other.query("SELECT pg_terminate_backend(" + text("SELECT pg_backend_pid()") + ")")->next();
  const std::string broken =
      failure([&] { database_.execute("INSERT INTO hub_state VALUES ('a', 1)"); });
  EXPECT_THAT(broken, HasSubstr("Start the command again"));
  for (const std::string& said : {missing, refused, broken}) {
    EXPECT_EQ(said.find('\n'), said.npos) << said;
  }
}

// Set for the whole server, so on one of its own.
TEST(OddServer, IsOverriddenWhereItCanBeAndElseSaidWhatToSet) {
  const OwnMariadb server;
  Database administrator(server.line_of("url"), Database::Mode::existing);
  administrator.execute(
      "CREATE DATABASE hub; SET GLOBAL sql_select_limit = 3, max_join_size = 5,"
      "innodb_default_row_format = compact");
  std::string url = server.line_of("url");
  url.replace(url.find("/mysql?"), 7, "/hub?");
  Database database(url, Database::Mode::existing);
  try {
    migrate(database);
    FAIL() << "the keys do not fit that row format";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("set the server's innodb_default_row_format to dynamic"));
  }
  administrator.execute(
      "SET GLOBAL innodb_default_row_format = dynamic; DROP DATABASE hub; "
      "CREATE DATABASE hub");
  Database again(url, Database::Mode::existing);
  migrate(again);
  again.execute("INSERT INTO hub_state VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)");
  const auto rows = again.query("SELECT a.name FROM hub_state a, hub_state b ORDER BY 1");
  int count = 0;
  while (rows->next()) ++count;
  EXPECT_GE(count, 16);
  EXPECT_EQ(count, again.number("SELECT COUNT(*) FROM hub_state") *
                       again.number("SELECT COUNT(*) FROM hub_state"));
}

}  // namespace
}  // namespace cdh
