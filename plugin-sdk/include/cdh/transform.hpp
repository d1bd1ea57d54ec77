// What a transform is.
// Part of plugin.hpp: include that.
#ifndef CDH_TRANSFORM_HPP
#define CDH_TRANSFORM_HPP

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/batch_builder.hpp>
#include <cdh/nearest_name.hpp>

namespace cdh {

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

  // For bind(): the column's index, or a config error that names the nearest one. Of a stream
  // whose records need not have every field (cdh_stream::open) bind() is then called again with it.
  static int require(const std::vector<Field>& fields, std::string_view name) {
    const int index = find(fields, name);
    if (index < 0) {
      std::vector<std::string> known;
      for (const Field& field : fields) known.push_back(field.name);
      fail_config("there is no field \"" + std::string(name) + "\"" + known_names(name, known),
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

}  // namespace cdh

#endif
