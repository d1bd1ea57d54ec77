#include "xlsx_workbook.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include "xlsx_parts.hpp"
#include "xlsx_sheet.hpp"
#include "xlsx_text.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::string_view kPackageRelationships = "_rels/.rels";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

class XlsxWorkbook final : public Workbook {
 public:
  XlsxWorkbook(std::shared_ptr<ZipArchive> archive, const ReadOptions& options)
      : archive_(std::move(archive)), options_(options) {
    const std::string main = main_part();
    WorkbookPart workbook = read_workbook_part(archive_->open(main), archive_->place(main));
    context_->epoch = workbook.epoch;
    const std::vector<Relationship> related = relationships(relationships_part(main), main);
    for (const Relationship& to : related) {
      if (to.kind == "styles" && archive_->contains(to.part)) {
        context_->formats = CellFormats(archive_->open(to.part), archive_->place(to.part));
      } else if (to.kind == "sharedStrings") {
        strings_part_ = to.part;
      }
    }
    for (WorkbookPart::Sheet& sheet : workbook.sheets) add_sheet(sheet, related);
  }

  const std::vector<SheetInfo>& sheets() const override { return sheets_; }

  std::unique_ptr<SheetReader> open(std::size_t index) override {
    load_strings();
    const std::string& part = parts_.at(index);
    const std::string place = archive_->place(part);
    MergedAreas merged;
    if (options_.fill_merged) merged = read_merged_areas(archive_->open(part), place, options_);
    return open_xlsx_sheet(archive_->open(part), place, context_, std::move(merged), options_);
  }

 private:
  std::vector<Relationship> relationships(const std::string& part, const std::string& of) const {
    return read_relationships(archive_->open(part), archive_->place(part), of);
  }

  std::string main_part() const {
    for (const Relationship& to : relationships(std::string(kPackageRelationships), "")) {
      if (to.kind != "officeDocument") continue;
      if (ends_with(to.part, ".bin")) {
        fail_data(archive_->file_name() + ": is a binary workbook (XLSB); save it as XLSX");
      }
      return to.part;
    }
    fail_data(archive_->place(std::string(kPackageRelationships)) +
              ": names no workbook; the file is no XLSX");
  }

  // Chart and macro sheets hold no cells and are passed over.
  void add_sheet(WorkbookPart::Sheet& sheet, const std::vector<Relationship>& related) {
    for (const Relationship& to : related) {
      if (to.id != sheet.relationship_id) continue;
      if (to.kind == "worksheet") {
        sheets_.push_back({std::move(sheet.name), sheet.hidden});
        parts_.push_back(to.part);
      }
      return;
    }
    fail_data(archive_->file_name() + ": the part of sheet \"" + sheet.name +
              "\" is not named anywhere; the file is damaged");
  }

  // Put off until a sheet is read, and done once for all of them.
  void load_strings() {
    if (context_->strings != nullptr || !archive_->contains(strings_part_)) return;
    context_->strings = std::make_shared<const SharedStrings>(archive_->open(strings_part_),
                                                              archive_->place(strings_part_));
  }

  std::shared_ptr<ZipArchive> archive_;
  const ReadOptions options_;
  const std::shared_ptr<XlsxContext> context_ = std::make_shared<XlsxContext>();
  std::string strings_part_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::string> parts_;
};

}  // namespace

std::shared_ptr<Workbook> open_xlsx(std::shared_ptr<ZipArchive> archive,
                                    const ReadOptions& options) {
  return std::make_shared<XlsxWorkbook>(std::move(archive), options);
}

}  // namespace cdh::spreadsheet
