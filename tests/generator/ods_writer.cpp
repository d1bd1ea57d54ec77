// OpenDocument 1.2 spreadsheets, the few parts that every reader wants.
#include "hub/base/time.hpp"
#include "tests/generator/spreadsheet.hpp"
#include "tests/generator/zip_package.hpp"

namespace cdh::generator {

namespace {

constexpr char kXml[] = R"(<?xml version="1.0" encoding="UTF-8"?>)"
                        "\n";
constexpr char kType[] = "application/vnd.oasis.opendocument.spreadsheet";

void append_cell(std::string& xml, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::empty:
      xml += "<table:table-cell/>";
      return;
    case Cell::Kind::text:
      xml += "<table:table-cell office:value-type=\"string\"><text:p>" + xml_text(cell.text);
      break;
    case Cell::Kind::number:
      xml += "<table:table-cell office:value-type=\"float\" office:value=\"" + cell.text +
             "\"><text:p>" + cell.text;
      break;
    case Cell::Kind::date:
      xml +=
          "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" "
          "office:date-value=\"" +
          format_date(cell.days) + "\"><text:p>" + format_date(cell.days);
  }
  xml += "</text:p></table:table-cell>";
}

void append_row(std::string& xml, const std::vector<Cell>& cells) {
  xml += "<table:table-row>";
  if (cells.empty()) xml += "<table:table-cell/>";
  for (const Cell& cell : cells) append_cell(xml, cell);
  xml += "</table:table-row>";
}

std::string table_xml(const Sheet& sheet) {
  const std::string width = std::to_string(sheet.header.size());
  std::string xml = "<table:table table:name=\"" + xml_text(sheet.name) +
                    "\"><table:table-column table:number-columns-repeated=\"" + width + "\"/>";
  if (!sheet.title.empty()) {
    xml +=
        "<table:table-row><table:table-cell office:value-type=\"string\" "
        "table:number-columns-spanned=\"" +
        width + "\" table:number-rows-spanned=\"1\"><text:p>" + xml_text(sheet.title) +
        "</text:p></table:table-cell></table:table-row>";
    append_row(xml, {});
  }
  std::vector<Cell> header;
  for (const std::string& name : sheet.header) header.push_back(text_cell(name));
  append_row(xml, header);
  for (const std::vector<Cell>& row : sheet.rows) append_row(xml, row);
  return xml + "</table:table>";
}

}  // namespace

void write_ods(const std::filesystem::path& file, const std::vector<Sheet>& sheets) {
  std::string content = kXml;
  content +=
      "<office:document-content office:version=\"1.2\" "
      "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
      "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
      "xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" "
      "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
      "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
      "<office:automatic-styles><number:date-style style:name=\"iso\">"
      "<number:year number:style=\"long\"/><number:text>-</number:text>"
      "<number:month number:style=\"long\"/><number:text>-</number:text>"
      "<number:day number:style=\"long\"/></number:date-style>"
      "<style:style style:name=\"day\" style:family=\"table-cell\" "
      "style:data-style-name=\"iso\"/></office:automatic-styles>"
      "<office:body><office:spreadsheet>";
  for (const Sheet& sheet : sheets) content += table_xml(sheet);
  content += "</office:spreadsheet></office:body></office:document-content>";
  const std::string manifest =
      std::string(kXml) +
      "<manifest:manifest manifest:version=\"1.2\" "
      "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
      "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" "
      "manifest:media-type=\"" +
      kType +
      "\"/><manifest:file-entry manifest:full-path=\"content.xml\" "
      "manifest:media-type=\"text/xml\"/></manifest:manifest>";
  // The type stands first and uncompressed, where programs look for it.
  write_zip(file, {{"mimetype", kType, /*compressed=*/false},
                   {"META-INF/manifest.xml", manifest},
                   {"content.xml", content}});
}

}  // namespace cdh::generator
