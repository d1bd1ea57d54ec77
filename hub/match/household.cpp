#include "hub/match/household.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "hub/base/hash.hpp"
#include "hub/base/text.hpp"
#include "hub/match/postal_code.hpp"
#include "hub/match/street.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/person_name.hpp"
#include "hub/normalize/placeholder.hpp"

namespace cdh {

namespace {

constexpr char kSeparator = '\x1f';

std::string_view known(std::string_view text) {
  return text.empty() || is_placeholder(FieldKind::text, text) ? std::string_view() : text;
}

// Before the number or letter of a flat, as fold_street() writes them.
constexpr std::array<std::string_view, 6> kFlatWords = {"apt", "fl", "m", "rm", "ste", "unit"};

// A line of an address, with a letter for a flat among the numbers: "Flat B".
Street parse_line(std::string_view text) {
  Street line = parse_street(known(text));
  for (std::size_t i = 1; i < line.written.size(); ++i) {
    const std::string& word = line.written[i];
    const bool is_of_flat = std::ranges::find(kFlatWords, line.written[i - 1]) != kFlatWords.end();
    if (!is_of_flat || word.size() != 1 || std::ranges::count(line.numbers, word) > 0) continue;
    line.numbers.push_back(word);
    std::erase(line.name, word);
  }
  return line;
}

std::string joined(std::string_view text) { return join(fold_words(known(text)), ""); }

std::string id_of(std::int64_t home, std::string_view place) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint64_t hash = hash64(place, static_cast<std::uint64_t>(home));
  std::string id(16, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, hash >>= 4) {
    *digit = kDigits[hash & 15];
  }
  return id;
}

// Their indexes by place: the postal code, or the town where it has none.
std::map<std::string, std::vector<std::size_t>> by_place(std::span<const Resident> residents) {
  std::map<std::string, std::vector<std::size_t>> places;
  std::vector<std::size_t> without_code;
  for (std::size_t i = 0; i < residents.size(); ++i) {
    std::string code = fold_postal_code(known(residents[i].postal_code));
    (code.empty() ? without_code : places[std::move(code)]).push_back(i);
  }
  if (without_code.empty()) return places;
  std::map<std::string, std::set<std::string>> codes_of_town;
  for (const auto& [code, living] : places) {
    for (const std::size_t i : living) codes_of_town[joined(residents[i].town)].insert(code);
  }
  for (const std::size_t i : without_code) {
    const std::string town = joined(residents[i].town);
    const std::set<std::string>& codes = codes_of_town[town];
    if (town.empty() || codes.size() > 1) continue;
    places[codes.empty() ? town : *codes.begin()].push_back(i);
  }
  return places;
}

}  // namespace

std::string household_name(std::string_view family, std::string_view native) {
  constexpr std::size_t kShortest = 4;
  constexpr std::string_view kEndings = "aijy";
  if (is_placeholder(FieldKind::person_name, family.empty() ? native : family)) return {};
  std::string name = join(fold_person_name("", "", family, native).family, "");
  if (name.size() < 2) return {};
  while (name.size() > kShortest && kEndings.find(name.back()) != kEndings.npos) name.pop_back();
  return name;
}

std::int64_t home_key(std::string_view household_name, std::string_view street,
                      std::string_view second_line, std::string_view town) {
  if (household_name.empty()) return 0;
  const Street of_house = parse_line(street);
  std::vector<std::string> numbers = of_house.numbers;
  std::ranges::move(parse_line(second_line).numbers, std::back_inserter(numbers));
  std::erase_if(numbers, [](const std::string& number) {
    return number.find_first_not_of('0') == number.npos;  // "0", "000": not known
  });
  const std::string name = of_house.name.empty() ? joined(town) : join(of_house.name, "");
  if (numbers.empty() || name.empty()) return 0;
  std::string text(household_name);
  text += kSeparator + name + kSeparator + join(numbers, " ");
  const std::uint64_t key = hash64(text) >> 1;
  return key != 0 ? static_cast<std::int64_t>(key) : 1;
}

std::vector<Household> households_of(std::int64_t home, std::span<const Resident> residents) {
  std::vector<Household> households;
  for (auto& [place, living] : by_place(residents)) {
    std::ranges::sort(living);
    std::set<std::int64_t> profiles;
    std::erase_if(living, [&](std::size_t resident) {
      return !profiles.insert(residents[resident].profile_id).second;
    });
    if (living.size() < 2 || living.size() > kMostInHousehold) continue;
    households.push_back({id_of(home, place), std::move(living)});
  }
  return households;
}

}  // namespace cdh
