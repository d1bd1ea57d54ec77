#include "hub/normalize/boolean.hpp"

#include <string>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 20;

constexpr std::string_view kYes[] = {
    "true", "yes",  "1",  "y",  "t",  "tak", "on", "x",  "prawda", "enabled", "ja", "j",  "wahr",
    "oui",  "vrai", "si", "sí", "是", "有",  "对", "真", "✓",      "✔",       "☑",  "1.0"};
constexpr std::string_view kNo[] = {"false", "no",    "0",        "n",    "f",      "nie",  "off",
                                    "fałsz", "falsz", "disabled", "nein", "falsch", "non",  "faux",
                                    "否",    "无",    "無",       "不",   "没有",   "不是", "假",
                                    "✗",     "✘",     "☐",        "0.0"};

}  // namespace

std::optional<bool> parse_boolean(std::string_view text) {
  text = trim(text);
  if (text.size() > kMaxTextBytes) return std::nullopt;
  const std::string word = ascii_lower(text);
  for (const std::string_view yes : kYes) {
    if (word == yes) return true;
  }
  for (const std::string_view no : kNo) {
    if (word == no) return false;
  }
  return std::nullopt;
}

}  // namespace cdh
