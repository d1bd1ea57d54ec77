#include "csv_reader.hpp"

#include <algorithm>

#include <cdh/plugin.hpp>

namespace cdh::lookup {

CsvReader::CsvReader(std::string_view text, char separator) : rest_(text), separator_(separator) {
  if (rest_.substr(0, 3) == "\xEF\xBB\xBF") rest_.remove_prefix(3);
}

bool CsvReader::read(std::vector<std::string>& fields) {
  while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) {
    if (rest_.front() == '\n') ++line_;
    rest_.remove_prefix(1);
  }
  if (rest_.empty()) return false;
  fields.clear();
  row_line_ = line_;
  const char ends[] = {separator_, '\n', '\r', '\0'};
  for (;;) {
    std::string& field = fields.emplace_back();
    if (!rest_.empty() && rest_.front() == '"') read_quoted(field);
    const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
    field += rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (rest_.empty() || rest_.front() != separator_) return true;
    rest_.remove_prefix(1);
  }
}

void CsvReader::read_quoted(std::string& field) {
  rest_.remove_prefix(1);
  for (;;) {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) {
      fail_config("line " + std::to_string(row_line_) + ": a quote is opened and not closed",
                  "file");
    }
    field += rest_.substr(0, end);
    line_ += static_cast<std::size_t>(
        std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    rest_.remove_prefix(end + 1);
    if (rest_.empty() || rest_.front() != '"') return;
    field += '"';
    rest_.remove_prefix(1);
  }
}

}  // namespace cdh::lookup
