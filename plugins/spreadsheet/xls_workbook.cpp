#include "xls_workbook.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <unordered_map>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include "biff_record.hpp"
#include "compound_file.hpp"
#include "xls_sheet.hpp"

namespace cdh::spreadsheet {
namespace {

constexpr std::uint16_t kBiff8 = 0x0600;

// The stream with the records, or the reason why there is none.
std::string workbook_stream(std::string bytes, const std::string& place) {
  const CompoundFile file(std::move(bytes), place);
  if (file.contains("EncryptedPackage")) {
    fail_data(place + ": is encrypted; save it without a password");
  }
  if (std::optional<std::string> stream = file.read("Workbook")) return std::move(*stream);
  if (file.contains("Book")) {
    fail_data(place + ": is of Excel 5 or 95, which cannot be read; save it as XLSX");
  }
  fail_data(place + ": is an Office file, but no workbook");
}

class XlsWorkbook final : public Workbook {
 public:
  XlsWorkbook(std::string bytes, const std::string& place, const ReadOptions& options)
      : options_(options) {
    context_->place = place;
    context_->stream = workbook_stream(std::move(bytes), place);
    read_globals();
  }

  const std::vector<SheetInfo>& sheets() const override { return sheets_; }

  std::unique_ptr<SheetReader> open(std::size_t index) override {
    return open_xls_sheet(context_, places_.at(index), options_);
  }

 private:
  void read_globals() {
    const BinaryView stream(context_->stream, context_->place);
    BiffRecord record = biff_record(stream, 0);
    if (record.type != BiffType::beginning || record.data.u16(0) != kBiff8) {
      fail_data(context_->place + ": is of an Excel before 97; save it as XLSX");
    }
    for (; record.type != BiffType::end_of_file; record = biff_record(stream, record.end())) {
      read_global(stream, record);
    }
  }

  void read_global(const BinaryView& stream, const BiffRecord& record) {
    switch (record.type) {
      case BiffType::file_pass:
        fail_data(context_->place + ": is encrypted; save it without a password");
      case BiffType::date_mode:
        if (record.data.u16(0) == 1) context_->epoch = Epoch::year_1904;
        break;
      case BiffType::format:
        custom_formats_[record.data.u16(0)] =
            classify_format(BiffReader(stream, record, 2).string());
        break;
      case BiffType::extended_format:
        add_style(record.data.u16(2));
        break;
      case BiffType::bound_sheet:
        add_sheet(stream, record);
        break;
      case BiffType::shared_strings:
        read_strings(stream, record);
        break;
      default:
        break;
    }
  }

  void add_style(std::uint16_t format) {
    const auto custom = custom_formats_.find(format);
    context_->formats.push_back(custom != custom_formats_.end() ? custom->second
                                                                : builtin_format(format));
  }

  // Chart and macro sheets hold no cells and are passed over.
  void add_sheet(const BinaryView& stream, const BiffRecord& record) {
    const bool worksheet = record.data.u8(5) == 0;
    if (!worksheet) return;
    const bool wide = (record.data.u8(7) & 1) != 0;
    sheets_.push_back({BiffReader(stream, record, 8).characters(record.data.u8(6), wide),
                       record.data.u8(4) != 0});
    places_.push_back(record.data.u32(0));
  }

  void read_strings(const BinaryView& stream, const BiffRecord& record) {
    BiffReader reader(stream, record, 4);
    for (std::uint32_t left = reader.u32(); left > 0; --left) {
      context_->strings.push_back(reader.string());
    }
  }

  const ReadOptions options_;
  const std::shared_ptr<XlsContext> context_ = std::make_shared<XlsContext>();
  std::unordered_map<std::uint16_t, NumberFormat> custom_formats_;
  std::vector<SheetInfo> sheets_;
  std::vector<std::size_t> places_;
};

}  // namespace

std::shared_ptr<Workbook> open_xls(const std::filesystem::path& path, const ReadOptions& options) {
  const std::string place = path.filename().string();
  if (std::filesystem::file_size(path) > options.max_unpacked_bytes) {
    fail_data(place + ": is larger than the option max_unpacked_mb allows", "max_unpacked_mb");
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && !file.eof()) fail_system(path.string() + ": cannot be read");
  return open_xls_bytes(std::move(bytes), place, options);
}

std::shared_ptr<Workbook> open_xls_bytes(std::string bytes, const std::string& place,
                                         const ReadOptions& options) {
  return std::make_shared<XlsWorkbook>(std::move(bytes), place, options);
}

}  // namespace cdh::spreadsheet
