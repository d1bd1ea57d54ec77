// The C++17 face of plugin.h: header-only, no dependency, nothing of it crosses the boundary.
//
// A connector is a class with three functions:
//
//     class Greetings final : public cdh::Connector {
//      public:
//       Greetings(const cdh::Settings& settings, cdh::Host&)
//           : count_(settings.integer("count")) {}
//       std::vector<cdh::Stream> discover() override {
//         return {{"greetings", "Friendly lines", cdh::Schema({"id", "line"}), {"id"}}};
//       }
//       void start(const cdh::ReadRequest&) override { next_ = 0; }
//       bool read(cdh::BatchBuilder& out) override {
//         if (next_ == count_) return false;
//         out.set_schema(cdh::Schema({"id", "line"}));
//         cdh::RowBuilder row = out.add_row(++next_);
//         row.integer(0, next_);
//         row.text(1, "hello");
//         return true;
//       }
//      private:
//       std::int64_t count_, next_ = 0;
//     };
//     constexpr cdh::Option kOptions[] = {{"count", CDH_OPTION_INTEGER, "How many lines.", "3"}};
//     CDH_PLUGIN_CONNECTOR(Greetings, "greetings", "1.0", "Says hello.", kOptions)
//
// A transform derives from cdh::RecordTransform and changes one record at a time. Failures are
// thrown as cdh::PluginError; the trampolines below are the only place where they become a status.
#ifndef CDH_PLUGIN_HPP
#define CDH_PLUGIN_HPP

#include <atomic>
#include <cstring>
#include <exception>
#include <iterator>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.h>

namespace cdh {

inline std::string_view view(cdh_string text) { return {text.data ? text.data : "", text.size}; }
inline cdh_string borrow(std::string_view text) { return {text.data(), text.size()}; }

// --- Failures ------------------------------------------------------------------------------------

// What a plugin throws. `what()` says what failed and what to do about it; never a secret.
class PluginError : public std::exception {
 public:
  PluginError(cdh_status status, std::string message, std::string field = {},
              std::int64_t retry_after_ms = 0)
      : status_(status),
        message_(std::move(message)),
        field_(std::move(field)),
        retry_after_ms_(retry_after_ms) {}

  const char* what() const noexcept override { return message_.c_str(); }
  cdh_status status() const noexcept { return status_; }
  const std::string& field() const noexcept { return field_; }
  std::int64_t retry_after_ms() const noexcept { return retry_after_ms_; }

 private:
  cdh_status status_;
  std::string message_;
  std::string field_;
  std::int64_t retry_after_ms_;
};

[[noreturn]] inline void fail_config(std::string message, std::string option = {}) {
  throw PluginError(CDH_ERROR_CONFIG, std::move(message), std::move(option));
}
[[noreturn]] inline void fail_system(std::string message) {
  throw PluginError(CDH_ERROR_SYSTEM, std::move(message));
}
[[noreturn]] inline void fail_data(std::string message, std::string field = {}) {
  throw PluginError(CDH_ERROR_DATA, std::move(message), std::move(field));
}
[[noreturn]] inline void fail_transient(std::string message, std::int64_t retry_after_ms = 0) {
  throw PluginError(CDH_ERROR_TRANSIENT, std::move(message), {}, retry_after_ms);
}
[[noreturn]] inline void fail_cancelled() { throw PluginError(CDH_ERROR_CANCELLED, "cancelled"); }

namespace detail {

// Copies text into a fixed array, cut before a code point that does not fit.
template <std::size_t N>
void fill(char (&target)[N], std::string_view text) noexcept {
  std::size_t size = text.size();
  if (size > N - 1) {
    size = N - 1;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  }
  if (size > 0) std::memcpy(target, text.data(), size);
  target[size] = '\0';
}

inline cdh_status report(cdh_error* error, cdh_status status, std::string_view message,
                         std::string_view field = {}, std::int64_t retry_after_ms = 0) noexcept {
  if (error != nullptr) {
    fill(error->message, message);
    fill(error->field, field);
    error->retry_after_ms = retry_after_ms;
  }
  return status;
}

// The only place where a C++ failure becomes a C status.
template <typename Body>
cdh_status guard(cdh_error* error, Body&& body) noexcept {
  try {
    body();
    return CDH_OK;
  } catch (const PluginError& failure) {
    return report(error, failure.status(), failure.what(), failure.field(),
                  failure.retry_after_ms());
  } catch (const std::bad_alloc&) {
    return report(error, CDH_ERROR_SYSTEM, "out of memory");
  } catch (const std::exception& failure) {
    return report(error, CDH_ERROR_INTERNAL, failure.what());
  } catch (...) {
    return report(error, CDH_ERROR_INTERNAL, "unknown exception");
  }
}

}  // namespace detail

// --- Options and settings ----------------------------------------------------------------------

// One declared option, as a constexpr table row. Text must be literals: the host keeps views.
struct Option {
  const char* name;
  cdh_option_type type;
  const char* help;
  const char* default_value = "";
  bool required = false;
  bool secret = false;
  const char* choices = "";  // "a|b|c"
};

// The values of an instance's options, already checked by the host. Views last as long as the
// constructor that receives them.
class Settings {
 public:
  explicit Settings(const cdh_settings& settings) : settings_(settings) {}

