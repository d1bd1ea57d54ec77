// Settings and texts as YAML.
#pragma once

#include <string>
#include <string_view>

#include "hub/config/setting.hpp"

namespace cdh {

// The text as a YAML scalar that reads back as the same text: plain when that is safe, else in
// double quotes; a "${" is escaped.
std::string yaml_scalar(std::string_view text);

// A map as block style YAML, two spaces a level. Secrets are "***", also scalars whose key is named
// like one (password, token, ...). A part without a line, a default, is marked "# default".
std::string to_yaml(const Setting& map);

}  // namespace cdh
