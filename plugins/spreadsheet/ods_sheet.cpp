#include "ods_sheet.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

#include "cell_address.hpp"
#include "date_value.hpp"
#include "merged_areas.hpp"
#include "number_value.hpp"
#include "ods_content.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::uint64_t kMaxRepeat = std::uint64_t{1} << 32;

// A count attribute: 1 when it is missing or senseless.
std::uint64_t count_of(const XmlAttributes& attributes, std::string_view name) {
  const std::string_view text = attributes.get(name);
  std::uint64_t count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::clamp<std::uint64_t>(count, 1, kMaxRepeat);
}

bool is_cell(std::string_view name) {
  return name == "table:table-cell" || name == "table:covered-table-cell";
}
bool is_paragraph(std::string_view name) { return name == "text:p" || name == "text:h"; }

// A number that shows as more digits than it has was an identifier: 345 shown as 00345.
bool shows_padded(const Cell& cell, std::string_view shown) {
  if (cell.type != CDH_INTEGER || cell.integer < 0 || shown.size() < 2 || shown.front() != '0') {
    return false;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(shown.data(), shown.data() + shown.size(), number);
  return error == std::errc() && end == shown.data() + shown.size() && number == cell.integer;
}

// A 0 or 1 that shows as a word is a boolean: LibreOffice writes TRUE(), shown as TRUE, like that.
bool shows_word(const Cell& cell, std::string_view shown) {
  if (cell.type != CDH_INTEGER || cell.integer < 0 || cell.integer > 1) return false;
  return !shown.empty() && std::all_of(shown.begin(), shown.end(), [](unsigned char c) {
    return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  });
}

// The text of a cell: its paragraphs as lines, blanks collapsed as the format says.
class CellText {
 public:
  void clear() {
    text_.clear();
    paragraphs_ = 0;
    open_ = false;
  }
  void start_paragraph() {
    if (paragraphs_++ > 0) text_.push_back('\n');
    open_ = after_blank_ = true;
  }
  void end_paragraph() { open_ = false; }
  void append(std::string_view piece) {
    for (const char c : piece) {
      const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (!blank || !after_blank_) text_.push_back(blank ? ' ' : c);
      after_blank_ = blank;
    }
  }
  // Characters that count as they are: <text:s/>, <text:tab/>, <text:line-break/>.
  void append_exactly(std::size_t count, char c) {
    text_.append(count, c);
    after_blank_ = false;
  }

  bool in_paragraph() const { return open_; }
  bool has_paragraphs() const { return paragraphs_ > 0; }
  std::size_t size() const { return text_.size(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t paragraphs_ = 0;
  bool open_ = false, after_blank_ = false;
};

class OdsSheet final : public SheetReader, private OdsContentHandler {
 public:
  OdsSheet(std::unique_ptr<ByteSource> source, const std::string& place, std::size_t index,
           const ReadOptions& options)
      : OdsContentHandler(place),
        xml_(std::move(source), *this, place),
        wanted_(index),
        options_(options) {}

  bool next(SheetRow& row) override {
    if (repeats_left_ > 0) {
      --repeats_left_;
      check_row_number(++row.number);
      return true;
    }
    row_ = &row;
    row.clear();
    if (!xml_.advance()) return false;
    if (!merged_.empty()) merged_.fill(row);
    return true;
  }

 private:
  void start_table(const XmlAttributes&) override { wanted_table_ = table_index_++ == wanted_; }
  void end_table() override { wanted_table_ = false; }

  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (!wanted_table_) return;
    if (is_cell(name)) {
      start_cell(attributes);
    } else if (name == "table:table-row") {
      row_repeat_ = count_of(attributes, "table:number-rows-repeated");
      row_->clear();
      row_->number = row_number_;
      column_ = 0;
    } else if (in_cell_) {
      start_text_element(name, attributes);
    }
  }

  void start_text_element(std::string_view name, const XmlAttributes& attributes) {
    if (is_paragraph(name)) {
      text_.start_paragraph();
    } else if (text_.in_paragraph() && name == "text:s") {
      const std::uint64_t count = count_of(attributes, "text:c");
      check_text_size(count);
      text_.append_exactly(count, ' ');
    } else if (text_.in_paragraph() && name == "text:tab") {
      text_.append_exactly(1, '\t');
    } else if (text_.in_paragraph() && name == "text:line-break") {
      text_.append_exactly(1, '\n');
    }
  }

  void end_element(std::string_view name) override {
    if (!wanted_table_) return;
    if (is_cell(name)) {
      finish_cell();
    } else if (name == "table:table-row") {
      finish_row();
    } else if (is_paragraph(name)) {
      text_.end_paragraph();
    }
  }

  void text(std::string_view piece) override {
    if (!in_cell_ || !text_.in_paragraph() || skipping()) return;
    check_text_size(piece.size());
    text_.append(piece);
  }

  void start_cell(const XmlAttributes& attributes) {
    in_cell_ = true;
    text_.clear();
    type_ = attributes.get("office:value-type");
    formula_ = attributes.find("table:formula") != nullptr;
    error_ = attributes.get("calcext:value-type") == "error";
    column_repeat_ = count_of(attributes, "table:number-columns-repeated");
    value_ = attributes.get(type_ == "date"      ? "office:date-value"
                            : type_ == "time"    ? "office:time-value"
                            : type_ == "boolean" ? "office:boolean-value"
                            : type_ == "string"  ? "office:string-value"
                                                 : "office:value");
    if (options_.fill_merged) note_span(attributes);
  }

  void note_span(const XmlAttributes& attributes) {
    const std::uint64_t columns = count_of(attributes, "table:number-columns-spanned");
    const std::uint64_t rows = count_of(attributes, "table:number-rows-spanned");
    if ((columns == 1 && rows == 1) || column_ >= options_.max_cells_per_row) return;
    const std::uint64_t last =
        std::min<std::uint64_t>(column_ + columns, options_.max_cells_per_row) - 1;
    merged_.add({row_number_, row_number_ + rows - 1, static_cast<std::uint32_t>(column_),
                 static_cast<std::uint32_t>(last)});
  }

  void finish_cell() {
    in_cell_ = false;
    const std::uint64_t first = column_;
    column_ += column_repeat_;
    if (value_.empty() && text_.text().empty() && !uncomputed_formula() && !error_) {
      return;
    }
    if (column_ > options_.max_cells_per_row) {
      xml_.fail(too_wide(row_number_, static_cast<std::uint32_t>(column_ - 1), options_),
                "max_cells_per_row");
    }
    const std::size_t place = row_->size();
    set_value(row_->add(static_cast<std::uint32_t>(first)));
    for (std::uint64_t column = first + 1; column < column_; ++column) {
      Cell& copy = row_->add(static_cast<std::uint32_t>(column));
      copy.copy_value(row_->begin()[place]);
    }
  }

  // A computed one has a type, or at least an empty paragraph.
  bool uncomputed_formula() const { return formula_ && type_.empty() && !text_.has_paragraphs(); }

  void set_value(Cell& cell) {
    if (error_) {
      cell.set_null();
      return errors.note(row_number_, cell.column);
    }
    if (uncomputed_formula()) {
      cell.set_absent();
      return uncomputed.note(row_number_, cell.column);
    }
    if (type_ == "float" || type_ == "currency" || type_ == "percentage") {
      set_number(cell, value_);
      if (shows_padded(cell, text_.text())) cell.set_text(text_.text());
      if (shows_word(cell, text_.text())) cell.type = CDH_BOOLEAN;
    } else if (type_ == "date") {
      set_iso_date(cell, value_);
    } else if (type_ == "time") {
      set_iso_duration(cell, value_);
    } else if (type_ == "boolean") {
      cell.set_integer(CDH_BOOLEAN, value_ == "true" ? 1 : 0);
    } else {
      cell.set_text(text_.text().empty() ? value_ : text_.text());
    }
  }

  void finish_row() {
    if (!row_->empty()) {
      check_row_number(row_number_);
      repeats_left_ = row_repeat_ - 1;
      xml_.pause();
    }
    row_number_ += row_repeat_;
  }

  void check_row_number(std::uint64_t number) const {
    if (number > kMaxRow) xml_.fail("has more rows than any spreadsheet can have");
  }
  void check_text_size(std::uint64_t more) const {
    if (text_.size() + more > kMaxCellText) {
      xml_.fail("a cell in row " + std::to_string(row_number_) +
                " is longer than 1 MiB, which no spreadsheet program writes");
    }
  }

  XmlReader xml_;
  const std::size_t wanted_;
  const ReadOptions options_;
  MergedAreas merged_;
  SheetRow* row_ = nullptr;
  std::size_t table_index_ = 0;
  bool wanted_table_ = false;

  // The row and the cell being read.
  std::uint64_t row_number_ = 1, row_repeat_ = 1, repeats_left_ = 0;
  std::uint64_t column_ = 0, column_repeat_ = 1;
  std::string type_, value_;
  CellText text_;
  bool in_cell_ = false, formula_ = false, error_ = false;
};

}  // namespace

std::unique_ptr<SheetReader> open_ods_sheet(std::unique_ptr<ByteSource> source,
                                            const std::string& place, std::size_t index,
                                            const ReadOptions& options) {
  return std::make_unique<OdsSheet>(std::move(source), place, index, options);
}

}  // namespace cdh::spreadsheet
