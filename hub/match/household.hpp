// Who lives together: people of one family name at one address. A relation of customers, never a
// reason to take them for one. Pure.
//
//     home_key(household_name("Kowalski", ""), "ul. Długa 5/7", "", "Warszawa") ==
//     home_key(household_name("Kowalska", ""), "Długa 5 m. 7", "", "Warszawa")
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// More people of one name at one address are the inmates of an institution, the tenants of a tower
// or the victims of a default value, and no household.
inline constexpr std::size_t kMostInHousehold = 12;

// A family name as the family shares it; of a person without one that of the whole name `native`
// (person_name.hpp). Without case, diacritics and script, and without the ending by which Slavic
// languages tell women from men (Kowalska, Kowalski; Zimna, Zimny; Ivanova, Ivanov; Достоевская,
// Достоевский): a, i, j and y at the end, as long as four letters stay. Empty for a placeholder, an
// initial and nothing.
std::string household_name(std::string_view family, std::string_view native);

// What people of one household have in common, as a positive number: the name, the street and the
// numbers of house and flat (street.hpp), or the letter of a flat, also those of the second line;
// where a village has no streets, its name. 0, and no home: without a name or a number, and for placeholders.
//
// The town is left to households_of, since it is written in more ways than the rest.
std::int64_t home_key(std::string_view household_name, std::string_view street,
                      std::string_view second_line, std::string_view town);

// A customer at an address with the home key that they all have.
struct Resident {
  std::int64_t profile_id = 0;
  std::string postal_code, town;  // as given
};

// 2 to kMostInHousehold residents, by index, ascending; each profile once.
struct Household {
  // 16 hex digits, of key and place alone. So it stays when people come and go, but for the first
  // with a postal code: the place is the town until then.
  std::string id;
  std::vector<std::size_t> residents;
};

// Who of these lives in one place: those with one postal code; without a code those of one town, and
// with them those whose code is the only one of that town. Where the same home is in a town under
// several codes, who has none is left out. Of a profile's addresses in one place the first stands for
// all; nothing else depends on the order.
std::vector<Household> households_of(std::int64_t home, std::span<const Resident> residents);

}  // namespace cdh
