#include "file_stream.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include <cdh/plugin.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decompression.hpp"

namespace cdh::csv {
namespace {

std::string cause() { return std::strerror(errno); }

class FileStream final : public ByteStream {
 public:
  FileStream(const std::string& path, std::function<void()> changed)
      : path_(path), changed_(std::move(changed)) {
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) fail_system("cannot open " + path + ": " + cause());
    if (::fstat(descriptor_, &opened_) != 0 || !S_ISREG(opened_.st_mode)) {
      ::close(descriptor_);
      fail_system(path + " is not a regular file");
    }
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~FileStream() override { ::close(descriptor_); }
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    while (true) {
      const ssize_t count = ::read(descriptor_, to, size);
      if (count > 0) return static_cast<std::size_t>(count);
      if (count == 0) {
        tell_if_changed();
        return 0;
      }
      if (errno != EINTR) fail_system("cannot read " + path_ + ": " + cause());
    }
  }

  // The first bytes, without moving on.
  std::string peek(std::size_t size) const {
    std::string bytes(size, '\0');
    const ssize_t count = ::pread(descriptor_, bytes.data(), size, 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

 private:
  void tell_if_changed() {
    struct stat now {};
    if (!changed_ || ::fstat(descriptor_, &now) != 0) return;
    const bool same = now.st_size == opened_.st_size &&
                      now.st_mtim.tv_sec == opened_.st_mtim.tv_sec &&
                      now.st_mtim.tv_nsec == opened_.st_mtim.tv_nsec;
    if (!same) changed_();
    changed_ = nullptr;
  }

  std::string path_;
  std::function<void()> changed_;
  int descriptor_ = -1;
  struct stat opened_ {};
};

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

}  // namespace

std::unique_ptr<ByteStream> open_file(const std::string& path, std::function<void()> changed) {
  auto file = std::make_unique<FileStream>(path, std::move(changed));
  const std::string magic = file->peek(4);
  if (starts_with(magic, "\x1F\x8B")) return gunzip(std::move(file), path);
  if (starts_with(magic, "\x28\xB5\x2F\xFD")) return unzstd(std::move(file), path);
  return file;
}

}  // namespace cdh::csv
