// A child process with a socket to it.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "hub/plugin_host/descriptor.hpp"

namespace cdh {

// The descriptor under which a child finds its socket.
constexpr int kChildSocket = 3;

// Runs from construction on. Its standard input and output are /dev/null, its standard error is
// ours, and of other descriptors it has only its socket. Not thread-safe.
class ChildProcess {
 public:
  // `arguments` begin with the name that `ps` shows. Of the environment everything is passed on but
  // the variables whose whole value is one of `withheld`; HOME, PATH, USER and those of language,
  // time zone and temporary files stay even then. Throws Error(internal) when the program
  // cannot be started.
  ChildProcess(const std::filesystem::path& program, const std::vector<std::string>& arguments,
               Descriptor socket, const std::vector<std::string>& withheld);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess() { end(); }

  // Waits until it has ended, and after `grace` ends it by force. What became of it, as a clause:
  // "crashed (signal 11, Segmentation fault)". Only once.
  std::string wait(std::chrono::milliseconds grace);

  // Ends it by force, unless it was waited for.
  void end() noexcept;

 private:
  std::optional<int> reap() noexcept;  // nothing: where SIGCHLD is ignored, nobody is told
  pid_t pid_ = -1;                     // -1: reaped
};

}  // namespace cdh
