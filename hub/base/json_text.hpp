// Writing JSON by hand, for the few hot forms that are written millions of times.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8 pass as they are: the
// caller has checked them.
void append_json_string(std::string_view text, std::string& out);

// Appends a member to an object of texts that is being written; empty, it has none yet. The caller
// closes an object that is not empty with '}'.
void append_json_member(std::string_view name, std::string_view text, std::string& object);

}  // namespace cdh
