#include "file_list.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include <cdh/plugin.hpp>

#include <glob.h>
#include <unistd.h>

namespace jsonl {

bool is_pattern(const std::string& path) {
  return path.find_first_of("*?[") != std::string::npos && access(path.c_str(), F_OK) != 0;
}

std::vector<std::string> list_files(const std::string& path) {
  if (!is_pattern(path)) return {path};
  glob_t found{};
  const int status = glob(path.c_str(), GLOB_ERR | GLOB_NOSORT, nullptr, &found);
  std::vector<std::string> files;
  if (status == 0) files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  if (status == GLOB_NOMATCH) {
    cdh::fail_config("no file matches " + path + "; check the folder and the pattern", "path");
  }
  if (status != 0) cdh::fail_system("cannot list the files of " + path + ": folder not readable");
  std::sort(files.begin(), files.end());
  return files;
}

std::string origin_of(const std::string& file, const std::string& path) {
  const std::size_t wildcard = is_pattern(path) ? path.find_first_of("*?[") : std::string::npos;
  const std::size_t slash = path.rfind('/', wildcard);
  return slash == std::string::npos ? file : file.substr(slash + 1);
}

std::string stream_name(const std::string& path) {
  if (is_pattern(path)) return "records";
  std::string name = std::filesystem::path(path).filename().string();
  for (const std::string_view ending : {".gz", ".zst", ".jsonl", ".ndjson", ".json"}) {
    const bool ends = name.size() > ending.size() &&
                      name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
    if (ends) name.resize(name.size() - ending.size());
  }
  return name;
}

}  // namespace jsonl
