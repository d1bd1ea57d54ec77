// The rows of a batch, built by a plugin in memory that lives as long as the batch.
// Part of plugin.hpp: include that.
#ifndef CDH_BATCH_BUILDER_HPP
#define CDH_BATCH_BUILDER_HPP

#include <atomic>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/schema.hpp>

namespace cdh {

// Text that lives as long as its batch. Addresses stay put as it grows.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  std::string_view keep(std::string_view text) {
    if (text.empty()) return "";
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

}  // namespace cdh

#endif
