#include "hub/store/database.hpp"

#include <filesystem>
#include <optional>

#include <sys/stat.h>

#include "hub/config/secret_mask.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

class DatabaseTest : public StoreTest {
 protected:
  DatabaseTest() { database_.execute("CREATE TABLE t (id {id}, n BIGINT, s {text})"); }

  void insert(std::int64_t id, std::optional<std::int64_t> n, std::optional<std::string> s) {
    const auto rows = database_.bulk_insert("t", {"id", "n", "s"});
    rows->add(id);
    n ? rows->add(*n) : rows->add_null();
    s ? rows->add(*s) : rows->add_null();
    rows->end_row();
    rows->flush();
  }
};
INSTANTIATE_TEST_SUITE_P(On, DatabaseTest, kEveryStore, store_kind_name);

const std::vector<std::string> kOddTexts = {
    "",
    " ",
    "plain",
    "O'Neill; DROP TABLE t; --",
    "\"quoted\" `and` \\N \\. \\\\ back\\slash",
    "tab\tnew\nline\r\nreturn\rend",
    "\x01\x02\x1f\x7f control",
    "王小明 Łódź ﷺ 👩‍👩‍👧",
    "?, ?1, $1, :name, {id}",
    "NULL",
    "null",
    std::string(3'000'000, 'x'),
};

TEST_P(DatabaseTest, BytesComeBackAsTheyWere) {
  database_.execute("CREATE TABLE b (id {id}, one {bytes}, two {bytes})");
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every.push_back(static_cast<char>(byte));
  const std::vector<std::string> all = {"", every, "\\x41", std::string(100'000, '\0')};
  const auto rows = database_.bulk_insert("b", {"id", "one", "two"});
  for (std::size_t i = 0; i < all.size(); ++i) {
    rows->add(static_cast<std::int64_t>(i));
    rows->add_bytes(all[i]);
    rows->add_null();
    rows->end_row();
  }
  rows->flush();
  const auto read = database_.query("SELECT one, two FROM b ORDER BY id");
  for (const std::string& expected : all) {
    ASSERT_TRUE(read->next());
    EXPECT_FALSE(read->is_null(0));
    EXPECT_TRUE(read->bytes(0) == expected) << expected.size();
    EXPECT_EQ(read->bytes(1), "");
  }
}

TEST_P(DatabaseTest, OddTextComesBackAsItWas) {
  const auto rows = database_.bulk_insert("t", {"id", "s"});
  for (std::size_t i = 0; i < kOddTexts.size(); ++i) {
    rows->add(static_cast<std::int64_t>(i));
    rows->add(kOddTexts[i]);
    rows->end_row();
  }
  rows->flush();
  const auto read = database_.query("SELECT s FROM t ORDER BY id");
  for (const std::string& expected : kOddTexts) {
    ASSERT_TRUE(read->next());
    EXPECT_FALSE(read->is_null(0));
    EXPECT_TRUE(read->text(0) == expected) << expected.substr(0, 40);
  }
  EXPECT_FALSE(read->next());
}

TEST_P(DatabaseTest, OddTextIsFoundAsAParameter) {
  for (std::size_t i = 0; i + 1 < kOddTexts.size(); ++i) {
    insert(static_cast<std::int64_t>(i), 0, kOddTexts[i]);
  }
  for (std::size_t i = 0; i + 1 < kOddTexts.size(); ++i) {
    const auto row = database_.query_text("SELECT id FROM t WHERE s = ?", {kOddTexts[i]});
    ASSERT_TRUE(row->next()) << kOddTexts[i];
    EXPECT_EQ(row->integer(0), static_cast<std::int64_t>(i));
    EXPECT_FALSE(row->next());
  }
}

TEST_P(DatabaseTest, EmptyIsNotNull) {
  insert(1, std::nullopt, std::nullopt);
  insert(2, 0, "");
  const auto rows = database_.query("SELECT n, s FROM t ORDER BY id");
  ASSERT_TRUE(rows->next());
  EXPECT_TRUE(rows->is_null(0));
  EXPECT_TRUE(rows->is_null(1));
  EXPECT_EQ(rows->text(1), "");
  ASSERT_TRUE(rows->next());
  EXPECT_FALSE(rows->is_null(0));
  EXPECT_FALSE(rows->is_null(1));
  EXPECT_EQ(rows->text(1), "");
}

// SOCI reads an SQLite INTEGER as 32 bits, and a double has no room for these.
TEST_P(DatabaseTest, IntegersKeepTheir64Bits) {
  const std::vector<std::int64_t> numbers = {0,         -1,        9007199254740993, 4294967297,
                                             INT64_MIN, INT64_MAX, -9007199254740993};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    insert(static_cast<std::int64_t>(i), numbers[i], "");
  }
  const auto rows = database_.query("SELECT n FROM t ORDER BY id");
  for (const std::int64_t number : numbers) {
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(rows->integer(0), number);
    EXPECT_EQ(rows->text(0), std::to_string(number));
    const auto found = database_.query("SELECT n FROM t WHERE n = ?", {number});
    EXPECT_TRUE(found->next()) << number;
  }
}

// SOCI's bulk statement sends its first batch again on PostgreSQL.
TEST_P(DatabaseTest, EachFlushWritesItsOwnRowsOnce) {
  const auto rows = database_.bulk_insert("t", {"id", "n"});
  for (std::int64_t id = 1; id <= 6; ++id) {
    rows->add(id);
    rows->add(id * 10);
    rows->end_row();
    if (id % 2 == 0) rows->flush();
  }
  rows->flush();
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "6");
  EXPECT_EQ(text("SELECT SUM(n) FROM t"), "210");
}

