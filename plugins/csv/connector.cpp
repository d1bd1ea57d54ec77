// The connector "csv": files of separated text as one stream. It always reads in full.
#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include "csv_file.hpp"
#include "input_files.hpp"
#include "options.hpp"

namespace cdh::csv {
namespace {

// A batch ends here at the latest, so that long records do not fill the memory.
constexpr std::uint64_t kBatchBytes = 16u << 20;
// Room is made for so many rows at once at the most; larger batches grow.
constexpr std::size_t kReservedRows = 16 * 1024;

class CsvConnector final : public Connector {
 public:
  CsvConnector(const Settings& settings, Host& host)
      : options_(read_options(settings)), host_(host) {}

  std::vector<Stream> discover() override;
  void start(const ReadRequest& request) override;
  bool read(BatchBuilder& out) override;
  void cancel() noexcept override { cancelled_ = true; }

 private:
  std::vector<std::string> columns_of(const std::vector<InputFile>& files) const;
  void open(const InputFile& file);
  void check_key(const std::vector<std::string>& columns, const std::string& origin) const;
  void fill(BatchBuilder& out);
  void add(BatchBuilder& out, std::shared_ptr<const void>& held);
  void add_cells(RowBuilder& row, Arena& arena) const;
  void add_rejected(RowBuilder& row) const;

  Options options_;
  Host& host_;
  std::atomic<bool> cancelled_{false};
  std::vector<InputFile> files_;
  std::size_t next_file_ = 0;
  std::size_t reserved_rows_ = 0;
  std::unique_ptr<CsvFile> file_;
  std::exception_ptr failure_;  // for the next read
  Record record_;
  Schema schema_;
  std::uint64_t serial_ = 0;
};

Schema text_schema(const std::vector<std::string>& columns, std::uint64_t serial) {
  std::vector<Field> fields;
  for (const std::string& column : columns) fields.push_back({column, CDH_TEXT});
  return Schema(std::move(fields), serial);
}

std::vector<Stream> CsvConnector::discover() {
  const std::vector<InputFile> files = find_input_files(options_.path);
  const std::string description = files.size() == 1
                                      ? "Records of " + files.front().origin
                                      : "Records of " + std::to_string(files.size()) + " files";
  return {{options_.stream, description, text_schema(columns_of(files), 0), options_.key}};
}

// All that any of the files has, in the order in which they come.
std::vector<std::string> CsvConnector::columns_of(const std::vector<InputFile>& files) const {
  const CsvFile first(files.front(), options_,
                      [this](const std::string& text) { host_.warn(text); });
  check_key(first.columns(), first.origin());
  std::vector<std::string> columns = first.columns();
  std::unordered_set<std::string> known(columns.begin(), columns.end());
  for (std::size_t i = 1; i < files.size(); ++i) {
    try {
      const CsvFile file(files[i], options_, [](const std::string&) {});
      for (const std::string& column : file.columns()) {
        if (known.insert(column).second) columns.push_back(column);
      }
    } catch (const PluginError&) {
      // It is told when its turn comes, after the records of the files before it.
    }
  }
  return columns;
}

void CsvConnector::check_key(const std::vector<std::string>& columns,
                             const std::string& origin) const {
  for (const std::string& key : options_.key) {
    if (columns.empty() || std::find(columns.begin(), columns.end(), key) != columns.end())
      continue;
    fail_config(origin + " has no column \"" + key + "\" for the key" + known_names(key, columns),
                "key");
  }
}

void CsvConnector::start(const ReadRequest& request) {
  if (request.stream != options_.stream) {
    fail_config("there is no stream \"" + request.stream + "\"; this source has \"" +
                    options_.stream + "\"",
                "stream");
  }
  cancelled_ = false;
  reserved_rows_ = std::min(request.max_rows, kReservedRows);
  file_.reset();
  failure_ = nullptr;
  files_ = find_input_files(options_.path);
  next_file_ = 0;
}

// What a file fails with comes after the records before it.
bool CsvConnector::read(BatchBuilder& out) {
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
  while (true) {
    if (!file_) {
      if (next_file_ == files_.size()) return false;
      open(files_[next_file_++]);
    }
    try {
      fill(out);
    } catch (const PluginError&) {
      if (out.size() == 0) throw;
      failure_ = std::current_exception();
    }
    if (out.size() > 0) return true;
    file_.reset();
  }
}

void CsvConnector::open(const InputFile& file) {
  file_ = std::make_unique<CsvFile>(file, options_,
                                    [this](const std::string& text) { host_.warn(text); });
  check_key(file_->columns(), file_->origin());
  const auto same = [](const Field& field, const std::string& name) { return field.name == name; };
  const std::vector<Field>& fields = schema_.fields();
  if (serial_ == 0 || !std::equal(fields.begin(), fields.end(), file_->columns().begin(),
                                  file_->columns().end(), same)) {
    schema_ = text_schema(file_->columns(), ++serial_);
  }
}

void CsvConnector::fill(BatchBuilder& out) {
  out.set_schema(schema_);
  out.set_origin(file_->origin(), "line");
  out.rows().reserve(reserved_rows_);
  out.values().reserve(reserved_rows_ * schema_.size());
  const std::uint64_t begin = file_->reader().offset();
  std::shared_ptr<const void> held;
  while (!out.full() && file_->reader().offset() - begin < kBatchBytes) {
    if (cancelled_) fail_cancelled();
    if (!file_->next(record_)) return;
    add(out, held);
  }
}

void CsvConnector::add(BatchBuilder& out, std::shared_ptr<const void>& held) {
  RowBuilder row = out.add_row(record_.line);
  if (!record_.fault.empty()) {
    add_rejected(row);
    return;
  }
  if (held != file_->reader().block()) {
    held = file_->reader().block();
    out.hold(held);
  }
  add_cells(row, out.arena());
}

void CsvConnector::add_rejected(RowBuilder& row) const {
  const bool cell_known = record_.fault_cell >= 0 &&
                          static_cast<std::size_t>(record_.fault_cell) < file_->columns().size();
  row.raw(file_->reader().raw());
  row.reject(record_.fault,
             cell_known
                 ? std::string_view(file_->columns()[static_cast<std::size_t>(record_.fault_cell)])
                 : std::string_view());
}

void CsvConnector::add_cells(RowBuilder& row, Arena& arena) const {
  const std::vector<std::string>& null_texts = options_.null_texts;
  for (std::size_t i = 0; i < record_.cells.size(); ++i) {
    const Cell& cell = record_.cells[i];
    std::string_view text = cell.text;
    if (cell.escaped) text = unescape(text, file_->quote(), arena.allocate(text.size()));
    const bool null = (text.empty() && !cell.quoted) ||
                      std::find(null_texts.begin(), null_texts.end(), text) != null_texts.end();
    if (null) {
      row.null(i);
    } else {
      row.text_view(i, text);
    }
  }
}

}  // namespace

CDH_PLUGIN_CONNECTOR(CsvConnector, "csv", "1.0",
                     "Reads CSV files and other separated text, of any encoding, packed or not.",
                     kOptions)

}  // namespace cdh::csv
