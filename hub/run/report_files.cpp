#include "hub/run/report_files.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"
#include "hub/run/own_words.hpp"
#include "hub/run/run_json.hpp"
#include "hub/run/run_page.hpp"

namespace cdh {

namespace {

namespace fs = std::filesystem;

// Of "run-12.html" and "run-12.json"; nothing of any other file, which is not ours.
std::optional<std::int64_t> run_of(const fs::path& file) {
  constexpr std::string_view kPrefix = "run-";
  if (file.extension() != ".html" && file.extension() != ".json") return std::nullopt;
  const std::string name = file.stem().string();
  if (!name.starts_with(kPrefix)) return std::nullopt;
  std::int64_t run = 0;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + kPrefix.size(), end, run);
  return read.ec == std::errc() && read.ptr == end ? std::optional(run) : std::nullopt;
}

void remove_old(const ReportConfig& config) {
  std::set<std::int64_t, std::greater<>> runs;
  std::vector<std::pair<std::int64_t, fs::path>> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(config.folder)) {
    const auto run = run_of(entry.path());
    if (!run) continue;
    runs.insert(*run);
    files.emplace_back(*run, entry.path());
  }
  if (runs.size() <= config.keep) return;
  const std::int64_t oldest =
      *std::next(runs.begin(), static_cast<std::ptrdiff_t>(config.keep) - 1);
  for (const auto& [run, path] : files) {
    if (run < oldest) fs::remove(path);
  }
}

void write_file(const fs::path& path, std::string_view content) {
  NewFile file(path, NewFile::Mode::group_may_read);
  file.write(content);
  file.keep();
}

}  // namespace

void write_report(const ReportConfig& config, const RunEntry& run,
                  const std::vector<RunEntry>& history) {
  try {
    fs::create_directories(config.folder);
    const RunEntry told = in_own_words(run);
    const std::string json =
        to_json(told).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
    const std::string html = run_page(told, history);
    for (const std::string& name : {"run-" + std::to_string(run.id), std::string("latest")}) {
      write_file(config.folder / (name + ".json"), json);
      write_file(config.folder / (name + ".html"), html);
    }
    remove_old(config);
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorKind::config, error.path1().string() + ": " + error.code().message());
  }
}

}  // namespace cdh
