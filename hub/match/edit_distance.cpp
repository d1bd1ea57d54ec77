#include "hub/match/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace cdh {

int edit_distance(std::string_view a, std::string_view b, int limit) {
  a = a.substr(0, kMaxEditDistanceLength);
  b = b.substr(0, kMaxEditDistanceLength);
  const int lengths_apart = std::abs(static_cast<int>(a.size()) - static_cast<int>(b.size()));
  if (lengths_apart > limit) return limit + 1;

  using Row = std::array<int, kMaxEditDistanceLength + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
      best = std::min(best, row[j]);
    }
    if (best > limit) return limit + 1;
    before_last = last;
    last = row;
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace cdh
