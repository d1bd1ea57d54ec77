// Adds columns from a table in a file, by the value of a field.
//
//     transforms:
//       - use: lookup
//         file: regions.csv            # code,name,manager
//         on: REGION                   # the record's field
//         key: code                    # the file's column
//         take: { name: region_name, manager: owner }
//
// The table is read once, when the transform is created. A changed file changes the fingerprint, so
// that the next run maps every record anew. Values that are not text are looked up as they would be
// written. A record whose field is blank passes untouched. Reasons of quarantine name the field and
// the file, never the value: that is kept with the record.
#include <cstdint>
#include <memory>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

#include "lookup_table.hpp"

namespace cdh::lookup {
namespace {

constexpr Option kOptions[] = {
    {"file", CDH_OPTION_PATH, "A CSV file in UTF-8 with a header, at most 256 MiB.", "", true},
    {"on", CDH_OPTION_TEXT, "The record's field to look up.", "", true},
    {"key", CDH_OPTION_TEXT, "The file's column to find it in; each key may stand there once.", "",
     true},
    {"take", CDH_OPTION_TEXT_MAP,
     "Each column of the file to take, and the record's column it goes to.", "", true},
    {"separator", CDH_OPTION_TEXT, "What stands between the file's fields: one character, or tab.",
     ","},
    {"on_missing", CDH_OPTION_TEXT,
     "When the file does not have the value: the columns are kept as they are, made null, or the "
     "record "
     "is quarantined.",
     "keep", false, false, "keep|null|quarantine"},
};

char separator_of(const Settings& settings) {
  const std::string text = settings.text("separator", ",");
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r") {
    fail_config("it must be one character, or the word tab", "separator");
  }
  return text[0];
}

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t fingerprint_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

class Lookup final : public RecordTransform {
 public:
  Lookup(const Settings& settings, Host& host)
      : field_name_(settings.text("on")), on_missing_(settings.text("on_missing", "keep")) {
    const std::string path = settings.text("file");
    file_name_ = path.substr(path.rfind('/') + 1);
    std::vector<std::string> from;
    for (const auto& [column, target] : settings.map("take")) {
      if (target.empty()) fail_config("name a column for \"" + column + "\"", "take");
      from.push_back(column);
      target_names_.push_back(target);
    }
    if (from.empty()) fail_config("name at least one column of the file", "take");
    table_ = std::make_unique<LookupTable>(path, read_file(path), separator_of(settings),
                                           settings.text("key"), from);
    host.debug("look-up table " + file_name_ + ": " + std::to_string(table_->size()) + " rows");
  }

  // The file's content alone: the host has the settings in its part, the file's path among them.
  static std::uint64_t fingerprint(const Settings& settings) {
    return fingerprint_of(read_file(settings.text("file")));
  }

  void bind(std::vector<Field>& fields) override {
    field_ = require(fields, field_name_);
    targets_.clear();
    for (const std::string& name : target_names_) targets_.push_back(require_or_add(fields, name));
  }

  void edit(Record& record) override {
    if (is_blank(record[field_])) return;
    const std::string_view* row = table_->find(written(record[field_], buffer_));
    if (row != nullptr) {
      take(record, row);
    } else if (on_missing_ == "null") {
      for (const int target : targets_) record.set_null(target);
    } else if (on_missing_ == "quarantine") {
      record.reject("\"" + field_name_ + "\" has a value that is not in " + file_name_,
                    field_name_);
    }
  }

 private:
  // Batches are gone before the instance, so their text may stay in the table. An empty cell is
  // null.
  void take(Record& record, const std::string_view* row) {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      record.set_null(targets_[i]);
      if (row[i].empty()) continue;
      cdh_value& value = record[targets_[i]];
      value.type = CDH_TEXT;
      value.as.text = row[i].data();
      value.length = static_cast<std::uint32_t>(row[i].size());
    }
  }

  std::string field_name_, file_name_, on_missing_;
  std::vector<std::string> target_names_;
  std::unique_ptr<LookupTable> table_;
  int field_ = -1;
  std::vector<int> targets_;
  std::string buffer_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Lookup, "lookup", "1.0", "Adds columns from a table in a file.", kOptions)

}  // namespace cdh::lookup
