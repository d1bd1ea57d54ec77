#include "ods_workbook.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

#include <cdh/plugin.hpp>

#include "ods_content.hpp"
#include "ods_sheet.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::size_t kMaxSheets = 10'000;
constexpr std::size_t kMaxHiddenStyles = 10'000;
const std::string kContentPart = "content.xml";
const std::string kManifestPart = "META-INF/manifest.xml";

// Collects sheet names; a sheet is hidden when its style, declared before, says so.
class ListingHandler final : public OdsContentHandler {
 public:
  explicit ListingHandler(const std::string& place) : OdsContentHandler(place), place_(place) {}

  std::vector<SheetInfo> sheets;
  bool is_spreadsheet = false;

 private:
  void start_table(const XmlAttributes& attributes) override {
    if (sheets.size() == kMaxSheets) fail_data(place_ + ": has more than 10,000 sheets");
    const bool hidden = hidden_styles_.count(std::string(attributes.get("table:style-name"))) > 0;
    sheets.push_back({std::string(attributes.get("table:name")), hidden});
  }
  void start_element(std::string_view name, const XmlAttributes& attributes) override {
    if (in_table()) return;
    if (name == "style:style") style_ = attributes.get("style:name");
    if (name == "office:spreadsheet") is_spreadsheet = true;
    if (name == "style:table-properties" && attributes.get("table:display") == "false" &&
        hidden_styles_.size() < kMaxHiddenStyles) {
      hidden_styles_.insert(style_);
    }
  }

  const std::string& place_;
  std::string style_;
  std::unordered_set<std::string> hidden_styles_;
};

class ManifestHandler final : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes&) override {
    if (local_name(name) == "encryption-data") encrypted = true;
  }
  void end(std::string_view) override {}

  bool encrypted = false;
};

class OdsWorkbook final : public Workbook {
 public:
  OdsWorkbook(std::shared_ptr<ZipArchive> archive, const ReadOptions& options)
      : archive_(std::move(archive)), options_(options) {
    refuse_encrypted();
    sheets_ = list_ods_sheets(archive_->open(kContentPart), archive_->place(kContentPart));
  }

  const std::vector<SheetInfo>& sheets() const override { return sheets_; }

  std::unique_ptr<SheetReader> open(std::size_t index) override {
    return open_ods_sheet(archive_->open(kContentPart), archive_->place(kContentPart), index,
                          options_);
  }

 private:
  void refuse_encrypted() const {
    if (!archive_->contains(kManifestPart)) return;
    ManifestHandler manifest;
    XmlReader(archive_->open(kManifestPart), manifest, archive_->place(kManifestPart)).read_all();
    if (manifest.encrypted) {
      fail_data(archive_->file_name() + ": is encrypted; save it without a password");
    }
  }

  std::shared_ptr<ZipArchive> archive_;
  const ReadOptions options_;
  std::vector<SheetInfo> sheets_;
};

}  // namespace

std::vector<SheetInfo> list_ods_sheets(std::unique_ptr<ByteSource> source,
                                       const std::string& place) {
  ListingHandler handler(place);
  XmlReader(std::move(source), handler, place).read_all();
  if (!handler.is_spreadsheet) {
    fail_data(place + ": is an OpenDocument file, but no spreadsheet");
  }
  return std::move(handler.sheets);
}

std::shared_ptr<Workbook> open_ods(std::shared_ptr<ZipArchive> archive,
                                   const ReadOptions& options) {
  return std::make_shared<OdsWorkbook>(std::move(archive), options);
}

}  // namespace cdh::spreadsheet
