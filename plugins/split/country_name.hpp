// Names of countries at the end of an address.
#pragma once

#include <string>
#include <string_view>

namespace cdh::split {

// The ISO 3166-1 alpha-2 code of a country's name in English, Polish, German, French, Spanish or
// Chinese (the names are ICU's), or of a usual short form: UK, England, USA. Empty for anything
// else. Two letters are a country only where no US state has the same: PL, GB, UK, US, CN. Georgia
// is taken for the state.
std::string country_code(std::string_view name);

// Whether it is a state of the USA or its postal code: "NV", "Nevada", "DC".
bool is_us_state(std::string_view name);

}  // namespace cdh::split
