#include "hub/store/schema.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "hub/base/hash.hpp"
#include "hub/store/backend.hpp"
#include "hub/store/store_check.hpp"
#include "tests/store/store_test.hpp"
#include "tests/store/structure.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

class SchemaTest : public StoreTest {
 protected:
  // "text", "bigint"; in small letters.
  std::string column_type(const std::string& table, const std::string& column) {
    if (is_sqlite()) {
      return text("SELECT LOWER(type) FROM pragma_table_info('" + table + "') WHERE name = '" +
                  column + "'");
    }
    return text(
        "SELECT REPLACE(data_type, 'longtext', 'text') FROM information_schema.columns "
        "WHERE table_name = '" +
        table + "' AND column_name = '" + column + "' AND table_schema = " + schema_of(database_));
  }

  // As an earlier program left it, with a view that is another by now.
  static void make_store_of_version(Database& database, int version) {
    database.execute("CREATE TABLE schema_version (version {id}, migrated_at {text} NOT NULL)");
    for (int made = 1; made <= version; ++made) {
      database.execute(migrations()[static_cast<std::size_t>(made) - 1]);
      database.execute("INSERT INTO schema_version (version, migrated_at) VALUES (" +
                       std::to_string(made) + ", 'then')");
    }
    database.execute("CREATE VIEW v_sales_order AS SELECT id FROM sales_order");
  }
};
INSTANTIATE_TEST_SUITE_P(On, SchemaTest, kEveryStore, store_kind_name);

TEST_P(SchemaTest, AnEmptyStoreIsBroughtToTheCurrentVersion) {
  const TestHub hub(GetParam());
  Database database(hub.store(), Database::Mode::create);
  EXPECT_EQ(schema_version(database), 0);
  EXPECT_EQ(migrate(database), 0);
  EXPECT_EQ(schema_version(database), current_schema_version());
  require_current_schema(database);
}

TEST_P(SchemaTest, ACurrentStoreStaysAsItIs) {
  database_.execute("INSERT INTO source (id, name) VALUES (1, 'crm')");
  EXPECT_EQ(migrate(database_), current_schema_version());
  EXPECT_EQ(text("SELECT name FROM source"), "crm");
}

TEST_P(SchemaTest, AnEmptyStoreIsRefusedWithWhatToRun) {
  const TestHub hub(GetParam());
  Database database(hub.store(), Database::Mode::create);
  EXPECT_THAT(failure([&] { require_current_schema(database); }),
              HasSubstr("store: the store has schema version 0, this program needs " +
                        std::to_string(current_schema_version()) + ": run `cdh store migrate`"));
}

TEST_P(SchemaTest, AStoreOfALaterVersionIsRefused) {
  database_.execute("INSERT INTO schema_version (version, migrated_at) VALUES (99, 'later')");
  EXPECT_THAT(
      failure([&] { migrate(database_); }),
      HasSubstr("schema version 99, this program needs " +
                std::to_string(current_schema_version()) + ": use the newer cdh that wrote it"));
  EXPECT_THAT(failure([&] { require_current_schema(database_); }), HasSubstr("99"));
}

// When this fails, the table of entities has grown: add a migration.
TEST_P(SchemaTest, EveryEntityHasItsTableAndEveryEventItsView) {
  for (const EntitySpec& spec : entities()) {
    const bool is_party = spec.role == EntityRole::party;
    const std::string table = is_party ? "profile" : std::string(spec.name);
    for (const FieldSpec& field : spec.fields) {
      EXPECT_EQ(column_type(table, std::string(field.name)),
                is_text_column(field.kind) ? "text" : "bigint")
          << table << "." << field.name;
    }
    for (const RefSpec& ref : spec.refs) {
      EXPECT_EQ(column_type(table, std::string(ref.name) + "_id"), "bigint");
    }
    if (spec.role == EntityRole::event) {
      EXPECT_EQ(text("SELECT * FROM v_" + std::string(spec.name)), "no row");
    }
  }
}

// As the database is given it.
std::string in_dialect(const Backend& backend, std::string_view statements) {
  std::string sql;
  for (std::size_t open = statements.find('{'); open != statements.npos;
       open = statements.find('{')) {
    const std::size_t close = statements.find('}', open);
    sql.append(statements.substr(0, open));
    sql.append(backend.replacement(statements.substr(open + 1, close - open - 1)));
    statements.remove_prefix(close + 1);
  }
  return sql.append(statements);
}

std::unique_ptr<Backend> backend_of(const std::string& url) {
  constexpr std::string_view kSqlite = "sqlite://";
  if (url.starts_with(kSqlite)) {
    return open_sqlite(url.substr(kSqlite.size()), Database::Mode::existing);
  }
  return url.starts_with("postgresql://") ? open_postgresql(url) : open_mariadb(url);
}

// A version has shipped when there is a later one: its hash on each database belongs here. When this
// fails, put the old text back and add a migration.
const std::map<StoreKind, std::vector<std::uint64_t>> kShipped = {
    {StoreKind::sqlite,
     {0x7D5B7D57F03372DF, 0x472F201B60019CDB, 0xB072F028FB8DBEB3, 0x9F75CE9EDAFADABE,
      0x679E9F0E5B8AD114, 0x9282C622A79C136B, 0x020BC1633558481F, 0x85556BBE69E4B74F,
      0x5B48EA63F8B90D38}},
    {StoreKind::postgresql,
     {0xA631BAD0090AAEAA, 0x472F201B60019CDB, 0x5AA2C8D76F6A2016, 0x75F7B0968FCB8E7B,
      0xDB59373D43F29127, 0x613331C774DCE2AC, 0x6B39D861A85AE716, 0x40C31613C0F81008,
      0x95217C57A04B20C0}},
    {StoreKind::mariadb,
     {0x02D1A40A9967BE3A, 0x472F201B60019CDB, 0x610AF020F59588BC, 0x429F78F9E24A936C,
      0x1724A17C1C3EA680, 0xC6A89D376F43D442, 0xC3B949441FF116E3, 0xF7CB8B58CE2DF867,
      0xE627E872D979D17F}},
};

