// A JSON array as the list of texts it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// The texts and numbers of an array such as ["a", 7]; null is left out, and alone is an empty list.
// Nothing when it is neither, or holds anything else: such a value is no list of texts.
std::optional<std::vector<std::string>> json_list(std::string_view json);

}  // namespace cdh
