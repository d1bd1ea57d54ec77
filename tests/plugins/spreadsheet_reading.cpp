#include "spreadsheet_reading.hpp"

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <zip.h>

#include "hub/base/error.hpp"

namespace cdh::spreadsheet_test {
namespace {

constexpr const char* kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/";
constexpr const char* kStrictOffice = "http://purl.oclc.org/ooxml/officeDocument/";

std::string shown(const Value& value) {
  switch (value.type) {
    case ValueType::absent:
      return "?";
    case ValueType::null:
      return "-";
    case ValueType::boolean:
      return value.integer != 0 ? "b1" : "b0";
    case ValueType::integer:
      return "i" + to_text(value);
    case ValueType::decimal:
      return "d" + to_text(value);
    case ValueType::date:
      return "D" + to_text(value);
    case ValueType::local_time:
      return "T" + to_text(value);
    case ValueType::text:
      return std::string(value.text);
    default:
      return "unexpected type";
  }
}

std::string_view type_name(ValueType type) {
  constexpr std::string_view kNames[] = {"absent", "null",       "boolean", "integer",
                                         "real",   "decimal",    "text",    "bytes",
                                         "date",   "local_time", "instant", "json"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string relationship(const std::string& id, const std::string& kind, const std::string& target,
                         bool strict) {
  return "<Relationship Id=\"" + id + "\" Type=\"" + (strict ? kStrictOffice : kOffice) +
         "relationships/" + kind + "\" Target=\"" + target + "\"/>";
}

std::string relationships(const std::string& all) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
         all + "</Relationships>";
}

std::string styles(const std::vector<std::string>& formats) {
  std::string declared, used = "<xf numFmtId=\"0\"/>";
  for (std::size_t i = 0; i < formats.size(); ++i) {
    const std::string id = std::to_string(164 + i);
    const bool builtin = formats[i].front() == '#' && formats[i].size() < 4;  // "#14"
    if (!builtin) {
      declared += "<numFmt numFmtId=\"" + id + "\" formatCode=\"" + formats[i] + "\"/>";
    }
    used += "<xf numFmtId=\"" + (builtin ? formats[i].substr(1) : id) + "\"/>";
  }
  return "<styleSheet><numFmts>" + declared +
         "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>" + used +
         "</cellXfs></styleSheet>";
}

}  // namespace

std::string data_file(const std::string& name) {
  return std::string(CDH_TEST_SOURCE_DIR) + "/tests/plugins/data/" + name;
}

Connector connect(const std::string& path, const Options& options) {
  std::vector<std::pair<std::string, Setting>> members = {{"path", Setting::scalar(path)}};
  for (const auto& [name, text] : options) members.emplace_back(name, Setting::scalar(text));
  static const Plugin plugin =
      Plugin::load(std::filesystem::path(CDH_TEST_PLUGIN_DIR) / "cdh-spreadsheet.so");
  return plugin.connect(Setting::map(std::move(members)));
}

Lines rows_of(Connector& connector, const std::string& stream, std::size_t max_rows) {
  Lines lines;
  connector.start(stream, "", max_rows);
  while (const std::optional<Batch> batch = connector.read()) {
    const std::vector<Column> columns = batch->columns();
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      std::string line = std::to_string(batch->row(row).position) + ":";
      for (std::size_t i = 0; i < columns.size(); ++i) {
        line += (i == 0 ? " " : "; ") + columns[i].name + "=" + shown(batch->value(row, i));
      }
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

Lines rows_of(const std::string& path, const std::string& stream, const Options& options) {
  Connector connector = connect(path, options);
  return rows_of(connector, stream);
}

Lines streams_of(const std::string& path, const Options& options) {
  Lines lines;
  for (const StreamInfo& stream : connect(path, options).discover()) {
    std::string line = stream.name + "(";
    for (const Column& column : stream.columns) {
      if (line.back() != '(') line += ", ";
      line += column.name + " " + std::string(type_name(column.type));
      for (const std::string& key : stream.key) line += key == column.name ? "*" : "";
    }
    lines.push_back(line + ")");
  }
  return lines;
}

std::string failure_of(const std::string& path, const std::string& stream, const Options& options) {
  try {
    rows_of(path, stream, options);
  } catch (const Error& error) {
    return std::string(name_of(error.kind())) + ": " + error.what();
  }
  return "no error";
}

struct CapturedLog::Sink {
  std::ostringstream text;
  std::shared_ptr<spdlog::logger> before = spdlog::default_logger();
};

CapturedLog::CapturedLog() : sink_(std::make_unique<Sink>()) {
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(sink_->text)));
}
CapturedLog::~CapturedLog() { spdlog::set_default_logger(sink_->before); }
std::string CapturedLog::text() const {
  spdlog::default_logger()->flush();
  return sink_->text.str();
}

ScratchFolder::ScratchFolder() {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "cdh-spreadsheet-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch folder");
  folder_ = pattern;
}
ScratchFolder::~ScratchFolder() { std::filesystem::remove_all(folder_); }

std::string ScratchFolder::write(const std::string& name, const std::string& bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
  return path(name);
}

std::string ScratchFolder::write_zip(const std::string& name, const Parts& parts) const {
  int code = 0;
  zip_t* zip = zip_open(path(name).c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (zip == nullptr) throw std::runtime_error("cannot make " + name);
  for (const auto& [part, content] : parts) {
    zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
    zip_file_add(zip, part.c_str(), source, 0);
  }
  if (zip_close(zip) != 0) throw std::runtime_error("cannot write " + name);
  return path(name);
}

Parts xlsx_parts(const XlsxContent& content) {
  const bool strict = content.strict;
  const std::string main = strict ? "http://purl.oclc.org/ooxml/spreadsheetml/main"
                                  : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  Parts parts = {
      {"_rels/.rels",
       relationships(relationship("r1", "officeDocument", "xl/workbook.xml", strict))},
      {"xl/workbook.xml", std::string("<workbook xmlns=\"") + main + "\" xmlns:r=\"" +
                              (strict ? kStrictOffice : kOffice) + "relationships\"><workbookPr" +
                              (content.from_1904 ? " date1904=\"1\"" : "") +
                              "/><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"s1\"/></sheets>"
                              "</workbook>"},
      {"xl/_rels/workbook.xml.rels",
       relationships(relationship("s1", "worksheet", "worksheets/sheet1.xml", strict) +
                     relationship("s2", "styles", "/xl/styles.xml", strict) +
                     relationship("s3", "sharedStrings", "sharedStrings.xml", strict))},
      {"xl/styles.xml", styles(content.formats)},
      {"xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + main + "\"><sheetData>" + content.sheet +
                                       "</sheetData>" + content.after_rows + "</worksheet>"}};
  if (!content.strings.empty()) {
    parts.emplace_back("xl/sharedStrings.xml",
                       "<sst xmlns=\"" + main + "\">" + content.strings + "</sst>");
  }
  return parts;
}

std::string ods_content(const std::string& tables) {
  std::string root = "<office:document-content";
  for (const std::string prefix : {"office", "table", "text", "style"}) {
    root += " xmlns:" + prefix + "=\"urn:oasis:names:tc:opendocument:xmlns:" + prefix + ":1.0\"";
  }
  return root + " xmlns:calcext=\"urn:x-calcext\"><office:body><office:spreadsheet>" + tables +
         "</office:spreadsheet></office:body></office:document-content>";
}

Parts ods_parts(const std::string& tables) {
  return {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
          {"content.xml", ods_content(tables)}};
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace cdh::spreadsheet_test
