// A JSON array as the list of texts it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// The texts and numbers of an array such as ["a", 7]; null is left out. Nothing when it is no array
// or holds anything else: such a value is no list.
std::optional<std::vector<std::string>> json_list(std::string_view json);

}  // namespace cdh
