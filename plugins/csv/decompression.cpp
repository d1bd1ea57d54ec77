#include "decompression.hpp"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <cdh/plugin.hpp>

#include <zlib.h>
#include <zstd.h>

namespace cdh::csv {
namespace {

constexpr std::size_t kInputSize = 64 * 1024;
constexpr int kZstdWindowLogMax = 27;

[[noreturn]] void fail_cut_off(const std::string& name) {
  fail_data(name + " is cut off: its compressed data ends too early; get the file anew");
}
[[noreturn]] void fail_damaged(const std::string& name, const char* reason) {
  fail_data(name + " is damaged: " + (reason != nullptr ? reason : "its checksum is wrong"));
}

class GzipStream final : public ByteStream {
 public:
  GzipStream(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), input_(kInputSize) {
    constexpr int kGzipWithLargestWindow = 15 + 16;
    if (::inflateInit2(&zlib_, kGzipWithLargestWindow) != Z_OK) fail_system("out of memory");
  }
  ~GzipStream() override { ::inflateEnd(&zlib_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const uInt wanted = static_cast<uInt>(size < kMost ? size : kMost);
    zlib_.next_out = reinterpret_cast<Bytef*>(to);
    zlib_.avail_out = wanted;
    while (zlib_.avail_out == wanted) {
      if (zlib_.avail_in == 0 && !refill()) {
        if (inside_member_) fail_cut_off(name_);
        return 0;
      }
      if (!inside_member_ && !begin_member()) continue;
      const int status = ::inflate(&zlib_, Z_NO_FLUSH);
      if (status == Z_STREAM_END) {
        inside_member_ = false;
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        if (zlib_.avail_out < wanted) break;  // it fails again when asked for more
        fail_damaged(name_, zlib_.msg);
      }
    }
    return wanted - zlib_.avail_out;
  }

 private:
  bool refill() {
    zlib_.avail_in = static_cast<uInt>(packed_->read(input_.data(), input_.size()));
    zlib_.next_in = reinterpret_cast<Bytef*>(input_.data());
    return zlib_.avail_in > 0;
  }
  // Tapes and block devices pad a file with zeros: they may follow a member.
  bool begin_member() {
    while (zlib_.avail_in > 0 && *zlib_.next_in == 0) {
      ++zlib_.next_in;
      --zlib_.avail_in;
    }
    if (zlib_.avail_in == 0) return false;
    ::inflateReset(&zlib_);
    inside_member_ = true;
    return true;
  }

  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> input_;
  z_stream zlib_{};
  bool inside_member_ = false;
};

class ZstdStream final : public ByteStream {
 public:
  ZstdStream(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)),
        name_(std::move(name)),
        input_(kInputSize),
        zstd_(::ZSTD_createDCtx(), &::ZSTD_freeDCtx) {
    if (!zstd_) fail_system("out of memory");
    ::ZSTD_DCtx_setParameter(zstd_.get(), ZSTD_d_windowLogMax, kZstdWindowLogMax);
  }

  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size && !flushing_) {
        in_ = {input_.data(), packed_->read(input_.data(), input_.size()), 0};
        if (in_.size == 0) {
          if (inside_frame_) fail_cut_off(name_);
          return 0;
        }
      }
      const std::size_t status = ::ZSTD_decompressStream(zstd_.get(), &out, &in_);
      if (::ZSTD_isError(status)) fail_damaged(name_, ::ZSTD_getErrorName(status));
      inside_frame_ = status != 0;
      // A full output may mean that more is waiting inside, input or not.
      flushing_ = inside_frame_ && out.pos == out.size;
    }
    return out.pos;
  }

 private:
  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> input_;
  std::unique_ptr<ZSTD_DCtx, decltype(&::ZSTD_freeDCtx)> zstd_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool inside_frame_ = false;
  bool flushing_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> packed, std::string name) {
  return std::make_unique<GzipStream>(std::move(packed), std::move(name));
}
std::unique_ptr<ByteStream> unzstd(std::unique_ptr<ByteStream> packed, std::string name) {
  return std::make_unique<ZstdStream>(std::move(packed), std::move(name));
}

}  // namespace cdh::csv
