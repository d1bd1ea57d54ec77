// Tables for other programs: profiles, links, the consents that count, the relations of profiles, or
// any contact or event entity with the profile's id beside it. What each has is made from the customer model.
//
//     Export rows(database, "email");
//     while (rows.next()) std::string line = rows.csv_line();
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// Row by row, in an order that the stored ids decide; holds one row at a time. The caller keeps a
// transaction open meanwhile: PostgreSQL reads in blocks only then, and nobody publishes in
// between.
class Export {
 public:
  // How a moment, in microseconds since 1970 UTC, is written; none: ISO 8601 in UTC.
  using MomentText = std::function<std::string(std::int64_t)>;

  // "profiles", "links", "effective_consent", "relation" or the name of a contact or event entity. Throws
  // Error(config) for another.
  Export(Database& database, std::string_view what, MomentText moment_text = {});

  bool next() { return rows_->next(); }

  // Each ends with a line feed. Amounts are decimals.
  std::string csv_header() const;
  std::string csv_line() const;   // null is an empty field
  std::string json_line() const;  // an object; null is null

  // How a column is stored, where not as the text it is shown as.
  enum class Form : std::uint8_t { text, integer, amount, boolean, instant, micros, json };
  struct Column {
    std::string name;
    std::string expression;
    Form form = Form::text;
  };

 private:
  std::string text_of(int column) const;

  MomentText moment_text_;
  std::vector<Column> columns_;
  std::unique_ptr<Cursor> rows_;
};

}  // namespace cdh
