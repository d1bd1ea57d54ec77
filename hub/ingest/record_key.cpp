#include "hub/ingest/record_key.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/ingest/bound_mapping.hpp"
#include "hub/ingest/field_value.hpp"

namespace cdh {

namespace {

void append_part(std::string_view part, std::string& key) {
  for (const char c : part) {
    if (c == '|' || c == '\\') key += '\\';
    key += c;
  }
}

}  // namespace

std::vector<int> key_columns(const Batch& batch, const std::vector<std::string>& names) {
  const std::vector<Column> columns = batch.columns();
  std::vector<int> places;
  for (const std::string& name : names) {
    const auto at = std::ranges::find(columns, name, &Column::name);
    places.push_back(at == columns.end() ? kAbsent : static_cast<int>(at - columns.begin()));
  }
  return places;
}

std::string key_in(const Batch& batch, std::size_t row, const std::vector<int>& columns) {
  if (columns.size() == 1) return trimmed_text(value_at(batch, row, columns.front()));
  std::string key;
  bool blank = true;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string part = trimmed_text(value_at(batch, row, columns[i]));
    if (i > 0) key += '|';
    if (!part.empty()) blank = false;
    append_part(part, key);
  }
  return blank ? std::string() : key;
}

std::string fault_of_key(std::string_view key) {
  constexpr std::size_t kLongestKey = 1000;
  if (key.size() > kLongestKey) {
    return "the key is longer than " + std::to_string(kLongestKey) + " bytes";
  }
  return is_valid_utf8(key) ? "" : "the key has bytes that are not UTF-8, or a NUL";
}

}  // namespace cdh
