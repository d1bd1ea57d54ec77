#include "byte_source.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace jsonl {

namespace {

constexpr std::size_t kCompressedBlock = 256 * 1024;
constexpr std::size_t kMagicSize = 4;
constexpr std::string_view kGzipMagic("\x1F\x8B", 2);
constexpr std::string_view kZstdMagic("\x28\xB5\x2F\xFD", 4);

class FileSource final : public ByteSource {
 public:
  explicit FileSource(const std::string& path) : path_(path) {
    file_ = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file_ < 0) fail("cannot open ");
    struct stat status {};
    if (fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) {
      close(file_);
      if (S_ISDIR(status.st_mode)) {
        cdh::fail_config(path + " is a folder; name files in it, such as " + path + "/*.jsonl",
                         "path");
      }
      cdh::fail_system(path + " is not a regular file");
    }
    posix_fadvise(file_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~FileSource() override { close(file_); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    if (next_ < magic_size_) {
      const std::size_t count = std::min(size, magic_size_ - next_);
      std::memcpy(to, magic_.data() + next_, count);
      next_ += count;
      return count;
    }
    return read_file(to, size);
  }

  // The first bytes, which read() still gives. Before the first read().
  std::string_view magic() {
    while (magic_size_ < kMagicSize) {
      const std::size_t count = read_file(magic_.data() + magic_size_, kMagicSize - magic_size_);
      if (count == 0) break;
      magic_size_ += count;
    }
    return {magic_.data(), magic_size_};
  }

 private:
  [[noreturn]] void fail(const char* what) const {
    cdh::fail_system(what + path_ + ": " + std::strerror(errno));
  }
  std::size_t read_file(char* to, std::size_t size) {
    ssize_t count;
    do {
      count = ::read(file_, to, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail("cannot read ");
    return static_cast<std::size_t>(count);
  }

  std::string path_;
  int file_ = -1;
  std::array<char, kMagicSize> magic_{};
  std::size_t magic_size_ = 0, next_ = 0;
};

[[noreturn]] void fail_damaged(const std::string& path, const char* kind, const char* how) {
  cdh::fail_data(path + ": the " + kind + " data " + how +
                 "; the records before that place were read. Fetch the file again");
}

class GzipSource final : public ByteSource {
 public:
  GzipSource(std::string path, std::unique_ptr<ByteSource> compressed)
      : path_(std::move(path)), compressed_(std::move(compressed)), in_(kCompressedBlock) {
    constexpr int kGzipOnly = 15 + 16;  // zlib's way to say: largest window, gzip header
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) cdh::fail_system("out of memory for gzip");
  }
  ~GzipSource() override { inflateEnd(&stream_); }
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    size = std::min<std::size_t>(size, 1u << 30);
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0 && !refill()) {
        if (inside_member_) fail_damaged(path_, "gzip", "ends too early");
        return 0;
      }
      if (!inside_member_ && !begin_member()) continue;
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        inside_member_ = false;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        if (stream_.avail_out < size) break;  // it fails again when asked for more
        fail_damaged(path_, "gzip", "is damaged");
      }
    }
    return size - stream_.avail_out;
  }

 private:
  bool refill() {
    stream_.next_in = reinterpret_cast<Bytef*>(in_.data());
    stream_.avail_in = static_cast<uInt>(compressed_->read(in_.data(), in_.size()));
    return stream_.avail_in > 0;
  }
  // Tapes and block devices pad a file with zeros: they may follow a member.
  bool begin_member() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return false;
    inflateReset(&stream_);
    inside_member_ = true;
    return true;
  }

  std::string path_;
  std::unique_ptr<ByteSource> compressed_;
  std::vector<char> in_;
  z_stream stream_{};
  bool inside_member_ = false;
};

class ZstdSource final : public ByteSource {
 public:
  ZstdSource(std::string path, std::unique_ptr<ByteSource> compressed)
      : path_(std::move(path)),
        compressed_(std::move(compressed)),
        block_(kCompressedBlock),
        stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    if (stream_ == nullptr) cdh::fail_system("out of memory for zstd");
  }

  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      // Even without new input there may be output left inside the decoder.
      if (in_.pos == in_.size && !flushing_ && !refill()) {
        if (inside_frame_) fail_damaged(path_, "zstd", "ends too early");
        return 0;
      }
      const std::size_t consumed = in_.pos;
      const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in_);
      if (ZSTD_isError(status)) fail_damaged(path_, "zstd", "is damaged");
      // Without input the decoder already asks for the next frame.
      if (in_.pos > consumed || out.pos > 0) inside_frame_ = status != 0;
      flushing_ = out.pos == out.size;
    }
    return out.pos;
  }

 private:
  bool refill() {
    in_ = {block_.data(), compressed_->read(block_.data(), block_.size()), 0};
    return in_.size > 0;
  }

  std::string path_;
  std::unique_ptr<ByteSource> compressed_;
  std::vector<char> block_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream*)> stream_;
  bool inside_frame_ = false;
  bool flushing_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  auto file = std::make_unique<FileSource>(path);
  const std::string_view magic = file->magic();
  if (magic.substr(0, 2) == kGzipMagic) return std::make_unique<GzipSource>(path, std::move(file));
  if (magic == kZstdMagic) return std::make_unique<ZstdSource>(path, std::move(file));
  return file;
}

}  // namespace jsonl
