// XLSX as the standard allows it, and as attackers and careless programs write it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "spreadsheet_reading.hpp"

namespace cdh::spreadsheet_test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kHeader = "<row><c t=\"str\"><v>a</v></c></row>";

// The value of one cell below the column name "a"; "" when the row is left out as empty.
std::string read_cell(const std::string& cell, XlsxContent content = {}) {
  const ScratchFolder folder;
  content.sheet = kHeader + ("<row>" + cell + "</row>");
  const Lines lines = rows_of(folder.write_zip("cell.xlsx", xlsx_parts(content)), "s");
  if (lines.empty()) return "";
  return lines.at(0).substr(std::string("2: a=").size());
}

TEST(SpreadsheetXlsx, ReadsNumbersWithoutLossOrNoise) {
  const auto check = [](const std::string& number, const std::string& expected) {
    EXPECT_EQ(read_cell("<c><v>" + number + "</v></c>"), expected) << number;
  };
  check("0", "i0");
  check("-42", "i-42");
  check("1.0", "i1");
  check("3.5391555E10", "i35391555000");
  check("35391555000", "i35391555000");
  check("123456789012345678", "i123456789012345678");
  check("12345678901234567890", "d12345678901234567890");
  check("0.10000000000000001", "d0.1");
  check("19.90", "d19.90");
  check("1.0999999999999999E-2", "d0.011");
  check("1.2345678901234567E+19", "d12345678901234567000");
  check("1E-7", "d0.0000001");
  check("1.5E300", "d15" + std::string(299, '0'));
  check("-.5", "d-0.5");
  check("nan", "nan");
  check("1,5", "1,5");
  check("", "");
}

TEST(SpreadsheetXlsx, TellsDatesFromNumbersByTheirFormat) {
  const auto check = [](const std::string& format, const std::string& number,
                        const std::string& expected) {
    XlsxContent content;
    content.formats = {format};
    EXPECT_EQ(read_cell("<c s=\"1\"><v>" + number + "</v></c>", content), expected)
        << format << " of " << number;
  };
  const std::string quote = "&quot;";
  for (const char* date :
       {"#14", "#15", "#16", "#17", "#22", "#27", "#36", "#50", "#58", "yyyy", "dd.mm.yyyy",
        "[$-F800]dddd\\,\\ mmmm\\ dd", "mmm", "m", "D-MMM;@", "[Red]m/d", "[$-411]ggge"}) {
    check(date, "45351", "D2024-02-29");
  }
  for (const char* number :
       {"#0", "#1", "#4", "#9", "#11", "#49", "General", "[Red]0.00", "0.00E+00",
        "[Blue]#,##0;[Red]-#,##0", "#,##0 [$€-407]", "0 \\d\\a\\y\\s", "[Magenta]General",
        "[&gt;100]0.0", "# ?/?", "G/通用格式", "@"}) {
    check(number, "45351", "i45351");
  }
  check("0.0 " + quote + "days" + quote, "45351", "i45351");
  check("yyyy" + quote + "0" + quote, "45351.5", "T2024-02-29T12:00:00");
  check("#14", "45351.75", "T2024-02-29T18:00:00");
  check("#18", "0.5625", "13:30:00");
  check("h:mm", "45351.5", "T2024-02-29T12:00:00");
  check("mm:ss.000", "0.000011574", "00:00:01");
  check("#46", "1.5", "36:00:00");
  check("[mm]:ss", "0.5", "12:00:00");
  check("#14", "45350.999999999", "D2024-02-29");
  check("#14", "-1", "i-1");
  check("#14", "2958466", "i2958466");
}

TEST(SpreadsheetXlsx, KnowsTheDayThatNeverWas) {
  const auto check = [](const std::string& number, bool from_1904, const std::string& expected) {
    XlsxContent content;
    content.formats = {"yyyy-mm-dd"};
    content.from_1904 = from_1904;
    EXPECT_EQ(read_cell("<c s=\"1\"><v>" + number + "</v></c>", content), expected) << number;
  };
  check("0", false, "1900-01-00");
  check("1", false, "D1900-01-01");
  check("59", false, "D1900-02-28");
  check("60", false, "1900-02-29");
  check("61", false, "D1900-03-01");
  check("2958465", false, "D9999-12-31");
  check("0", true, "D1904-01-01");
  check("43889", true, "D2024-02-29");
}

