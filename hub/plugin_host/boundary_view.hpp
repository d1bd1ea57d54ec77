// Text and arrays as they stand in the boundary's structs.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.h>

#include "hub/plugin_host/batch.hpp"

namespace cdh {

// Borrowed, as the text is. One without data is empty, whatever its size says.
inline std::string_view view(cdh_string text) {
  return text.data != nullptr ? std::string_view(text.data, text.size) : std::string_view("");
}
inline cdh_string borrow(std::string_view text) { return {text.data(), text.size()}; }

// Throws Error(plugin): a partner's defect, found before it hurts.
[[noreturn]] void fail_contract(const std::string& what);

// Whether items that lie `stride` apart hold the member.
template <typename T, typename Member>
bool stride_covers(std::size_t stride, Member T::*member) {
  static constexpr T kItem{};
  const auto* begin = reinterpret_cast<const char*>(&kItem);
  const auto* end = reinterpret_cast<const char*>(&(kItem.*member) + 1);
  return stride >= static_cast<std::size_t>(end - begin);
}

// The i-th item of an array whose items may be longer than ours, or shorter by what was added since
// the plugin was built: then only members that stride_covers() may be read.
template <typename T>
const T& item_at(const T* items, std::size_t stride, std::size_t i) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(items) + i * stride);
}

// Throws Error(plugin) when reading the schema's fields would be unsafe.
void check_schema(const cdh_schema& schema);

// Of a checked schema. A type that is newer than ours is taken for text.
std::vector<Column> columns_of(const cdh_schema& schema);

}  // namespace cdh
