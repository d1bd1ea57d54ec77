#include "hub/match/birth_comparison.hpp"

#include <cstdlib>

namespace cdh {

Level compare_birth_dates(std::int32_t a, std::int32_t b) {
  constexpr int kGeneration = 13;  // years
  if (a == 0 || b == 0) return kMissing;
  if (a == b) return birth_level::exact;
  const std::int32_t year_of_a = a / 10'000, month_of_a = a / 100 % 100, day_of_a = a % 100;
  const std::int32_t year_of_b = b / 10'000, month_of_b = b / 100 % 100, day_of_b = b % 100;
  const bool same_year = year_of_a == year_of_b;
  if (same_year && month_of_a == day_of_b && day_of_a == month_of_b) return birth_level::swapped;
  int changed = 0;
  int exchanged = 0;  // neighbouring digits in each other's place
  std::int32_t last_a = -1, last_b = -1;
  bool last_differs = false;
  for (std::int32_t x = a, y = b; x != 0 || y != 0; x /= 10, y /= 10) {
    const std::int32_t digit_a = x % 10, digit_b = y % 10;
    const bool differs = digit_a != digit_b;
    if (differs) ++changed;
    if (differs && last_differs && digit_a == last_b && digit_b == last_a) {
      ++exchanged;
      last_differs = false;
    } else {
      last_differs = differs;
    }
    last_a = digit_a;
    last_b = digit_b;
  }
  const int edits = changed - exchanged;
  // A decade or two by one digit is a slip as often as a father and his son.
  const bool is_generation = std::abs(year_of_a - year_of_b) >= kGeneration;
  if (edits == 1) return is_generation ? birth_level::two_digits : birth_level::digit;
  const int same_parts = static_cast<int>(same_year) + static_cast<int>(month_of_a == month_of_b) +
                         static_cast<int>(day_of_a == day_of_b);
  if (same_parts == 2) return birth_level::two_parts;
  constexpr std::int32_t kFirstOfJanuary = 101;
  if (same_year && (a % 10'000 == kFirstOfJanuary || b % 10'000 == kFirstOfJanuary)) {
    return birth_level::year;
  }
  if (edits == 2) return birth_level::two_digits;
  return is_generation ? birth_level::generation : birth_level::differ;
}

}  // namespace cdh
