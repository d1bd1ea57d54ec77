// Where two sorted lists of lines differ.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace cdh {

// The lines that only one of the two has, at most twenty of each; empty when they are equal.
inline std::string difference(const std::vector<std::string>& expected,
                              const std::vector<std::string>& actual) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> missing, surplus;
  std::ranges::set_difference(expected, actual, std::back_inserter(missing));
  std::ranges::set_difference(actual, expected, std::back_inserter(surplus));
  std::string text;
  for (std::size_t i = 0; i < std::min(missing.size(), kMost); ++i) {
    text += "- " + missing[i] + "\n";
  }
  for (std::size_t i = 0; i < std::min(surplus.size(), kMost); ++i) {
    text += "+ " + surplus[i] + "\n";
  }
  return text;
}

}  // namespace cdh
