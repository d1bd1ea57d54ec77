#include "hub/store/schema.hpp"

#include <algorithm>

#include "hub/base/hash.hpp"
#include "hub/store/store_check.hpp"
#include "tests/store/store_test.hpp"

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
        table + "' AND column_name = '" + column + "' AND table_schema = " + schema());
  }

  // Every table, index and view, as the database describes them.
  std::vector<std::string> structure(Database& database) const {
    std::vector<std::string> lines;
    const auto rows = database.query(
        is_sqlite() ? "SELECT type, name, sql FROM sqlite_master"
                    : "SELECT 'column', table_name || '.' || column_name, " + column_details() +
                          " || is_nullable || COALESCE(collation_name, '') || "
                          "COALESCE(column_default, '') FROM information_schema.columns "
                          "WHERE table_schema = " +
                          schema() + " UNION ALL " + indexes_and_views());
    while (rows->next()) {
      lines.push_back(std::string(rows->text(0)) + " " + std::string(rows->text(1)) + " " +
                      std::string(rows->text(2)));
    }
    std::ranges::sort(lines);
    return lines;
  }

  static std::string schema() {
    return GetParam() == StoreKind::mariadb ? "DATABASE()" : "'public'";
  }

  static std::string column_details() {
    return GetParam() == StoreKind::mariadb ? "column_type" : "data_type";
  }

  static std::string indexes_and_views() {
    if (GetParam() == StoreKind::mariadb) {
      return "SELECT 'index', table_name || '.' || index_name, non_unique || ' ' || seq_in_index "
             "|| "
             "column_name || COALESCE(sub_part, '') FROM information_schema.statistics "
             "WHERE table_schema = DATABASE() "
             "UNION ALL SELECT 'view', table_name, REPLACE(view_definition, DATABASE(), '') "
             "FROM information_schema.views WHERE table_schema = DATABASE()";
    }
    return "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
           "UNION ALL SELECT 'view', viewname, definition FROM pg_views "
           "WHERE schemaname = 'public'";
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

// The placeholders of keys came with MariaDB. They mean there what {text} means elsewhere.
std::string as_shipped(std::string_view migration) {
  std::string text(migration);
  for (const auto& [now, then] :
       {std::pair("{key}", "{text}"), {"{long_key}", "{text}"}, {"{prefix}", ""}}) {
    for (std::size_t at = text.find(now); at != text.npos; at = text.find(now)) {
      text.replace(at, std::string_view(now).size(), then);
    }
  }
  return text;
}

// A version has shipped when there is a later one: its hash belongs here. When this fails, put the
// old text back and add a migration.
TEST(Migrations, WhatHasShippedStaysAsItIs) {
  const std::vector<std::uint64_t> shipped = {
      0xB2AA37E0155700CE, 0x472F201B60019CDB, 0x64BCF0584F817E59, 0x1798CC4AD6811439,
      0x7BA12A7911D73C45, 0x9D64237AB2938625, 0x93933363C009C414, 0xE22C1C39502EE43B};
  ASSERT_EQ(migrations().size(), shipped.size() + 1);
  for (std::size_t i = 0; i < shipped.size(); ++i) {
    EXPECT_EQ(hash64(as_shipped(migrations()[i])), shipped[i]) << "version " << i + 1;
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
