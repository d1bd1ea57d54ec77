#include "options.hpp"

#include <cstdint>
#include <optional>

#include "decoder.hpp"
#include "input_files.hpp"

namespace cdh::csv {
namespace {

// One ASCII character, or nothing for "auto".
std::optional<char> read_character(const Settings& settings, const char* option) {
  const std::string text = settings.text(option, "auto");
  if (text == "auto" || text.empty()) return std::nullopt;
  if (text == "tab" || text == "\\t") return '\t';
  if (text == "none") return '\0';
  const auto byte = static_cast<unsigned char>(text[0]);
  if (text.size() != 1 || byte >= 0x80 || text == "\n" || text == "\r" || text == " ") {
    fail_config(std::string(option) + " must be auto or one ASCII character, not \"" + text + "\"",
                option);
  }
  return text[0];
}

std::size_t read_count(const Settings& settings, const char* option, std::int64_t fallback,
                       std::int64_t least, std::int64_t most) {
  const std::int64_t count = settings.integer(option, fallback);
  if (count < least || count > most) {
    fail_config(std::string(option) + " must be from " + std::to_string(least) + " to " +
                    std::to_string(most) + ", not " + std::to_string(count),
                option);
  }
  return static_cast<std::size_t>(count);
}

}  // namespace

Options read_options(const Settings& settings) {
  Options out;
  out.path = settings.text("path");
  if (out.path.empty()) fail_config("path must name a file", "path");
  out.encoding = settings.text("encoding", "auto");
  if (out.encoding != "auto") open_converter(out.encoding);
  out.dialect.separator = read_character(settings, "separator");
  out.dialect.quote = read_character(settings, "quote");
  out.dialect.trim = settings.boolean("trim", true);
  if (out.dialect.separator == '\0') fail_config("separator cannot be none", "separator");
  if (out.dialect.separator && out.dialect.separator == out.dialect.quote) {
    fail_config("separator and quote must differ", "separator");
  }
  out.header = settings.boolean("header", true);
  out.columns = settings.list("columns");
  if (out.header && !out.columns.empty()) {
    fail_config("columns is for files without a header; set header to false", "columns");
  }
  out.stream = settings.text("stream");
  if (out.stream.empty()) out.stream = default_stream_name(out.path);
  out.key = settings.list("key");
  out.null_texts = settings.list("null_text");
  out.skip_lines = read_count(settings, "skip_lines", 0, 0, 1'000'000);
  out.limits.record_bytes = read_count(settings, "max_line_mb", 16, 1, 1024) << 20;
  out.limits.cell_lines = read_count(settings, "max_cell_lines", 1000, 1, 100'000'000);
  return out;
}

}  // namespace cdh::csv