TEST_P(SchemaTest, WhatHasShippedStaysAsItIs) {
  const std::unique_ptr<Backend> backend = backend_of(hub_.store());
  const std::vector<std::uint64_t>& shipped = kShipped.at(GetParam());
  ASSERT_EQ(migrations().size(), shipped.size() + 1);
  for (std::size_t i = 0; i < shipped.size(); ++i) {
    EXPECT_EQ(hash64(in_dialect(*backend, migrations()[i])), shipped[i]) << "version " << i + 1;
  }
}

TEST_P(SchemaTest, AStoreOfAnyVersionBecomesLikeAFreshOne) {
  const std::vector<std::string> fresh = structure(database_);
  for (int version = 1; version < current_schema_version(); ++version) {
    const TestHub hub(GetParam());
    Database database(hub.store(), Database::Mode::create);
    make_store_of_version(database, version);
    database.execute(
        "INSERT INTO audit_event (id, at, who, action, subject) VALUES (1, 'then', 'a', 'b', 'c')");
    EXPECT_EQ(migrate(database), version);
    EXPECT_EQ(structure(database), fresh) << "from version " << version;
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM audit_event"), 1);
  }
}

// MariaDB commits with every statement that makes or changes a table.
class MariaDBMigrationTest : public SchemaTest {
 protected:
  // As a program left it that was killed when it had done so many statements of the version.
  static void make_interrupted_store(Database& database, int version, std::size_t statements) {
    if (version > 1) {
      make_store_of_version(database, version - 1);
    } else {
      database.execute("CREATE TABLE schema_version (version {id}, migrated_at {text} NOT NULL)");
    }
    database.execute("INSERT INTO schema_version (version, migrated_at) VALUES (-" +
                     std::to_string(version) + ", 'then')");
    std::string_view rest = migrations()[static_cast<std::size_t>(version) - 1];
    for (; statements > 0; --statements) {
      database.execute(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.find(';') + 1, rest.size()));
    }
  }
};
INSTANTIATE_TEST_SUITE_P(On, MariaDBMigrationTest, testing::Values(StoreKind::mariadb),
                         store_kind_name);

TEST_P(MariaDBMigrationTest, OneThatWasInterruptedIsFinishedByTheNext) {
  const std::vector<std::string> fresh = structure(database_);
  for (int version = 1; version <= current_schema_version(); ++version) {
    const auto all = static_cast<std::size_t>(
        std::ranges::count(migrations()[static_cast<std::size_t>(version) - 1], ';'));
    for (const std::size_t done : {all / 4, all / 2, all}) {
      const TestHub hub(GetParam());
      Database database(hub.store(), Database::Mode::create);
      make_interrupted_store(database, version, done);
      EXPECT_EQ(schema_version(database), version - 1);
      EXPECT_EQ(migrate(database), version - 1);
      EXPECT_EQ(schema_version(database), current_schema_version());
      EXPECT_EQ(structure(database), fresh) << "version " << version << ", " << done << " done";
      EXPECT_EQ(database.number("SELECT COUNT(*) FROM hub_state WHERE name = 'turn_of_acts'"), 1);
    }
  }
}

TEST_P(MariaDBMigrationTest, ADatabaseWithOtherTablesStaysAsItIs) {
  const TestHub hub(GetParam());
  Database database(hub.store(), Database::Mode::create);
  database.execute("CREATE TABLE payment (id {id})");
  EXPECT_THAT(failure([&] { migrate(database); }),
              HasSubstr("store: the database of the store has tables of another program"));
  EXPECT_THAT(failure([&] { probe_store(hub.store()); }),
              HasSubstr("store: the database of the store has tables of another program"))
      << "cdh check";
  EXPECT_FALSE(database.has_table("schema_version"));
}

TEST_P(SchemaTest, ViewsShowAmountsAsDecimals) {
  database_.execute("INSERT INTO sales_order (id, total) VALUES (16, 125050)");
  EXPECT_THAT(text("SELECT total FROM v_sales_order"), testing::StartsWith("12.505"));
}

void check_amount(const std::string& given, std::int64_t stored, const std::string& shown) {
  EXPECT_EQ(amount_from_text(given), stored) << given;
  EXPECT_EQ(amount_to_text(stored), shown) << given;
}

TEST(Amount, IsAWholeNumberOfTenThousandths) {
  check_amount("0", 0, "0");
  check_amount("12.5", 125'000, "12.5");
  check_amount("-12.5", -125'000, "-12.5");
  check_amount("-0.01", -100, "-0.01");
  check_amount("0.0001", 1, "0.0001");
  check_amount("0.00019", 1, "0.0001");
  check_amount("1000", 10'000'000, "1000");
  check_amount("922337203685477.5807", INT64_MAX, "922337203685477.5807");
}

}  // namespace
}  // namespace cdh
