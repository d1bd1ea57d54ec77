#include "hub/base/csv.hpp"

#include <algorithm>
#include <istream>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxRecordBytes = 1 << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

void append_csv_field(std::string_view text, std::string& out) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  out += '"';
}

CsvReader::CsvReader(std::istream& in, std::string name) : in_(in), name_(std::move(name)) {
  if (!read_record()) fail("the file is empty; it needs a line with the names of its columns");
  header_ = fields_;
  if (header_.front().starts_with(kByteOrderMark)) header_.front().erase(0, kByteOrderMark.size());
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  const auto at = std::find(header_.begin(), header_.end(), name);
  if (at == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - header_.begin());
}

bool CsvReader::next() {
  if (!read_record()) return false;
  if (fields_.size() != header_.size()) {
    fail("the line has " + counted(std::ssize(fields_), "field", "fields") + ", the header has " +
         std::to_string(header_.size()));
  }
  return true;
}

// Line by line; a line that ends within quotes goes on in the next one.
bool CsvReader::read_record() {
  std::string line;
  fields_.clear();
  bool quoted = false;
  std::size_t bytes = 0;
  while (std::getline(in_, line)) {
    ++line_;
    bytes += line.size() + 1;
    if (bytes > kMaxRecordBytes) fail("the record is longer than 1 MiB; is a quote never closed?");
    if (!quoted && (line.empty() || line == "\r")) continue;
    if (!quoted) fields_.emplace_back();
    quoted = add_line(line, quoted);
    if (!quoted) return true;
    fields_.back() += '\n';
  }
  if (quoted) fail("the file ends within quotes");
  return false;
}

bool CsvReader::add_line(std::string_view line, bool quoted) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      fields_.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields_.emplace_back();
    } else {
      fields_.back() += c;
    }
  }
  if (!quoted && line.ends_with('\r')) fields_.back().pop_back();
  return quoted;
}

void CsvReader::fail(const std::string& what) const {
  throw Error(ErrorKind::config, name_ + ":" + std::to_string(line_) + ": " + what);
}

}  // namespace cdh
