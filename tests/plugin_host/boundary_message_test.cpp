// What crosses the boundary besides batches keeps every member on its way.
#include "hub/plugin_host/boundary_message.hpp"

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

std::string_view view(cdh_string text) { return {text.data, text.size}; }

TEST(BoundaryMessage, KeepsEveryMemberOfACatalog) {
  MessageWriter out(MessageKind::done);
  write_catalog({{.name = "people",
                  .description = "All people.",
                  .columns = {{"No", ValueType::integer}, {"Name", ValueType::text}},
                  .key = {"No", "Name"},
                  .incremental = true,
                  .open = false},
                 {.name = "notes",
                  .description = "",
                  .columns = {},
                  .key = {},
                  .incremental = false,
                  .open = true}},
                out);
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
