// One CSV file: its columns, then its records.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "input_files.hpp"
#include "options.hpp"
#include "record_reader.hpp"

namespace cdh::csv {

class CsvFile {
 public:
  using Log = std::function<void(const std::string&)>;

  // Opens the file, detects what the options leave open and reads the header. An empty file has no
  // columns and no records, and is warned of. Borrows the options. Throws PluginError.
  CsvFile(const InputFile& file, const Options& options, Log warn);

  const std::vector<std::string>& columns() const { return columns_; }
  const std::string& origin() const { return origin_; }
  char quote() const { return quote_; }

  // The next record; one without fault has as many cells as there are columns.
  bool next(Record& record);
  // What next() gave last, as bytes of the file, and how much text was read up to its end.
  const RecordReader& reader() const { return reader_; }

 private:
  void read_columns();
  std::vector<std::string> header_names() const;
  void tell_encoding();
  std::string count_fault(std::size_t cells) const;

  const Options& options_;
  std::string path_, origin_;
  Log warn_;
  RecordReader reader_;
  char quote_ = '"';
  std::vector<std::string> columns_;
  Record first_;              // the header, or the first record
  bool first_waits_ = false;  // first_ is a record that next() has yet to give
  bool encoding_told_ = false;
};

}  // namespace cdh::csv
