#include "hub/run/html_text.hpp"

#include "hub/base/text.hpp"

namespace cdh {

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : printable_line(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace cdh
