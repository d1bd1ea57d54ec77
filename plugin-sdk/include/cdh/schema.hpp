// The columns of a stream.
// Part of plugin.hpp: include that.
#ifndef CDH_SCHEMA_HPP
#define CDH_SCHEMA_HPP

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/error.hpp>

namespace cdh {

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

}  // namespace cdh

#endif
