#include "hub/ingest/batch_rows.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/model/raw_record.hpp"

namespace cdh {

namespace {

std::vector<Value> row_values(const Batch& batch, std::size_t row) {
  std::vector<Value> values;
  values.reserve(batch.column_count());
  for (std::size_t i = 0; i < batch.column_count(); ++i) values.push_back(batch.value(row, i));
  return values;
}

}  // namespace

std::string columns_to_json(const std::vector<Column>& columns) {
  nlohmann::json json = nlohmann::json::array();
  for (const Column& column : columns) {
    json.push_back({column.name, static_cast<int>(column.type)});
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Column> columns_from_json(const std::string& json) {
  std::vector<Column> columns;
  if (json.empty()) return columns;
  try {
    for (const auto& item : nlohmann::json::parse(json)) {
      columns.push_back(
          {item.at(0).get<std::string>(), static_cast<ValueType>(item.at(1).get<int>())});
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorKind::store, "the table pipeline holds columns that cannot be read: " + json);
  }
  return columns;
}

std::string row_to_json(const Batch& batch, std::size_t row) {
  std::string json;
  append_raw_json(row_values(batch, row), json, batch.row(row).raw);
  return json;
}

ColumnOrder::ColumnOrder(const std::vector<Column>& columns) {
  for (const Column& column : columns) places_.push_back({hash64(column.name), places_.size()});
  std::ranges::stable_sort(places_, {}, &Place::name);
}

Fingerprint fingerprint_row(const Batch& batch, std::size_t row, const ColumnOrder& order,
                            std::string& scratch) {
  scratch.clear();
  for (const ColumnOrder::Place& place : order.places_) {
    const Value value = batch.value(row, place.column);
    if (value.type == ValueType::absent) continue;
    std::int64_t number = value.integer;
    if (value.type == ValueType::real) std::memcpy(&number, &value.real, sizeof number);
    const bool is_text = value.type == ValueType::text || value.type == ValueType::decimal ||
                         value.type == ValueType::bytes || value.type == ValueType::json;
    if (is_text) number = static_cast<std::int64_t>(value.text.size());
    char head[sizeof place.name + 1 + sizeof number];
    std::memcpy(head, &place.name, sizeof place.name);
    head[sizeof place.name] = static_cast<char>(value.type);
    std::memcpy(head + sizeof place.name + 1, &number, sizeof number);
    const bool is_null = value.type == ValueType::null;
    scratch.append(head, is_null ? sizeof place.name + 1 : sizeof head);
    if (is_text) scratch.append(value.text);
    if (value.type == ValueType::instant &&
        value.offset_minutes != 0) {  // without one it is as it was
      scratch.append(reinterpret_cast<const char*>(&value.offset_minutes),
                     sizeof value.offset_minutes);
    }
  }
  const RowInfo info = batch.row(row);
  if (info.deleted) scratch += "deleted";
  if (!info.raw.empty()) scratch.append("raw").append(info.raw);
  return fingerprint(scratch);
}

Batch subset(const Batch& batch, const std::vector<std::size_t>& rows,
             const std::vector<Column>& absent) {
  std::vector<Column> columns = batch.columns();
  columns.insert(columns.end(), absent.begin(), absent.end());
  std::vector<std::vector<Value>> values;
  std::vector<std::string_view> raw;
  values.reserve(rows.size());
  for (const std::size_t row : rows) {
    values.push_back(row_values(batch, row));
    raw.push_back(batch.row(row).raw);
  }
  return Batch::from_values(columns, values, batch.owner(), raw);
}

RestoredRows restore_rows(const std::vector<Column>& columns,
                          const std::vector<StoredRaw>& records) {
  const auto owner = std::make_shared<std::vector<RawRecord>>();
  std::vector<std::vector<Value>> rows;
  std::vector<std::string_view> raw;
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < records.size(); ++place) {
    try {
      owner->push_back(RawRecord::parse(records[place].json));
    } catch (const Error&) {
      continue;
    }
    rows.push_back(owner->back().values());
    raw.push_back(owner->back().raw());
    places.push_back(place);
  }
  const Batch all = Batch::from_values(columns, rows, owner, raw);
  std::vector<std::size_t> whole, whole_places;
  const ColumnOrder order(columns);
  std::string scratch;
  for (std::size_t row = 0; row < places.size(); ++row) {
    if (fingerprint_row(all, row, order, scratch) != records[places[row]].fingerprint) continue;
    whole.push_back(row);
    whole_places.push_back(places[row]);
  }
  if (whole.size() == places.size()) return {all, std::move(places)};
  return {subset(all, whole), std::move(whole_places)};
}

}  // namespace cdh
