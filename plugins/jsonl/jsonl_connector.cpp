#include "jsonl_connector.hpp"

#include <algorithm>
#include <utility>

#include "file_list.hpp"

namespace jsonl {

namespace {

constexpr std::size_t kSampleRecords = 1000;
// What a batch may hold beside its limit of rows: wide or long records make shorter batches.
constexpr std::size_t kMaxBatchValues = 1'000'000;
constexpr std::size_t kMaxBatchBytes = 16 * 1024 * 1024;
constexpr std::size_t kMaxReserved = 8192;  // rows

// Reads on behalf of a connector until it is cancelled.
class CancellableSource final : public ByteSource {
 public:
  CancellableSource(std::unique_ptr<ByteSource> source, const std::atomic<bool>& cancelled)
      : source_(std::move(source)), cancelled_(cancelled) {}
  std::size_t read(char* to, std::size_t size) override {
    if (cancelled_) cdh::fail_cancelled();
    return source_->read(to, size);
  }

 private:
  std::unique_ptr<ByteSource> source_;
  const std::atomic<bool>& cancelled_;
};

std::vector<std::string> split_at_points(const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    names.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

RecordShape make_shape(const cdh::Settings& settings) {
  return settings.has("fields") ? RecordShape(settings.map("fields")) : RecordShape();
}

// The limit of one record: 1 MB to 1 GB.
std::size_t max_record_size(const cdh::Settings& settings) {
  const std::int64_t megabytes = settings.integer("max_line_mb", 16);
  if (megabytes < 1 || megabytes > 1024) {
    cdh::fail_config("max_line_mb must be 1 to 1024", "max_line_mb");
  }
  return static_cast<std::size_t>(megabytes) << 20;
}

}  // namespace

JsonlConnector::OpenFile::OpenFile(JsonlConnector& connector, std::string name)
    : path(std::move(name)),
      buffer(std::make_unique<CancellableSource>(open_file(path), connector.cancelled_)) {
  try {
    splitter = split_records(buffer, connector.records_, connector.max_size_);
  } catch (const cdh::PluginError& failure) {
    throw cdh::PluginError(failure.status(), path + ": " + failure.what(), failure.field());
  }
}

JsonlConnector::JsonlConnector(const cdh::Settings& settings, cdh::Host& host)
    : host_(host),
      path_(settings.text("path")),
      stream_(settings.text("stream", stream_name(path_))),
      key_(settings.list("key")),
      records_(split_at_points(settings.text("records"))),
      max_size_(max_record_size(settings)),
      shape_(make_shape(settings)),
      parser_(shape_) {}

void JsonlConnector::sample() {
  if (std::exchange(sampled_, true)) return;
  for (const std::string& path : list_files(path_)) {
    OpenFile file(*this, path);
    cdh::Arena arena;
    for (std::size_t seen = 0; seen < kSampleRecords && file.splitter->next(file.record); ++seen) {
      if (!file.record.problem.empty() || !parser_.parse(file.record.bytes, arena)) continue;
      shape_.observe(parser_.values());
      ++sampled_records_;
    }
    if (sampled_records_ > 0) break;
  }
}

void JsonlConnector::check_key() {
  if (sampled_records_ == 0) return;  // an empty file shows no fields
  const std::vector<cdh::Field>& fields = shape_.schema().fields();
  for (const std::string& name : key_) {
    const auto known = std::find_if(fields.begin(), fields.end(),
                                    [&](const cdh::Field& field) { return field.name == name; });
    if (known != fields.end()) continue;
    std::vector<std::string> names;
    for (const cdh::Field& field : fields) names.push_back(field.name);
    cdh::fail_config(
        "key: the records have no field \"" + name + "\"" + cdh::known_names(name, names), "key");
  }
}

std::vector<cdh::Stream> JsonlConnector::discover() {
  cancelled_ = false;
  sample();
  check_key();
  return {{stream_, "Records of " + path_, shape_.schema(), key_, false, shape_.learns()}};
}

void JsonlConnector::start(const cdh::ReadRequest& request) {
  if (request.stream != stream_) {
    cdh::fail_config("there is no stream \"" + request.stream + "\"; this source has \"" + stream_ +
                     "\"");
  }
  cancelled_ = false;
  file_.reset();
  failure_ = nullptr;
  sample();
  expected_rows_ = std::min(request.max_rows, kMaxReserved);
  files_ = list_files(path_);
  next_file_ = 0;
}

bool JsonlConnector::read(cdh::BatchBuilder& out) {
  if (failure_ != nullptr) std::rethrow_exception(std::exchange(failure_, nullptr));
  while (true) {
    if (file_ == nullptr) {
      if (next_file_ == files_.size()) return false;
      file_ = std::make_unique<OpenFile>(*this, files_[next_file_++]);
    }
    bool more = false;
    try {
      more = fill(out);
    } catch (const cdh::PluginError&) {
      if (out.size() == 0) throw;
      failure_ = std::current_exception();
      return true;
    }
    if (!more) file_.reset();
    if (out.size() > 0) return true;
  }
}

bool JsonlConnector::fill(cdh::BatchBuilder& out) {
  const cdh::Schema& schema = shape_.schema();
  out.set_schema(schema);
  out.set_origin(origin_of(file_->path, path_), file_->splitter->position_unit());
  out.rows().reserve(expected_rows_);
  out.values().reserve(std::min(expected_rows_ * schema.size(), kMaxBatchValues + schema.size()));
  std::size_t bytes = 0;
  while (!out.full() && bytes < kMaxBatchBytes && out.values().size() < kMaxBatchValues) {
    if (cancelled_) cdh::fail_cancelled();
    if (!std::exchange(file_->record_is_waiting, false) && !file_->splitter->next(file_->record)) {
      return false;
    }
    bytes += file_->record.bytes.size();
    if (!add(file_->record, out)) {
      file_->record_is_waiting = true;
      return true;
    }
  }
  return true;
}

bool JsonlConnector::add(const RecordText& record, cdh::BatchBuilder& out) {
  const bool good = record.problem.empty() && parser_.parse(record.bytes, out.arena());
  if (!good) {
    cdh::RowBuilder row = out.add_row(record.position);
    row.raw(record.bytes);
    if (record.problem.empty()) {
      row.reject(parser_.problem(), parser_.problem_field());
    } else {
      row.reject(record.problem);
    }
    return true;
  }
  if (shape_.column_count() > out.schema().size()) {
    if (out.size() > 0) return false;
    shape_.observe(parser_.values());
    out.set_schema(shape_.schema());
  }
  cdh::RowBuilder row = out.add_row(record.position);
  std::copy(parser_.values().begin(), parser_.values().end(),
            out.values().end() - static_cast<std::ptrdiff_t>(parser_.values().size()));
  if (!parser_.repeated_member().empty()) {
    row.raw(record.bytes);
    if (!std::exchange(file_->warned, true)) {
      host_.warn(file_->path + ": " + std::string(file_->splitter->position_unit()) + " " +
                 std::to_string(record.position) + " has the member \"" +
                 parser_.repeated_member() +
                 "\" twice; here and in later records of the file the last one counts, and the raw "
                 "text is kept");
    }
  }
  return true;
}

constexpr cdh::Option kOptions[] = {
    {"path", CDH_OPTION_PATH,
     "The file, or a pattern such as exports/*.jsonl; plain, gzip or zstd. Files are read in the "
     "order of their names.",
     "", true},
    {"stream", CDH_OPTION_TEXT,
     "The name of the stream. Default: the file's name without endings, or \"records\" for a "
     "pattern."},
    {"key", CDH_OPTION_TEXT_LIST, "The fields that identify a record."},
    {"records", CDH_OPTION_TEXT,
     "Where in a document the array of records is, such as data.items. Not needed for JSON Lines "
     "and "
     "for a file that is an array."},
    {"fields", CDH_OPTION_TEXT_MAP,
     "Which fields to read: name to path, such as first_tag: tags.0. Default: all members; those "
     "of "
     "nested objects are named like address.city, arrays are JSON text."},
    {"max_line_mb", CDH_OPTION_INTEGER,
     "The longest record in MB; a longer one is rejected. 1 to 1024.", "16"},
};

}  // namespace jsonl

CDH_PLUGIN_CONNECTOR(jsonl::JsonlConnector, "jsonl", "1.0",
                     "Records of JSON files: JSON Lines, or an array of objects.", jsonl::kOptions)
