#include "lookup_table.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include <unicode/utf8.h>

#include "csv_reader.hpp"

namespace cdh::lookup {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxRows = 5'000'000;

// The line of the first byte that is not UTF-8, or 0.
std::size_t line_not_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  std::size_t line = 1;
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0) return line;
    line += point == '\n' ? 1 : 0;
  }
  return 0;
}

// Reads the rows of one file and says where in it something is wrong.
class FileRows {
 public:
  FileRows(const std::string& path, std::string_view content, char separator)
      : path_(path), csv_(content, separator) {
    if (const std::size_t line = line_not_utf8(content)) {
      fail_config(path + " line " + std::to_string(line) + ": the text is not UTF-8", "file");
    }
    if (!csv_.read(header_)) fail_config(path + " is empty; it needs a header", "file");
  }

  bool read() {
    if (!csv_.read(fields_)) return false;
    if (fields_.size() != header_.size()) {
      fail("the row has " + std::to_string(fields_.size()) + " fields, the header " +
           std::to_string(header_.size()));
    }
    return true;
  }

  std::size_t column(const std::string& name, const char* option) const {
    const auto count = std::count(header_.begin(), header_.end(), name);
    if (count == 1) {
      return static_cast<std::size_t>(std::find(header_.begin(), header_.end(), name) -
                                      header_.begin());
    }
    const std::string quoted = "\"" + name + "\"";
    fail_config(path_ + " has " +
                    (count == 0 ? "no column " + quoted + known_names(name, header_)
                                : "twice the column " + quoted),
                option);
  }

  [[noreturn]] void fail(const std::string& what) const {
    fail_config(path_ + " line " + std::to_string(csv_.line()) + ": " + what, "file");
  }

  // Rows of separators only, as spreadsheets leave them below a table.
  bool is_blank() const {
    return std::all_of(fields_.begin(), fields_.end(),
                       [](const std::string& field) { return field.empty(); });
  }
  const std::string& operator[](std::size_t column) const { return fields_[column]; }
  std::size_t line() const { return csv_.line(); }

 private:
  std::string path_;
  CsvReader csv_;
  std::vector<std::string> header_, fields_;
};

}  // namespace

std::string read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) fail_config("cannot open " + path + ": " + std::strerror(errno), "file");
  std::string content;
  std::vector<char> block(1 << 16);
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get())) {
    content.append(block.data(), count);
    if (content.size() > kMaxFileBytes) fail_config(path + " is larger than 256 MiB", "file");
  }
  if (std::ferror(file.get()))
    fail_config("cannot read " + path + ": " + std::strerror(errno), "file");
  return content;
}

LookupTable::LookupTable(const std::string& path, std::string_view content, char separator,
                         const std::string& key, const std::vector<std::string>& columns) {
  FileRows file(path, content, separator);
  const std::size_t key_column = file.column(key, "key");
  std::vector<std::size_t> taken;
  for (const std::string& name : columns) taken.push_back(file.column(name, "take"));
  while (file.read()) {
    if (file.is_blank()) continue;
    if (file[key_column].empty()) file.fail("the key \"" + key + "\" is empty");
    if (rows_.size() == kMaxRows) file.fail("a look-up table holds at most 5 million rows");
    const auto [known, added] =
        rows_.emplace(texts_.keep(file[key_column]), Row{file.line(), values_.size()});
    if (!added) {
      file.fail("the key \"" + file[key_column] + "\" stands already in line " +
                std::to_string(known->second.line));
    }
    for (const std::size_t column : taken) values_.push_back(texts_.keep(file[column]));
  }
}

const std::string_view* LookupTable::find(std::string_view key) const {
  const auto found = rows_.find(key);
  return found != rows_.end() ? values_.data() + found->second.first : nullptr;
}

}  // namespace cdh::lookup
