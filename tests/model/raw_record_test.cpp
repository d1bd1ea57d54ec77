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

TEST(RawRecord, WritesOnlyWhatIsThere) {
  const Value absent = typed(ValueType::absent, 0);
  const auto written = [](const std::vector<Value>& values) {
    std::string json;
    append_raw_json(values, json);
    return json;
  };
  std::vector<Value> values(2000, absent);
  EXPECT_EQ(written(values), "[]");
  values[2] = text_value("a");
  values[3] = typed(ValueType::integer, 4);
  values[1500] = typed(ValueType::null, 0);
  const std::string json = R"([{"absent":2},"a",4,{"absent":1496},null])";
  EXPECT_EQ(written(values), json);
  const RawRecord record = RawRecord::parse(json);
  ASSERT_EQ(record.values().size(), 1501U);
  for (std::size_t i = 0; i < record.values().size(); ++i) {
    EXPECT_EQ(record.values()[i].type, values[i].type) << i;
  }
}

TEST(RawRecord, KeepsTheSourcesOwnText) {
  const auto kept = [](const std::vector<Value>& values, std::string_view raw) {
    std::string json;
    append_raw_json(values, json, raw);
    const RawRecord record = RawRecord::parse(json);
    EXPECT_EQ(record.values().size(), values.size());
    EXPECT_EQ(record.raw(), raw);
    return json;
  };
  EXPECT_EQ(kept({text_value("b")}, R"({"a":1})"), R"(["b",{"raw":"{\"a\":1}"}])");
  EXPECT_EQ(kept({text_value("b")}, "\xB3"), R"(["b",{"raw_base64":"sw=="}])");
  EXPECT_EQ(kept({}, "a"), R"([{"raw":"a"}])");
  EXPECT_EQ(kept({text_value("b")}, ""), R"(["b"])");
}

TEST(RawRecord, ReadsTheFormOfOlderStores) {
  const RawRecord record = RawRecord::parse(R"([{"absent":0},{"absent":0},"a",{"absent":0}])");
  ASSERT_EQ(record.values().size(), 4U);
  EXPECT_EQ(record.values()[1].type, ValueType::absent);
  EXPECT_EQ(record.values()[2].text, "a");
}

TEST(RawRecord, RefusesOtherJson) {
  EXPECT_THROW(RawRecord::parse(R"([{"absent":9000000000000000000}])"), Error);
  EXPECT_THROW(RawRecord::parse(R"([{"absent":1048576},1])"), Error);
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