  bool has(std::string_view name) const { return find(name) != nullptr; }

  std::string text(std::string_view name, std::string_view fallback = {}) const {
    const cdh_setting* setting = find(name);
    if (setting == nullptr || setting->count == 0) return std::string(fallback);
    return text_of(setting->values[0]);
  }
  std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const {
    const cdh_setting* setting = find(name);
    return setting != nullptr && setting->count > 0 ? setting->values[0].as.integer : fallback;
  }
  bool boolean(std::string_view name, bool fallback = false) const {
    return integer(name, fallback ? 1 : 0) != 0;
  }
  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> out;
    if (const cdh_setting* setting = find(name)) {
      for (std::size_t i = 0; i < setting->count; ++i) out.push_back(text_of(setting->values[i]));
    }
    return out;
  }
  std::vector<std::pair<std::string, std::string>> map(std::string_view name) const {
    std::vector<std::pair<std::string, std::string>> out;
    if (const cdh_setting* setting = find(name)) {
      for (std::size_t i = 0; i + 1 < setting->count; i += 2) {
        out.emplace_back(text_of(setting->values[i]), text_of(setting->values[i + 1]));
      }
    }
    return out;
  }

 private:
  static std::string text_of(const cdh_value& value) { return {value.as.text, value.length}; }

  const cdh_setting* find(std::string_view name) const {
    const char* at = reinterpret_cast<const char*>(settings_.settings);
    for (std::size_t i = 0; i < settings_.count; ++i, at += settings_.setting_stride) {
      const auto* setting = reinterpret_cast<const cdh_setting*>(at);
      if (view(setting->name) == name) return setting;
    }
    return nullptr;
  }

  const cdh_settings& settings_;
};

// What the host offers a plugin. Outlives every instance.
class Host {
 public:
  explicit Host(const cdh_host* host) : host_(host) {}

  void info(std::string_view message) const { log(CDH_LOG_INFO, message); }
  void warn(std::string_view message) const { log(CDH_LOG_WARNING, message); }
  void debug(std::string_view message) const { log(CDH_LOG_DEBUG, message); }

  // Keeps a rotated secret durably before it returns. Throws PluginError.
  void keep_secret(std::string_view name, std::string_view value) const {
    cdh_error error{};
    error.size = sizeof error;
    const cdh_status status = host_->keep_secret(host_, borrow(name), borrow(value), &error);
    if (status != CDH_OK) throw PluginError(status, error.message, error.field);
  }

 private:
  void log(cdh_log_level level, std::string_view message) const {
    host_->log(host_, level, borrow(message));
  }
  const cdh_host* host_;
};

// --- Schemas -----------------------------------------------------------------------------------

struct Field {
  std::string name;
  cdh_type type = CDH_TEXT;
};

