// Any bytes, cut into records and parsed: what comes out as values must be sound, and a record that
// is rejected must leave the columns as they were.
//
// The first byte of an input chooses the settings; the rest is the file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include <cdh/plugin.hpp>

#include <simdjson.h>

#include "plugins/jsonl/input_buffer.hpp"
#include "plugins/jsonl/record_parser.hpp"
#include "plugins/jsonl/record_shape.hpp"
#include "plugins/jsonl/record_splitter.hpp"

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

// Gives the bytes in pieces, so that every place becomes the end of a piece at some time.
class PieceSource final : public jsonl::ByteSource {
 public:
  PieceSource(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, text_.size()});
    if (count > 0) std::memcpy(to, text_.data(), count);
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
  std::size_t piece_;
};

bool is_decimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto is_digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return is_digits(text.substr(0, point)) &&
         (point == text.size() || is_digits(text.substr(point + 1)));
}

void check_value(const cdh_value& value) {
  if (value.type != CDH_TEXT && value.type != CDH_DECIMAL && value.type != CDH_JSON) return;
  const std::string_view text(value.as.text, value.length);
  require(simdjson::validate_utf8(text.data(), text.size()), "text is UTF-8");
  require(text.find('\0') == std::string_view::npos, "text holds no NUL");
  if (value.type == CDH_DECIMAL) require(is_decimal(text), "a decimal is digits and a point");
  if (value.type == CDH_JSON) {
    simdjson::dom::parser parser;
    const auto error = parser.parse(text.data(), text.size()).error();
    // It keeps numbers that no double can hold.
    require(error == simdjson::SUCCESS || error == simdjson::NUMBER_ERROR, "JSON text is JSON");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const unsigned settings = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = settings % 4 == 0 ? 1 : settings % 4 == 1 ? 7 : 4096;
  const std::size_t max_size = settings & 4 ? 32 : 64 * 1024;
  std::vector<std::string> path;
  if (settings & 8) path = {"a"};

  jsonl::RecordShape shape = settings & 16
                                 ? jsonl::RecordShape({{"x", "a"}, {"y", "b.0"}, {"z", "a.b"}})
                                 : jsonl::RecordShape();
  jsonl::RecordParser parser(shape);
  jsonl::InputBuffer buffer(std::make_unique<PieceSource>(text, piece));
  try {
    const auto splitter = jsonl::split_records(buffer, path, max_size);
    std::size_t kept = 0;
    std::uint64_t position = 0;
    for (jsonl::RecordText record; splitter->next(record);) {
      require(record.position >= position, "positions do not fall");
      require(record.bytes.size() <= max_size, "records are within the limit");
      position = record.position;
      kept += record.bytes.size();
      if (!record.problem.empty()) continue;
      cdh::Arena arena;
      const std::size_t columns = shape.column_count();
      if (parser.parse(record.bytes, arena)) {
        require(parser.values().size() == shape.column_count(), "a value for each column");
        for (const cdh_value& value : parser.values()) check_value(value);
      } else {
        require(!parser.problem().empty(), "a rejection says why");
        require(shape.column_count() == columns, "a rejected record adds no column");
      }
    }
    require(kept <= text.size(), "records do not overlap");
  } catch (const cdh::PluginError& failure) {
    require(failure.what()[0] != '\0', "a failure says why");
  }
  return 0;
}
