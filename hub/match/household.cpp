#include "hub/match/household.hpp"

#include <algorithm>
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

bool has_digit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

std::string_view known(std::string_view text) {
  return is_placeholder(FieldKind::text, text) ? std::string_view() : text;
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
  std::vector<std::string> codes, towns;
  std::map<std::string, std::set<std::string>> codes_of_town;
  for (const Resident& resident : residents) {
    codes.push_back(fold_postal_code(known(resident.postal_code)));
    towns.push_back(joined(resident.town));
    if (!codes.back().empty()) codes_of_town[towns.back()].insert(codes.back());
  }
  std::map<std::string, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < residents.size(); ++i) {
    if (!codes[i].empty()) {
      places[codes[i]].push_back(i);
    } else if (!towns[i].empty()) {
      const std::set<std::string>& in_town = codes_of_town[towns[i]];
      if (in_town.size() <= 1) places[in_town.empty() ? towns[i] : *in_town.begin()].push_back(i);
    }
  }
  return places;
}

}  // namespace

std::string household_name(std::string_view given, std::string_view additional,
                           std::string_view family, std::string_view native) {
  constexpr std::size_t kShortest = 4;
  constexpr std::string_view kEndings = "aijy";
  if (is_placeholder(FieldKind::person_name, family.empty() ? native : family)) return {};
  std::string name = join(fold_person_name(given, additional, family, native).family, "");
  if (name.size() < 2) return {};
  while (name.size() > kShortest && kEndings.find(name.back()) != kEndings.npos) name.pop_back();
  return name;
}

std::int64_t home_key(std::string_view household_name, std::string_view street,
                      std::string_view second_line, std::string_view town) {
  if (household_name.empty()) return 0;
  const Street of_house = parse_street(known(street));
  std::vector<std::string> numbers = of_house.numbers;
  for (std::string& word : fold_words(known(second_line))) {
    // "Flat B" as well as "Flat 2".
    if (word.size() == 1 || has_digit(word)) numbers.push_back(std::move(word));
  }
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
    std::ranges::sort(living, {},
                      [&](std::size_t i) { return std::pair(residents[i].profile_id, i); });
    const auto [repeated, end] =
        std::ranges::unique(living, {}, [&](std::size_t i) { return residents[i].profile_id; });
    living.erase(repeated, end);
    if (living.size() < 2 || living.size() > kMostInHousehold) continue;
    std::ranges::sort(living);
    households.push_back({id_of(home, place), std::move(living)});
  }
  return households;
}

}  // namespace cdh
