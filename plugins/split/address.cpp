#include "address.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "country_name.hpp"
#include "words.hpp"

namespace cdh::split {

namespace {

constexpr std::size_t kMaxBytes = 1000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// Bytes of other scripts count as letters.
bool is_word(char c) {
  return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool has_chinese(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    UErrorCode status = U_ZERO_ERROR;
    if (point >= 0x2E80 && uscript_getScript(point, &status) == USCRIPT_HAN) return true;
  }
  return false;
}

// The country as the last segment, or as its last word behind a postal code: "SW1A 2AA UK".
void take_country(Segments& segments, Address& out) {
  if (segments.size() < 2) return;
  std::string& last = segments.back();
  if (std::string code = country_code(last); !code.empty()) {
    out.address_country = std::move(code);
    segments.pop_back();
    return;
  }
  const std::size_t blank = last.rfind(' ');
  if (blank == std::string::npos || std::none_of(last.begin(), last.end(), is_digit)) return;
  if (std::string code = country_code(std::string_view(last).substr(blank + 1)); !code.empty()) {
    out.address_country = std::move(code);
    last.resize(blank);
  }
}

AddressRule rule_of_country(const std::string& code) {
  if (code == "PL") return AddressRule::poland;
  if (code == "GB") return AddressRule::britain;
  if (code == "US") return AddressRule::usa;
  return AddressRule::automatic;
}

// Two letters of a state, and a ZIP code at the end.
bool ends_like_usa(const std::string& segment) {
  for (const std::string_view shape : {"AA 99999", "AA 99999-9999"}) {
    const std::size_t at = find_shape(segment, shape);
    if (at != std::string::npos && at + shape.size() == segment.size() &&
        is_us_state(std::string_view(segment).substr(at, 2))) {
      return true;
    }
  }
  return false;
}

AddressRule rule_of_shape(const Segments& segments) {
  for (const std::string& segment : segments) {
    if (find_shape(segment, "99-999") != std::string::npos) return AddressRule::poland;
  }
  if (ends_like_usa(segments.back())) return AddressRule::usa;
  for (const std::string& segment : segments) {
    if (find_british_postal_code(segment).size > 0) return AddressRule::britain;
  }
  return AddressRule::automatic;
}

}  // namespace

std::size_t find_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return std::string_view::npos;
  for (std::size_t begin = text.size() - shape.size() + 1; begin-- > 0;) {
    const std::size_t end = begin + shape.size();
    if ((begin > 0 && is_word(text[begin - 1])) || (end < text.size() && is_word(text[end])))
      continue;
    std::size_t i = 0;
    while (i < shape.size() && (shape[i] == '9'   ? is_digit(text[begin + i])
                                : shape[i] == 'A' ? is_letter(text[begin + i])
                                                  : shape[i] == text[begin + i])) {
      ++i;
    }
    if (i == shape.size()) return begin;
  }
  return std::string_view::npos;
}

Place find_british_postal_code(std::string_view text) {
  for (const std::string_view shape :
       {"AA9A 9AA", "AA99 9AA", "AA9 9AA", "A99 9AA", "A9A 9AA", "A9 9AA", "AA9A9AA", "AA999AA",
        "AA99AA", "A999AA", "A9A9AA", "A99AA"}) {
    const std::size_t at = find_shape(text, shape);
    if (at != std::string_view::npos) return {at, shape.size()};
  }
  return {};
}

Address split_address(std::string_view text, AddressRule rule) {
  Address out;
  if (text.size() > kMaxBytes) {
    out.street_address = text;
    return out;
  }
  if (rule == AddressRule::china || (rule == AddressRule::automatic && has_chinese(text))) {
    split_chinese(text, out);
    return out;
  }
  Segments segments = pieces(text, ",;\n\r");
  if (segments.empty()) return out;
  take_country(segments, out);
  if (rule == AddressRule::automatic) rule = rule_of_country(out.address_country);
  if (rule == AddressRule::automatic && out.address_country.empty()) rule = rule_of_shape(segments);
  switch (rule) {
    case AddressRule::poland:
      split_polish(std::move(segments), out);
      break;
    case AddressRule::britain:
      split_british(std::move(segments), out);
      break;
    case AddressRule::usa:
      split_american(std::move(segments), out);
      break;
    default:
      for (const std::string& segment : segments) {
        out.street_address += (out.street_address.empty() ? "" : ", ") + segment;
      }
  }
  return out;
}

}  // namespace cdh::split
