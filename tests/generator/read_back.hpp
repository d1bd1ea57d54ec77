// Reads what the generator wrote, independently of how it was written, for the tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cdh::generator {

using Rows = std::vector<std::vector<std::string>>;

// A new folder that goes with its owner.
struct TemporaryFolder {
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::filesystem::path path;
};

std::string read_file(const std::filesystem::path& file);

// RFC 4180; rows as they are, ragged ones too.
Rows parse_csv(std::string_view text, char separator);

// All rows of a sheet from row 1, read with libzip and expat. Missing rows and cells are empty;
// each row has at least one cell. Dates are their number (XLSX) or ISO text (ODS). Throw
// std::runtime_error when a part is missing or not well-formed.
Rows read_xlsx(const std::filesystem::path& file, const std::string& sheet);
Rows read_ods(const std::filesystem::path& file, const std::string& sheet);

}  // namespace cdh::generator