TEST_P(DatabaseTest, TablesAreWrittenInTurn) {
  database_.execute("CREATE TABLE u (id {id})");
  const auto first = database_.bulk_insert("t", {"id"}),
             second = database_.bulk_insert("u", {"id"});
  for (std::int64_t id = 1; id <= 1000; ++id) {
    BulkInsert& rows = id % 2 == 0 ? *first : *second;
    rows.add(id);
    rows.end_row();
  }
  second->flush();
  first->flush();
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "500");
  EXPECT_EQ(text("SELECT COUNT(*) FROM u"), "500");
}

// More rows than one block of a server-side cursor, in and outside of a transaction.
TEST_P(DatabaseTest, ACursorGoesThroughAllRowsAndStaysAtItsEnd) {
  const auto rows = database_.bulk_insert("t", {"id"});
  for (std::int64_t id = 0; id < 12'345; ++id) {
    rows->add(id);
    rows->end_row();
  }
  rows->flush();
  for (const bool in_transaction : {false, true}) {
    std::optional<Transaction> transaction;
    if (in_transaction) transaction.emplace(database_);
    const auto read = database_.query("SELECT id FROM t ORDER BY id");
    std::int64_t count = 0;
    while (read->next()) {
      if (read->integer(0) != count) break;
      ++count;
    }
    EXPECT_EQ(count, 12'345);
    EXPECT_FALSE(read->next());
    EXPECT_FALSE(read->next());
  }
}

TEST_P(DatabaseTest, CursorsMayBeOpenBesideOneAnother) {
  for (std::int64_t id = 1; id <= 3; ++id) insert(id, id, "");
  const Transaction transaction(database_);
  const auto outer = database_.query("SELECT id FROM t ORDER BY id");
  std::int64_t pairs = 0;
  while (outer->next()) {
    const auto inner = database_.query("SELECT id FROM t WHERE id >= ?", {outer->integer(0)});
    while (inner->next()) ++pairs;
  }
  EXPECT_EQ(pairs, 6);
}

TEST_P(DatabaseTest, RowsAreWrittenWhileACursorIsOpen) {
  const auto rows = database_.bulk_insert("t", {"id"});
  for (std::int64_t id = 0; id < 12'345; ++id) {
    rows->add(id);
    rows->end_row();
  }
  rows->flush();
  database_.execute("CREATE TABLE u (id {id})");
  Transaction transaction(database_);
  const auto copies = database_.bulk_insert("u", {"id"});
  const auto read = database_.query("SELECT id FROM t ORDER BY id");
  while (read->next()) {
    copies->add(read->integer(0));
    copies->end_row();
    if (read->integer(0) % 1000 == 0) copies->flush();
  }
  copies->flush();
  transaction.commit();
  EXPECT_EQ(text("SELECT COUNT(*) FROM t JOIN u ON u.id = t.id"), "12345");
}

TEST_P(DatabaseTest, RowsAreChangedAndRemovedByThoseOfAnotherTable) {
  for (std::int64_t id = 1; id <= 4; ++id) insert(id, id, "old");
  database_.execute("CREATE TEMPORARY TABLE u (u_id {id}, new_s {text})");
  database_.execute("INSERT INTO u VALUES (2, 'two'), (3, 'three'), (9, 'nine')");
  database_.execute("UPDATE t {with u} SET s = new_s, n = 0 {from u} WHERE id = u_id");
  EXPECT_EQ(text("SELECT s FROM t WHERE id = 2"), "two");
  EXPECT_EQ(text("SELECT s FROM t WHERE id = 4"), "old");
  EXPECT_EQ(text("SELECT SUM(n) FROM t"), "5");
  database_.execute("{delete t} WHERE id IN (SELECT u_id FROM u)");
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "2");
  EXPECT_EQ(text("SELECT SUM(id) FROM t"), "5");
}

