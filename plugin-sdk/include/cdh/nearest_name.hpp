// "Did you mean": for messages about a field, a column, an option that is not there.
//
//     fail_config("there is no column \"" + name + "\"" + cdh::known_names(name, columns), "key");
//     // there is no column "nmae"; did you mean "name"? There are: id, name, mail
#ifndef CDH_NEAREST_NAME_HPP
#define CDH_NEAREST_NAME_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

namespace detail {

inline char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Levenshtein's distance in bytes; case does not count.
inline std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool same = small_letter(left[i - 1]) == small_letter(right[j - 1]);
      const std::size_t replaced = diagonal + (same ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min(replaced, std::min(row[j], row[j - 1]) + 1);
    }
  }
  return row.back();
}

}  // namespace detail

// The known name that is most like `name`; empty when none is near.
inline std::string nearest_name(std::string_view name, const std::vector<std::string>& known) {
  std::string nearest;
  std::size_t least = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = detail::distance(name, candidate);
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

// The end of the message: the nearest name, and the first 30 there are.
inline std::string known_names(std::string_view name, const std::vector<std::string>& known) {
  std::string list;
  constexpr std::size_t kMost = 30;
  for (std::size_t i = 0; i < std::min(known.size(), kMost); ++i) {
    list += (list.empty() ? "" : ", ") + known[i];
  }
  if (known.size() > kMost) list += " and " + std::to_string(known.size() - kMost) + " more";
  const std::string nearest = nearest_name(name, known);
  return (nearest.empty() ? "; there are: " : "; did you mean \"" + nearest + "\"? There are: ") +
         list;
}

}  // namespace cdh

#endif
