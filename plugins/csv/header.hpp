// The column names of a file: every one non-empty and unique.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cdh::csv {

// An empty name becomes "column3"; a name seen before gets the next free number: "Name_2". Calls
// `warn` with a sentence for each change.
std::vector<std::string> unique_names(std::vector<std::string> names,
                                      const std::function<void(const std::string&)>& warn);

// "column1" to "column<count>".
std::vector<std::string> numbered_names(std::size_t count);

}  // namespace cdh::csv
