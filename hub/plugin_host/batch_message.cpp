#include "hub/plugin_host/batch_message.hpp"

#include <array>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

namespace {

// A place in the block of texts.
struct TextPlace {
  std::uint64_t offset, size;
};

struct RowOnWire {
  std::uint64_t position;
  std::uint32_t source_row;
  std::uint32_t operation;
  TextPlace raw, rejection, rejected_field;
};

bool is_text(const cdh_value& value) {
  return value.type == CDH_TEXT || value.type == CDH_DECIMAL || value.type == CDH_BYTES ||
         value.type == CDH_JSON;
}

std::array<std::string_view, 3> texts_of(const RowInfo& row) {
  return {row.raw, row.rejection, row.rejected_field};
}

// Puts the values into the message, with offsets from `text_bytes` on for pointers. The sum of
// their texts is added to it.
void write_values(std::span<const cdh_value> values, std::uint64_t& text_bytes,
                  MessageWriter& out) {
  std::byte* at = out.space(values.size(), sizeof(cdh_value));
  for (cdh_value value : values) {
    if (is_text(value)) {
      value.as.integer = static_cast<std::int64_t>(text_bytes);
      text_bytes += value.length;
    }
    std::memcpy(at, &value, sizeof value);
    at += sizeof value;
  }
}

void write_texts(const std::vector<RowInfo>& rows, std::span<const cdh_value> values,
                 std::uint64_t text_bytes, MessageWriter& out) {
  std::byte* at = out.space(text_bytes);
  const auto append = [&at](const char* text, std::size_t size) {
    if (size > 0) std::memcpy(at, text, size);
    at += size;
  };
  for (const RowInfo& row : rows) {
    for (const std::string_view text : texts_of(row)) append(text.data(), text.size());
  }
  for (const cdh_value& value : values) {
    if (is_text(value)) append(value.as.text, value.length);
  }
}

std::string_view text_at(std::string_view texts, TextPlace place) {
  if (place.offset > texts.size() || place.size > texts.size() - place.offset) {
    fail_broken_message("a text beyond its end");
  }
  return texts.substr(place.offset, place.size);
}

std::vector<cdh_row> read_rows(std::span<const RowOnWire> rows, std::string_view texts) {
  std::vector<cdh_row> out;
  out.reserve(rows.size());
  for (const RowOnWire& row : rows) {
    out.push_back({row.position, row.source_row, static_cast<std::uint8_t>(row.operation),
                   borrow(text_at(texts, row.raw)), borrow(text_at(texts, row.rejection)),
                   borrow(text_at(texts, row.rejected_field))});
  }
  return out;
}

// Offsets become pointers again, in place.
void bind_texts(std::span<cdh_value> values, std::string_view texts) {
  for (cdh_value& value : values) {
    if (!is_text(value)) continue;
    const auto offset = static_cast<std::uint64_t>(value.as.integer);
    value.as.text = text_at(texts, {offset, value.length}).data();
  }
}

}  // namespace

void BatchEncoder::write(const Batch& batch, MessageWriter& out) {
  const std::uint64_t serial = batch.schema_serial();
  const bool is_known = serial != 0 && serial == sent_serial_;
  write_columns(batch, is_known, out);
  out.text(batch.origin());
  out.text(batch.position_unit());
  out.text(batch.resume_state());
  std::vector<RowInfo> rows;
  std::vector<RowOnWire> rows_on_wire;
  std::uint64_t text_bytes = 0;
  const auto place = [&text_bytes](std::string_view text) {
    return TextPlace{std::exchange(text_bytes, text_bytes + text.size()), text.size()};
  };
  for (std::size_t i = 0; i < batch.row_count(); ++i) {
    const RowInfo row = rows.emplace_back(batch.row(i));
    rows_on_wire.push_back({row.position, row.source_row,
                            row.deleted ? std::uint32_t{CDH_DELETE} : std::uint32_t{CDH_UPSERT},
                            place(row.raw), place(row.rejection), place(row.rejected_field)});
  }
  out.array<RowOnWire>(rows_on_wire);
  const std::span<const cdh_value> values(batch.raw().values,
                                          batch.row_count() * batch.column_count());
  write_values(values, text_bytes, out);
  write_texts(rows, values, text_bytes, out);
  sent_serial_ = serial;  // a batch that is too large is never sent, and its columns neither
}

void BatchEncoder::write_columns(const Batch& batch, bool is_known, MessageWriter& out) {
  out.number(is_known ? 0 : 1);
  if (is_known) return;
  const std::vector<Column> columns = batch.columns();
  out.number(columns.size());
  for (const Column& column : columns) {
    out.text(column.name);
    out.number(static_cast<std::uint64_t>(column.type));
  }
}

struct BatchDecoder::Columns {
  std::vector<std::string> names;
  std::vector<cdh_field> fields;
  cdh_schema schema{};
};

cdh_batch BatchDecoder::read(MessageReader in, Message&& message) {
  struct Owned {
    std::unique_ptr<std::byte[]> body;
    std::shared_ptr<const Columns> columns;
    std::vector<cdh_row> rows;
  };
  if (in.number() != 0) read_columns(in);
  if (columns_ == nullptr) fail_broken_message("a batch without columns");
  cdh_batch batch{};
  batch.size = sizeof batch;
  batch.row_stride = sizeof(cdh_row);
  batch.schema = &columns_->schema;
  batch.origin = borrow(in.text());
  batch.position_unit = borrow(in.text());
  batch.resume_state = borrow(in.text());
  const std::span<RowOnWire> rows = in.array<RowOnWire>();
  const std::span<cdh_value> values = in.array<cdh_value>();
  const std::string_view texts = in.text();
  const std::size_t width = columns_->fields.size();
  const bool fits = width == 0 ? values.empty()
                               : values.size() % width == 0 && values.size() / width == rows.size();
  if (!fits) fail_broken_message("not as many values as its rows and columns need");
  bind_texts(values, texts);
  auto owned = std::make_unique<Owned>();
  owned->rows = read_rows(rows, texts);
  owned->columns = columns_;
  owned->body = std::move(message.body);
  batch.row_count = owned->rows.size();
  batch.rows = owned->rows.data();
  batch.values = values.data();
  batch.private_data = owned.release();
  batch.release = [](cdh_batch* self) {
    delete static_cast<Owned*>(self->private_data);
    self->release = nullptr;
  };
  return batch;
}

void BatchDecoder::read_columns(MessageReader& in) {
  auto columns = std::make_shared<Columns>();
  std::vector<std::uint8_t> types;
  for (std::uint64_t left = in.number(); left > 0; --left) {
    columns->names.emplace_back(in.text());
    const std::uint64_t type = in.number();
    types.push_back(type <= CDH_JSON ? static_cast<std::uint8_t>(type) : std::uint8_t{CDH_TEXT});
  }
  for (std::size_t i = 0; i < types.size(); ++i) {
    columns->fields.push_back({borrow(columns->names[i]), types[i]});
  }
  columns->schema = {sizeof(cdh_schema), sizeof(cdh_field), ++serial_, columns->fields.size(),
                     columns->fields.data()};
  columns_ = std::move(columns);
}

}  // namespace cdh
