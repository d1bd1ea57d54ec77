// Numbers that authorities give, with right check digits. None is taken from a register.
#pragma once

#include <cstdint>
#include <string>

#include "tests/generator/random.hpp"

namespace cdh::generator {

// Polish personal number: birth date, serial, sex, check digit (weights 1 3 7 9, gov.pl).
// The birth date is in days since 1970, from 1900 to 2099.
std::string make_pesel(std::int64_t birth_days, bool female, Random& random);

// Polish tax number, ten digits (weights 6 5 7 2 3 4 5 6 7, modulo 11).
std::string make_nip(Random& random);

// Polish statistical number of a business, nine digits (weights 8 9 2 3 4 5 6 7, modulo 11).
std::string make_regon(Random& random);

// Chinese Unified Social Credit Code, 18 characters (GB 32100-2015, powers of 3 modulo 31).
std::string make_uscc(Random& random);

// British company number (eight digits, no check digit) and VAT number (GB and nine digits, the
// last two bring the weighted sum 8 to 2 to zero modulo 97).
std::string make_company_number(Random& random);
std::string make_gb_vat(Random& random);

}  // namespace cdh::generator
