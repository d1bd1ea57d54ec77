#include "tests/generator/read_back.hpp"

#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>

#include <expat.h>
#include <stdlib.h>
#include <zip.h>

namespace cdh::generator {

namespace {

using Attributes = std::map<std::string, std::string>;

// What a reader of XML wants to know, in the order of the document.
struct XmlEvents {
  std::function<void(const std::string& name, const Attributes&)> start;
  std::function<void(const std::string& name, const std::string& text)> end;  // text of the element
};

struct XmlState {
  const XmlEvents* events;
  std::string text;
};

void parse_xml(const std::string& xml, const XmlEvents& events) {
  XML_Parser parser = XML_ParserCreate(nullptr);
  XmlState state{&events, {}};
  XML_SetUserData(parser, &state);
  XML_SetElementHandler(
      parser,
      [](void* data, const XML_Char* name, const XML_Char** pairs) {
        auto& self = *static_cast<XmlState*>(data);
        Attributes attributes;
        for (; *pairs; pairs += 2) attributes[pairs[0]] = pairs[1];
        self.text.clear();
        self.events->start(name, attributes);
      },
      [](void* data, const XML_Char* name) {
        auto& self = *static_cast<XmlState*>(data);
        self.events->end(name, self.text);
        self.text.clear();
      });
  XML_SetCharacterDataHandler(parser, [](void* data, const XML_Char* text, int length) {
    static_cast<XmlState*>(data)->text.append(text, static_cast<std::size_t>(length));
  });
  const XML_Status status = XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1);
  const XML_Error error = XML_GetErrorCode(parser);
  XML_ParserFree(parser);
  if (status != XML_STATUS_OK) throw std::runtime_error(XML_ErrorString(error));
}

std::string read_part(const std::filesystem::path& file, const std::string& part) {
  zip_t* archive = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
  if (!archive) throw std::runtime_error(file.string() + " is no zip archive");
  zip_stat_t about;
  zip_file_t* opened = zip_stat(archive, part.c_str(), 0, &about) == 0
                           ? zip_fopen(archive, part.c_str(), 0)
                           : nullptr;
  if (!opened) {
    zip_discard(archive);
    throw std::runtime_error(file.string() + " has no part " + part);
  }
  std::string content(about.size, '\0');
  zip_fread(opened, content.data(), about.size);
  zip_fclose(opened);
  zip_discard(archive);
  return content;
}

std::string& cell_at(Rows& rows, std::size_t row, std::size_t column) {
  if (rows.size() <= row) rows.resize(row + 1, std::vector<std::string>(1));
  if (rows[row].size() <= column) rows[row].resize(column + 1);
  return rows[row][column];
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "cdh-generator-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("cannot create " + name);
  path = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + file.string());
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Rows parse_csv(std::string_view text, char separator) {
  Rows rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      const bool doubled = c == '"' && i + 1 < text.size() && text[i + 1] == '"';
      if (doubled) ++i;
      if (c == '"' && !doubled) {
        quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == separator) {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(std::move(row));
      row.assign(1, "");
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  return rows;
}

Rows read_xlsx(const std::filesystem::path& file, const std::string& sheet) {
  std::vector<std::string> strings;
  parse_xml(read_part(file, "xl/sharedStrings.xml"),
            {[](const std::string&, const Attributes&) {},
             [&](const std::string& name, const std::string& text) {
               if (name == "t") strings.push_back(text);
             }});
  std::string relation, part;
  parse_xml(read_part(file, "xl/workbook.xml"),
            {[&](const std::string& name, const Attributes& attributes) {
               if (name == "sheet" && attributes.at("name") == sheet)
                 relation = attributes.at("r:id");
             },
             [](const std::string&, const std::string&) {}});
  parse_xml(read_part(file, "xl/_rels/workbook.xml.rels"),
            {[&](const std::string& name, const Attributes& attributes) {
               if (name == "Relationship" && attributes.at("Id") == relation) {
                 part = "xl/" + attributes.at("Target");
               }
             },
             [](const std::string&, const std::string&) {}});
  Rows rows;
  std::string reference, type;
  parse_xml(read_part(file, part),
            {[&](const std::string& name, const Attributes& attributes) {
               if (name != "c") return;
               reference = attributes.at("r");
               type = attributes.contains("t") ? attributes.at("t") : "n";
             },
             [&](const std::string& name, const std::string& text) {
               if (name != "v") return;
               const std::size_t digits = reference.find_first_of("0123456789");
               std::size_t column = 0;
               for (const char letter : reference.substr(0, digits)) {
                 column = column * 26 + static_cast<std::size_t>(letter - 'A' + 1);
               }
               const std::size_t row = std::stoul(reference.substr(digits)) - 1;
               cell_at(rows, row, column - 1) = type == "s" ? strings.at(std::stoul(text)) : text;
             }});
  return rows;
}

Rows read_ods(const std::filesystem::path& file, const std::string& sheet) {
  Rows rows;
  std::size_t row = 0;
  std::size_t column = 0;
  bool wanted = false;
  parse_xml(read_part(file, "content.xml"),
            {[&](const std::string& name, const Attributes& attributes) {
               if (name == "table:table") wanted = attributes.at("table:name") == sheet;
             },
             [&](const std::string& name, const std::string& text) {
               if (!wanted) return;
               if (name == "text:p") cell_at(rows, row, column) = text;
               if (name == "table:table-cell") {
                 cell_at(rows, row, column);
                 ++column;
               }
               if (name == "table:table-row") {
                 ++row;
                 column = 0;
               }
             }});
  return rows;
}

}  // namespace cdh::generator
