#include "input_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <cdh/plugin.hpp>

#include <glob.h>

namespace cdh::csv {
namespace {

namespace fs = std::filesystem;

// The part of the path up to and with the last slash before any wildcard.
std::string fixed_folder(const std::string& path) {
  const std::size_t wildcard = std::min(path.find_first_of("*?["), path.size());
  const std::size_t slash = path.rfind('/', wildcard);
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

[[noreturn]] void fail_missing(const std::string& path, bool wildcard) {
  std::error_code ignored;
  const std::string folder = wildcard ? fixed_folder(path) : fs::path(path).parent_path().string();
  if (!folder.empty() && !fs::is_directory(folder, ignored)) {
    fail_system("cannot read " + path + ": there is no folder " + folder);
  }
  if (wildcard) {
    fail_system("nothing matches " + path + ": the folder " + folder +
                " exists, but has no such file");
  }
  fail_system("there is no file " + path + "; the folder exists, but has no such file");
}

std::vector<std::string> matches(const std::string& pattern) {
  glob_t found{};
  const int status = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
  std::vector<std::string> paths;
  std::error_code ignored;
  for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i) {
    if (!fs::is_directory(found.gl_pathv[i], ignored)) paths.emplace_back(found.gl_pathv[i]);
  }
  ::globfree(&found);
  if (status == GLOB_NOSPACE || status == GLOB_ABORTED) fail_system("cannot list " + pattern);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

bool has_wildcard(std::string_view path) {
  return path.find_first_of("*?[") != std::string_view::npos;
}

std::vector<InputFile> find_input_files(const std::string& path) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) return {{path, fs::path(path).filename().string()}};
  const bool wildcard = has_wildcard(path);
  std::vector<InputFile> files;
  if (wildcard) {
    const std::size_t fixed = fixed_folder(path).size();
    for (std::string& match : matches(path)) files.push_back({match, match.substr(fixed)});
  }
  if (files.empty()) fail_missing(path, wildcard);
  return files;
}

std::string default_stream_name(const std::string& path) {
  std::error_code ignored;
  if (has_wildcard(path) && !fs::exists(path, ignored)) return "records";
  fs::path name = fs::path(path).filename();
  const std::string packing = name.extension().string();
  if (packing == ".gz" || packing == ".zst") name = name.stem();
  return name.stem().string();
}

}  // namespace cdh::csv
