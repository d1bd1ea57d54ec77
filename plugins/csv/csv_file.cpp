#include "csv_file.hpp"

#include <algorithm>
#include <utility>

#include "file_stream.hpp"
#include "header.hpp"

namespace cdh::csv {
namespace {

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

RecordReader open_reader(const InputFile& file, const Options& options, const CsvFile::Log& warn) {
  const auto changed = [warn, origin = file.origin] {
    warn(origin + " changed while it was read; what was read may mix old and new");
  };
  return {TextReader(open_file(file.path, changed), options.encoding), options.limits};
}

}  // namespace

CsvFile::CsvFile(const InputFile& file, const Options& options, Log warn)
    : options_(options),
      path_(file.path),
      origin_(file.origin),
      warn_(std::move(warn)),
      reader_(open_reader(file, options, warn_)) {
  reader_.sample();
  for (std::size_t i = 0; i < options.skip_lines && reader_.skip_line();) ++i;
  const std::string_view sample = reader_.sample();
  const DetectedDialect detected =
      detect_dialect(sample, reader_.sample_is_whole(), options.dialect);
  if (detected.declared) reader_.skip_line();
  reader_.set_dialect(detected.dialect);
  quote_ = detected.dialect.quote;
  read_columns();
  tell_encoding();
}

void CsvFile::read_columns() {
  if (!options_.columns.empty()) {
    columns_ = unique_names(options_.columns, [](const std::string&) {});
    return;
  }
  if (!reader_.next(first_)) {
    warn_(origin_ + " is empty");
    return;
  }
  if (!options_.header) {
    columns_ = numbered_names(std::max<std::size_t>(first_.cells.size(), 1));
    first_waits_ = true;
    return;
  }
  if (!first_.fault.empty()) {
    fail_data("the header of " + path_ + ", line " + std::to_string(first_.line) +
              ", cannot be read: " + first_.fault);
  }
  columns_ = unique_names(header_names(), [this](const std::string& change) {
    warn_("in the header of " + origin_ + ", " + change);
  });
}

std::vector<std::string> CsvFile::header_names() const {
  std::vector<std::string> names;
  for (const Cell& cell : first_.cells) {
    std::string name(cell.text);
    if (cell.escaped) name.resize(unescape(cell.text, quote_, name.data()).size());
    names.emplace_back(options_.dialect.trim ? without_blanks(name) : std::string_view(name));
  }
  return names;
}

bool CsvFile::next(Record& record) {
  if (first_waits_) {
    record = first_;
    first_waits_ = false;
  } else if (!reader_.next(record)) {
    tell_encoding();
    return false;
  }
  if (record.fault.empty() && record.cells.size() != columns_.size()) {
    record.fault = count_fault(record.cells.size());
  }
  return true;
}

std::string CsvFile::count_fault(std::size_t cells) const {
  const char* const standard = options_.header            ? "the header has "
                               : options_.columns.empty() ? "the first record has "
                                                          : "the option columns has ";
  return "it has " + std::to_string(cells) + (cells == 1 ? " cell" : " cells") + " where " +
         standard + std::to_string(columns_.size());
}

void CsvFile::tell_encoding() {
  const std::string& encoding = reader_.text().encoding();
  if (encoding_told_ || !reader_.text().guessed() || encoding == "UTF-8") return;
  encoding_told_ = true;
  warn_(origin_ + " looks like " + encoding +
        " and is read as that; if names come out wrong, set the option encoding");
}

}  // namespace cdh::csv
