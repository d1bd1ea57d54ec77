// What crosses the boundary besides batches keeps every member on its way.
#include "hub/plugin_host/boundary_message.hpp"

#include <array>
#include <cstring>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace cdh {
namespace {

Message received(const MessageWriter& sent) {
  Message message;
  message.kind = sent.kind();
  message.size = sent.body().size();
  message.body = std::make_unique<std::byte[]>(message.size);
  std::memcpy(message.body.get(), sent.body().data(), message.size);
  return message;
}

cdh_string borrow(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(cdh_string text) { return {text.data, text.size}; }

TEST(BoundaryMessage, KeepsEveryMemberOfACatalog) {
  const std::array<cdh_field, 2> fields = {
      {{borrow("No"), CDH_INTEGER}, {borrow("Name"), CDH_TEXT}}};
  const cdh_schema schema = {sizeof schema, sizeof(cdh_field), 0, fields.size(), fields.data()};
  const std::array<cdh_string, 2> key = {borrow("No"), borrow("Name")};
  const std::array<cdh_stream, 2> streams = {
      {{borrow("people"), borrow("All people."), &schema, key.data(), key.size(), 1, 0},
       {borrow("notes"), borrow(""), nullptr, nullptr, 0, 0, 1}}};
  cdh_catalog sent{};
  sent.size = sizeof sent;
  sent.stream_stride = sizeof(cdh_stream);
  sent.streams = streams.data();
  sent.count = streams.size();
  MessageWriter out(MessageKind::done);
  write_catalog(sent, out);
  Message message = received(out);
  const MessageReader in(message);
  cdh_catalog catalog = read_catalog(in, std::move(message));

  ASSERT_EQ(catalog.count, 2U);
  ASSERT_EQ(catalog.stream_stride, sizeof(cdh_stream));
  const cdh_stream& people = catalog.streams[0];
  EXPECT_EQ(view(people.name), "people");
  EXPECT_EQ(view(people.description), "All people.");
  ASSERT_EQ(people.schema->field_count, 2U);
  EXPECT_EQ(view(people.schema->fields[0].name), "No");
  EXPECT_EQ(people.schema->fields[0].type, CDH_INTEGER);
  EXPECT_EQ(view(people.schema->fields[1].name), "Name");
  ASSERT_EQ(people.key_count, 2U);
  EXPECT_EQ(view(people.key[1]), "Name");
  EXPECT_EQ(people.incremental, 1);
  EXPECT_EQ(people.open, 0);
  const cdh_stream& notes = catalog.streams[1];
  EXPECT_EQ(view(notes.name), "notes");
  EXPECT_EQ(notes.schema->field_count, 0U);
  EXPECT_EQ(notes.key_count, 0U);
  EXPECT_EQ(notes.incremental, 0);
  EXPECT_EQ(notes.open, 1);
  catalog.release(&catalog);
}

TEST(BoundaryMessage, AMessageIsCutBeforeACodePoint) {
  cdh_error error{};
  set_message(error, std::string(sizeof error.message - 2, 'x') + "\u00F3");
  EXPECT_EQ(std::string(error.message), std::string(sizeof error.message - 2, 'x'));
}

}  // namespace
}  // namespace cdh
