// Comma-separated values after RFC 4180, for the hub's own files: a truth that is read, results
// that are written. The sources' many dialects are read by the csv plugin.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cdh {

// Appends a text as one field, quoted where needed.
void append_csv_field(std::string_view text, std::string& out);

// Reads a UTF-8 file with a header. Lines end with LF or CRLF; a blank line is passed over; a
// record has at most 1 MiB.
//
//     CsvReader rows(file, "truth.csv");
//     const auto key = rows.column("record_id");
//     while (rows.next()) use(rows[*key]);
class CsvReader {
 public:
  // `in` must outlive the reader; `name` is for messages. Throws Error(config), as next() does,
  // that names file and line: an unclosed quote, a record of another number of fields than the
  // header.
  CsvReader(std::istream& in, std::string name);

  std::optional<std::size_t> column(std::string_view name) const;
  bool next();
  const std::string& operator[](std::size_t column) const { return fields_[column]; }
  std::size_t line() const { return line_; }  // of the record's end, from 1

 private:
  bool read_record();
  // Adds the fields of one line; says whether it ends within quotes.
  bool add_line(std::string_view line, bool quoted);
  [[noreturn]] void fail(const std::string& what) const;

  std::istream& in_;
  std::string name_;
  std::vector<std::string> header_, fields_;
  std::size_t line_ = 0;
};

}  // namespace cdh
