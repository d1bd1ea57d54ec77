// Drives the csv plugin from bytes to records: encoding, dialect, parser, recovery. The first byte
// chooses the settings, the rest is the file. What must hold for any file:
//
// - every byte but blanks, line ends and zeros is in exactly one record, in order;
// - a record without fault is clean UTF-8, and its cells lie inside its text;
// - lines only go up, and small limits are kept.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <cdh/plugin.hpp>

#include <simdjson.h>

#include "plugins/csv/dialect.hpp"
#include "plugins/csv/encoding.hpp"
#include "plugins/csv/record_reader.hpp"

namespace {

using namespace cdh::csv;

constexpr Limits kLimits{1000, 5};
constexpr const char* kEncodings[] = {"auto",    "utf-8",    "windows-1250", "iso-8859-2",
                                      "gb18030", "utf-16le", "utf-16be",     "utf-16"};

// Gives what it has in pieces of changing size, as a pipe or a decompressor does.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* to, std::size_t size) override {
    piece_ = piece_ * 7 % 1009;
    const std::size_t count = std::min({size, bytes_.size(), piece_});
    if (count > 0) std::memcpy(to, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
  std::size_t piece_ = 1;
};

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "csv_fuzz: %s\n", what);
  std::abort();
}

void append_solid(std::string& out, std::string_view bytes) {
  constexpr std::string_view kIgnored(" \t\r\n\0", 5);
  for (const char c : bytes) {
    if (kIgnored.find(c) == std::string_view::npos) out += c;
  }
}

void check_cells(const Record& record, char quote) {
  std::string buffer;
  for (const Cell& cell : record.cells) {
    require(simdjson::validate_utf8(cell.text.data(), cell.text.size()), "a cell is no UTF-8");
    require(cell.text.find('\0') == std::string_view::npos, "a cell holds NUL");
    require(cell.text.size() <= kLimits.record_bytes, "a cell is over the limit");
    require(!cell.escaped || cell.quoted, "a cell without quotes is escaped");
    buffer.resize(cell.text.size());
    if (cell.escaped) {
      require(unescape(cell.text, quote, buffer.data()).size() < cell.text.size(),
              "unescaping shortens nothing");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const std::string_view file(reinterpret_cast<const char*>(data) + 1, size - 1);
  DialectChoice dialect;
  dialect.trim = (choice & 8) != 0;
  if ((choice & 16) != 0) dialect.quote = (choice & 32) != 0 ? '"' : '\0';

  RecordReader reader(TextReader(std::make_unique<MemoryStream>(file), kEncodings[choice % 8]),
                      kLimits);
  const std::string_view sample = reader.sample();
  const DetectedDialect detected = detect_dialect(sample, reader.sample_is_whole(), dialect);
  reader.set_dialect(detected.dialect);

  std::string expected, seen;
  append_solid(expected, file.substr(find_byte_order_mark(file).size));
  Record record;
  std::uint64_t line = 0;
  while (reader.next(record)) {
    const std::string raw = reader.raw();
    append_solid(seen, raw);
    require(record.line >= line && record.line > 0, "lines go down");
    line = record.line;
    if (record.fault.empty()) check_cells(record, detected.dialect.quote);
  }
  require(seen == expected, "a byte is lost or repeated");
  return 0;
}
