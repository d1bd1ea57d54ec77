#include "xlsx_parts.hpp"

#include <charconv>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include <cdh/plugin.hpp>

namespace cdh::spreadsheet {
namespace {

constexpr std::size_t kMaxSheets = 10'000;
constexpr std::size_t kMaxFormats = 200'000;  // Excel allows 65,490 cell styles

std::string last_word(std::string_view uri) {
  return std::string(uri.substr(uri.find_last_of('/') + 1));
}

// Resolves a target against the folder of the part that names it.
std::string resolve(const std::string& of, std::string_view target) {
  if (!target.empty() && target.front() == '/') return std::string(target.substr(1));
  const std::size_t slash = of.rfind('/');
  std::string folder = slash == std::string::npos ? "" : of.substr(0, slash + 1);
  while (target.substr(0, 3) == "../" || target.substr(0, 2) == "./") {
    const bool up = target[1] == '.';
    target.remove_prefix(up ? 3 : 2);
    if (!up || folder.empty()) continue;
    const std::size_t parent = folder.rfind('/', folder.size() - 2);
    folder.resize(parent == std::string::npos ? 0 : parent + 1);
  }
  return folder + std::string(target);
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class RelationshipHandler final : public XmlHandler {
 public:
  explicit RelationshipHandler(const std::string& of) : of_(of) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (local_name(name) != "Relationship") return;
    if (attributes.get("TargetMode") == "External" || found.size() == kMaxSheets) return;
    found.push_back({std::string(attributes.get("Id")), last_word(attributes.get("Type")),
                     resolve(of_, attributes.get("Target"))});
  }
  void end(std::string_view) override {}

  std::vector<Relationship> found;

 private:
  const std::string& of_;
};

class WorkbookHandler final : public XmlHandler {
 public:
  explicit WorkbookHandler(std::string place) : place_(std::move(place)) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    name = local_name(name);
    if (name == "workbookPr") {
      const std::string_view flag = attributes.get("date1904");
      if (flag == "1" || flag == "true") part.epoch = Epoch::year_1904;
    }
    if (name != "sheet") return;
    if (part.sheets.size() == kMaxSheets) fail_data(place_ + ": lists more than 10,000 sheets");
    const char* id = attributes.find_local("id");
    const std::string_view state = attributes.get("state");
    part.sheets.push_back({std::string(attributes.get("name")), id == nullptr ? "" : id,
                           state == "hidden" || state == "veryHidden"});
  }
  void end(std::string_view) override {}

  WorkbookPart part;

 private:
  const std::string place_;
};

}  // namespace

std::vector<Relationship> read_relationships(std::unique_ptr<ByteSource> source,
                                             const std::string& place, const std::string& of) {
  RelationshipHandler handler(of);
  XmlReader(std::move(source), handler, place).read_all();
  return std::move(handler.found);
}

std::string relationships_part(const std::string& of) {
  const std::size_t name = of.rfind('/') + 1;  // 0 when there is no folder
  return of.substr(0, name) + "_rels/" + of.substr(name) + ".rels";
}

WorkbookPart read_workbook_part(std::unique_ptr<ByteSource> source, const std::string& place) {
  WorkbookHandler handler(place);
  XmlReader(std::move(source), handler, place).read_all();
  return std::move(handler.part);
}

class CellFormats::Handler final : public XmlHandler {
 public:
  explicit Handler(std::vector<NumberFormat>& formats) : formats_(formats) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    name = local_name(name);
    if (name == "cellXfs") in_cell_formats_ = true;
    const bool full = custom_.size() > kMaxFormats || formats_.size() > kMaxFormats;
    if (full) return;
    if (name == "numFmt") {
      custom_[number_of(attributes.get("numFmtId"))] =
          classify_format(attributes.get("formatCode"));
    } else if (name == "xf" && in_cell_formats_) {
      const std::uint32_t id = number_of(attributes.get("numFmtId"));
      const auto custom = custom_.find(id);
      formats_.push_back(custom != custom_.end() ? custom->second : builtin_format(id));
    }
  }
  void end(std::string_view name) override {
    if (local_name(name) == "cellXfs") in_cell_formats_ = false;
  }

 private:
  std::vector<NumberFormat>& formats_;
  std::unordered_map<std::uint32_t, NumberFormat> custom_;
  bool in_cell_formats_ = false;
};

CellFormats::CellFormats(std::unique_ptr<ByteSource> source, const std::string& place) {
  Handler handler(formats_);
  XmlReader(std::move(source), handler, place).read_all();
}

}  // namespace cdh::spreadsheet
