// Writing JSON by hand, for the few hot forms that are written millions of times.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 pass as they are: the
// caller has checked them.
void append_json_string(std::string_view text, std::string& out);

}  // namespace cdh
