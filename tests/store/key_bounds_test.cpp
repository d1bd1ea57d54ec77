// Text of a key or a whole index has a bound, on every database the same: VARCHAR(255) and
// VARBINARY(1500) on MariaDB, and some 2,700 bytes of an index's row on PostgreSQL. Whoever fills
// such a column keeps to it before the store is asked.
#include <deque>
#include <random>
#include <regex>

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

struct KeyColumn {
  std::string name;  // table.column
  int most_bytes;
  const char* bounded_by;  // and tested in
};

// Of a key: at most 1,000 bytes (hub/ingest/mapper.cpp), 100 of a stream's name and 60 of the names
// of a source and of an entity in a mapping (hub/config/text_rules.cpp). Ids of profiles and
// households are UUIDs.
const std::vector<KeyColumn> kKeyColumns = {
    {"source.name", 60, "kLowerName: tests/config"},
    {"stream.name", 100, "kStreamName: tests/config"},
    {"source_record.source_key", 1000, "kLongestKey: tests/ingest/mapper_test.cpp"},
    {"profile_alias.alias", 36, "a UUID"},
    {"former_party.party", 60 + 1 + 100 + 1 + 1000 + 1 + 60, "source/stream/key/as"},
    {"former_party.profile_uuid", 36, "a UUID"},
    {"unresolved_ref.ref", 60, "a name of hub/model/entity.cpp"},
    {"unresolved_ref.source_key", 1000, "kLongestKey: tests/ingest/mapper_test.cpp"},
    {"run_source.source", 60, "kLowerName: tests/config"},
    {"run_source.stream", 100, "kStreamName: tests/config"},
    {"hub_state.name", 60, "names in the source"},
    {"profile.uuid", 36, "a UUID"},
    {"effective_consent.purpose", 1000, "FieldKind::term: tests/normalize/field_test.cpp"},
    {"effective_consent.channel", 1000, "FieldKind::term: tests/normalize/field_test.cpp"},
    {"household.id", 36, "a UUID"},
    {"profile_version.uuid", 36, "a UUID"},
    {"configuration.setting", 1000, "kLongestName: tests/run/configuration_change_test.cpp"},
};

int most_bytes_of(const std::string& column) {
  const auto at = std::ranges::find(kKeyColumns, column, &KeyColumn::name);
  return at == kKeyColumns.end() ? 0 : at->most_bytes;
}

struct Column {
  std::string name, type;
};

// As the last migration that makes the table declares it; those that follow only add columns that need
// no value.
struct Table {
  std::string name;
  std::vector<Column> columns;
  bool has_key = false;
};

std::vector<Table> tables_with_keys() {
  std::vector<Table> out;
  const std::regex table(R"(CREATE TABLE (\w+) \(([^;]*)\)[^;]*;)");
  const std::regex column(R"((\w+) (BIGINT|\{\w+\})( PRIMARY KEY)?( NOT NULL)?)");
  for (const std::string_view migration : migrations()) {
    const std::string text(migration);
    for (std::sregex_iterator at(text.begin(), text.end(), table), end; at != end; ++at) {
      Table found{(*at)[1], {}};
      const std::string inside = (*at)[2];
      for (std::sregex_iterator c(inside.begin(), inside.end(), column), none; c != none; ++c) {
        found.columns.push_back({(*c)[1], (*c)[2]});
        found.has_key = found.has_key || found.columns.back().type == "{key}" ||
                        found.columns.back().type == "{long_key}";
      }
      std::erase_if(out, [&](const Table& before) { return before.name == found.name; });
      if (found.has_key) out.push_back(std::move(found));
    }
  }
  return out;
}

// Letters that no database packs smaller.
std::string letters(int count) {
  static std::mt19937 random(7);
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('!' + random() % 90);
  return text;
}

TEST(KeyBounds, EveryColumnOfAKeyHasOne) {
  std::vector<std::string> declared, listed;
  for (const Table& table : tables_with_keys()) {
    for (const Column& column : table.columns) {
      if (column.type == "{key}" || column.type == "{long_key}") {
        declared.push_back(table.name + "." + column.name);
      }
    }
  }
  for (const KeyColumn& column : kKeyColumns) listed.push_back(column.name);
  EXPECT_THAT(listed, testing::UnorderedElementsAreArray(declared));
}

class KeyBoundsTest : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(On, KeyBoundsTest, kEveryStore, store_kind_name);

TEST_P(KeyBoundsTest, EveryDatabaseTakesWhatIsAsLongAsItMayBe) {
  for (const Table& table : tables_with_keys()) {
    std::vector<std::string> names;
    for (const Column& column : table.columns) names.push_back(column.name);
    const auto rows = database_.bulk_insert(table.name, names);
    std::string where, expected;
    std::deque<std::string> texts;  // until the row ends
    for (const Column& column : table.columns) {
      const int most = most_bytes_of(table.name + "." + column.name);
      if (most > 0) {
        expected = texts.emplace_back(letters(most));
        where = column.name;
        rows->add(std::string_view(texts.back()));
      } else if (column.type == "BIGINT" || column.type == "{id}") {
        rows->add(std::int64_t{1'000'000});
      } else {
        rows->add("");
      }
    }
    rows->end_row();
    EXPECT_EQ(failure([&] { rows->flush(); }), "") << table.name;
    const auto found = database_.query_text(
        "SELECT COUNT(*) FROM " + table.name + " WHERE " + where + " = ?", {expected});
    ASSERT_TRUE(found->next());
    EXPECT_EQ(found->integer(0), 1) << table.name;
  }
}

}  // namespace
}  // namespace cdh
