// Feeds bytes to the readers of the spreadsheet plugin from memory, without zip around them. The
// first byte chooses: an XLSX sheet, its styles, its shared strings, an ODS content or an XLS file.
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <cdh/plugin.hpp>

#include "plugins/spreadsheet/ods_sheet.hpp"
#include "plugins/spreadsheet/ods_workbook.hpp"
#include "plugins/spreadsheet/table_reader.hpp"
#include "plugins/spreadsheet/xls_workbook.hpp"
#include "plugins/spreadsheet/xlsx_sheet.hpp"

namespace {

using namespace cdh::spreadsheet;

constexpr std::size_t kMaxRows = 2000;  // repeated ones of ODS take no input
const std::string kPlace = "fuzz";

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* out, std::size_t size) override {
    const std::size_t step = std::min({size, bytes_.size(), std::size_t{100}});
    std::memcpy(out, bytes_.data(), step);
    bytes_.remove_prefix(step);
    return step;
  }

 private:
  std::string_view bytes_;
};

std::unique_ptr<ByteSource> source_of(std::string_view bytes) {
  return std::make_unique<MemorySource>(bytes);
}

void read_table(std::unique_ptr<SheetReader> sheet) {
  std::uint64_t serial = 0;
  TableReader table(std::move(sheet), {}, kPlace, serial);
  for (std::size_t rows = 0; rows < kMaxRows;) {
    cdh::BatchBuilder batch(100);
    if (!table.fill(batch)) return;
    rows += batch.size();
  }
}

ReadOptions fill_merged(bool fill) {
  ReadOptions options;
  options.max_cells_per_row = 64;
  options.fill_merged = fill;
  return options;
}

void read_xlsx_sheet(std::string_view bytes) {
  const ReadOptions options = fill_merged(true);
  auto context = std::make_shared<XlsxContext>();
  context->strings = std::make_shared<SharedStrings>(
      source_of("<sst><si><t>a</t></si><si><t>b</t></si></sst>"), kPlace);
  context->formats = CellFormats(
      source_of(
          "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"46\"/>"
          "</cellXfs></styleSheet>"),
      kPlace);
  MergedAreas merged = read_merged_areas(source_of(bytes), kPlace, options);
  read_table(open_xlsx_sheet(source_of(bytes), kPlace, context, std::move(merged), options));
}

void read_ods(std::string_view bytes) {
  list_ods_sheets(source_of(bytes), kPlace);
  read_table(open_ods_sheet(source_of(bytes), kPlace, 0, fill_merged(true)));
}

void read_xls(std::string_view bytes) {
  const auto workbook = open_xls_bytes(std::string(bytes), kPlace, fill_merged(true));
  for (std::size_t i = 0; i < std::min<std::size_t>(workbook->sheets().size(), 8); ++i) {
    read_table(workbook->open(i));
  }
}

void read(char choice, std::string_view bytes) {
  switch (choice) {
    case 'x':
      return read_xlsx_sheet(bytes);
    case 'y':
      CellFormats(source_of(bytes), kPlace);
      return;
    case 's':
      SharedStrings(source_of(bytes), kPlace);
      return;
    case 'o':
      return read_ods(bytes);
    case 'b':
      return read_xls(bytes);
    default:
      classify_format(bytes);
      parse_range(bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    read(bytes.front(), bytes.substr(1));
  } catch (const cdh::PluginError&) {
  }
  return 0;
}
