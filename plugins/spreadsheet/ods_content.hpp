// The frame of an ODS document, content.xml (OpenDocument 1.3 part 3, chapter 9), shared by those
// who list its sheets and those who read one.
#pragma once

#include <string>
#include <string_view>

#include "xml_reader.hpp"

namespace cdh::spreadsheet {

// Passes on the events of an ODS document. What is no part of a sheet's cells is left out with all
// it holds: comments, drawings, footnotes, tracked changes, tables inside of cells. Names are
// compared with their usual prefixes; a document that binds others is refused.
class OdsContentHandler : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) final;
  void end(std::string_view name) final;

 protected:
  explicit OdsContentHandler(std::string place) : place_(std::move(place)) {}

  // A sheet begins (they come in order) and ends.
  virtual void start_table(const XmlAttributes& attributes) = 0;
  virtual void end_table() {}
  // Any other element, inside of a sheet or not.
  virtual void start_element(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end_element(std::string_view) {}

  bool skipping() const { return skipped_depth_ > 0; }
  bool in_table() const { return in_table_; }

 private:
  void check_root(std::string_view name, const XmlAttributes& attributes) const;

  const std::string place_;
  int skipped_depth_ = 0;
  bool root_seen_ = false;
  bool in_table_ = false;
};

}  // namespace cdh::spreadsheet