// The columns of a stream. Cheap to copy; equal serials mean equal columns.
class Schema {
 public:
  Schema() : Schema(std::vector<Field>{}) {}
  explicit Schema(std::vector<Field> fields, std::uint64_t serial = 0)
      : data_(std::make_shared<Data>(std::move(fields), serial)) {}
  explicit Schema(std::initializer_list<const char*> names) : Schema(text_fields(names)) {}

  std::size_t size() const { return data_->schema.field_count; }
  const std::vector<Field>& fields() const { return data_->fields; }
  const Field& operator[](std::size_t i) const { return data_->fields[i]; }
  const cdh_schema* c_schema() const { return &data_->schema; }

  // The index of the named field, or -1.
  int find(std::string_view name) const {
    for (std::size_t i = 0; i < size(); ++i) {
      if (data_->fields[i].name == name) return static_cast<int>(i);
    }
    return -1;
  }

 private:
  struct Data {
    Data(std::vector<Field> columns, std::uint64_t serial) : fields(std::move(columns)) {
      for (const Field& field : fields) {
        c_fields.push_back({borrow(field.name), static_cast<std::uint8_t>(field.type)});
      }
      schema = {sizeof(cdh_schema), sizeof(cdh_field), serial, c_fields.size(), c_fields.data()};
    }
    Data(const Data&) = delete;
    Data& operator=(const Data&) = delete;
    std::vector<Field> fields;
    std::vector<cdh_field> c_fields;
    cdh_schema schema{};
  };
  static std::vector<Field> text_fields(std::initializer_list<const char*> names) {
    std::vector<Field> out;
    for (const char* name : names) out.push_back({name, CDH_TEXT});
    return out;
  }
  std::shared_ptr<const Data> data_;
};

// --- Building batches ----------------------------------------------------------------------------

// Text that lives as long as its batch. Addresses stay put as it grows.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  std::string_view keep(std::string_view text) {
    if (text.empty()) return {"", 0};
    char* at = allocate(text.size());
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }
  char* allocate(std::size_t size) {
    if (size > left_) {
      if (size > kBlock) {
        large_.push_back(std::unique_ptr<char[]>(new char[size]));
        return large_.back().get();
      }
      if (used_ == blocks_.size()) blocks_.push_back(std::unique_ptr<char[]>(new char[kBlock]));
      next_ = blocks_[used_++].get();
      left_ = kBlock;
    }
    char* at = next_;
    next_ += size;
    left_ -= size;
    return at;
  }
  // Forgets all text and keeps some memory for what comes.
  void clear() {
    large_.clear();
    if (blocks_.size() > kKeptBlocks) blocks_.resize(kKeptBlocks);
    used_ = 0;
    next_ = nullptr;
    left_ = 0;
  }

 private:
  static constexpr std::size_t kBlock = 64 * 1024;
  static constexpr std::size_t kKeptBlocks = 64;
  std::vector<std::unique_ptr<char[]>> blocks_;  // each of kBlock; the first used_ hold text
  std::vector<std::unique_ptr<char[]>> large_;   // each holds one text longer than that
  std::size_t used_ = 0;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

