#include "record_splitter.hpp"

#include <cdh/plugin.hpp>

#include "array_splitter.hpp"
#include "indented_splitter.hpp"
#include "line_splitter.hpp"

namespace jsonl {

namespace {

constexpr std::size_t kProbeSize = 64 * 1024;
constexpr std::string_view kBlanks = " \t\r\n";

void skip_byte_order_mark(InputBuffer& buffer) {
  const std::string_view bytes = buffer.bytes();
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") {
    buffer.consume(3);
    return;
  }
  const bool marked = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
  const bool with_zeros = bytes.size() >= 2 && (bytes[0] == '\0') != (bytes[1] == '\0');
  if (marked || with_zeros) {
    cdh::fail_data("the text is UTF-16, and JSON must be UTF-8; convert it with iconv");
  }
}

// `{` is all that stands on the first line that is not blank, and it has an end.
bool begins_indented(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(kBlanks);
  if (first == std::string_view::npos || bytes[first] != '{') return false;
  const std::size_t after = bytes.find_first_not_of(" \t\r", first + 1);
  return after != std::string_view::npos && bytes[after] == '\n';
}

}  // namespace

std::string too_long_problem(std::size_t max_size) {
  const std::string limit = max_size >= (1 << 20) ? std::to_string(max_size >> 20) + " MB"
                                                  : std::to_string(max_size) + " bytes";
  return "the record is longer than " + limit +
         " and only as much of it is kept; raise max_line_mb";
}

std::unique_ptr<RecordSplitter> split_records(InputBuffer& buffer,
                                              const std::vector<std::string>& path,
                                              std::size_t max_size) {
  while (buffer.bytes().size() < kProbeSize && buffer.more()) continue;
  skip_byte_order_mark(buffer);
  const std::string_view bytes = buffer.bytes().substr(0, kProbeSize);
  const std::size_t first = bytes.find_first_not_of(kBlanks);
  const bool is_array = first != std::string_view::npos && bytes[first] == '[';
  if (!path.empty() || is_array) return std::make_unique<ArraySplitter>(buffer, path, max_size);
  if (begins_indented(bytes)) return std::make_unique<IndentedSplitter>(buffer, max_size);
  return std::make_unique<LineSplitter>(buffer, max_size);
}

}  // namespace jsonl
