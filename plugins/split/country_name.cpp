#include "country_name.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "words.hpp"

namespace cdh::split {

namespace {

struct ShortForm {
  std::string_view name, code;
};
constexpr ShortForm kShortForms[] = {{"pl", "PL"},
                                     {"pol", "PL"},
                                     {"gb", "GB"},
                                     {"uk", "GB"},
                                     {"gbr", "GB"},
                                     {"england", "GB"},
                                     {"scotland", "GB"},
                                     {"wales", "GB"},
                                     {"northern ireland", "GB"},
                                     {"great britain", "GB"},
                                     {"us", "US"},
                                     {"usa", "US"},
                                     {"united states of america", "US"},
                                     {"cn", "CN"},
                                     {"chn", "CN"},
                                     {"prc", "CN"},
                                     {"p r china", "CN"},
                                     {"pr china", "CN"},
                                     {"people's republic of china", "CN"},
                                     {"中华人民共和国", "CN"}};

constexpr std::string_view kStateCodes[] = {
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il",
    "in", "ia", "ks", "ky", "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt",
    "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh", "ok", "or", "pa", "ri",
    "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "dc", "pr"};
constexpr std::string_view kStateNames[] = {
    "alabama",        "alaska",        "arizona",
    "arkansas",       "california",    "colorado",
    "connecticut",    "delaware",      "florida",
    "georgia",        "hawaii",        "idaho",
    "illinois",       "indiana",       "iowa",
    "kansas",         "kentucky",      "louisiana",
    "maine",          "maryland",      "massachusetts",
    "michigan",       "minnesota",     "mississippi",
    "missouri",       "montana",       "nebraska",
    "nevada",         "new hampshire", "new jersey",
    "new mexico",     "new york",      "north carolina",
    "north dakota",   "ohio",          "oklahoma",
    "oregon",         "pennsylvania",  "rhode island",
    "south carolina", "south dakota",  "tennessee",
    "texas",          "utah",          "vermont",
    "virginia",       "washington",    "west virginia",
    "wisconsin",      "wyoming",       "district of columbia"};

using CountryNames = std::unordered_map<std::string, std::string>;

CountryNames load_country_names() {
  CountryNames names;
  for (const char* language : {"en", "pl", "de", "fr", "es", "zh", "zh_Hant"}) {
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      icu::UnicodeString name;
      icu::Locale("", *code).getDisplayCountry(icu::Locale(language), name);
      std::string utf8;
      names.emplace(fold(name.toUTF8String(utf8)), *code);
    }
  }
  for (const ShortForm& form : kShortForms) names[std::string(form.name)] = form.code;
  return names;
}

}  // namespace

bool is_us_state(std::string_view name) {
  const std::string folded = fold(name);
  return std::find(std::begin(kStateCodes), std::end(kStateCodes), folded) !=
             std::end(kStateCodes) ||
         std::find(std::begin(kStateNames), std::end(kStateNames), folded) != std::end(kStateNames);
}

std::string country_code(std::string_view name) {
  static const CountryNames names = load_country_names();
  if (is_us_state(name)) return {};
  const auto found = names.find(fold(name));
  return found != names.end() ? found->second : std::string();
}

}  // namespace cdh::split
