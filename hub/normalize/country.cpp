#include "hub/normalize/country.hpp"

#include <functional>
#include <string>
#include <unordered_map>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxTextBytes = 200;

struct Alias {
  std::string_view name;  // folded
  std::string_view code;
};

// What ICU does not list: everyday, former and official names, and parts of the United Kingdom.
constexpr Alias kAliases[] = {{"uk", "GB"},
                              {"u k", "GB"},
                              {"great britain", "GB"},
                              {"britain", "GB"},
                              {"england", "GB"},
                              {"scotland", "GB"},
                              {"wales", "GB"},
                              {"northern ireland", "GB"},
                              {"anglia", "GB"},
                              {"szkocja", "GB"},
                              {"walia", "GB"},
                              {"wielka brytania", "GB"},
                              {"zjednoczone krolestwo", "GB"},
                              {"ying guo", "GB"},
                              {"usa", "US"},
                              {"u s a", "US"},
                              {"u s", "US"},
                              {"america", "US"},
                              {"united states of america", "US"},
                              {"the united states", "US"},
                              {"stany zjednoczone ameryki", "US"},
                              {"ameryka", "US"},
                              {"mei guo", "US"},
                              {"rp", "PL"},
                              {"rzeczpospolita polska", "PL"},
                              {"republic of poland", "PL"},
                              {"holland", "NL"},
                              {"holandia", "NL"},
                              {"the netherlands", "NL"},
                              {"niderlandy", "NL"},
                              {"czech republic", "CZ"},
                              {"republika czeska", "CZ"},
                              {"czechia", "CZ"},
                              {"slovak republic", "SK"},
                              {"prc", "CN"},
                              {"p r china", "CN"},
                              {"pr china", "CN"},
                              {"peoples republic of china", "CN"},
                              {"people s republic of china", "CN"},
                              {"mainland china", "CN"},
                              {"zhong guo da lu", "CN"},
                              {"zhong hua ren min gong he guo", "CN"},
                              {"chrl", "CN"},
                              {"hong kong", "HK"},
                              {"xiang gang", "HK"},
                              {"macau", "MO"},
                              {"ao men", "MO"},
                              {"taiwan", "TW"},
                              {"russia", "RU"},
                              {"russian federation", "RU"},
                              {"federacja rosyjska", "RU"},
                              {"south korea", "KR"},
                              {"republic of korea", "KR"},
                              {"korea", "KR"},
                              {"korea poludniowa", "KR"},
                              {"han guo", "KR"},
                              {"north korea", "KP"},
                              {"vietnam", "VN"},
                              {"viet nam", "VN"},
                              {"el", "GR"},
                              {"eire", "IE"},
                              {"republic of ireland", "IE"},
                              {"brd", "DE"},
                              {"rfn", "DE"},
                              {"federal republic of germany", "DE"},
                              {"uae", "AE"},
                              {"u a e", "AE"},
                              {"emirates", "AE"},
                              {"zea", "AE"},
                              {"turkey", "TR"},
                              {"burma", "MM"},
                              {"macedonia", "MK"},
                              {"ivory coast", "CI"},
                              {"moldavia", "MD"},
                              {"bialorus", "BY"},
                              {"bosnia", "BA"},
                              {"bosnia i hercegowina", "BA"},
                              {"espana", "ES"},
                              {"italia", "IT"},
                              {"osterreich", "AT"},
                              {"schweiz", "CH"},
                              {"suisse", "CH"},
                              {"svizzera", "CH"},
                              {"sverige", "SE"},
                              {"norge", "NO"},
                              {"danmark", "DK"},
                              {"suomi", "FI"},
                              {"magyarorszag", "HU"},
                              {"ceska republika", "CZ"},
                              {"cesko", "CZ"},
                              {"slovensko", "SK"},
                              {"lietuva", "LT"},
                              {"latvija", "LV"},
                              {"eesti", "EE"},
                              {"ukraina", "UA"},
                              {"hellas", "GR"},
                              {"nederland", "NL"},
                              {"belgie", "BE"},
                              {"brasil", "BR"},
                              {"hrvatska", "HR"},
                              {"slovenija", "SI"},
                              {"srbija", "RS"},
                              {"kosovo", "XK"},
                              {"turkiye", "TR"},
                              {"nippon", "JP"},
                              {"bharat", "IN"}};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
using CodeByName = std::unordered_map<std::string, std::string_view, TextHash, std::equal_to<>>;

CodeByName build_names() {
  CodeByName names;
  const icu::Locale languages[] = {icu::Locale("en"), icu::Locale("pl"), icu::Locale("de"),
                                   icu::Locale("fr"), icu::Locale("es"), icu::Locale("zh")};
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    names.emplace(fold(*code), *code);
    names.emplace(fold(country.getISO3Country()), *code);
    for (const icu::Locale& language : languages) {
      icu::UnicodeString wide;
      country.getDisplayCountry(language, wide);
      std::string name;
      names.emplace(fold(wide.toUTF8String(name)), *code);
    }
  }
  for (const Alias& alias : kAliases) names.insert_or_assign(std::string(alias.name), alias.code);
  return names;
}

}  // namespace

std::string_view country_code(std::string_view text) {
  static const CodeByName names = build_names();
  if (text.size() > kMaxTextBytes) return {};
  const auto found = names.find(fold(text));
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace cdh
