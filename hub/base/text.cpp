#include "hub/base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace cdh {

namespace {

// U+00A0, U+200B to U+200F, U+2060, U+3000 and U+FEFF: blanks that spreadsheets and web pages
// leave.
std::size_t blank_at_front(std::string_view text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) == ' ' || (byte(0) >= '\t' && byte(0) <= '\r')) return 1;
  if (text.starts_with("\xC2\xA0")) return 2;
  if (text.size() >= 3 && byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x8B &&
      byte(2) <= 0x8F) {
    return 3;
  }
  if (text.starts_with("\xE2\x81\xA0") || text.starts_with("\xE3\x80\x80") ||
      text.starts_with("\xEF\xBB\xBF")) {
    return 3;
  }
  return 0;
}

std::size_t blank_at_back(std::string_view text) {
  for (std::size_t width = 1; width <= 3 && width <= text.size(); ++width) {
    if (blank_at_front(text.substr(text.size() - width)) == width) return width;
  }
  return 0;
}

// The length of the well-formed code point at the front; 0 = there is none, or a NUL.
std::size_t code_point_at_front(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead > 0xF4 || length > bytes.size()) return 0;
  std::uint32_t point = lead & (0xFFU >> (length + 1));
  for (std::size_t k = 1; k < length; ++k) {
    const auto next = static_cast<unsigned char>(bytes[k]);
    if ((next & 0xC0) != 0x80) return 0;
    point = point << 6 | (next & 0x3FU);
  }
  if ((length == 3 && point < 0x800) || (length == 4 && point < 0x10000)) return 0;
  return point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ? 0 : length;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replace = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replace}));
    }
  }
  return row.back();
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (const std::size_t width = blank_at_front(text)) text.remove_prefix(width);
  while (const std::size_t width = blank_at_back(text)) text.remove_suffix(width);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : several);
}

std::string printable(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.front());
    const std::size_t length = code_point_at_front(text);
    const std::string_view point = text.substr(0, std::max<std::size_t>(length, 1));
    // U+202A to U+202E and U+2066 to U+2069.
    const bool turns = (point >= "\xE2\x80\xAA" && point <= "\xE2\x80\xAE") ||
                       (point >= "\xE2\x81\xA6" && point <= "\xE2\x81\xA9");
    // The second set is U+0080 to U+009F, where terminals take U+009B for ESC [.
    const bool controls = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F ||
                          (point >= "\xC2\x80" && point <= "\xC2\x9F");
    if (turns || controls) {
      out += '?';
    } else if (length == 0) {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
    } else {
      out += point;
    }
    text.remove_prefix(point.size());
  }
  return out;
}

std::string printable_line(std::string_view text) {
  std::string line = printable(text);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return line;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = code_point_at_front(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string to_valid_utf8(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const std::size_t length = code_point_at_front(bytes);
    out += length == 0 ? "\xEF\xBF\xBD" : bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  // No code point has more than three bytes after its first one; what has is not UTF-8 anyway.
  std::size_t end = size;
  while (end > 0 && size - end < 3 && continues(end)) --end;
  return text.substr(0, continues(end) ? size : end);
}

// Three bytes from E4 B8 80.
bool begins_with_han(std::string_view text) {
  return text.size() >= 3 && text.substr(0, 2) >= "\xE4\xB8" &&
         static_cast<unsigned char>(text[0]) <= 0xE9;
}

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string wanted = ascii_lower(name);
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(wanted, ascii_lower(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (const std::string_view near = nearest(name, candidates); !near.empty()) {
    return "; did you mean \"" + std::string(near) + "\"?";
  }
  constexpr std::size_t kMost = 30;
  std::string known;
  for (std::size_t i = 0; i < std::min(candidates.size(), kMost); ++i) {
    known += (known.empty() ? "" : ", ") + std::string(candidates[i]);
  }
  if (candidates.size() > kMost) {
    known += " and " + std::to_string(candidates.size() - kMost) + " more";
  }
  return known.empty() ? "" : "; known: " + known;
}

}  // namespace cdh
