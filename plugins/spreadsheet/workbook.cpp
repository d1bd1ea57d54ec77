#include "workbook.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

#include <cdh/plugin.hpp>

#include "cell_address.hpp"
#include "ods_workbook.hpp"
#include "xls_workbook.hpp"
#include "xlsx_workbook.hpp"
#include "zip_archive.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kCompoundFileMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // [MS-CFB] 2.2

std::string read_beginning(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail_system(path.string() + ": cannot be opened: " + std::strerror(errno));
  std::string beginning(16, '\0');
  file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(file.gcount()));
  return beginning;
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

}  // namespace

void CellNotice::note(std::uint64_t row, std::uint32_t column) {
  if (count++ == 0) first = cell_name(row, column);
}

std::string too_wide(std::uint64_t row, std::uint32_t column, const ReadOptions& options) {
  return "cell " + cell_name(row, column) + " lies beyond the " +
         std::to_string(options.max_cells_per_row) +
         " columns that the option max_cells_per_row allows; raise it, or clear the cell";
}

std::shared_ptr<Workbook> open_workbook(const std::filesystem::path& path,
                                        const ReadOptions& options) {
  const std::string beginning = read_beginning(path);
  if (starts_with(beginning, kCompoundFileMagic)) return open_xls(path, options);
  if (!starts_with(beginning, kZipMagic)) {
    fail_data(path.filename().string() +
              (beginning.empty() ? ": the file is empty"
                                 : ": is not an XLSX, ODS or XLS file; if it is text that was only "
                                   "named so, read it with the csv connector"));
  }
  auto archive = std::make_shared<ZipArchive>(path, options);
  if (archive->contains("content.xml")) return open_ods(std::move(archive), options);
  return open_xlsx(std::move(archive), options);
}

}  // namespace cdh::spreadsheet
