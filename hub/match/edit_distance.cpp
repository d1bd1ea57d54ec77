#include "hub/match/edit_distance.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cdh {

namespace {

constexpr int kMost = 64;  // letters that are compared one by one

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  const int longer = static_cast<int>(std::max(a.size(), b.size()));
  const int shorter = static_cast<int>(std::min(a.size(), b.size()));
  if (longer - shorter > limit) return limit + 1;
  if (shorter == 0) return longer;
  if (longer > kMost) return limit + 1;
  // What is left begins and ends differently, so one step is a letter in another's place, or two
  // letters in each other's.
  if (longer == 1) return 1;
  if (longer == 2 && shorter == 2 && a[0] == b[1] && a[1] == b[0]) return 1;
  if (limit <= 1) return limit + 1;

  using Row = std::array<int, kMost + 1>;
  std::array<Row, 3> rows;
  Row* before_last = &rows[0];
  Row* last = &rows[1];
  Row* row = &rows[2];
  for (std::size_t j = 0; j <= b.size(); ++j) (*last)[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    (*row)[0] = static_cast<int>(i);
    int best = (*row)[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int substitution = (*last)[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      int steps = std::min({(*last)[j] + 1, (*row)[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        steps = std::min(steps, (*before_last)[j - 2] + 1);
      }
      (*row)[j] = steps;
      best = std::min(best, steps);
    }
    if (best > limit) return limit + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min((*last)[b.size()], limit + 1);
}

}  // namespace cdh
