#include "hub/ingest/json_list.hpp"

#include <simdjson.h>

namespace cdh {

std::optional<std::vector<std::string>> json_list(std::string_view json) {
  thread_local simdjson::dom::parser parser;
  simdjson::dom::element whole;
  const simdjson::padded_string padded(json);
  if (parser.parse(padded).get(whole) != simdjson::SUCCESS) return std::nullopt;
  std::vector<std::string> texts;
  if (whole.is_null()) return texts;
  simdjson::dom::array array;
  if (whole.get(array) != simdjson::SUCCESS) return std::nullopt;
  for (const simdjson::dom::element item : array) {
    if (item.is_null()) continue;
    if (std::string_view text; item.get(text) == simdjson::SUCCESS) {
      texts.emplace_back(text);
    } else if (item.is_int64() || item.is_uint64()) {
      texts.push_back(simdjson::minify(item));
    } else {
      return std::nullopt;
    }
  }
  return texts;
}

}  // namespace cdh
