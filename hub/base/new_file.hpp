// A file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace cdh {

// Writes beside `path` and takes its place by renaming, so that a reader sees the former file or
// the finished one. What is not kept disappears again.
//
//     NewFile file("links.csv");
//     file.write("source,key\n");
//     file.keep();
//
// Readable by its owner only (mode 0600): exports hold personal data, others secrets. `like_before`
// takes a former file's mode over; `group_may_read` is 0640 or what the umask leaves of it;
// `all_may_read`, 0644, is for what holds neither. Its owner and group stay
// in any case, where this user may give them: what root replaces, the file's user can go on with. One
// thread at a time. Failures are Error(config) with the path and the system's reason.
class NewFile {
 public:
  enum class Mode { like_before, owner_only, group_may_read, all_may_read };
  explicit NewFile(std::filesystem::path path, Mode mode = Mode::like_before);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view bytes);
  // Where it is written until it is kept, for who fills it by other means than write().
  const std::filesystem::path& temporary() const { return temporary_; }
  // Everything is on disk when it returns.
  void keep();
  // The same, unless there is a file of that name: then that one stays, and it fails.
  void keep_if_new();

 private:
  void flush();
  void bring_to_disk();
  void finish();
  [[noreturn]] void fail(const char* doing) const;

  std::filesystem::path path_, temporary_;
  int file_ = -1;
  std::string buffer_;
};

}  // namespace cdh