// Leading zeros vanish: Excavator#152.
TEST(SpreadsheetXlsx, KeepsLeadingZeros) {
  const auto check = [](const std::string& format, const std::string& cell,
                        const std::string& expected) {
    XlsxContent content;
    content.formats = {format};
    EXPECT_EQ(read_cell(cell, content), expected) << format;
  };
  check("00000", "<c s=\"1\"><v>345</v></c>", "00345");
  check("0000000", "<c s=\"1\"><v>12345678</v></c>", "12345678");
  check("000\\-00\\-0000", "<c s=\"1\"><v>12345678</v></c>", "012345678");
  check("00000", "<c s=\"1\"><v>1.5</v></c>", "d1.5");
  check("0", "<c s=\"1\"><v>5</v></c>", "i5");
  check("00 &quot;kg&quot;", "<c s=\"1\"><v>5</v></c>", "i5");
  check("@", "<c s=\"1\" t=\"str\"><v>0035391555000</v></c>", "0035391555000");
}

TEST(SpreadsheetXlsx, ReadsTextOfEveryForm) {
  XlsxContent content;
  content.strings =
      "<si><t>plain</t></si>"
      "<si><r><rPr><b/></rPr><t>rich </t></r><r><t xml:space=\"preserve\"> text</t></r></si>"
      "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si>"
      "<si><t>a &amp; b&#10;c_x000D_d _x005F_x0041_ _xD83D__xDE00_ _x0000_ _x12</t></si>"
      "<si><t></t></si>";
  const auto check = [&](const std::string& cell, const std::string& expected) {
    EXPECT_EQ(read_cell(cell, content), expected) << cell;
  };
  check("<c t=\"s\"><v>0</v></c>", "plain");
  check("<c t=\"s\"><v>1</v></c>", "rich  text");
  check("<c t=\"s\"><v>2</v></c>", "東京");
  check("<c t=\"s\"><v>3</v></c>", "a & b\nc\rd _x0041_ 😀 _x0000_ _x12");
  check("<c t=\"s\"><v>4</v></c>", "");
  check("<c t=\"inlineStr\"><is><t>in</t><rPh><t>no</t></rPh><r><t>line</t></r></is></c>",
        "inline");
  check("<c t=\"str\"><f>A1&amp;\"x\"</f><v>result</v></c>", "result");
  check("<c t=\"str\"><f>\"\"</f><v></v></c>", "");
  check("<c t=\"b\"><v>1</v></c>", "b1");
  check("<c t=\"b\"><v>0</v></c>", "b0");
  check("<c t=\"d\"><v>2024-02-29</v></c>", "D2024-02-29");
  check("<c t=\"d\"><v>2024-02-29T13:30:05.5</v></c>", "T2024-02-29T13:30:05.5");
  check("<c t=\"d\"><v>2023-02-29</v></c>", "2023-02-29");
  check("<c t=\"d\"><v>2024-02-29T13:30Z</v></c>", "2024-02-29T13:30Z");
  check("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "-");
  check("<c><f>SUM(B1:B3)</f><v></v></c>", "?");
  check("<c><f>SUM(B1:B3)</f><v>6</v></c>", "i6");
}

TEST(SpreadsheetXlsx, ReadsStrictAndPrefixedDocuments) {
  const ScratchFolder folder;
  XlsxContent content;
  content.strict = true;
  content.sheet = kHeader + std::string("<row><c t=\"s\"><v>0</v></c></row>");
  content.strings = "<si><t>shared</t></si>";
  EXPECT_THAT(rows_of(folder.write_zip("strict.xlsx", xlsx_parts(content)), "s"),
              ElementsAre("2: a=shared"));

  Parts parts = xlsx_parts(content);
  parts[4].second =
      "<x:worksheet xmlns:x=\"urn:x\"><x:sheetData><x:row><x:c t=\"str\"><x:v>a</x:v></x:c></x:row>"
      "<x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_THAT(rows_of(folder.write_zip("prefixed.xlsx", parts), "s"), ElementsAre("2: a=i7"));
}

TEST(SpreadsheetXlsx, PlacesCellsByReferenceOrByOrder) {
  const ScratchFolder folder;
  const std::string sheet =
      "<row r=\"3\"><c r=\"B3\" t=\"str\"><v>b</v></c><c r=\"D3\" t=\"str\"><v>d</v></c></row>"
      "<row r=\"4\"/><row r=\"5\"><c r=\"D5\"><v>1</v></c><c><v>2</v></c></row>"
      "<row><c r=\"B6\"><v>3</v></c><c r=\"C6\" s=\"1\"/></row>";
  EXPECT_THAT(rows_of(folder.write_zip("gaps.xlsx", xlsx_parts({sheet})), "s"),
              ElementsAre("5: b=-; d=i1; column_E=i2", "6: b=i3; d=-; column_E=-"));
}

TEST(SpreadsheetXlsx, FillsMergedAreas) {
  const ScratchFolder folder;
  const auto text = [](const std::string& cell, const std::string& value) {
    return "<c r=\"" + cell + "\" t=\"str\"><v>" + value + "</v></c>";
  };
  XlsxContent content;
  content.sheet = "<row r=\"1\">" + text("A1", "a") + text("B1", "b") + text("C1", "c") +
                  "</row><row r=\"2\">" + text("A2", "x") + text("C2", "1") +
                  "</row><row r=\"3\">" + text("C3", "2") + "</row><row r=\"4\"/><row r=\"5\">" +
                  text("C5", "3") + "</row>";
  content.after_rows = "<mergeCells count=\"1\"><mergeCell ref=\"A2:B4\"/></mergeCells>";
  const std::string file = folder.write_zip("merged.xlsx", xlsx_parts(content));
  EXPECT_THAT(rows_of(file, "s", {{"fill_merged", "true"}}),
              ElementsAre("2: a=x; b=x; c=1", "3: a=x; b=x; c=2", "5: a=-; b=-; c=3"));
}

TEST(SpreadsheetXlsx, NamesTheMissingPart) {
  const ScratchFolder folder;
  XlsxContent content;
  content.sheet = "<row><c t=\"s\"><v>0</v></c></row>";
  const auto check = [&](const std::string& missing, const std::string& expected) {
    Parts parts;
    for (auto& part : xlsx_parts(content)) {
      if (part.first != missing) parts.push_back(part);
    }
    EXPECT_THAT(failure_of(folder.write_zip("partial.xlsx", parts), "s"),
                AllOf(HasSubstr("source: "), HasSubstr("partial.xlsx: "), HasSubstr(expected)));
  };
  check("_rels/.rels", "_rels/.rels is missing");
  check("xl/workbook.xml", "xl/workbook.xml is missing");
  check("xl/_rels/workbook.xml.rels", "xl/_rels/workbook.xml.rels is missing");
  check("xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml is missing");
  check("xl/sharedStrings.xml", "cell A1 refers to a shared string, but the part that holds them");
  content.strings = "<si><t>only one</t></si>";
  content.sheet = "<row><c t=\"s\"><v>1</v></c></row>";
  check("nothing", "refers to a shared string that is not there");
}

TEST(SpreadsheetXlsx, HintsAtTheHeaderBelowATitle) {
  const ScratchFolder folder;
  const auto row = [](const std::string& number, const std::vector<std::string>& cells) {
    std::string text = "<row r=\"" + number + "\">";
    for (const std::string& cell : cells) {
      text += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    }
    return text + "</row>";
  };
  XlsxContent content;
  content.sheet = row("1", {"Customers 2024"}) + row("2", {"No", "Name", "Town"}) +
                  row("3", {"1", "Ann", "Boston"});
  const auto file = folder.write_zip("title.xlsx", xlsx_parts(content));
  const CapturedLog log;
  rows_of(file, "s");
  EXPECT_THAT(log.text(), HasSubstr("title.xlsx#S: the header names 1 of 3 columns; if the column "
                                    "names stand in another row, say so with header_row"));
  const CapturedLog told;
  rows_of(file, "s", {{"header_row", "2"}});
  EXPECT_THAT(told.text(), Not(HasSubstr("header_row")));
}

TEST(SpreadsheetXlsx, RefusesBrokenAndHostileXml) {
  const ScratchFolder folder;
  const auto check = [&](const std::string& worksheet, const std::string& expected) {
    Parts parts = xlsx_parts({});
    parts[4].second = worksheet;
    EXPECT_THAT(failure_of(folder.write_zip("odd.xlsx", parts), "s"),
                AllOf(HasSubstr("source: "), HasSubstr("odd.xlsx: xl/worksheets/sheet1.xml, line "),
                      HasSubstr(expected)));
  };
  const std::string begin = "<worksheet><sheetData>", end = "</sheetData></worksheet>";
  check(begin + kHeader, "no element found; the file is damaged or cut short: fetch it again");
  check(begin + kHeader + "<row><c></row>" + end, "mismatched tag");
  check("<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\">]>" + begin + "&lol2;" +
            end,
        "document type declaration");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "<a>";
  check(deep, "nested too deeply");
  check("<worksheet a=\"" + std::string(3 << 20, 'x') + "\"/>", "a tag of over 1 MiB");
  check(begin + "<row r=\"5\"/><row r=\"4\"/>" + end, "after row 5 has a wrong number");
  check(begin + "<row r=\"99999999999\"/>" + end, "wrong number");
  check(begin + "<row><c r=\"5\"/></row>" + end, "wrong reference");
  check(begin + "<row><c t=\"str\"><v>" + std::string((1 << 20) + 1, 'x') + "</v></c></row>" + end,
        "longer than 1 MiB");
  check(begin + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>" + end,
        "XFD2 lies beyond the 4096 columns that the option max_cells_per_row allows");
}

// `rows` rows of `width` cells each, all of which name one text of a million characters.
std::string sheet_of_one_text(const ScratchFolder& folder, int rows, int width) {
  XlsxContent content;
  content.strings = "<si><t>" + std::string(1'000'000, 'x') + "</t></si>";
  content.sheet = "<row>";
  for (int i = 0; i < width; ++i) content.sheet += "<c t=\"str\"><v>a</v></c>";
  content.sheet += "</row>";
  std::string row = "<row>";
  for (int i = 0; i < width; ++i) row += "<c t=\"s\"><v>0</v></c>";
  for (int i = 0; i < rows; ++i) content.sheet += row + "</row>";
  return folder.write_zip("big.xlsx", xlsx_parts(content));
}

TEST(SpreadsheetXlsx, LimitsTheTextOfARow) {
  const ScratchFolder folder;
  EXPECT_THAT(failure_of(sheet_of_one_text(folder, 600, 19), "s"),
              HasSubstr("big.xlsx#S: row 2 holds more than 16 MiB of text"));
}

TEST(SpreadsheetXlsx, LimitsTheTextOfABatch) {
  const ScratchFolder folder;
  Connector connector = connect(sheet_of_one_text(folder, 5, 9));
  connector.start("s", "", 4096);
  std::vector<std::size_t> sizes;
  while (const std::optional<Batch> batch = connector.read()) sizes.push_back(batch->row_count());
  EXPECT_THAT(sizes, ElementsAre(2U, 2U, 1U));
}

TEST(SpreadsheetXlsx, RefusesZipBombs) {
  const ScratchFolder folder;
  const auto check = [&](std::size_t size, const Options& options, const std::string& expected) {
    Parts parts = xlsx_parts({});
    parts[4].second = "<worksheet><sheetData>" + std::string(kHeader) + std::string(size, ' ') +
                      "</sheetData></worksheet>";
    EXPECT_THAT(failure_of(folder.write_zip("bomb.xlsx", parts), "s", options),
                HasSubstr(expected));
  };
  check(3 << 20, {{"max_unpacked_mb", "2"}},
        "bomb.xlsx: xl/worksheets/sheet1.xml: unpacks to more than 2 MB, the limit that the "
        "option max_unpacked_mb sets");
  check(3 << 20, {{"max_unpacked_mb", "4"}}, "no error");
  check(40 << 20, {}, "looks like a zip bomb");

  Parts many = xlsx_parts({});
  for (int i = 0; i < 10'001; ++i) many.emplace_back("p" + std::to_string(i), "");
  EXPECT_THAT(failure_of(folder.write_zip("many.xlsx", many), "s"),
              HasSubstr("more than 10000 parts"));
}

}  // namespace
}  // namespace cdh::spreadsheet_test
