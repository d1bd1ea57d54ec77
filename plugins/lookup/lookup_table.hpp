// A look-up table in memory: some columns of a CSV file by the values of its key column.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <cdh/plugin.hpp>

namespace cdh::lookup {

// The file's bytes. Throws a config error that names the file when it cannot be read or is larger
// than 256 MiB.
std::string read_file(const std::string& path);

class LookupTable {
 public:
  // `content` is UTF-8 CSV with a header. Throws a config error that names the file and the line
  // for: a column that is not there or there twice, a row of another width, an empty key, a key
  // that stands twice (naming both lines), text that is not UTF-8, more than 5 million rows.
  LookupTable(const std::string& path, std::string_view content, char separator,
              const std::string& key, const std::vector<std::string>& columns);

  // The row's values in the order of `columns`, or nullptr. They live as long as the table.
  const std::string_view* find(std::string_view key) const;

  std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::size_t line;
    std::size_t first;  // of the row's values in values_
  };

  Arena texts_;
  std::vector<std::string_view> values_;
  std::unordered_map<std::string_view, Row> rows_;
};

}  // namespace cdh::lookup
