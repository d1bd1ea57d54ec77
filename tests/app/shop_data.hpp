// Made-up customers of five shops who buy in several of them, some 30,000 rows of CSV.
#pragma once

#include "tests/app/program.hpp"

namespace cdh::test {

inline constexpr int kShops = 5;
inline constexpr int kRowsPerShop = 6'000;
inline constexpr int kOrders = 3'000;

// Writes hub.yaml, a CSV file of each shop, and orders that refer to the first shop's customers.
// One row in 500 has a birth date that is none. `rows` of each shop, the first ones.
void write_shops(const HubFolder& hub, int rows = kRowsPerShop);

}  // namespace cdh::test
