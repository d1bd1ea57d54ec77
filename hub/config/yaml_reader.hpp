// YAML text to a Setting tree, with references replaced and every node's line kept.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/config/faults.hpp"
#include "hub/config/setting.hpp"

namespace cdh {

// Limits of one file; aliases count with everything they repeat.
inline constexpr std::size_t kMaxYamlBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxYamlNodes = 100'000;
inline constexpr std::size_t kMaxYamlDepth = 32;

// One document of UTF-8 YAML 1.2, with anchors, aliases and merge keys (`<<`). Scalars stay text:
// `NO`, `007` and `1e3` are what was written. `file` is for messages, its folder for ${file:...}.
// A key given twice and a reference that leads nowhere are faults, and reading goes on; after
// broken syntax or a crossed limit nothing is returned. Where `needed` is given and false of a place,
// its keys from the top, references are resolved if possible.
using NeededReferences = std::function<bool(const std::vector<std::string_view>& keys)>;
std::optional<Setting> read_yaml(std::string_view text, const std::filesystem::path& file,
                                 ConfigFaults& faults, const NeededReferences& needed = {});

}  // namespace cdh