// One row under construction; all its values start as absent. Valid until the next add_row.
class RowBuilder {
 public:
  // Copies the text into the batch.
  void text(std::size_t field, std::string_view text) {
    set_text(field, CDH_TEXT, arena_->keep(text));
  }
  // Keeps a view: the text must outlive the batch (a mapped file held by BatchBuilder::hold).
  void text_view(std::size_t field, std::string_view text) { set_text(field, CDH_TEXT, text); }
  void decimal(std::size_t field, std::string_view digits) {
    set_text(field, CDH_DECIMAL, arena_->keep(digits));
  }
  void json(std::size_t field, std::string_view json) {
    set_text(field, CDH_JSON, arena_->keep(json));
  }
  void bytes(std::size_t field, std::string_view bytes) {
    set_text(field, CDH_BYTES, arena_->keep(bytes));
  }
  void null(std::size_t field) { at(field).type = CDH_NULL; }
  void boolean(std::size_t field, bool value) { set_integer(field, CDH_BOOLEAN, value ? 1 : 0); }
  void integer(std::size_t field, std::int64_t value) { set_integer(field, CDH_INTEGER, value); }
  void date(std::size_t field, std::int64_t days) { set_integer(field, CDH_DATE, days); }
  void local_time(std::size_t field, std::int64_t micros) {
    set_integer(field, CDH_LOCAL_TIME, micros);
  }
  void instant(std::size_t field, std::int64_t micros, int offset_minutes) {
    set_integer(field, CDH_INSTANT, micros);
    at(field).offset_minutes = static_cast<std::int16_t>(offset_minutes);
  }
  void real(std::size_t field, double value) {
    cdh_value& target = at(field);
    target.type = CDH_DOUBLE;
    target.as.real = value;
  }

  void set_delete() { row_->operation = CDH_DELETE; }
  // The record's own bytes, kept with it. Copied.
  void raw(std::string_view bytes) { row_->raw = borrow(arena_->keep(bytes)); }
  // Quarantines the record; give raw() too, so that nothing of it is lost.
  void reject(std::string_view reason, std::string_view field = {}) {
    row_->rejection = borrow(arena_->keep(reason.empty() ? "rejected" : reason));
    row_->rejected_field = borrow(arena_->keep(field));
  }

 private:
  friend class BatchBuilder;
  RowBuilder(cdh_row& row, cdh_value* values, Arena& arena)
      : row_(&row), values_(values), arena_(&arena) {}
  cdh_value& at(std::size_t field) { return values_[field]; }
  void set_integer(std::size_t field, cdh_type type, std::int64_t value) {
    cdh_value& target = at(field);
    target.type = static_cast<std::uint8_t>(type);
    target.as.integer = value;
  }
  void set_text(std::size_t field, cdh_type type, std::string_view text) {
    cdh_value& target = at(field);
    target.type = static_cast<std::uint8_t>(type);
    target.as.text = text.data();
    target.length = static_cast<std::uint32_t>(text.size());
  }
  cdh_row* row_;
  cdh_value* values_;
  Arena* arena_;
};

namespace detail {
class BatchSlot;
}

// Collects the rows of one batch. The SDK hands it to read() and passes it on as a cdh_batch.
class BatchBuilder {
 public:
  explicit BatchBuilder(std::size_t max_rows) : max_rows_(max_rows) {}

  // Before the first row.
  void set_schema(Schema schema) { schema_ = std::move(schema); }
  const Schema& schema() const { return schema_; }
  void set_origin(std::string_view origin, std::string_view position_unit) {
    origin_ = origin;
    position_unit_ = position_unit;
  }
  void set_resume_state(std::string_view state) { resume_state_ = state; }

  // A batch of one stream ends here at the latest.
  bool full() const { return rows_.size() >= max_rows_; }
  std::size_t size() const { return rows_.size(); }

  RowBuilder add_row(std::uint64_t position = 0) {
    const std::size_t index = rows_.size();
    cdh_row row{};
    row.position = position;
    row.source_row = static_cast<std::uint32_t>(index);
    rows_.push_back(row);
    const std::size_t first_value = values_.size();
    values_.resize(first_value + schema_.size());
    return RowBuilder(rows_.back(), values_.data() + first_value, arena_);
  }

  Arena& arena() { return arena_; }
  // Keeps something alive as long as the batch: the file that text_view points into.
  void hold(std::shared_ptr<const void> owner) { held_.push_back(std::move(owner)); }

  // Used by RecordTransform and by hosts in tests: direct access to what was built.
  std::vector<cdh_row>& rows() { return rows_; }
  std::vector<cdh_value>& values() { return values_; }

 private:
  friend class detail::BatchSlot;
  // As good as new, with the memory it had; a batch of unusual width gives its values' memory back.
  void clear() noexcept {
    constexpr std::size_t kKeptValues = 1024 * 1024;
    rows_.clear();
    values_.clear();
    if (values_.capacity() > kKeptValues) values_ = {};
    arena_.clear();
    origin_.clear();
    position_unit_.clear();
    resume_state_.clear();
    held_.clear();
  }

