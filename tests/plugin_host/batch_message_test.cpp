// Batches as messages, also those of a child that is broken or hostile.
#include "hub/plugin_host/batch_message.hpp"

#include <cstring>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

Message received(const MessageWriter& sent) {
  Message message;
  message.kind = sent.kind();
  message.size = sent.body().size();
  message.body = std::make_unique<std::byte[]>(message.size);
  std::memcpy(message.body.get(), sent.body().data(), message.size);
  return message;
}

Batch decode(BatchDecoder& decoder, const MessageWriter& sent) {
  Message message = received(sent);
  MessageReader in(message);
  return Batch::adopt(decoder.read(in, std::move(message)));
}

Value typed(ValueType type, std::int64_t integer) {
  Value value;
  value.type = type;
  value.integer = integer;
  return value;
}

TEST(BatchMessage, KeepsEveryValue) {
  Value real;
  real.type = ValueType::real;
  real.real = 2.5;
  Value instant = typed(ValueType::instant, 1'700'000'000'000'000);
  instant.offset_minutes = -90;
  Value null;
  null.type = ValueType::null;
  const std::vector<std::vector<Value>> rows = {
      {text_value("Łódź"), typed(ValueType::integer, -7), real},
      {text_value(""), instant, Value{}},
      {null, typed(ValueType::boolean, 1), text_value(std::string_view("a\0b", 3))}};
  const Batch batch = Batch::from_values({{"a"}, {"b", ValueType::integer}, {"c"}}, rows);
  MessageWriter out(MessageKind::done);
  BatchEncoder().write(batch, out);
  BatchDecoder decoder;
  const Batch copy = decode(decoder, out);
  ASSERT_EQ(copy.row_count(), 3U);
  EXPECT_EQ(copy.columns(), batch.columns());
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      const Value expected = batch.value(row, column);
      const Value found = copy.value(row, column);
      EXPECT_EQ(found.type, expected.type);
      EXPECT_EQ(found.text, expected.text);
      EXPECT_EQ(found.integer, expected.integer);
      EXPECT_EQ(found.real, expected.real);
      EXPECT_EQ(found.offset_minutes, expected.offset_minutes);
    }
  }
}

// A batch as a plugin would fill it. Its text stands in the program.
cdh_string text(std::string_view text) { return {text.data(), text.size()}; }

TEST(BatchMessage, KeepsWhatIsSaidAboutTheRows) {
  const cdh_field field = {text("a"), CDH_TEXT};
  const cdh_schema schema = {sizeof schema, sizeof field, 7, 1, &field};
  const std::vector<cdh_row> rows = {
      {11, 0, CDH_UPSERT, text("raw \xFF"), text("too long"), text("a")},
      {12, 0, CDH_DELETE, text(""), text(""), text("")}};
  const std::vector<cdh_value> values(rows.size());
  cdh_batch sent{};
  sent.size = sizeof sent;
  sent.row_stride = sizeof(cdh_row);
  sent.schema = &schema;
  sent.row_count = rows.size();
  sent.rows = rows.data();
  sent.values = values.data();
  sent.origin = text("people.csv");
  sent.position_unit = text("line");
  sent.resume_state = text("12");
  MessageWriter out(MessageKind::done);
  BatchEncoder().write(Batch::adopt(std::move(sent)), out);
  BatchDecoder decoder;
  const Batch copy = decode(decoder, out);
  EXPECT_EQ(copy.origin(), "people.csv");
  EXPECT_EQ(copy.position_unit(), "line");
  EXPECT_EQ(copy.resume_state(), "12");
  ASSERT_EQ(copy.row_count(), 2U);
  EXPECT_EQ(copy.row(0).position, 11U);
  EXPECT_FALSE(copy.row(0).deleted);
  EXPECT_EQ(copy.row(0).raw, "raw \xFF");
  EXPECT_EQ(copy.row(0).rejection, "too long");
  EXPECT_EQ(copy.row(0).rejected_field, "a");
  EXPECT_EQ(copy.row(1).position, 12U);
  EXPECT_TRUE(copy.row(1).deleted);
  EXPECT_EQ(copy.row(1).rejection, "");
}

TEST(BatchMessage, ABatchThatIsTooLargeTakesNoColumnsAlong) {
  const std::string large(kMaxMessageBytes / 4096, 'x');
  const cdh_field field = {text("a"), CDH_TEXT};
  const cdh_schema schema = {sizeof schema, sizeof field, 7, 1, &field};
  cdh_value value{};
  value.type = CDH_TEXT;
  value.length = static_cast<std::uint32_t>(large.size());
  value.as.text = large.data();
  const std::vector<cdh_value> values(4096, value);
  const std::vector<cdh_row> rows(values.size());
  const auto batch_of = [&](std::size_t row_count) {
    cdh_batch batch{};
    batch.size = sizeof batch;
    batch.row_stride = sizeof(cdh_row);
    batch.schema = &schema;
    batch.row_count = row_count;
    batch.rows = rows.data();
    batch.values = values.data();
    return Batch::adopt(std::move(batch));
  };
  BatchEncoder encoder;
  MessageWriter never_sent(MessageKind::done), sent(MessageKind::done);
  EXPECT_THROW(encoder.write(batch_of(values.size()), never_sent), Error);
  encoder.write(batch_of(1), sent);
  BatchDecoder decoder;
  EXPECT_EQ(decode(decoder, sent).value(0, 0).text, large);
}

