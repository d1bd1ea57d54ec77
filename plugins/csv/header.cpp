#include "header.hpp"

#include <unordered_set>

namespace cdh::csv {

std::vector<std::string> unique_names(std::vector<std::string> names,
                                      const std::function<void(const std::string&)>& warn) {
  // Numbered names must not take one that stands further right.
  std::unordered_set<std::string> given(names.begin(), names.end());
  std::unordered_set<std::string> used;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string place = "column " + std::to_string(i + 1);
    std::string name = names[i];
    if (name.empty()) {
      name = "column" + std::to_string(i + 1);
      warn(place + " has no name and is called \"" + name + "\"");
    }
    const std::string base = name;
    for (std::size_t n = 2; used.count(name) > 0 || (name != names[i] && given.count(name) > 0);
         ++n) {
      name = base + "_" + std::to_string(n);
    }
    if (name != base) {
      warn(place + " repeats the name \"" + base + "\" and is called \"" + name + "\"");
    }
    used.insert(name);
    names[i] = name;
  }
  return names;
}

std::vector<std::string> numbered_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i <= count; ++i) names.push_back("column" + std::to_string(i));
  return names;
}

}  // namespace cdh::csv
