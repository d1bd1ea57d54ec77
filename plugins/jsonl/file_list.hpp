// The files that a path names: one, or those a pattern such as exports/*.jsonl.gz matches.
#pragma once

#include <string>
#include <vector>

namespace jsonl {

bool is_pattern(const std::string& path);

// In bytewise order of their names. A path that exists as it is names itself, whatever it holds.
// Throws cdh::PluginError(config) when a pattern matches nothing, and (system) when a folder on the
// way cannot be read.
std::vector<std::string> list_files(const std::string& path);

// What such a file is called where its records come from: "orders.jsonl", and for a pattern the path
// from the last folder before any wildcard, "may/orders.jsonl" of exports/*/orders.jsonl.
std::string origin_of(const std::string& file, const std::string& path);

// What to call the records of such files: "orders" for /exports/orders.jsonl.gz, "records" for a
// pattern.
std::string stream_name(const std::string& path);

}  // namespace jsonl
