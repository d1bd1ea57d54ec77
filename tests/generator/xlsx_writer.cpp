// Office Open XML (ECMA-376), the few parts that every reader wants.
#include <unordered_map>

#include "tests/generator/spreadsheet.hpp"
#include "tests/generator/zip_package.hpp"

namespace cdh::generator {

namespace {

constexpr char kXml[] = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                        "\n";
constexpr char kMain[] = R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";
constexpr char kOffice[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr char kPackage[] = "http://schemas.openxmlformats.org/package/2006";
constexpr std::int64_t kExcelEpochDays = 25569;  // 1899-12-30 to 1970-01-01

// Each distinct text once; cells hold its number.
class SharedStrings {
 public:
  std::string number_of(const std::string& text) {
    ++uses_;
    const auto [entry, added] = numbers_.try_emplace(text, numbers_.size());
    if (added) items_ += "<si><t xml:space=\"preserve\">" + xml_text(text) + "</t></si>";
    return std::to_string(entry->second);
  }

  std::string xml() const {
    return std::string(kXml) + "<sst " + kMain + " count=\"" + std::to_string(uses_) +
           "\" uniqueCount=\"" + std::to_string(numbers_.size()) + "\">" + items_ + "</sst>";
  }

 private:
  std::unordered_map<std::string, std::size_t> numbers_;
  std::string items_;
  std::size_t uses_ = 0;
};

std::string column_name(std::size_t column) {
  std::string name;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return name;
}

// Empty cells are left out, as Excel does.
void append_row(std::string& xml, std::size_t number, const std::vector<Cell>& cells,
                SharedStrings& strings) {
  xml += "<row r=\"" + std::to_string(number) + "\">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.kind == Cell::Kind::empty) continue;
    xml += "<c r=\"" + column_name(i) + std::to_string(number) + "\"";
    switch (cell.kind) {
      case Cell::Kind::text:
        xml += " t=\"s\"><v>" + strings.number_of(cell.text) + "</v></c>";
        break;
      case Cell::Kind::date:
        xml += " s=\"1\"><v>" + std::to_string(cell.days + kExcelEpochDays) + "</v></c>";
        break;
      default:
        xml += "><v>" + cell.text + "</v></c>";
    }
  }
  xml += "</row>";
}

std::string sheet_xml(const Sheet& sheet, SharedStrings& strings) {
  std::string xml = std::string(kXml) + "<worksheet " + kMain + "><sheetData>";
  if (!sheet.title.empty()) append_row(xml, 1, {text_cell(sheet.title)}, strings);
  std::vector<Cell> header;
  for (const std::string& name : sheet.header) header.push_back(text_cell(name));
  append_row(xml, sheet.row_number(0) - 1, header, strings);
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    if (!sheet.rows[i].empty()) append_row(xml, sheet.row_number(i), sheet.rows[i], strings);
  }
  xml += "</sheetData>";
  if (!sheet.title.empty()) {
    xml += "<mergeCells count=\"1\"><mergeCell ref=\"A1:" + column_name(sheet.header.size() - 1) +
           "1\"/></mergeCells>";
  }
  return xml + "</worksheet>";
}

// Style 1 is a date: number format 14.
std::string styles_xml() {
  return std::string(kXml) + "<styleSheet " + kMain +
         "><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
         "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
         "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
         "<borders count=\"1\"><border/></borders>"
         "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs>"
         "<cellXfs count=\"2\"><xf numFmtId=\"0\" xfId=\"0\"/>"
         "<xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs><cellStyles "
         "count=\"1\">"
         "<cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
}

std::string override_xml(const std::string& part, const std::string& type) {
  return "<Override PartName=\"/xl/" + part +
         "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + type +
         "+xml\"/>";
}

std::string relationship_xml(std::size_t id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + kOffice + "/" + type +
         "\" Target=\"" + target + "\"/>";
}

}  // namespace

void write_xlsx(const std::filesystem::path& file, const std::vector<Sheet>& sheets) {
  SharedStrings strings;
  std::string types, sheet_list, relationships;
  std::vector<ZipPart> sheet_parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string part = "worksheets/sheet" + number + ".xml";
    types += override_xml(part, "worksheet");
    relationships += relationship_xml(i + 1, "worksheet", part);
    sheet_list += "<sheet name=\"" + xml_text(sheets[i].name) + "\" sheetId=\"" + number +
                  "\" r:id=\"rId" + number + "\"/>";
    sheet_parts.push_back({"xl/" + part, sheet_xml(sheets[i], strings)});
  }
  relationships += relationship_xml(sheets.size() + 1, "styles", "styles.xml") +
                   relationship_xml(sheets.size() + 2, "sharedStrings", "sharedStrings.xml");
  const std::string open_relationships =
      std::string(kXml) + "<Relationships xmlns=\"" + kPackage + "/relationships\">";
  std::vector<ZipPart> parts = {
      {"[Content_Types].xml",
       std::string(kXml) + "<Types xmlns=\"" + kPackage + "/content-types\">" +
           "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
           "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
           override_xml("workbook.xml", "sheet.main") + types +
           override_xml("styles.xml", "styles") +
           override_xml("sharedStrings.xml", "sharedStrings") + "</Types>"},
      {"_rels/.rels", open_relationships +
                          relationship_xml(1, "officeDocument", "xl/workbook.xml") +
                          "</Relationships>"},
      {"xl/workbook.xml", std::string(kXml) + "<workbook " + kMain + " xmlns:r=\"" + kOffice +
                              "\"><sheets>" + sheet_list + "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", open_relationships + relationships + "</Relationships>"},
      {"xl/styles.xml", styles_xml()},
      {"xl/sharedStrings.xml", strings.xml()}};
  for (ZipPart& part : sheet_parts) parts.push_back(std::move(part));
  write_zip(file, parts);
}

}  // namespace cdh::generator