TEST_P(DatabaseTest, WhatIsDoneToATemporaryTableCommitsNothing) {
  database_.execute("CREATE TEMPORARY TABLE u (id {id})");
  {
    const Transaction transaction(database_);
    insert(1, 1, "");
    database_.execute("CREATE TEMPORARY TABLE IF NOT EXISTS v (id {id})");
    database_.execute("INSERT INTO u VALUES (1)");
    database_.execute("{empty} u");
    EXPECT_EQ(text("SELECT COUNT(*) FROM u"), "0");
  }
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "0");
}

TEST_P(DatabaseTest, KeysAreToldApartByTheirBytes) {
  database_.execute("CREATE TABLE k (a {key} PRIMARY KEY, b {long_key} NOT NULL, UNIQUE (b))");
  const std::vector<std::string> keys = {"a", "A", "a ", "á", "a\u0301", "ß", "ss"};
  const std::string longest(1225, 'k');
  const auto rows = database_.bulk_insert("k", {"a", "b"});
  for (const std::string& key : keys) {
    rows->add(std::string_view(key));
    const std::string b = longest + key;
    rows->add(std::string_view(b));
    rows->end_row();
  }
  rows->flush();
  EXPECT_EQ(text("SELECT COUNT(*) FROM k"), "7");
  EXPECT_EQ(text("SELECT b FROM k WHERE a = 'A'"), longest + "A");
  const auto found = database_.query_text("SELECT a FROM k WHERE b = ?", {longest + "a "});
  ASSERT_TRUE(found->next());
  EXPECT_EQ(found->text(0), "a ");
  EXPECT_FALSE(found->next());
}

TEST_P(DatabaseTest, ATransactionRollsBackUnlessCommitted) {
  {
    const Transaction transaction(database_);
    insert(1, 1, "");
    EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "1");
  }
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "0");
  {
    Transaction transaction(database_);
    insert(2, 1, "");
    transaction.commit();
  }
  EXPECT_EQ(text("SELECT id FROM t"), "2");
}

TEST_P(DatabaseTest, AnotherConnectionSeesOnlyWhatIsCommitted) {
  Database other(hub_.store(), Database::Mode::existing);
  Transaction transaction(database_);
  insert(1, 1, "");
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 0);
  transaction.commit();
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 1);
}

