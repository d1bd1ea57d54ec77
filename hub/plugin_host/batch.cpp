#include "hub/plugin_host/batch.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

namespace {

// Integers without a branch, so that the loop over all values of a batch is a few instructions
// each.
unsigned is_unknown(const cdh_value& value) { return value.type > CDH_JSON ? 1U : 0U; }
unsigned lacks_its_text(const cdh_value& value) {
  constexpr unsigned kTextTypes =
      1U << CDH_DECIMAL | 1U << CDH_TEXT | 1U << CDH_BYTES | 1U << CDH_JSON;
  const unsigned is_text = kTextTypes >> (value.type & 31U) & 1U;
  return is_text & (value.length > 0 ? 1U : 0U) & (value.as.text == nullptr ? 1U : 0U);
}
// All bits of a double's exponent are set in NaN and infinity (IEEE 754).
unsigned is_no_number(const cdh_value& value) {
  constexpr std::int64_t kExponent = 0x7FF0'0000'0000'0000;
  return (value.type == CDH_DOUBLE ? 1U : 0U) &
         ((value.as.integer & kExponent) == kExponent ? 1U : 0U);
}

// Whether all doubles are numbers; throws on anything worse.
bool check_values(const cdh_batch& batch) {
  const std::size_t fields = batch.schema->field_count;
  const std::size_t count = batch.row_count * fields;
  unsigned broken = 0, no_number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    broken |= is_unknown(batch.values[i]) | lacks_its_text(batch.values[i]);
    no_number |= is_no_number(batch.values[i]);
  }
  if (broken == 0) return no_number == 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string place = " in row " + std::to_string(i / fields + 1) + " of a batch, column " +
                              std::to_string(i % fields + 1);
    if (is_unknown(batch.values[i])) fail_contract("a value of an unknown type" + place);
    if (lacks_its_text(batch.values[i])) fail_contract("a text without its bytes" + place);
  }
  return false;
}

// Refuses what would make reading unsafe: this is where a partner's defect is caught. Whether all
// doubles are numbers.
bool check_contract(const cdh_batch& batch) {
  if (batch.schema == nullptr) fail_contract("a batch without a schema");
  check_schema(*batch.schema);
  const std::size_t fields = batch.schema->field_count;
  if (batch.row_count > 0 && batch.rows == nullptr) fail_contract("a batch without its rows");
  if (batch.row_count > 0 && fields > 0 && batch.values == nullptr) {
    fail_contract("a batch without values");
  }
  if (fields > 0 && batch.row_count > SIZE_MAX / sizeof(cdh_value) / fields) {
    fail_contract("too many rows");
  }
  if (!stride_covers(batch.row_stride, &cdh_row::rejected_field)) {
    fail_contract("rows shorter than version 0.1 defines");
  }
  return check_values(batch);
}

const cdh_row& row_at(const cdh_batch& batch, std::size_t row) {
  return item_at(batch.rows, batch.row_stride, row);
}

cdh_value to_c(const Value& value) {
  cdh_value out{};
  out.type = static_cast<std::uint8_t>(value.type);
  out.offset_minutes = value.offset_minutes;
  switch (value.type) {
    case ValueType::decimal:
    case ValueType::text:
    case ValueType::bytes:
    case ValueType::json:
      out.as.text = value.text.data();
      out.length = static_cast<std::uint32_t>(value.text.size());
      break;
    case ValueType::real:
      out.as.real = value.real;
      break;
    default:
      out.as.integer = value.integer;
  }
  return out;
}

// The memory of a batch that the hub itself builds.
struct OwnRows {
  std::vector<Column> columns;
  std::vector<cdh_field> fields;
  cdh_schema schema{};
  std::vector<cdh_row> rows;
  std::vector<cdh_value> values;
};

}  // namespace

struct Batch::Data {
  struct Rejection {
    std::string_view reason, field;
  };

  cdh_batch batch{};
  std::shared_ptr<const void> keep_alive;
  // What replaces text that is not valid UTF-8, and the hub's own words; almost always empty.
  std::deque<std::string> own_texts;
  std::unordered_map<std::size_t, Rejection> own_rejections;  // by row; in place of the plugin's

  Data() = default;
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;
  ~Data() {
    if (batch.release != nullptr) batch.release(&batch);
  }

  void repair_texts();
  void reject_what_is_no_number();
  std::string_view repaired(std::string_view text);
};

void Batch::Data::repair_texts() {
  batch.origin = borrow(repaired(view(batch.origin)));
  batch.position_unit = borrow(repaired(view(batch.position_unit)));
  for (std::size_t i = 0; i < batch.row_count; ++i) {
    const cdh_row& row = row_at(batch, i);
    const std::string_view reason = view(row.rejection), field = view(row.rejected_field);
    if (is_valid_utf8(reason) && is_valid_utf8(field)) continue;
    own_rejections.emplace(i, Rejection{repaired(reason), repaired(field)});
  }
}

