// The elements of an array: of the whole file, or of one that lies inside a document, as in
// `{"data": {"items": [ ... ]}}`. Documents may follow one another (pages of an API, one a line):
// the elements are counted through. Needs memory for one element, however long the array is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input_buffer.hpp"
#include "record_splitter.hpp"
#include "value_cutter.hpp"

namespace jsonl {

class ArraySplitter final : public RecordSplitter {
 public:
  // `path`: names of the members that lead to the array; none, the file is the array.
  ArraySplitter(InputBuffer& buffer, std::vector<std::string> path, std::size_t max_size)
      : buffer_(buffer), path_(std::move(path)), max_size_(max_size), cutter_(true, max_size) {}

  // A file that ends inside the array gives what was complete, then a record with a problem. Throws
  // cdh::PluginError when a document has no array at the path.
  bool next(RecordText& out) override;
  std::string_view position_unit() const override { return "element"; }

 private:
  enum class At { document, element, separator, rest_of_document, end };

  // Goes to the first byte that is not blank; false at the end of the file.
  bool skip_blanks();
  // Goes to the array's first element, over all that comes before; an array that is null is empty.
  void enter_array();
  void enter_member(const std::string& name);
  std::string read_name();
  void skip_member();
  void expect(char wanted);
  [[noreturn]] void fail_no_array() const;

  void take_element(RecordText& out);
  // What to find at the front of a line that begins a record, when this element begins one.
  std::optional<std::string> line_start() const;
  void take_stray_text(RecordText& out);
  bool skip_rest_of_document();
  bool take_end_of_file(RecordText& out, std::string problem);

  InputBuffer& buffer_;
  std::vector<std::string> path_;
  std::size_t max_size_;
  ValueCutter cutter_;
  At at_ = At::document;
  std::size_t taken_ = 0;  // bytes of the record given last
  std::uint64_t element_ = 0;
  bool inside_long_element_ = false;
  std::optional<std::string> indentation_;  // what leads the line, while it is blanks and a comma
};

}  // namespace jsonl
