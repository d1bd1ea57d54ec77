#include "ods_content.hpp"

#include <cdh/plugin.hpp>

namespace cdh::spreadsheet {
namespace {

bool is_skipped(std::string_view name) {
  // Nearly all elements are of these two kinds.
  if (name.substr(0, 12) == "table:table-" || name == "text:p") return false;
  constexpr std::string_view kSkipped[] = {
      "office:annotation",     "office:forms",   "table:dde-links",
      "table:dde-link",        "table:shapes",   "text:note",
      "table:tracked-changes", "text:ruby-text", "text:bibliography-mark"};
  for (const std::string_view skipped : kSkipped) {
    if (name == skipped) return true;
  }
  return name.substr(0, 5) == "draw:";
}

}  // namespace

void OdsContentHandler::start(std::string_view name, const XmlAttributes& attributes) {
  if (!root_seen_) {
    check_root(name, attributes);
    root_seen_ = true;
  }
  const bool table = name == "table:table";
  if (skipped_depth_ > 0 || is_skipped(name) || (table && in_table_)) {
    ++skipped_depth_;
  } else if (table) {
    in_table_ = true;
    start_table(attributes);
  } else {
    start_element(name, attributes);
  }
}

void OdsContentHandler::end(std::string_view name) {
  if (skipped_depth_ > 0) {
    --skipped_depth_;
  } else if (name == "table:table") {
    in_table_ = false;
    end_table();
  } else {
    end_element(name);
  }
}

void OdsContentHandler::check_root(std::string_view name, const XmlAttributes& attributes) const {
  constexpr std::string_view kNamespace = "urn:oasis:names:tc:opendocument:xmlns:";
  bool usual = name == "office:document-content";
  for (const char* prefix : {"office", "table", "text"}) {
    const std::string expected = std::string(kNamespace) + prefix + ":1.0";
    usual = usual && attributes.get(std::string("xmlns:") + prefix) == expected;
  }
  if (!usual) {
    fail_data(place_ +
              ": is no OpenDocument content with the usual namespaces; save it again from a "
              "spreadsheet program");
  }
}

}  // namespace cdh::spreadsheet
