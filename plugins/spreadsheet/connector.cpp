// The spreadsheet connector: XLSX, ODS and XLS files, one stream a sheet. Several files of a
// pattern that have a sheet of the same name are read one after another as one stream.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include <glob.h>

#include "column_types.hpp"
#include "sheet_choice.hpp"
#include "table_reader.hpp"
#include "workbook.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::int64_t kMaxMegabytes = 1 << 20;
constexpr std::int64_t kMaxColumns = 1 << 20;

constexpr Option kOptions[] = {
    {"path", CDH_OPTION_PATH,
     "The file, or a pattern such as exports/*.xlsx for several. XLSX, ODS and XLS (Excel 97 to "
     "2003) are told apart by their content.",
     "", true},
    {"sheets", CDH_OPTION_TEXT_LIST,
     "The sheets to read, by name. Default: all visible ones; a hidden one is read only when it is "
     "named. Each sheet is a stream, called by its name with A to Z in lower case and blanks as "
     "underscores: Key Accounts is key_accounts."},
    {"range", CDH_OPTION_TEXT,
     "The part of each sheet to read, such as B3:H200; B3:H is open below. Default: all of it."},
    {"header_row", CDH_OPTION_INTEGER,
     "The row with the column names, counted in the sheet from 1; 0 means there is none. Default: "
     "the first row of the range that is not empty."},
    {"key", CDH_OPTION_TEXT_LIST,
     "The columns that identify a row, for each sheet that has them all."},
    {"fill_merged", CDH_OPTION_BOOLEAN,
     "Gives the value of a merged cell to all cells it covers, not only to the first. XLSX and ODS "
     "only.",
     "false"},
    {"max_unpacked_mb", CDH_OPTION_INTEGER,
     "Refuses a file in which one part unpacks to more than this: a guard against zip bombs.",
     "2048"},
    {"max_cells_per_row", CDH_OPTION_INTEGER, "Refuses a sheet with a wider row.", "4096"},
};

// A file of exactly that name goes before a pattern. Hidden files and Excel's lock files (~$a.xlsx)
// do not match a pattern. Sorted by name.
std::vector<std::filesystem::path> matching_files(const std::string& pattern) {
  if (std::filesystem::is_regular_file(pattern)) return {pattern};
  if (std::filesystem::is_directory(pattern)) {
    fail_config(pattern + " is a folder; name its files, such as " + pattern + "/*.xlsx", "path");
  }
  glob_t found{};
  std::vector<std::filesystem::path> files;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
  }
  globfree(&found);
  files.erase(std::remove_if(files.begin(), files.end(),
                             [](const std::filesystem::path& file) {
                               return file.filename().string().substr(0, 2) == "~$" ||
                                      !std::filesystem::is_regular_file(file);
                             }),
              files.end());
  if (files.empty()) fail_system("there is no file " + pattern);
  return files;
}

// "customers.xlsx", and for a pattern the path from the last folder before any wildcard:
// "may/customers.xlsx" of exports/*/customers.xlsx.
std::string origin_of(const std::filesystem::path& file, const std::string& pattern) {
  if (file == pattern) return file.filename().string();
  const std::size_t slash = pattern.rfind('/', pattern.find_first_of("*?["));
  return slash == std::string::npos ? file.string() : file.string().substr(slash + 1);
}

std::int64_t checked(const Settings& settings, const char* name, std::int64_t low,
                     std::int64_t high, std::int64_t fallback) {
  const std::int64_t value = settings.integer(name, fallback);
  if (value < low || value > high) {
    fail_config(std::string(name) + " must be between " + std::to_string(low) + " and " +
                    std::to_string(high),
                name);
  }
  return value;
}

TableOptions table_options(const Settings& settings) {
  TableOptions options;
  const std::string range = settings.text("range");
  if (!range.empty()) {
    const std::optional<CellRange> parsed = parse_range(range);
    if (!parsed) fail_config("range \"" + range + "\" is not of the form B3:H200", "range");
    options.range = *parsed;
  }
  if (settings.has("header_row")) {
    options.header_row = static_cast<std::uint64_t>(
        checked(settings, "header_row", 0, static_cast<std::int64_t>(kMaxRow), 0));
  }
  return options;
}

