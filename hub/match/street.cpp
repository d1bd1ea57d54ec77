#include "hub/match/street.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

// An empty short form is left out.
constexpr std::array<std::pair<std::string_view, std::string_view>, 47> kShortForms = {{
    {"al", "al"},         {"aleja", "al"},     {"aleje", "al"},     {"alley", "aly"},
    {"apartment", "apt"}, {"av", "ave"},       {"avenue", "ave"},   {"boulevard", "blvd"},
    {"building", "bldg"}, {"circle", "cir"},   {"close", "cl"},     {"court", "ct"},
    {"crescent", "cres"}, {"drive", "dr"},     {"east", "e"},       {"expressway", "expy"},
    {"flat", "apt"},      {"floor", "fl"},     {"gardens", "gdns"}, {"grove", "gr"},
    {"heights", "hts"},   {"highway", "hwy"},  {"lane", "ln"},      {"lokal", "m"},
    {"lok", "m"},         {"mieszkanie", "m"}, {"north", "n"},      {"os", "os"},
    {"osiedle", "os"},    {"parade", "pde"},   {"parkway", "pkwy"}, {"pl", "pl"},
    {"plac", "pl"},       {"place", "pl"},     {"plaza", "plz"},    {"road", "rd"},
    {"room", "rm"},       {"south", "s"},      {"square", "sq"},    {"str", "st"},
    {"strasse", "st"},    {"street", "st"},    {"suite", "ste"},    {"terrace", "ter"},
    {"ul", ""},           {"ulica", ""},       {"west", "w"},
}};

std::string_view short_form(std::string_view word) {
  const auto found =
      std::ranges::find(kShortForms, word, [](const auto& form) { return form.first; });
  return found == kShortForms.end() ? word : found->second;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Words of a street that tell nothing: its kind, direction, and what stands before a flat.
constexpr std::array<std::string_view, 38> kStreetWords = {
    "al", "and", "ave", "blvd", "bldg", "cir", "cl",  "cres", "ct",  "dr",  "e",    "fl",   "flat",
    "gr", "hwy", "ln",  "m",    "n",    "ne",  "no",  "nw",   "of",  "os",  "pde",  "pkwy", "pl",
    "rd", "rm",  "s",   "se",   "sq",   "st",  "ste", "sw",   "ter", "the", "unit", "w"};
constexpr std::array<std::string_view, 4> kMoreStreetWords = {"apmnt", "apt", "villa", "way"};

// "31st" as "o31": a street's number is not a house's.
std::string ordinal_word(std::string_view word) {
  if (word.size() < 3 || !is_digit(word.front())) return {};
  const std::string_view ending = word.substr(word.size() - 2);
  if (ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return {};
  return "o" + std::string(word.substr(0, word.size() - 2));
}

}  // namespace

std::string fold_street(std::string_view text) {
  const std::string folded = fold(text);
  std::string street;
  for (const std::string_view word : split(folded, ' ')) {
    const std::string_view form = short_form(word);
    if (form.empty()) continue;
    if (!street.empty()) street += ' ';
    street += form;
  }
  return street;
}

bool is_street_word(std::string_view word) {
  return std::ranges::find(kStreetWords, word) != kStreetWords.end() ||
         std::ranges::find(kMoreStreetWords, word) != kMoreStreetWords.end();
}

Street parse_street(std::string_view text) {
  Street street;
  const std::string folded = fold_street(text);
  for (const std::string_view word : split(folded, ' ')) {
    if (word.empty()) continue;
    street.written.emplace_back(word);
    std::string ordinal = ordinal_word(word);
    const bool is_number = ordinal.empty() && std::ranges::any_of(word, is_digit);
    (is_number ? street.numbers : street.name)
        .push_back(ordinal.empty() ? std::string(word) : std::move(ordinal));
  }
  std::vector<std::string> telling;
  std::ranges::copy_if(street.name, std::back_inserter(telling),
                       [](const std::string& word) { return !is_street_word(word); });
  if (!telling.empty()) street.name.swap(telling);
  return street;
}

}  // namespace cdh