TEST_P(DatabaseTest, AReadingTransactionSeesOneStateAndIsInNobodysWay) {
  Database other(hub_.store(), Database::Mode::existing);
  {
    const Transaction reading(other, Transaction::Access::read);
    EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 0);
    insert(1, 1, "");
    EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 0);
  }
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 1);
}

TEST_P(DatabaseTest, AFailedWriteIsAnErrorThatNamesTheTable) {
  insert(1, 1, "");
  EXPECT_THAT(failure([&] { insert(1, 2, ""); }), HasSubstr("store: cannot write to table t: "));
  EXPECT_THAT(failure([&] { database_.execute("SELECT * FROM nothing"); }), HasSubstr("nothing"));
  EXPECT_THAT(failure([&] { database_.query("SELECT * FROM nothing"); }), HasSubstr("nothing"));
  EXPECT_EQ(text("SELECT n FROM t"), "1") << "the connection goes on";
}

TEST_P(DatabaseTest, TextSortsByItsBytes) {
  const std::vector<std::string> sorted = {"", " a", "A", "B", "a", "a ", "b", "Ł"};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    insert(static_cast<std::int64_t>(i), 0, sorted[i]);
  const auto rows = database_.query("SELECT s FROM t ORDER BY s");
  for (const std::string& expected : sorted) {
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(rows->text(0), expected);
  }
}

TEST_P(DatabaseTest, ANumberOfNoRowOrNullIsTheOther) {
  insert(1, std::nullopt, "");
  EXPECT_EQ(database_.number("SELECT n FROM t", 7), 7);
  EXPECT_EQ(database_.number("SELECT n FROM t WHERE id = 2", 7), 7);
  EXPECT_EQ(database_.number("SELECT id FROM t", 7), 1);
}

TEST_P(DatabaseTest, OneConnectionHoldsTheLockUntilItsEnd) {
  std::optional<Database> first(std::in_place, hub_.store(), Database::Mode::existing);
  Database second(hub_.store(), Database::Mode::existing);
  EXPECT_TRUE(first->try_lock_for_run());
  EXPECT_TRUE(first->try_lock_for_run()) << "its own";
  EXPECT_FALSE(second.try_lock_for_run());
  EXPECT_FALSE(second.try_lock_for_run());
  EXPECT_TRUE(first->is_locked_for_run());
  EXPECT_TRUE(second.is_locked_for_run());
  first->unlock_for_run();
  EXPECT_FALSE(second.is_locked_for_run());
  EXPECT_TRUE(first->try_lock_for_run());
  first.reset();
  EXPECT_FALSE(second.is_locked_for_run());
  EXPECT_TRUE(second.try_lock_for_run());
}

TEST_P(DatabaseTest, LocksOfTwoStoresAreTwoLocks) {
  const TestHub other_hub(GetParam());
  Database other(other_hub.store(), Database::Mode::create);
  EXPECT_TRUE(database_.try_lock_for_run());
  EXPECT_TRUE(other.try_lock_for_run());
}

TEST(SqliteDatabase, ANewFileIsPrivateAndAMissingOneIsNamed) {
  const TestHub hub;
  const std::string path = (hub.folder() / "hub.db").string();
  try {
    const Database database(hub.store(), Database::Mode::existing);
    FAIL() << "there is no file";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_EQ(std::string(error.what()),
              "there is no store at " + path + " yet; `cdh run` creates it");
  }
  const Database database(hub.store(), Database::Mode::create);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
}

std::string failure_to_open(const std::string& url, Database::Mode mode) {
  try {
    const Database database(url, mode);
    return "";
  } catch (const Error& error) {
    return std::string(name_of(error.kind())) + ": " + error.what();
  }
}

