// ODS as the standard allows it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spreadsheet_reading.hpp"

namespace cdh::spreadsheet_test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string cell(const std::string& attributes, const std::string& content) {
  return "<table:table-cell " + attributes + ">" + content + "</table:table-cell>";
}
std::string text_cell(const std::string& text) {
  return cell("office:value-type=\"string\"", "<text:p>" + text + "</text:p>");
}
std::string row(const std::string& cells, const std::string& attributes = "") {
  return "<table:table-row " + attributes + ">" + cells + "</table:table-row>";
}
std::string table(const std::string& rows, const std::string& name = "S") {
  return "<table:table table:name=\"" + name + "\">" + rows + "</table:table>";
}

Lines read_tables(const std::string& tables, const Options& options = {}) {
  const ScratchFolder folder;
  return rows_of(folder.write_zip("test.ods", ods_parts(tables)), "s", options);
}

TEST(SpreadsheetOds, ReadsEachKindOfValue) {
  const auto check = [](const std::string& value, const std::string& expected) {
    const Lines lines = read_tables(table(row(text_cell("a")) + row(value)));
    EXPECT_EQ(lines.empty() ? "" : lines[0].substr(std::string("2: a=").size()), expected) << value;
  };
  const auto typed = [](const std::string& type, const std::string& value,
                        const std::string& shown) {
    const std::string name =
        type == "date" || type == "time" || type == "boolean" ? type + "-" : "";
    return cell("office:value-type=\"" + type + "\" office:" + name + "value=\"" + value + "\"",
                "<text:p>" + shown + "</text:p>");
  };
  check(typed("float", "12.5", "12,50"), "d12.5");
  check(typed("float", "345", "00345"), "00345");
  check(typed("float", "0", "0"), "i0");
  check(typed("float", "0", "-"), "i0");
  check(typed("float", "1", "WAHR"), "b1");
  check(typed("currency", "-3", "-3,00 €"), "i-3");
  check(typed("percentage", "0.25", "25%"), "d0.25");
  check(typed("date", "2024-02-29", "29.02.24"), "D2024-02-29");
  check(typed("date", "2024-02-29T13:30:05.250000000", ""), "T2024-02-29T13:30:05.25");
  check(typed("time", "PT13H30M05S", "13:30"), "13:30:05");
  check(typed("time", "PT36H00M00.5S", ""), "36:00:00.500");
  check(typed("boolean", "true", "WAHR"), "b1");
  check(text_cell("  two<text:s text:c=\"2\"/>blanks\n   more<text:tab/>x<text:line-break/>y"),
        "two  blanks more\tx\ny");
  check(cell("office:value-type=\"string\"", "<text:p>one</text:p><text:p/><text:p>two</text:p>"),
        "one\n\ntwo");
  check(
      cell("office:value-type=\"string\"",
           "<office:annotation><text:p>a comment</text:p></office:annotation><text:p>a <text:span>"
           "link <text:a>x</text:a></text:span></text:p>"),
      "a link x");
  check(cell("office:value-type=\"string\" office:string-value=\"hidden\"", ""), "hidden");
  check(cell("table:formula=\"of:=[.B1]\"", ""), "?");
  check(cell("table:formula=\"of:=[.B1]\"", "<text:p/>"), "");
  check(cell("table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\" "
             "calcext:value-type=\"error\"",
             "<text:p>#DIV/0!</text:p>"),
        "-");
  check(cell("", ""), "");
}

TEST(SpreadsheetOds, RepeatsRowsAndCells) {
  const std::string rows =
      row(text_cell("a") + text_cell("b") + text_cell("c")) +
      row(cell("table:number-columns-repeated=\"2\" office:value-type=\"float\" "
               "office:value=\"1\"",
               "<text:p>1</text:p>"),
          "table:number-rows-repeated=\"2\"") +
      row(cell("table:number-columns-repeated=\"16384\"", ""),
          "table:number-rows-repeated=\"1000\"") +
      row("<table:table-cell table:number-columns-repeated=\"2\"/>" + text_cell("x") +
          "<table:table-cell table:number-columns-repeated=\"16381\"/>") +
      row(cell("table:number-columns-repeated=\"16384\"", ""),
          "table:number-rows-repeated=\"999999999999\"");
  EXPECT_THAT(read_tables(table(rows)),
              ElementsAre("2: a=i1; b=i1; c=-", "3: a=i1; b=i1; c=-", "1004: a=-; b=-; c=x"));
}

