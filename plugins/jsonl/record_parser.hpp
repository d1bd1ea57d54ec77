// Turns the text of one record into values, by simdjson. Everything in the record is checked, also
// what goes into no column.
//
// - Text keeps its escapes' meaning; integers and decimals keep their digits (see json_number.hpp);
//   objects and arrays that are not taken apart are JSON text as written.
// - A member that stands twice in one object: the last one counts, as nearly all readers do
//   (RFC 8259, section 4, leaves it open); repeated_member() names it, so that the raw text is
//   kept.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <cdh/plugin.hpp>

#include <simdjson.h>

#include "record_shape.hpp"

namespace jsonl {

class RecordParser {
 public:
  explicit RecordParser(RecordShape& shape) : shape_(shape) {}

  // False when `json` is not a record: problem() says why, and the shape is as it was. Text of the
  // values is kept in `arena`.
  bool parse(std::string_view json, cdh::Arena& arena);

  // One a column of the shape; those the record does not have are absent.
  const std::vector<cdh_value>& values() const { return values_; }
  const std::string& repeated_member() const { return repeated_member_; }  // usually empty

  const std::string& problem() const { return problem_; }
  const std::string& problem_field() const { return problem_field_; }

  static constexpr int kMaxDepth = 100;

 private:
  using Node = RecordShape::Node;
  using JsonValue = simdjson::ondemand::value;

  void load(std::string_view json);
  void read_record(cdh::Arena& arena);
  void read_object(simdjson::ondemand::object object, Node* node, int depth);
  void read_array(simdjson::ondemand::array array, Node* node, int depth);
  void read_value(JsonValue value, Node* node, int depth);
  void read_container(JsonValue value, char kind, Node* node, int depth);
  void read_string(JsonValue value, std::string_view token, Node* node);
  void read_scalar(std::string_view token, Node* node);

  Node* member_of(Node& node, simdjson::ondemand::field& field, std::size_t& hint);
  std::string_view text_since(const char* begin);
  void set(int column, const Node& node, const cdh_value& value);

  RecordShape& shape_;
  simdjson::ondemand::parser parser_;
  simdjson::ondemand::document document_;
  std::vector<char> text_;  // the record, with simdjson's padding of zeros
  std::size_t size_ = 0;
  bool has_escapes_ = false;
  cdh::Arena* arena_ = nullptr;
  std::vector<cdh_value> values_;
  std::string repeated_member_;
  std::string problem_, problem_field_;
};

}  // namespace jsonl