// A run would begin anew in it, with other ids and without the decisions.
TEST(SqliteDatabase, AStoreThatLostAllItsBytesIsRefused) {
  const TestHub hub;
  hub.write("hub.db", "");
  { Database touched(hub.store(), Database::Mode::create); }
  {
    Database database(hub.store(), Database::Mode::create);
    database.execute("CREATE TABLE source_record (id {id})");
    ASSERT_TRUE(database.try_lock_for_run());
  }
  hub.write("hub.db", "");
  for (const auto mode : {Database::Mode::create, Database::Mode::existing, Database::Mode::view}) {
    EXPECT_THAT(failure_to_open(hub.store(), mode),
                testing::AllOf(testing::StartsWith("store: the store "),
                               HasSubstr("hub.db is empty, and was not"),
                               HasSubstr("Put the last backup in its place")));
  }
  EXPECT_EQ(std::filesystem::file_size(hub.folder() / "hub.db"), 0) << "nothing is made of it";
  hub.remove("hub.db.lock");
  EXPECT_EQ(failure_to_open(hub.store(), Database::Mode::create), "");
}

TEST(SqliteDatabase, AnotherKindOfFileIsToldFromADamagedStore) {
  const TestHub hub;
  const std::string text = "id,name\n" + std::string(1000, 'x') + "\n";
  hub.write("hub.db", text);
  EXPECT_THAT(failure_to_open(hub.store(), Database::Mode::create),
              testing::AllOf(HasSubstr("file is not a database"),
                             HasSubstr("if the store should be another file, name that one")));
  EXPECT_EQ(std::filesystem::file_size(hub.folder() / "hub.db"), text.size());
}

// The umask has no say: a store holds personal values. An administrator's chmod has.
TEST(SqliteDatabase, WhatStandsBesideTheStoreIsAsPrivateAsTheStore) {
  const TestHub hub;
  const auto mode_of = [&](const std::string& suffix) {
    const auto path = hub.folder() / ("hub.db" + suffix);
    return static_cast<unsigned>(std::filesystem::status(path).permissions());
  };
  const mode_t before = ::umask(0);
  for (const unsigned mode : {0600U, 0640U}) {
    Database database(hub.store(), Database::Mode::create);
    database.execute("CREATE TABLE IF NOT EXISTS source_record (id {id})");
    ASSERT_TRUE(database.try_lock_for_run());
    for (const char* suffix : {"", "-wal", "-shm"}) EXPECT_EQ(mode_of(suffix), mode) << suffix;
    EXPECT_EQ(mode_of(".lock"), 0600U);
    std::filesystem::permissions(hub.folder() / "hub.db", std::filesystem::perms(0640));
  }
  ::umask(before);
}

TEST(PostgreSQLDatabase, WhatItSaysOfAFailureQuotesNoRow) {
  const TestHub hub(StoreKind::postgresql);
  Database database(hub.store(), Database::Mode::create);
  database.execute("CREATE TABLE t (mail {text} PRIMARY KEY)");
  const auto message = [&](auto&& act) -> std::string {
    try {
      act();
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  };
  const auto is_terse = testing::AllOf(HasSubstr("duplicate key value violates unique constraint"),
                                       testing::Not(HasSubstr("ann@example.com")));
  EXPECT_THAT(message([&] {
                const auto rows = database.bulk_insert("t", {"mail"});
                for (int i = 0; i < 2; ++i) {
                  rows->add("ann@example.com");
                  rows->end_row();
                }
                rows->flush();
              }),
              testing::AllOf(is_terse, HasSubstr("table t"), HasSubstr("(SQLSTATE 23505)")));
  database.execute("INSERT INTO t VALUES ('ann@example.com')");
  const std::string again = "INSERT INTO t VALUES ('ann@example.com')";
  EXPECT_THAT(message([&] { database.execute(again); }),
              testing::AllOf(is_terse, HasSubstr("(SQLSTATE 23505)")));
}

TEST(PostgreSQLDatabase, AServerThatIsNotThereIsNamedWithoutThePassword) {
  try {
    const Database database("postgresql://ann:secret@127.0.0.1:1/customers",
                            Database::Mode::create);
    FAIL() << "there is no server at port 1";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::store);
    EXPECT_THAT(error.what(), HasSubstr("cannot open the store postgresql://ann:***@127.0.0.1:1"));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("secret")));
  }
}