TEST(SpreadsheetOds, ReadsOnlyTheCellsOfItsSheet) {
  const std::string tables =
      "<table:tracked-changes><table:table-cell><text:p>deleted</text:p></table:table-cell>"
      "</table:tracked-changes>" +
      table(row(text_cell("other")), "Other") +
      table("<table:shapes><text:p>drawn</text:p></table:shapes>" + row(text_cell("a")) +
            row(cell("", table(row(text_cell("inner"))))) + row(text_cell("1"))) +
      table(row(text_cell("last")), "Last");
  EXPECT_THAT(read_tables(tables), ElementsAre("3: a=1"));
}

TEST(SpreadsheetOds, FillsMergedCells) {
  const std::string rows = row(text_cell("a") + text_cell("b")) +
                           row(cell("office:value-type=\"string\" table:number-rows-spanned=\"2\" "
                                    "table:number-columns-spanned=\"1\"",
                                    "<text:p>North</text:p>") +
                               text_cell("Kiel")) +
                           row("<table:covered-table-cell/>" + text_cell("Husum")) +
                           row("<table:table-cell/>" + text_cell("Bonn"));
  EXPECT_THAT(read_tables(table(rows), {{"fill_merged", "true"}}),
              ElementsAre("2: a=North; b=Kiel", "3: a=North; b=Husum", "4: a=-; b=Bonn"));
}

TEST(SpreadsheetOds, RefusesWhatItCannotRead) {
  const ScratchFolder folder;
  const auto check = [&](const Parts& parts, const std::string& expected) {
    EXPECT_THAT(failure_of(folder.write_zip("odd.ods", parts), "s"),
                AllOf(HasSubstr("source: "), HasSubstr("odd.ods: "), HasSubstr(expected)));
  };
  check({{"content.xml", "<a/>"}}, "no OpenDocument content");
  std::string text = ods_content("");
  while (text.find("spreadsheet") != std::string::npos) {
    text.replace(text.find("spreadsheet"), 11, "text");
  }
  check({{"content.xml", text}}, "no spreadsheet");
  Parts encrypted = ods_parts("");
  encrypted.emplace_back("META-INF/manifest.xml",
                         "<m:manifest xmlns:m=\"urn:m\"><m:file-entry><m:encryption-data/>"
                         "</m:file-entry></m:manifest>");
  check(encrypted, "is encrypted");
  check(ods_parts(table(row(text_cell("a")) + row(cell("table:number-columns-repeated=\"999999\"",
                                                       "<text:p>x</text:p>")))),
        "max_cells_per_row");
}

// A few bytes must not become a row that takes all memory.
TEST(SpreadsheetOds, LimitsTheTextOfARow) {
  const ScratchFolder folder;
  const std::string big =
      cell("table:number-columns-repeated=\"3000\" office:value-type=\"string\"",
           "<text:p>" + std::string(1'000'000, 'x') + "</text:p>");
  EXPECT_THAT(failure_of(folder.write_zip(
                             "big.ods", ods_parts(table(row(text_cell("a")) + row(text_cell("1")) +
                                                        row(text_cell("2") + big)))),
                         "s"),
              HasSubstr("big.ods#S: row 3 holds more than 16 MiB of text"));
}

// A few bytes must not become rows without end.
TEST(SpreadsheetOds, LimitsRepeatedRows) {
  const ScratchFolder folder;
  const std::string file = folder.write_zip(
      "endless.ods",
      ods_parts(table(row(text_cell("a"), "table:number-rows-repeated=\"999999999999\""))));
  Connector connector = connect(file, {{"range", "A16777216:A16777216"}});
  EXPECT_THROW(rows_of(connector, "s"), std::exception);
}

}  // namespace
}  // namespace cdh::spreadsheet_test
