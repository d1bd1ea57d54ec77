#include "hub/ingest/batch_rows.hpp"

#include <gmock/gmock.h>

namespace cdh {
namespace {

using testing::ElementsAre;

const std::vector<Column> kColumns = {{"a"}, {"b"}};

Fingerprint fingerprint_of(const std::vector<Value>& values, std::string_view raw = {}) {
  std::string scratch;
  const Batch batch = Batch::from_values(kColumns, {values}, nullptr, {raw});
  return fingerprint_row(batch, 0, ColumnOrder(kColumns), scratch);
}

TEST(BatchRows, AConnectorsOwnTextIsPartOfTheRecord) {
  const std::vector<Value> values = {text_value("x")};
  EXPECT_EQ(fingerprint_of(values, "1"), fingerprint_of(values, "1"));
  EXPECT_FALSE(fingerprint_of(values, "1") == fingerprint_of(values, "2"));
  EXPECT_FALSE(fingerprint_of(values, "1") == fingerprint_of(values));
}

TEST(BatchRows, AnInstantsOffsetIsPartOfIt) {
  const auto instant = [](std::int16_t offset) {
    Value value;
    value.type = ValueType::instant;
    value.offset_minutes = offset;
    return std::vector<Value>{value};
  };
  EXPECT_FALSE(fingerprint_of(instant(60)) == fingerprint_of(instant(120)));
  EXPECT_FALSE(fingerprint_of(instant(60)) == fingerprint_of(instant(0)));
}

TEST(BatchRows, StoredRowsComeBackWithTheirText) {
  const Batch batch = Batch::from_values(kColumns, {{text_value("x")}, {text_value("y")}}, nullptr,
                                         {"{\"a\":1,\"a\":2}", ""});
  const std::vector<StoredRaw> stored = {
      {7, fingerprint_of({text_value("x")}, "{\"a\":1,\"a\":2}"), row_to_json(batch, 0)},
      {8, fingerprint_of({text_value("other")}), row_to_json(batch, 1)},
      {9, fingerprint_of({text_value("y")}), row_to_json(batch, 1)}};
  const RestoredRows rows = restore_rows(kColumns, stored);
  EXPECT_THAT(rows.places, ElementsAre(0U, 2U)) << "what does not come back whole is left out";
  ASSERT_EQ(rows.batch.row_count(), 2U);
  EXPECT_EQ(rows.batch.row(0).raw, "{\"a\":1,\"a\":2}");
  EXPECT_EQ(rows.batch.value(0, 0).text, "x");
  EXPECT_EQ(rows.batch.row(1).raw, "");
}

}  // namespace
}  // namespace cdh
