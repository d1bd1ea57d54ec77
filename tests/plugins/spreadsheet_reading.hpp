// What the tests of the spreadsheet connector share: rows as text, and files made on the spot.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "hub/plugin_host/plugin.hpp"

namespace cdh::spreadsheet_test {

using Options = std::vector<std::pair<std::string, std::string>>;
using Lines = std::vector<std::string>;
// Name and content of each part of a zip file.
using Parts = std::vector<std::pair<std::string, std::string>>;

// The file of tests/plugins/data.
std::string data_file(const std::string& name);

Connector connect(const std::string& path, const Options& options = {});

// Each row as "position: name=value; ...", with the values' types as signs: text plain, i42, d0.1,
// D2024-02-29 a date, T2024-02-29T13:30:05 a local time, b1 and b0, - null, ? absent.
Lines rows_of(Connector& connector, const std::string& stream, std::size_t max_rows = 4096);
Lines rows_of(const std::string& path, const std::string& stream, const Options& options = {});

// "stream(column type, ...)" with the key's columns marked by a star.
Lines streams_of(const std::string& path, const Options& options = {});

// What reading all of a stream fails with; "no error" when it does not.
std::string failure_of(const std::string& path, const std::string& stream,
                       const Options& options = {});

// What the plugin logs while it lives.
class CapturedLog {
 public:
  CapturedLog();
  ~CapturedLog();
  std::string text() const;

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
};

// A folder that goes with the test.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const;
  std::string write_zip(const std::string& name, const Parts& parts) const;

 private:
  std::filesystem::path folder_;
};

// A whole XLSX of one sheet "S". `sheet` is the content of <sheetData>, `formats` the format codes
// of the styles 1, 2, ..., `strings` the <si> elements of the shared strings.
struct XlsxContent {
  std::string sheet;
  std::vector<std::string> formats = {};
  std::string strings = {};
  std::string after_rows = {};  // <mergeCells> and the like
  bool from_1904 = false;
  bool strict = false;
};
Parts xlsx_parts(const XlsxContent& content);

// content.xml of an ODS, and the parts of the whole file; `tables` are its <table:table> elements.
std::string ods_content(const std::string& tables);
Parts ods_parts(const std::string& tables);

std::string bytes_of(const std::string& path);

}  // namespace cdh::spreadsheet_test
