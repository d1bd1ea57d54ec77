#include "hub/store/schema.hpp"

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

using SchemaTest = StoreTest;
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

TEST_P(SchemaTest, EveryEntityHasItsTableAndEveryEventItsView) {
  for (const EntitySpec& spec : entities()) {
    const bool is_party = spec.role == EntityRole::party;
    const std::string table = is_party ? "profile" : std::string(spec.name);
    for (const FieldSpec& field : spec.fields) {
      EXPECT_EQ(text("SELECT " + std::string(field.name) + " FROM " + table), "no row");
    }
    if (spec.role == EntityRole::event) {
      EXPECT_EQ(text("SELECT * FROM v_" + std::string(spec.name)), "no row");
    }
  }
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
