#include "wildcard.hpp"

#include <algorithm>

namespace cdh::filter {

Wildcard::Wildcard(std::string_view pattern) {
  alternatives_.push_back({""});
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '|') {
      alternatives_.push_back({""});
    } else if (c == '*') {
      alternatives_.back().emplace_back();
    } else {
      const bool escapes = c == '\\' && i + 1 < pattern.size();
      alternatives_.back().back() += escapes ? pattern[++i] : c;
    }
  }
}

bool Wildcard::matches(std::string_view text) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](const Alternative& each) { return matches(each, text); });
}

// The first literal stands at the front, the last at the end, the others in order between: taking
// each as early as it comes is enough.
bool Wildcard::matches(const Alternative& alternative, std::string_view text) {
  const std::string& first = alternative.front();
  if (alternative.size() == 1) return text == first;
  if (text.substr(0, first.size()) != first) return false;
  text.remove_prefix(first.size());
  for (std::size_t i = 1; i + 1 < alternative.size(); ++i) {
    const std::size_t at = text.find(alternative[i]);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + alternative[i].size());
  }
  const std::string& last = alternative.back();
  return text.size() >= last.size() && text.substr(text.size() - last.size()) == last;
}

}  // namespace cdh::filter