  std::size_t max_rows_;
  Schema schema_;
  std::vector<cdh_row> rows_;
  std::vector<cdh_value> values_;
  Arena arena_;
  std::string origin_, position_unit_, resume_state_;
  std::vector<std::shared_ptr<const void>> held_;
  detail::BatchSlot* home_ = nullptr;  // where it goes when the host releases it
};

namespace detail {

// Makes the batches of one instance. A released one waits here to become the next: to map and clear
// fresh memory for each batch costs more than to fill it. Release may come from any thread.
class BatchSlot {
 public:
  BatchSlot() = default;
  BatchSlot(const BatchSlot&) = delete;
  BatchSlot& operator=(const BatchSlot&) = delete;
  ~BatchSlot() { delete spare_.load(); }

  std::unique_ptr<BatchBuilder> take(std::size_t max_rows) {
    std::unique_ptr<BatchBuilder> builder(spare_.exchange(nullptr));
    if (builder == nullptr) return std::make_unique<BatchBuilder>(max_rows);
    builder->max_rows_ = max_rows;
    builder->schema_ = Schema();
    return builder;
  }

  // Hands the rows over: the batch owns them until its release.
  void hand_over(std::unique_ptr<BatchBuilder> builder, cdh_batch* out) noexcept {
    BatchBuilder* self = builder.release();
    self->home_ = this;
    *out = cdh_batch{};
    out->size = sizeof(cdh_batch);
    out->row_stride = sizeof(cdh_row);
    out->schema = self->schema_.c_schema();
    out->row_count = self->rows_.size();
    out->rows = self->rows_.data();
    out->values = self->values_.data();
    out->origin = borrow(self->origin_);
    out->position_unit = borrow(self->position_unit_);
    out->resume_state = borrow(self->resume_state_);
    out->private_data = self;
    out->release = [](cdh_batch* batch) {
      auto* released = static_cast<BatchBuilder*>(batch->private_data);
      batch->release = nullptr;
      released->clear();
      delete released->home_->spare_.exchange(released);
    };
  }

 private:
  std::atomic<BatchBuilder*> spare_{nullptr};
};

}  // namespace detail

// --- Connectors ----------------------------------------------------------------------------------

struct Stream {
  std::string name;
  std::string description;
  Schema schema;
  std::vector<std::string> key = {};
  bool incremental = false;
  bool open = false;  // later records may have fields that the schema does not list
};

struct ReadRequest {
  std::string stream;
  std::string resume_state;  // empty: from the beginning
  std::size_t max_rows = 0;
};

// Calls on one instance never overlap; only cancel() may come at any time, from any thread.
class Connector {
 public:
  virtual ~Connector() = default;
  // Throws when the source cannot be reached and read. The default reads the stream list.
  virtual void check() { discover(); }
  virtual std::vector<Stream> discover() = 0;
  virtual void start(const ReadRequest& request) = 0;
  // Fills the next batch; false at the end of the stream (the batch is then ignored).
  virtual bool read(BatchBuilder& out) = 0;
  virtual void cancel() noexcept {}
};

// --- Transforms ----------------------------------------------------------------------------------

// One record on its way through a RecordTransform: the input's values first, then the added
// columns.
class Record {
 public:
  const cdh_value& operator[](int field) const { return values_[field]; }
  cdh_value& operator[](int field) { return values_[field]; }

