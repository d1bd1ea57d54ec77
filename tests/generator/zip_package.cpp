#include "tests/generator/zip_package.hpp"

#include <zip.h>

#include "hub/base/error.hpp"

namespace cdh::generator {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const std::string& reason) {
  throw Error(ErrorKind::source, "cannot write " + file.string() + ": " + reason);
}

void add_part(zip_t* archive, const ZipPart& part, const std::filesystem::path& file) {
  zip_source_t* source =
      zip_source_buffer(archive, part.content.data(), part.content.size(), /*freep=*/0);
  if (!source) fail(file, zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    fail(file, zip_strerror(archive));
  }
  const auto at = static_cast<zip_uint64_t>(index);
  zip_set_file_compression(archive, at, part.compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 6);
  constexpr zip_uint16_t kNoon = 12 << 11;                              // 12:00:00
  constexpr zip_uint16_t kDay = ((2026 - 1980) << 9) | (10 << 5) | 30;  // 2026-10-30
  zip_file_set_dostime(archive, at, kNoon, kDay, 0);
}

}  // namespace

void write_zip(const std::filesystem::path& file, const std::vector<ZipPart>& parts) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  if (!archive) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(file, reason);
  }
  try {
    for (const ZipPart& part : parts) add_part(archive, part, file);
    if (zip_close(archive) != 0) fail(file, zip_strerror(archive));
  } catch (...) {
    zip_discard(archive);
    throw;
  }
}

std::string xml_text(const std::string& text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&apos;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

}  // namespace cdh::generator