class MariaDBDatabaseTest : public DatabaseTest {};
INSTANTIATE_TEST_SUITE_P(On, MariaDBDatabaseTest, testing::Values(StoreKind::mariadb),
                         store_kind_name);

TEST_P(MariaDBDatabaseTest, WhatItSaysOfAFailureQuotesNoRow) {
  database_.execute("CREATE TABLE m (mail {key} PRIMARY KEY, n BIGINT)");
  const auto add = [&](std::string_view n) {
    const auto rows = database_.bulk_insert("m", {"mail", "n"});
    rows->add("ann@example.com");
    rows->add(n);
    rows->end_row();
    rows->flush();
  };
  add("1");
  EXPECT_EQ(
      failure([&] { add("1"); }),
      "store: cannot write to table m: a row with the same key is there already (error 1062)");
  EXPECT_EQ(failure([&] { add("ann"); }),
            "store: cannot write to table m: a value does not fit its column (error 1366)");
  EXPECT_THAT(failure([&] { database_.execute("INSERT INTO m VALUE ann@example.com"); }),
              testing::Not(HasSubstr("ann")));
}

TEST_P(MariaDBDatabaseTest, AKeyThatIsTooLongIsRefusedAndNotCut) {
  database_.execute("CREATE TABLE k (a {key} PRIMARY KEY, b {long_key} NOT NULL)");
  const auto add = [&](const std::string& a, const std::string& b) {
    const auto rows = database_.bulk_insert("k", {"a", "b"});
    rows->add(std::string_view(a));
    rows->add(std::string_view(b));
    rows->end_row();
    rows->flush();
  };
  std::string widest;
  for (int i = 0; i < 255; ++i) widest += "👩";
  add(widest, std::string(1500, 'b'));
  EXPECT_EQ(text("SELECT a FROM k"), widest);
  EXPECT_THAT(failure([&] { add(widest + "x", "b"); }), HasSubstr("Data too long for column 'a'"));
  EXPECT_THAT(failure([&] { add("x", std::string(1501, 'b')); }),
              HasSubstr("Data too long for column 'b'"));
  EXPECT_EQ(text("SELECT COUNT(*) FROM k"), "1");
}

TEST_P(MariaDBDatabaseTest, StatementsStayWithinWhatTheServerTakes) {
  const std::int64_t most = database_.number("SELECT @@max_allowed_packet");
  const auto rows = database_.bulk_insert("t", {"id", "s"});
  const std::string half(static_cast<std::size_t>(most) * 6 / 10, 'x');
  for (std::int64_t id = 1; id <= 3; ++id) {
    rows->add(id);
    rows->add(std::string_view(id == 2 ? half : "short"));
    rows->end_row();
  }
  rows->flush();
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "3");
  EXPECT_EQ(text("SELECT LENGTH(s) FROM t WHERE id = 2"), std::to_string(half.size()));
  EXPECT_THAT(failure([&] { insert(4, 0, std::string(static_cast<std::size_t>(most), 'x')); }),
              HasSubstr("set its max_allowed_packet higher"));
  EXPECT_EQ(text("SELECT COUNT(*) FROM t"), "3") << "the connection goes on";
}

TEST_P(MariaDBDatabaseTest, AWritingTransactionSeesWhatOthersHaveCommitted) {
  Database other(hub_.store(), Database::Mode::existing);
  const Transaction writing(other);
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 0);
  insert(1, 1, "");
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 1);
}