  // Whether the field holds text (TEXT or DECIMAL).
  bool is_text(int field) const {
    return values_[field].type == CDH_TEXT || values_[field].type == CDH_DECIMAL;
  }
  bool is_empty(int field) const {
    const std::uint8_t type = values_[field].type;
    return type == CDH_ABSENT || type == CDH_NULL || (type == CDH_TEXT && !values_[field].length);
  }
  std::string_view text(int field) const { return {values_[field].as.text, values_[field].length}; }
  // Copies the text.
  void set_text(int field, std::string_view text) {
    const std::string_view kept = arena_->keep(text);
    values_[field] = cdh_value{};
    values_[field].type = CDH_TEXT;
    values_[field].as.text = kept.data();
    values_[field].length = static_cast<std::uint32_t>(kept.size());
  }
  void set_integer(int field, cdh_type type, std::int64_t value) {
    values_[field] = cdh_value{};
    values_[field].type = static_cast<std::uint8_t>(type);
    values_[field].as.integer = value;
  }
  void set_null(int field) {
    values_[field] = cdh_value{};
    values_[field].type = CDH_NULL;
  }

  // Leaves the record out, on purpose: it counts as filtered.
  void drop() { dropped_ = true; }
  // Quarantines the record.
  void reject(std::string_view reason, std::string_view field = {}) {
    row_->rejection = borrow(arena_->keep(reason.empty() ? "rejected" : reason));
    row_->rejected_field = borrow(arena_->keep(field));
  }

 private:
  friend class RecordTransform;
  cdh_value* values_ = nullptr;
  cdh_row* row_ = nullptr;
  Arena* arena_ = nullptr;
  bool dropped_ = false;
};

// A transform in its own terms: a batch in, a batch out.
class Transform {
 public:
  virtual ~Transform() = default;
  virtual void apply(const cdh_batch& in, BatchBuilder& out) = 0;
};

// The usual transform: it sees each new schema once, and then one record at a time.
class RecordTransform : public Transform {
 public:
  // `fields` holds the input's columns; append what the transform adds. Look columns up here.
  virtual void bind(std::vector<Field>& fields) = 0;
  virtual void edit(Record& record) = 0;

  void apply(const cdh_batch& in, BatchBuilder& out) final {
    const std::size_t in_width = in.schema->field_count;
    if (!bound_ || in.schema->serial == 0 || in.schema->serial != bound_serial_) rebind(*in.schema);
    out.set_schema(schema_);
    out.set_origin(view(in.origin), view(in.position_unit));
    out.set_resume_state(view(in.resume_state));
    const std::size_t width = schema_.size();
    out.values().reserve(in.row_count * width);
    out.rows().reserve(in.row_count);
    const char* at = reinterpret_cast<const char*>(in.rows);
    for (std::size_t i = 0; i < in.row_count; ++i, at += in.row_stride) {
      cdh_row row{};
      std::memcpy(&row, at, in.row_stride < sizeof row ? in.row_stride : sizeof row);
      row.source_row = static_cast<std::uint32_t>(i);
      out.rows().push_back(row);
      out.values().insert(out.values().end(), in.values + i * in_width,
                          in.values + (i + 1) * in_width);
      out.values().resize(out.values().size() + (width - in_width));
      Record record;
      record.values_ = out.values().data() + (out.values().size() - width);
      record.row_ = &out.rows().back();
      record.arena_ = &out.arena();
      edit(record);
      if (record.dropped_) {
        out.rows().pop_back();
        out.values().resize(out.values().size() - width);
      }
    }
  }

  // For bind(): the column's index, or a config error that names the nearest thing to do.
  static int require(const std::vector<Field>& fields, std::string_view name) {
    const int index = find(fields, name);
    if (index < 0) {
      std::string known;
      for (const Field& field : fields) known += (known.empty() ? "" : ", ") + field.name;
      fail_config("there is no field \"" + std::string(name) + "\"; the record has: " + known,
                  std::string(name));
    }
    return index;
  }
  static int find(const std::vector<Field>& fields, std::string_view name) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name == name) return static_cast<int>(i);
    }
    return -1;
  }
  // The named column, appended when it is not there yet.
  static int require_or_add(std::vector<Field>& fields, std::string_view name,
                            cdh_type type = CDH_TEXT) {
    const int index = find(fields, name);
    if (index >= 0) return index;
    fields.push_back({std::string(name), type});
    return static_cast<int>(fields.size()) - 1;
  }

 private:
  void rebind(const cdh_schema& in) {
    std::vector<Field> fields;
    const char* at = reinterpret_cast<const char*>(in.fields);
    for (std::size_t i = 0; i < in.field_count; ++i, at += in.field_stride) {
      const auto* field = reinterpret_cast<const cdh_field*>(at);
      fields.push_back({std::string(view(field->name)), static_cast<cdh_type>(field->type)});
    }
    bind(fields);
    schema_ = Schema(std::move(fields), ++next_serial_);
    bound_serial_ = in.serial;
    bound_ = true;
  }

  Schema schema_;
  std::uint64_t bound_serial_ = 0, next_serial_ = 0;
  bool bound_ = false;
};

