#include "hub/base/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

// The former file's owner and group: what root replaces must stay its user's. Others may at most
// choose among their groups, so that a failure is none.
void take_owner_over(int file, const struct stat& former) {
  if (::fchown(file, former.st_uid, former.st_gid) == 0) return;
  [[maybe_unused]] const int group = ::fchown(file, static_cast<uid_t>(-1), former.st_gid);
}

// It can only be looked at by setting it. A file that another thread makes meanwhile is too private
// rather than too open.
mode_t current_umask() {
  const mode_t mask = ::umask(0077);
  ::umask(mask);
  return mask;
}

}  // namespace

NewFile::NewFile(std::filesystem::path path, Mode mode) {
  std::error_code not_there;
  // A link stays, and what it leads to is replaced.
  path_ = std::filesystem::weakly_canonical(path, not_there);
  if (not_there) path_ = std::move(path);
  if (std::filesystem::is_directory(path_)) {
    throw Error(ErrorKind::config, path_.string() + " is a folder; name a file in it");
  }
  if (std::filesystem::exists(path_) && !std::filesystem::is_regular_file(path_)) {
    throw Error(ErrorKind::config, path_.string() + " is no plain file; write to stdout instead");
  }
  temporary_ = path_.string() + ".XXXXXX";
  std::string name = temporary_.string();
  file_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (file_ < 0) fail("cannot create");
  temporary_ = name;
  if (mode == Mode::all_may_read) ::fchmod(file_, 0644);
  if (mode == Mode::group_may_read) ::fchmod(file_, 0640 & ~current_umask());
  struct stat former {};
  if (::stat(path_.c_str(), &former) != 0) return;
  take_owner_over(file_, former);
  // mkostemp gives 0600; where more is refused, it stays so.
  if (mode == Mode::like_before) ::fchmod(file_, former.st_mode & 0777);
}

NewFile::~NewFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(temporary_.c_str());
}

void NewFile::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBufferBytes) flush();
}

void NewFile::keep() {
  bring_to_disk();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot replace");
  finish();
}

void NewFile::keep_if_new() {
  bring_to_disk();
  const unsigned int no_replacing = RENAME_NOREPLACE;
  int result = ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), no_replacing);
  if (result != 0 && errno == EINVAL) {  // the file system cannot do it at once
    errno = EEXIST;
    if (!std::filesystem::exists(path_)) result = ::rename(temporary_.c_str(), path_.c_str());
  }
  if (result != 0) fail("cannot make");
  finish();
}

void NewFile::bring_to_disk() {
  flush();
  if (::fsync(file_) != 0) fail("cannot write");
}

void NewFile::finish() {
  ::close(file_);
  file_ = -1;
  // The name is on disk, too, once the folder is.
  const std::filesystem::path folder = path_.has_parent_path() ? path_.parent_path() : ".";
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  ::fsync(directory);
  ::close(directory);
}

void NewFile::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void NewFile::fail(const char* doing) const {
  throw Error(ErrorKind::config,
              std::string(doing) + " " + path_.string() + ": " + std::strerror(errno));
}

}  // namespace cdh