ReadOptions read_options(const Settings& settings, const std::atomic<bool>& cancelled) {
  ReadOptions options;
  options.max_unpacked_bytes =
      static_cast<std::uint64_t>(checked(settings, "max_unpacked_mb", 1, kMaxMegabytes, 2048))
      << 20;
  options.max_cells_per_row =
      static_cast<std::uint32_t>(checked(settings, "max_cells_per_row", 1, kMaxColumns, 4096));
  options.fill_merged = settings.boolean("fill_merged");
  options.cancelled = &cancelled;
  return options;
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

class SpreadsheetConnector final : public Connector {
 public:
  SpreadsheetConnector(const Settings& settings, Host& host)
      : host_(host),
        pattern_(settings.text("path")),
        wanted_sheets_(settings.list("sheets")),
        key_(settings.list("key")),
        table_options_(table_options(settings)),
        read_options_(read_options(settings, cancelled_)) {}

  std::vector<Stream> discover() override;
  void start(const ReadRequest& request) override;
  bool read(BatchBuilder& out) override;
  void cancel() noexcept override { cancelled_ = true; }

 private:
  Workbook& open_file(const std::filesystem::path& file);
  std::vector<ChosenSheet> sheets_of(const std::filesystem::path& file);
  TableReader open_table(const std::filesystem::path& file, const ChosenSheet& sheet);
  bool open_next_table();
  void hint_at_header(const TableReader& table);
  void report(const TableReader& table) const;
  void require_wanted_sheets(const std::set<std::string>& streams) const;
  void set_keys(std::vector<Stream>& streams) const;

  Host& host_;
  const std::string pattern_;
  const std::vector<std::string> wanted_sheets_, key_;
  std::atomic<bool> cancelled_{false};
  const TableOptions table_options_;
  const ReadOptions read_options_;
  std::uint64_t last_serial_ = 0;

  // The file opened last, kept for its next stream as long as it does not change.
  std::shared_ptr<Workbook> workbook_;
  std::filesystem::path workbook_file_;
  std::filesystem::file_time_type workbook_time_;

  // The stream being read.
  std::string stream_;
  std::vector<std::filesystem::path> files_;
  std::size_t next_file_ = 0;
  bool stream_seen_ = false;
  std::optional<TableReader> table_;
  std::string hinted_origin_;  // of the table whose header was wondered at last
};

Workbook& SpreadsheetConnector::open_file(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto time = std::filesystem::last_write_time(file, ignored);
  if (workbook_ == nullptr || workbook_file_ != file || workbook_time_ != time) {
    workbook_.reset();
    workbook_ = open_workbook(file, read_options_);
    workbook_file_ = file;
    workbook_time_ = time;
  }
  return *workbook_;
}

std::vector<ChosenSheet> SpreadsheetConnector::sheets_of(const std::filesystem::path& file) {
  return choose_sheets(open_file(file).sheets(), wanted_sheets_);
}

TableReader SpreadsheetConnector::open_table(const std::filesystem::path& file,
                                             const ChosenSheet& sheet) {
  return TableReader(open_file(file).open(sheet.index), table_options_,
                     origin_of(file, pattern_) + "#" + sheet.name, last_serial_);
}

std::vector<Stream> SpreadsheetConnector::discover() {
  cancelled_ = false;
  std::vector<Stream> streams;
  std::vector<std::vector<Field>> columns;
  std::set<std::string> seen;
  for (const std::filesystem::path& file : matching_files(pattern_)) {
    for (const ChosenSheet& sheet : sheets_of(file)) {
      seen.insert(sheet.stream);
      TableReader table = open_table(file, sheet);
      const std::vector<Field> sampled = sample_columns(table);
      if (sampled.empty()) continue;  // the empty sheets that every new workbook has
      const auto known = std::find_if(streams.begin(), streams.end(), [&](const Stream& stream) {
        return stream.name == sheet.stream;
      });
      const auto index = static_cast<std::size_t>(known - streams.begin());
      if (known == streams.end()) {
        streams.push_back({sheet.stream, "Sheet " + sheet.name + " of " + pattern_, {}, {}, false});
        columns.emplace_back();
      }
      merge_columns(columns[index], sampled);
    }
  }
  require_wanted_sheets(seen);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    streams[i].schema = Schema(std::move(columns[i]), ++last_serial_);
  }
  set_keys(streams);
  return streams;
}

