#include "hub/match/street.hpp"

#include <algorithm>
#include <array>
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

}  // namespace cdh