std::string_view Batch::Data::repaired(std::string_view text) {
  if (is_valid_utf8(text)) return text;
  return own_texts.emplace_back(to_valid_utf8(text));
}

// A deletion needs no more than its key.
void Batch::Data::reject_what_is_no_number() {
  const std::size_t fields = batch.schema->field_count;
  for (std::size_t i = 0; i < batch.row_count; ++i) {
    const cdh_row& row = row_at(batch, i);
    if (row.operation == CDH_DELETE || row.rejection.size > 0) continue;
    const cdh_value* values = batch.values + i * fields;
    const cdh_value* value = std::find_if(values, values + fields, is_no_number);
    if (value == values + fields) continue;
    const auto column = static_cast<std::size_t>(value - values);
    const std::string_view reason = own_texts.emplace_back("\"" + to_text(Batch::to_value(*value)) +
                                                           "\" is not a number that can be kept");
    own_rejections[i] = {reason, own_texts.emplace_back(columns_of(*batch.schema)[column].name)};
  }
}

Batch::Batch(std::shared_ptr<const Data> data)
    : data_(std::move(data)),
      values_(data_->batch.values),
      row_count_(data_->batch.row_count),
      column_count_(data_->batch.schema->field_count) {}

Batch Batch::adopt(cdh_batch&& raw, std::shared_ptr<const void> keep_alive) {
  // Before there is one that calls its release.
  if (!CDH_COVERS(&raw, release)) fail_contract("a batch shorter than version 0.1 defines");
  auto data = std::make_shared<Data>();
  data->batch = std::exchange(raw, cdh_batch{});
  data->keep_alive = std::move(keep_alive);
  const bool all_numbers = check_contract(data->batch);
  data->repair_texts();
  if (!all_numbers) data->reject_what_is_no_number();
  return Batch(std::move(data));
}

Batch Batch::from_values(const std::vector<Column>& columns,
                         const std::vector<std::vector<Value>>& rows,
                         std::shared_ptr<const void> keep_alive,
                         const std::vector<std::string_view>& raw) {
  auto own = std::make_unique<OwnRows>();
  own->columns = columns;
  for (const Column& column : own->columns) {
    own->fields.push_back({borrow(column.name), static_cast<std::uint8_t>(column.type)});
  }
  own->schema = {sizeof(cdh_schema), sizeof(cdh_field), 0, own->fields.size(), own->fields.data()};
  for (const std::vector<Value>& row : rows) {
    cdh_row info{};
    info.source_row = static_cast<std::uint32_t>(own->rows.size());
    if (!raw.empty()) info.raw = borrow(raw[own->rows.size()]);
    own->rows.push_back(info);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      own->values.push_back(i < row.size() ? to_c(row[i]) : cdh_value{});
    }
  }
  cdh_batch batch{};
  batch.size = sizeof batch;
  batch.row_stride = sizeof(cdh_row);
  batch.schema = &own->schema;
  batch.row_count = own->rows.size();
  batch.rows = own->rows.data();
  batch.values = own->values.data();
  batch.private_data = own.release();
  batch.release = [](cdh_batch* self) {
    delete static_cast<OwnRows*>(self->private_data);
    self->release = nullptr;
  };
  return adopt(std::move(batch), std::move(keep_alive));
}

std::uint64_t Batch::schema_serial() const { return data_->batch.schema->serial; }

std::vector<Column> Batch::columns() const { return columns_of(*data_->batch.schema); }

RowInfo Batch::row(std::size_t row) const {
  const cdh_row& raw = row_at(data_->batch, row);
  RowInfo info;
  info.position = raw.position;
  info.source_row = raw.source_row;
  info.deleted = raw.operation == CDH_DELETE;
  info.raw = view(raw.raw);
  info.rejection = view(raw.rejection);
  info.rejected_field = view(raw.rejected_field);
  if (data_->own_rejections.empty()) return info;
  if (const auto found = data_->own_rejections.find(row); found != data_->own_rejections.end()) {
    info.rejection = found->second.reason;
    info.rejected_field = found->second.field;
  }
  return info;
}

std::string_view Batch::origin() const { return view(data_->batch.origin); }
std::string_view Batch::position_unit() const { return view(data_->batch.position_unit); }
std::string_view Batch::resume_state() const { return view(data_->batch.resume_state); }
const cdh_batch& Batch::raw() const { return data_->batch; }
std::shared_ptr<const void> Batch::owner() const { return data_; }

}  // namespace cdh
