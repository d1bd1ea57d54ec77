// The files that the option `path` means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh::csv {

struct InputFile {
  std::string path;    // absolute
  std::string origin;  // from the last folder before any wildcard: "customers.csv", "may/a.csv"
};

// One file, or in name order all that match the wildcards *, ? and [...]. A file whose name holds
// such characters is found by its plain name first. Throws PluginError(system) when there is none.
std::vector<InputFile> find_input_files(const std::string& path);

bool has_wildcard(std::string_view path);

// "customers" of "/data/customers.csv.gz"; "records" when the path has wildcards.
std::string default_stream_name(const std::string& path);

}  // namespace cdh::csv
