#include "hub/model/raw_record.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

Value typed(ValueType type, std::int64_t integer, std::string_view text = {}) {
  Value value;
  value.type = type;
  value.integer = integer;
  value.text = text;
  return value;
}

TEST(RawRecord, EveryTypeSurvives) {
  Value instant = typed(ValueType::instant, 1'700'000'000'000'000);
  instant.offset_minutes = -210;
  Value real;
  real.type = ValueType::real;
  real.real = 5;
  const std::vector<Value> values = {typed(ValueType::absent, 0),
                                     typed(ValueType::null, 0),
                                     typed(ValueType::boolean, 1),
                                     typed(ValueType::integer, 9'007'199'254'740'993),
                                     real,
                                     typed(ValueType::decimal, 0, "1.50"),
                                     text_value("a \"b\" \n 王"),
                                     typed(ValueType::bytes, 0, std::string_view("\0\xFFz", 3)),
                                     typed(ValueType::date, -5),
                                     typed(ValueType::local_time, 42),
                                     instant,
                                     typed(ValueType::json, 0, R"({"a":1})")};
  std::string json;
  append_raw_json(values, json);
  const RawRecord record = RawRecord::parse(json);
  ASSERT_EQ(record.values().size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(record.values()[i].type, values[i].type) << i;
    EXPECT_EQ(to_text(record.values()[i]), to_text(values[i])) << i;
    EXPECT_EQ(record.values()[i].offset_minutes, values[i].offset_minutes) << i;
  }
}

TEST(RawRecord, KeepsDoublesThatAreNoNumbers) {
  std::vector<Value> values(3);
  for (Value& value : values) value.type = ValueType::real;
  values[0].real = std::numeric_limits<double>::quiet_NaN();
  values[1].real = std::numeric_limits<double>::infinity();
  values[2].real = -std::numeric_limits<double>::infinity();
  std::string json;
  append_raw_json(values, json);
  EXPECT_EQ(json, R"([{"real":"nan"},{"real":"inf"},{"real":"-inf"}])");
  const RawRecord record = RawRecord::parse(json);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(record.values()[i].type, ValueType::real);
    EXPECT_EQ(to_text(record.values()[i]), to_text(values[i]));
  }
}

TEST(RawRecord, KeepsTextThatIsNotUtf8AsBytes) {
  std::string json;
  append_raw_json({text_value("\xB3ukasz")}, json);
  const RawRecord record = RawRecord::parse(json);
  EXPECT_EQ(record.values()[0].type, ValueType::bytes);
  EXPECT_EQ(record.values()[0].text, "\xB3ukasz");
}

TEST(RawRecord, RefusesOtherJson) {
  EXPECT_THROW(RawRecord::parse("{}"), Error);
  EXPECT_THROW(RawRecord::parse(R"([{"colour":1}])"), Error);
}

TEST(Value, ReadsAsAPersonWouldWriteIt) {
  Value real;
  real.type = ValueType::real;
  real.real = 35391555000.0;
  EXPECT_EQ(to_text(real), "35391555000");
  real.real = 0.25;
  EXPECT_EQ(to_text(real), "0.25");
  Value instant = typed(ValueType::instant, 0);
  instant.offset_minutes = 90;
  EXPECT_EQ(to_text(instant), "1970-01-01T01:30:00+01:30");
  EXPECT_TRUE(text_value(" \xC2\xA0").is_blank());
}

}  // namespace
}  // namespace cdh