// --- Trampolines: C functions over the classes above ---------------------------------------------

namespace detail {

template <typename Plugin>
struct ConnectorInstance {
  ConnectorInstance(const cdh_settings& settings, const cdh_host* c_host)
      : host(c_host), connector(Settings(settings), host) {}
  Host host;
  BatchSlot batches;
  Plugin connector;
  std::size_t max_rows = 4096;
};

struct CatalogData {
  std::vector<Stream> streams;
  std::vector<std::vector<cdh_string>> keys;
  std::vector<cdh_stream> c_streams;
};

inline void fill_catalog(std::vector<Stream> streams, cdh_catalog* out) {
  auto data = std::make_unique<CatalogData>();
  data->streams = std::move(streams);
  data->keys.resize(data->streams.size());
  for (std::size_t i = 0; i < data->streams.size(); ++i) {
    const Stream& stream = data->streams[i];
    for (const std::string& name : stream.key) data->keys[i].push_back(borrow(name));
    data->c_streams.push_back({borrow(stream.name), borrow(stream.description),
                               stream.schema.c_schema(), data->keys[i].data(), data->keys[i].size(),
                               static_cast<std::uint8_t>(stream.incremental),
                               static_cast<std::uint8_t>(stream.open)});
  }
  *out = cdh_catalog{};
  out->size = sizeof(cdh_catalog);
  out->stream_stride = sizeof(cdh_stream);
  out->streams = data->c_streams.data();
  out->count = data->c_streams.size();
  out->private_data = data.release();
  out->release = [](cdh_catalog* catalog) {
    delete static_cast<CatalogData*>(catalog->private_data);
    catalog->release = nullptr;
  };
}

template <typename Plugin>
cdh_status create_connector(const cdh_host* host, const cdh_settings* settings, cdh_connector* out,
                            cdh_error* error) noexcept {
  using Instance = ConnectorInstance<Plugin>;
  return guard(error, [&] {
    cdh_connector connector{};
    connector.size = sizeof connector;
    connector.private_data = new Instance(*settings, host);
    connector.check = [](cdh_connector* self, cdh_error* e) -> cdh_status {
      return guard(e, [&] { static_cast<Instance*>(self->private_data)->connector.check(); });
    };
    connector.discover = [](cdh_connector* self, cdh_catalog* catalog, cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        fill_catalog(static_cast<Instance*>(self->private_data)->connector.discover(), catalog);
      });
    };
    connector.start = [](cdh_connector* self, const cdh_read_request* request,
                         cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        instance->max_rows = request->max_rows > 0 ? request->max_rows : 4096;
        instance->connector.start({std::string(view(request->stream)),
                                   std::string(view(request->resume_state)), instance->max_rows});
      });
    };
    connector.read = [](cdh_connector* self, cdh_batch* batch, cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        std::unique_ptr<BatchBuilder> builder = instance->batches.take(instance->max_rows);
        if (instance->connector.read(*builder)) {
          instance->batches.hand_over(std::move(builder), batch);
        } else {
          *batch = cdh_batch{};
          batch->size = sizeof(cdh_batch);
        }
      });
    };
    connector.cancel = [](cdh_connector* self) {
      static_cast<Instance*>(self->private_data)->connector.cancel();
    };
    connector.destroy = [](cdh_connector* self) {
      delete static_cast<Instance*>(self->private_data);
      self->private_data = nullptr;
    };
    *out = connector;
  });
}