TEST_P(MariaDBDatabaseTest, ABrokenConnectionIsSaidAndGivesTheLockBack) {
  Database other(hub_.store(), Database::Mode::existing);
  ASSERT_TRUE(database_.try_lock_for_run());
  other.execute("KILL " + text("SELECT CONNECTION_ID()"));
  EXPECT_THAT(failure([&] { database_.execute("INSERT INTO t (id) VALUES (1)"); }),
              HasSubstr("the connection to the server broke"));
  EXPECT_THAT(failure([&] { database_.number("SELECT COUNT(*) FROM t"); }),
              HasSubstr("the connection to the server broke"));
  while (!other.try_lock_for_run()) {
  }
  EXPECT_EQ(other.number("SELECT COUNT(*) FROM t"), 0);
}

TEST_P(MariaDBDatabaseTest, AWrongPasswordAndAMissingDatabaseAreToldApart) {
  const std::string user = "ann_" + text("SELECT DATABASE()");
  database_.execute("CREATE USER " + user + " IDENTIFIED BY 'p w\\x''y\"z;=&%'");
  database_.execute("GRANT ALL ON " + text("SELECT DATABASE()") + ".* TO " + user);
  const auto open = [&](const std::string& who, const std::string& name) {
    std::string url = hub_.store();
    const std::size_t at = url.find("root@");
    url.replace(at, 5, who + "@");
    if (!name.empty())
      url.replace(url.find("/cdh_test") + 1, url.find('?') - url.find("/cdh_test") - 1, name);
    return failure([&] { const Database database(url, Database::Mode::existing); });
  };
  EXPECT_EQ(open(user + ":p%20w%5Cx'y\"z;=&%25", ""), "");
  const std::string wrong = open(user + ":secret", "");
  EXPECT_THAT(wrong, HasSubstr("store: cannot open the store mariadb://" + user + ":***@"));
  EXPECT_THAT(wrong, HasSubstr("check the user name and the password in hub: store"));
  EXPECT_THAT(wrong, testing::Not(HasSubstr("secret")));
  EXPECT_THAT(open("root", "nothing"), HasSubstr("make it with CREATE DATABASE"));
  database_.execute("DROP USER " + user);
}

TEST_P(MariaDBDatabaseTest, AnUnencryptedConnectionIsRefusedWhereEncryptionIsAskedFor) {
  EXPECT_THAT(failure([&] {
                const Database database(hub_.store() + "&ssl_ca=" CDH_TEST_SOURCE_DIR "/LICENSE",
                                        Database::Mode::existing);
              }),
              HasSubstr("with ssl_ca the server must offer TLS"));
}

TEST(Database, AnotherSchemeIsRefusedWithoutItsPassword) {
  try {
    const Database database("oracle://ann:secret@host/customers", Database::Mode::create);
    FAIL() << "nobody knows oracle";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_STREQ(
        error.what(),
        "the store oracle://ann:***@host/customers is neither sqlite:// nor postgresql:// nor "
        "mariadb://");
  }
}

void check_masked(const std::string& url, const std::string& expected) {
  EXPECT_EQ(masked_store_url(url), expected);
}

TEST(Database, MaskedUrlsShowNoPassword) {
  check_masked("sqlite:///var/lib/cdh/customers.db", "sqlite:///var/lib/cdh/customers.db");
  check_masked("postgresql://host/name", "postgresql://host/name");
  check_masked("postgresql://ann@host:5432/name", "postgresql://ann@host:5432/name");
  check_masked("postgresql://ann:secret@host/name", "postgresql://ann:***@host/name");
  check_masked("postgresql://ann:se@cr:et@host/name", "postgresql://ann:***@host/name");
  check_masked("postgresql:///name?host=/run&user=ann&password=secret",
               "postgresql:///name?host=/run&user=ann&password=***");
  check_masked("postgresql://ann:secret@host/name?password=secret",
               "postgresql://ann:***@host/name?password=***");
  check_masked("postgresql://host/name?password=secret&user=ann",
               "postgresql://host/name?password=***&user=ann");
  check_masked("mariadb://ann:secret@host/name?socket=/run/s",
               "mariadb://ann:***@host/name?socket=/run/s");
}

}  // namespace
}  // namespace cdh
