// A zip file as a bundle of named parts, guarded against zip bombs: the number of parts, the
// unpacked size of a part, and its ratio to the packed size are limited. Sizes are counted while
// unpacking; what the file says about itself is not believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "sheet.hpp"
#include "xml_reader.hpp"

struct zip;

namespace cdh::spreadsheet {

class ZipArchive : public std::enable_shared_from_this<ZipArchive> {
 public:
  // Throws PluginError(data) when it is no whole zip file. Held by shared_ptr.
  ZipArchive(const std::filesystem::path& path, const ReadOptions& options);
  ~ZipArchive();
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  bool contains(const std::string& part) const;
  // A part's content, unpacked piece by piece; it keeps the archive open. Throws PluginError(data)
  // when the part is missing, encrypted or damaged (its checksum is compared at its end).
  std::unique_ptr<ByteSource> open(const std::string& part);

  // "customers.xlsx", for messages and origins.
  const std::string& file_name() const { return file_name_; }
  // "customers.xlsx: xl/workbook.xml", for messages.
  std::string place(const std::string& part) const { return file_name_ + ": " + part; }

 private:
  std::int64_t locate(const std::string& part) const;

  std::string file_name_;
  const ReadOptions options_;
  zip* archive_ = nullptr;
};

}  // namespace cdh::spreadsheet