template <typename Plugin>
cdh_status create_transform(const cdh_host* c_host, const cdh_settings* settings,
                            cdh_transform* out, cdh_error* error) noexcept {
  struct Instance {
    Instance(const cdh_settings& values, const cdh_host* host_table)
        : host(host_table), transform(Settings(values), host) {}
    Host host;
    BatchSlot batches;
    Plugin transform;
  };
  return guard(error, [&] {
    cdh_transform transform{};
    transform.size = sizeof transform;
    transform.private_data = new Instance(*settings, c_host);
    transform.apply = [](cdh_transform* self, const cdh_batch* in, cdh_batch* batch,
                         cdh_error* e) -> cdh_status {
      return guard(e, [&] {
        auto* instance = static_cast<Instance*>(self->private_data);
        std::unique_ptr<BatchBuilder> builder = instance->batches.take(in->row_count);
        static_cast<Transform&>(instance->transform).apply(*in, *builder);
        instance->batches.hand_over(std::move(builder), batch);
      });
    };
    transform.destroy = [](cdh_transform* self) {
      delete static_cast<Instance*>(self->private_data);
      self->private_data = nullptr;
    };
    *out = transform;
  });
}

// A plugin class may offer `static std::uint64_t fingerprint(const Settings&)`.
template <typename Plugin, typename = void>
struct Fingerprint {
  static constexpr decltype(cdh_plugin::fingerprint) function = nullptr;
};
template <typename Plugin>
struct Fingerprint<Plugin,
                   std::void_t<decltype(Plugin::fingerprint(std::declval<const Settings&>()))>> {
  static cdh_status call(const cdh_settings* settings, std::uint64_t* out, cdh_error* error) {
    return guard(error, [&] { *out = Plugin::fingerprint(Settings(*settings)); });
  }
  static constexpr decltype(cdh_plugin::fingerprint) function = &call;
};

template <std::size_t N>
std::vector<cdh_option> c_options(const Option (&options)[N]) {
  std::vector<cdh_option> out;
  for (const Option& option : options) {
    out.push_back({borrow(option.name), static_cast<std::uint8_t>(option.type), option.required,
                   option.secret, borrow(option.default_value), borrow(option.choices),
                   borrow(option.help)});
  }
  return out;
}

}  // namespace detail
}  // namespace cdh

// Exports the plugin. Once, at file scope, in a namespace or none.
#define CDH_PLUGIN_EXPORT_(kind_, name_, version_, description_, options_, connector_, transform_, \
                           fingerprint_)                                                           \
  extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) {                                 \
    static const std::vector<cdh_option> options = cdh::detail::c_options(options_);               \
    static const cdh_plugin plugin = {sizeof(cdh_plugin),                                          \
                                      CDH_ABI_MAJOR,                                               \
                                      CDH_ABI_MINOR,                                               \
                                      kind_,                                                       \
                                      cdh::borrow(name_),                                          \
                                      cdh::borrow(version_),                                       \
                                      cdh::borrow(description_),                                   \
                                      options.data(),                                              \
                                      options.size(),                                              \
                                      sizeof(cdh_option),                                          \
                                      connector_,                                                  \
                                      transform_,                                                  \
                                      fingerprint_};                                               \
    return &plugin;                                                                                \
  }
#define CDH_PLUGIN_CONNECTOR(class_, name_, version_, description_, options_) \
  CDH_PLUGIN_EXPORT_(CDH_CONNECTOR, name_, version_, description_, options_,  \
                     &cdh::detail::create_connector<class_>, nullptr, nullptr)
#define CDH_PLUGIN_TRANSFORM(class_, name_, version_, description_, options_)         \
  CDH_PLUGIN_EXPORT_(CDH_TRANSFORM, name_, version_, description_, options_, nullptr, \
                     &cdh::detail::create_transform<class_>,                          \
                     cdh::detail::Fingerprint<class_>::function)

#endif
