#include "zip_archive.hpp"

#include <utility>

#include <cdh/plugin.hpp>

#include <zip.h>

namespace cdh::spreadsheet {
namespace {

constexpr zip_int64_t kMaxParts = 10'000;
// Deflate reaches about 1030 to 1; XML of real sheets stays below 100. Small parts are not judged.
constexpr std::uint64_t kMaxRatio = 300;
constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{32} << 20;

std::string open_failure(int code) {
  if (code == ZIP_ER_NOZIP || code == ZIP_ER_INCONS || code == ZIP_ER_EOF) {
    return "is cut off or damaged (its zip directory is missing); fetch it again";
  }
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string reason = std::string("cannot be opened: ") + zip_error_strerror(&error);
  zip_error_fini(&error);
  return reason;
}

class ZipPart final : public ByteSource {
 public:
  ZipPart(std::shared_ptr<const ZipArchive> archive, zip_file_t* file, std::string place,
          std::uint64_t packed_bytes, const ReadOptions& options)
      : archive_(std::move(archive)),
        file_(file),
        place_(std::move(place)),
        packed_bytes_(packed_bytes),
        options_(options) {}
  ~ZipPart() override { zip_fclose(file_); }

  std::size_t read(char* out, std::size_t size) override {
    if (options_.cancelled != nullptr && *options_.cancelled) fail_cancelled();
    const zip_int64_t got = zip_fread(file_, out, size);
    if (got < 0) {
      fail_data(place_ + ": is damaged: " + zip_error_strerror(zip_file_get_error(file_)) +
                "; fetch the file again");
    }
    unpacked_bytes_ += static_cast<std::uint64_t>(got);
    judge();
    return static_cast<std::size_t>(got);
  }

 private:
  void judge() const {
    if (unpacked_bytes_ > options_.max_unpacked_bytes) {
      fail_data(place_ + ": unpacks to more than " +
                    std::to_string(options_.max_unpacked_bytes >> 20) +
                    " MB, the limit that the option max_unpacked_mb sets; raise it if the file is "
                    "genuine",
                "max_unpacked_mb");
    }
    if (unpacked_bytes_ > kRatioFreeBytes && unpacked_bytes_ / kMaxRatio > packed_bytes_) {
      fail_data(place_ + ": looks like a zip bomb: it unpacks to more than " +
                std::to_string(kMaxRatio) +
                " times its size, a limit beside max_unpacked_mb; if it is genuine, save it again "
                "from a spreadsheet program");
    }
  }

  std::shared_ptr<const ZipArchive> archive_;
  zip_file_t* file_;
  const std::string place_;
  const std::uint64_t packed_bytes_;
  const ReadOptions options_;
  std::uint64_t unpacked_bytes_ = 0;
};

}  // namespace

ZipArchive::ZipArchive(const std::filesystem::path& path, const ReadOptions& options)
    : file_name_(path.filename().string()), options_(options) {
  int code = 0;
  archive_ = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive_ == nullptr) fail_data(file_name_ + ": " + open_failure(code));
  if (zip_get_num_entries(archive_, 0) > kMaxParts) {
    zip_discard(archive_);
    fail_data(file_name_ + ": looks like a zip bomb: it has more than " +
              std::to_string(kMaxParts) + " parts");
  }
}

ZipArchive::~ZipArchive() { zip_discard(archive_); }

std::int64_t ZipArchive::locate(const std::string& part) const {
  const zip_int64_t exact = zip_name_locate(archive_, part.c_str(), ZIP_FL_ENC_GUESS);
  // Part names ignore case (ECMA-376 part 2, 6.2.2.3), and some writers rely on it.
  return exact >= 0 ? exact : zip_name_locate(archive_, part.c_str(), ZIP_FL_NOCASE);
}

bool ZipArchive::contains(const std::string& part) const { return locate(part) >= 0; }

std::unique_ptr<ByteSource> ZipArchive::open(const std::string& part) {
  const zip_int64_t index = locate(part);
  if (index < 0) {
    fail_data(file_name_ + ": the part " + part +
              " is missing; the file is damaged or not a spreadsheet");
  }
  zip_stat_t stat;
  zip_file_t* file = nullptr;
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_stat_index(archive_, at, 0, &stat) == 0) file = zip_fopen_index(archive_, at, 0);
  if (file == nullptr) {
    zip_error_t* error = zip_get_error(archive_);
    const bool encrypted = zip_error_code_zip(error) == ZIP_ER_NOPASSWD;
    fail_data(place(part) + (encrypted ? std::string(": is encrypted; save it without a password")
                                       : std::string(": ") + zip_error_strerror(error)));
  }
  return std::make_unique<ZipPart>(shared_from_this(), file, place(part), stat.comp_size, options_);
}

}  // namespace cdh::spreadsheet