void SpreadsheetConnector::require_wanted_sheets(const std::set<std::string>& streams) const {
  for (const std::string& wanted : wanted_sheets_) {
    if (streams.count(stream_name(wanted)) > 0) continue;
    std::set<std::string> there;
    for (const SheetInfo& sheet : workbook_->sheets()) there.insert(sheet.name);
    fail_config(
        "there is no sheet \"" + wanted + "\" in " + pattern_ + "; there are: " + joined(there),
        "sheets");
  }
}

void SpreadsheetConnector::set_keys(std::vector<Stream>& streams) const {
  bool used = key_.empty() || streams.empty();
  for (Stream& stream : streams) {
    if (std::all_of(key_.begin(), key_.end(),
                    [&](const std::string& column) { return stream.schema.find(column) >= 0; })) {
      stream.key = key_;
      used = true;
    }
  }
  if (used) return;
  std::set<std::string> there;
  for (const Field& field : streams.front().schema.fields()) there.insert(field.name);
  fail_config("no sheet has all columns of the key; the first one has: " + joined(there), "key");
}

void SpreadsheetConnector::start(const ReadRequest& request) {
  if (!request.resume_state.empty()) fail_config("spreadsheets cannot be resumed midway");
  cancelled_ = false;
  table_.reset();
  stream_ = request.stream;
  files_ = matching_files(pattern_);
  next_file_ = 0;
  stream_seen_ = false;
  if (!open_next_table() && !stream_seen_) {
    std::set<std::string> there;
    for (const std::filesystem::path& file : files_) {
      for (const ChosenSheet& sheet : sheets_of(file)) there.insert(sheet.stream);
    }
    fail_config("there is no stream \"" + stream_ + "\" in " + pattern_ +
                "; there are: " + joined(there));
  }
}

// The stream's sheet in the next file that has it.
bool SpreadsheetConnector::open_next_table() {
  while (next_file_ < files_.size()) {
    const std::filesystem::path& file = files_[next_file_++];
    for (const ChosenSheet& sheet : sheets_of(file)) {
      if (sheet.stream != stream_) continue;
      table_.emplace(open_table(file, sheet));
      stream_seen_ = true;
      return true;
    }
  }
  return false;
}

bool SpreadsheetConnector::read(BatchBuilder& out) {
  while (table_ || open_next_table()) {
    const bool filled = table_->fill(out);
    hint_at_header(*table_);
    if (filled) return true;
    report(*table_);
    table_.reset();
  }
  return false;
}

// A title above the table looks like a header of one column.
void SpreadsheetConnector::hint_at_header(const TableReader& table) {
  if (hinted_origin_ == table.origin() || table.named_columns() == 0 ||
      table.unnamed_columns() <= table.named_columns()) {
    return;
  }
  hinted_origin_ = table.origin();
  host_.warn(table.origin() + ": the header names " + std::to_string(table.named_columns()) +
             " of " + std::to_string(table.named_columns() + table.unnamed_columns()) +
             " columns; if the column names stand in another row, say so with header_row");
}

void SpreadsheetConnector::report(const TableReader& table) const {
  const CellNotice& errors = table.sheet().errors;
  if (errors.count > 0) {
    host_.warn(table.origin() + ": " + std::to_string(errors.count) +
               " cells hold an error such as #N/A and are read as empty, the first is " +
               errors.first);
  }
  const CellNotice& uncomputed = table.sheet().uncomputed;
  if (uncomputed.count > 0) {
    host_.warn(table.origin() + ": " + std::to_string(uncomputed.count) +
               " formulas have no stored result and are read as absent, the first is " +
               uncomputed.first + "; open the file in a spreadsheet program and save it");
  }
}

}  // namespace

CDH_PLUGIN_CONNECTOR(SpreadsheetConnector, "spreadsheet", "1.0",
                     "Reads XLSX, ODS and XLS files, one stream a sheet.", kOptions)

}  // namespace cdh::spreadsheet
