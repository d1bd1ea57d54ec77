#include "xls_workbook.hpp"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include <cdh/plugin.hpp>

#include <freexl.h>

#include "date_value.hpp"
#include "number_value.hpp"

namespace cdh::spreadsheet {
namespace {

// An encrypted XLSX is a compound file too; it names its stream so, in UTF-16.
bool holds_encrypted_package(const std::filesystem::path& path) {
  std::string name;
  for (const char c : std::string_view("EncryptedPackage")) name += {c, '\0'};
  std::ifstream file(path, std::ios::binary);
  std::string window;
  for (std::string piece(1 << 16, '\0'); file;) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    window.append(piece, 0, static_cast<std::size_t>(file.gcount()));
    if (window.find(name) != std::string::npos) return true;
    if (window.size() > name.size()) window.erase(0, window.size() - name.size());
  }
  return false;
}

// The open file; sheets share it and select theirs before they read.
class XlsFile {
 public:
  explicit XlsFile(const std::filesystem::path& path) : name_(path.filename().string()) {
    const int code = freexl_open(path.c_str(), &handle_);
    if (code == FREEXL_OK) return;
    if (holds_encrypted_package(path)) fail("is encrypted; save it without a password");
    fail("is no XLS file of Excel 97 to 2003, or it is damaged (freexl says " +
         std::to_string(code) + "); save it as XLSX");
  }
  ~XlsFile() { freexl_close(handle_); }
  XlsFile(const XlsFile&) = delete;
  XlsFile& operator=(const XlsFile&) = delete;

  std::uint32_t info(unsigned short what) const {
    unsigned int value = 0;
    return freexl_get_info(handle_, what, &value) == FREEXL_OK ? value : 0;
  }
  void select(std::uint16_t sheet) const {
    if (freexl_select_active_worksheet(handle_, sheet) != FREEXL_OK) fail("is damaged");
  }
  const void* handle() const { return handle_; }
  [[noreturn]] void fail(const std::string& reason) const { fail_data(name_ + ": " + reason); }

 private:
  const std::string name_;
  const void* handle_ = nullptr;
};

class XlsSheet final : public SheetReader {
 public:
  XlsSheet(std::shared_ptr<const XlsFile> file, std::uint16_t sheet, const ReadOptions& options)
      : file_(std::move(file)), sheet_(sheet), options_(options) {
    file_->select(sheet_);
    if (freexl_worksheet_dimensions(file_->handle(), &rows_, &columns_) != FREEXL_OK) {
      file_->fail("sheet " + std::to_string(sheet_ + 1) + " is damaged");
    }
  }

  bool next(SheetRow& row) override {
    if (options_.cancelled != nullptr && *options_.cancelled) fail_cancelled();
    file_->select(sheet_);
    row.clear();
    while (row.empty() && next_row_ < rows_) {
      row.number = std::uint64_t{next_row_} + 1;
      for (std::uint16_t column = 0; column < columns_; ++column) read_cell(row, column);
      ++next_row_;
    }
    return !row.empty();
  }

 private:
  void read_cell(SheetRow& row, std::uint16_t column) {
    FreeXL_CellValue value{};
    if (freexl_get_cell_value(file_->handle(), next_row_, column, &value) != FREEXL_OK) {
      file_->fail("sheet " + std::to_string(sheet_ + 1) + " is damaged");
    }
    if (value.type == FREEXL_CELL_NULL) return;
    if (column >= options_.max_cells_per_row) {
      file_->fail(too_wide(row.number, column, options_));
    }
    Cell& cell = row.add(column);
    switch (value.type) {
      case FREEXL_CELL_INT:
        return cell.set_integer(CDH_INTEGER, value.value.int_value);
      case FREEXL_CELL_DOUBLE: {
        char digits[32];
        const auto end = std::to_chars(digits, digits + sizeof digits, value.value.double_value);
        return set_number(cell, {digits, static_cast<std::size_t>(end.ptr - digits)});
      }
      case FREEXL_CELL_DATE:
      case FREEXL_CELL_DATETIME:
        return set_iso_date(cell, value.value.text_value);
      default:
        if (*value.value.text_value == '\0') return row.drop_last();
        cell.set_text(value.value.text_value);
    }
  }

  std::shared_ptr<const XlsFile> file_;
  const std::uint16_t sheet_;
  const ReadOptions options_;
  unsigned int rows_ = 0, next_row_ = 0;
  unsigned short columns_ = 0;
};

class XlsWorkbook final : public Workbook {
 public:
  XlsWorkbook(const std::filesystem::path& path, const ReadOptions& options)
      : file_(std::make_shared<const XlsFile>(path)), options_(options) {
    if (file_->info(FREEXL_BIFF_PASSWORD) == FREEXL_BIFF_OBFUSCATED) {
      file_->fail("is encrypted; save it without a password");
    }
    if (options.fill_merged) {
      fail_config(
          path.filename().string() + ": fill_merged cannot be done for XLS files; save it as XLSX",
          "fill_merged");
    }
    const std::uint32_t count = file_->info(FREEXL_BIFF_SHEET_COUNT);
    for (std::uint32_t i = 0; i < count; ++i) {
      const char* name = nullptr;
      const auto index = static_cast<std::uint16_t>(i);
      if (freexl_get_worksheet_name(file_->handle(), index, &name) != FREEXL_OK || !name) {
        file_->fail("is damaged");
      }
      sheets_.push_back({name, false});
    }
  }

  const std::vector<SheetInfo>& sheets() const override { return sheets_; }

  std::unique_ptr<SheetReader> open(std::size_t index) override {
    return std::make_unique<XlsSheet>(file_, static_cast<std::uint16_t>(index), options_);
  }

 private:
  std::shared_ptr<const XlsFile> file_;
  const ReadOptions options_;
  std::vector<SheetInfo> sheets_;
};

}  // namespace

std::shared_ptr<Workbook> open_xls(const std::filesystem::path& path, const ReadOptions& options) {
  return std::make_shared<XlsWorkbook>(path, options);
}

}  // namespace cdh::spreadsheet
