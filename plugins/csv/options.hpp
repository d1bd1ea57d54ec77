// What hub.yaml can say about a CSV source.
#pragma once

#include <string>
#include <vector>

#include <cdh/plugin.hpp>

#include "dialect.hpp"
#include "record_reader.hpp"

namespace cdh::csv {

struct Options {
  std::string path;
  std::string encoding;
  DialectChoice dialect;
  bool header = true;
  std::vector<std::string> columns;  // without a header; may be empty
  std::string stream;
  std::vector<std::string> key;
  std::size_t skip_lines = 0;
  Limits limits;
  std::vector<std::string> null_texts;
};

// Throws PluginError(config) that names the option.
Options read_options(const Settings& settings);

constexpr Option kOptions[] = {
    {"path", CDH_OPTION_PATH,
     "The file, or several by the wildcards *, ? and [...], read in name order. gzip and zstd are "
     "unpacked.",
     "", true},
    {"encoding", CDH_OPTION_TEXT,
     "auto, utf-8, windows-1250, windows-1252, iso-8859-2, gb18030, utf-16 or any other ICU name. "
     "A byte order mark in the file wins.",
     "auto"},
    {"separator", CDH_OPTION_TEXT, "auto, tab or one ASCII character.", "auto"},
    {"quote", CDH_OPTION_TEXT, "auto, none or one ASCII character.", "auto"},
    {"header", CDH_OPTION_BOOLEAN, "Whether the first record holds the column names.", "true"},
    {"columns", CDH_OPTION_TEXT_LIST,
     "The column names of a file without a header; else column1, column2 and so on."},
    {"stream", CDH_OPTION_TEXT,
     "The stream's name; else the file's name without its ending, or records for several files."},
    {"key", CDH_OPTION_TEXT_LIST, "The columns that identify a record."},
    {"skip_lines", CDH_OPTION_INTEGER, "Lines to pass over before the header.", "0"},
    {"trim", CDH_OPTION_BOOLEAN,
     "Whether blanks around column names and around cells without quotes go.", "true"},
    {"max_line_mb", CDH_OPTION_INTEGER,
     "The longest record, in MB (1 to 1024). A longer one is rejected.", "16"},
    {"max_cell_lines", CDH_OPTION_INTEGER,
     "The most lines inside a quoted cell. One with more is taken for lacking its closing quote: "
     "only the line where it opened is rejected.",
     "1000"},
    {"null_text", CDH_OPTION_TEXT_LIST,
     "Texts that mean no value, such as NULL. A cell that is empty without quotes always does."},
};

}  // namespace cdh::csv