TEST(BatchMessage, ABatchMayBeEmpty) {
  MessageWriter out(MessageKind::done);
  BatchEncoder().write(Batch::from_values({{"a"}}, {}), out);
  BatchDecoder decoder;
  EXPECT_EQ(decode(decoder, out).row_count(), 0U);
}

// One text column and one row, as BatchEncoder writes them, with what a test puts wrong.
struct Wire {
  std::uint64_t has_columns = 1, columns = 1, rows = 1, values = 1;
  std::uint64_t offset = 0, length = 3, reason_offset = 0, reason_size = 0;
  std::string texts = "abc";

  MessageWriter written() const {
    MessageWriter out(MessageKind::done);
    out.number(has_columns);
    if (has_columns != 0) {
      out.number(columns);
      for (std::uint64_t i = 0; i < columns; ++i) {
        out.text("a");
        out.number(CDH_TEXT);
      }
    }
    for (int i = 0; i < 3; ++i) out.text("");
    out.number(rows);
    for (std::uint64_t i = 0; i < rows; ++i) {
      for (const std::uint64_t item :
           {std::uint64_t{1}, std::uint64_t{0}, std::uint64_t{0}, std::uint64_t{0}, reason_offset,
            reason_size, std::uint64_t{0}, std::uint64_t{0}}) {
        out.number(item);
      }
    }
    cdh_value value{};
    value.type = CDH_TEXT;
    value.length = static_cast<std::uint32_t>(length);
    value.as.integer = static_cast<std::int64_t>(offset);
    const std::vector<cdh_value> all(values, value);
    out.array<cdh_value>(all);
    out.text(texts);
    return out;
  }
};

TEST(BatchMessage, EveryLengthIsChecked) {
  const auto check = [](const char* what, const std::function<void(Wire&)>& spoil) {
    Wire wire;
    spoil(wire);
    BatchDecoder decoder;
    try {
      decode(decoder, wire.written());
      FAIL() << "accepted: " << what;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr(what));
      EXPECT_EQ(error.kind(), ErrorKind::plugin);
    }
  };
  BatchDecoder decoder;
  EXPECT_EQ(decode(decoder, Wire().written()).value(0, 0).text, "abc") << "to begin with";
  check("beyond its end", [](Wire& wire) { wire.offset = 1; });
  check("beyond its end", [](Wire& wire) { wire.length = 4; });
  check("beyond its end", [](Wire& wire) { wire.offset = ~std::uint64_t{0}; });
  check("beyond its end", [](Wire& wire) { wire.reason_size = 4; });
  check("beyond its end", [](Wire& wire) {
    wire.reason_offset = 2;
    wire.reason_size = ~std::uint64_t{0};
  });
  check("as many values", [](Wire& wire) { wire.values = 2; });
  check("as many values", [](Wire& wire) { wire.rows = 2; });
  check("as many values", [](Wire& wire) { wire.columns = 2; });
  check("as many values", [](Wire& wire) { wire.columns = 0; });
  check("without columns", [](Wire& wire) { wire.has_columns = 0; });
}

TEST(BatchMessage, AMessageThatEndsTooEarlyIsRefused) {
  const MessageWriter whole = Wire().written();
  for (std::size_t size = 0; size < whole.body().size(); size += 8) {
    Message message = received(whole);
    message.size = size;
    BatchDecoder decoder;
    MessageReader in(message);
    EXPECT_THROW(decoder.read(in, std::move(message)), Error) << size;
  }
}

TEST(BatchMessage, ColumnsCrossOnce) {
  // Batches of the hub's own carry no serial: their columns cross each time, as new ones.
  BatchEncoder encoder;
  BatchDecoder decoder;
  MessageWriter first(MessageKind::done), second(MessageKind::done);
  encoder.write(Batch::from_values({{"a"}}, {{text_value("x")}}), first);
  encoder.write(Batch::from_values({{"b"}}, {{text_value("y")}}), second);
  const Batch one = decode(decoder, first), two = decode(decoder, second);
  EXPECT_EQ(one.columns()[0].name, "a");
  EXPECT_EQ(two.columns()[0].name, "b");
  EXPECT_NE(one.schema_serial(), two.schema_serial());
  // Then a batch that says nothing about its columns has the last ones.
  Wire wire;
  wire.has_columns = 0;
  const Batch third = decode(decoder, wire.written());
  EXPECT_EQ(third.columns(), two.columns());
  EXPECT_EQ(third.schema_serial(), two.schema_serial());
}

}  // namespace
}  // namespace cdh
