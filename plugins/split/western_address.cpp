// The rules of Poland, Britain and the USA: commas separate the segments, the postal code is the
// anchor.
#include <algorithm>
#include <iterator>

#include "address.hpp"
#include "country_name.hpp"
#include "words.hpp"

namespace cdh::split {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Words that announce a unit inside a building. Folded.
constexpr std::string_view kUnits[] = {"m",         "lok",  "mieszkanie", "lokal", "flat", "apt",
                                       "apartment", "unit", "suite",      "ste",   "room", "#"};

bool is_unit_word(std::string_view word) {
  return std::find(std::begin(kUnits), std::end(kUnits), fold(word)) != std::end(kUnits);
}

// "3", "4B", "B"
bool is_unit_number(std::string_view word) { return is_digit(word[0]) || word.size() == 1; }

// "m.3", "#12"
bool is_unit_with_number(std::string_view word) {
  const auto digit = std::find_if(word.begin(), word.end(), is_digit);
  return digit != word.begin() && digit != word.end() &&
         is_unit_word(word.substr(0, static_cast<std::size_t>(digit - word.begin())));
}

// How many words at the end name a unit: "ul. Długa 5/7 m. 3" has 2, "2nd Floor" is one of 2.
std::size_t count_unit_words(const std::vector<std::string_view>& words) {
  const std::size_t size = words.size();
  if (size >= 1 && is_unit_with_number(words[size - 1])) return 1;
  if (size >= 2 && is_unit_word(words[size - 2]) && is_unit_number(words[size - 1])) return 2;
  if (size == 2 && fold(words[1]) == "floor") return 2;
  return 0;
}

// Units go to the second line, everything else stays together as the street.
void place_street(const Segments& segments, Address& out) {
  const auto append = [](std::string& target, const std::string& part) {
    if (!part.empty()) target += (target.empty() ? "" : ", ") + part;
  };
  for (const std::string& segment : segments) {
    const std::vector<std::string_view> all = words(segment);
    const std::size_t street = all.size() - count_unit_words(all);
    append(out.street_address, join(all, 0, street));
    append(out.address_line2, join(all, street, all.size()));
  }
}

// A postal code and what stands around it in its segment.
struct Anchor {
  std::size_t segment = 0;
  std::string before, after;
};

// Cuts the segment at the postal code.
Anchor cut(const Segments& segments, std::size_t index, Place code, Address& out) {
  const std::string_view segment = segments[index];
  out.postal_code = segment.substr(code.begin, code.size);
  return {index, tidy(segment.substr(0, code.begin)), tidy(segment.substr(code.begin + code.size))};
}

// The sixteen adjectives of Polish voivodeships end alike: mazowieckie, śląskie.
bool is_polish_region(const std::string& segment) {
  const std::string folded = fold(segment);
  return folded.compare(0, 4, "woj ") == 0 || folded.compare(0, 12, "województwo ") == 0 ||
         (folded.find(' ') == std::string::npos && ends_with(folded, "kie"));
}

bool is_british_county(const std::string& segment) {
  constexpr std::string_view kCounties[] = {
      "kent",           "essex",         "surrey",        "east sussex",
      "west sussex",    "sussex",        "norfolk",       "suffolk",
      "devon",          "cornwall",      "dorset",        "somerset",
      "cumbria",        "merseyside",    "tyne and wear", "greater manchester",
      "greater london", "west midlands", "middlesex",     "rutland",
      "isle of wight",  "county durham"};
  const std::string folded = fold(segment);
  return ends_with(folded, "shire") ||
         std::find(std::begin(kCounties), std::end(kCounties), folded) != std::end(kCounties);
}

// The last of the segments, taken out of them.
std::string take_last(Segments& segments) {
  std::string last = std::move(segments.back());
  segments.pop_back();
  return last;
}

}  // namespace

// ul. Długa 5/7 m. 3, 00-238 Warszawa, woj. mazowieckie
void split_polish(Segments segments, Address& out) {
  constexpr std::size_t kCodeSize = 6;
  Segments street;
  std::size_t index = 0;
  std::size_t at = std::string::npos;
  for (; index < segments.size(); ++index) {
    at = find_shape(segments[index], "99-999");
    if (at != std::string::npos) break;
  }
  if (index == segments.size()) return place_street(segments, out);
  Anchor anchor = cut(segments, index, {at, kCodeSize}, out);
  street.assign(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(index));
  Segments rest(segments.begin() + static_cast<std::ptrdiff_t>(index) + 1, segments.end());
  if (!anchor.after.empty()) {
    out.address_locality = anchor.after;
    if (!anchor.before.empty()) street.push_back(anchor.before);
  } else if (!anchor.before.empty() && !street.empty()) {
    out.address_locality = anchor.before;  // Warszawa 00-238
  } else if (!anchor.before.empty()) {
    street.push_back(anchor.before);
  }
  for (std::string& segment : rest) {
    if (out.address_region.empty() && is_polish_region(segment)) {
      out.address_region = std::move(segment);
    } else if (out.address_locality.empty()) {
      out.address_locality = std::move(segment);
    } else {
      street.push_back(std::move(segment));
    }
  }
  // Długa 5, Warszawa, 00-238
  if (out.address_locality.empty() && street.size() > 1) out.address_locality = take_last(street);
  place_street(street, out);
}

// Flat 3, 12 High Street, Leeds, West Yorkshire, LS1 4AB
void split_british(Segments segments, Address& out) {
  std::size_t index = segments.size();
  Place code;
  while (index > 0 && code.size == 0) code = find_british_postal_code(segments[--index]);
  if (code.size == 0) return place_street(segments, out);
  const Anchor anchor = cut(segments, index, code, out);
  Segments before(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(index));
  if (!anchor.before.empty()) before.push_back(anchor.before);
  if (before.size() > 1 && is_british_county(before.back())) out.address_region = take_last(before);
  if (before.size() > 1) out.address_locality = take_last(before);
  if (!anchor.after.empty()) before.push_back(anchor.after);
  before.insert(before.end(), segments.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                segments.end());
  place_street(before, out);
}

// 1515 Adela Ln Apt 4, Las Vegas, NV 89111
void split_american(Segments segments, Address& out) {
  for (const std::string_view shape : {"99999-9999", "99999"}) {
    std::string& last = segments.back();
    const std::size_t at = find_shape(last, shape);
    if (at == std::string::npos || at + shape.size() != last.size()) continue;
    out.postal_code = last.substr(at);
    last = tidy(std::string_view(last).substr(0, at));
    if (last.empty()) segments.pop_back();
    break;
  }
  // The state is the last segment, or its last word or two.
  if (!segments.empty()) {
    std::string& last = segments.back();
    const std::vector<std::string_view> all = words(last);
    for (std::size_t count = std::min<std::size_t>(all.size(), 3); count > 0; --count) {
      const std::string state = join(all, all.size() - count, all.size());
      if (!is_us_state(state) || (count == all.size() && segments.size() == 1)) continue;
      out.address_region = state;
      last = join(all, 0, all.size() - count);
      if (last.empty()) segments.pop_back();
      break;
    }
  }
  // A lone segment with a house number holds the street too: where the city begins nothing tells.
  if (segments.size() > 1 ||
      (!segments.empty() && std::none_of(segments[0].begin(), segments[0].end(), is_digit))) {
    out.address_locality = take_last(segments);
  }
  place_street(segments, out);
}

}  // namespace cdh::split
