#include "hub/plugin_host/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// What the child's descriptors and signals become. Everything beyond the socket is closed, also
// what some library opened without close-on-exec.
class SpawnPlan {
 public:
  explicit SpawnPlan(int socket) {
    ::posix_spawn_file_actions_init(&files_);
    ::posix_spawn_file_actions_adddup2(&files_, socket, kChildSocket);
    ::posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&files_, kChildSocket + 1);
    ::posix_spawnattr_init(&attributes_);
    sigset_t signals;
    ::sigemptyset(&signals);
    ::posix_spawnattr_setsigmask(&attributes_, &signals);
    ::sigfillset(&signals);
    ::posix_spawnattr_setsigdefault(&attributes_, &signals);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&files_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

// What every program needs and anybody may know, even where hub.yaml reads it: ${env:HOME} in a
// path.
bool is_harmless(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kNames = {"HOME", "PATH",   "LANG",
                                                             "TZ",   "TMPDIR", "USER"};
  return name.starts_with("LC_") || std::ranges::find(kNames, name) != kNames.end();
}

std::vector<char*> environment_without(const std::vector<std::string>& withheld) {
  std::vector<char*> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    const char* equals = std::strchr(*variable, '=');
    const std::string_view value = equals != nullptr ? equals + 1 : "";
    const std::string_view name =
        std::string_view(*variable).substr(0, std::strcspn(*variable, "="));
    if (is_harmless(name) || std::ranges::find(withheld, value) == withheld.end()) {
      variables.push_back(*variable);
    }
  }
  variables.push_back(nullptr);
  return variables;
}

std::string describe_end(std::optional<int> known_status) {
  if (!known_status) return "ended";
  const int status = *known_status;
  if (WIFEXITED(status)) {
    return "ended its process (exit code " + std::to_string(WEXITSTATUS(status)) + ")";
  }
  const int signal = WTERMSIG(status);
  const char* name = ::sigdescr_np(signal);
  const std::string how = "(signal " + std::to_string(signal) +
                          (name != nullptr ? std::string(", ") + name : std::string()) + ")";
  if (signal == SIGKILL) return "was killed " + how + ", perhaps for want of memory,";
  return "crashed " + how;
}

}  // namespace

ChildProcess::ChildProcess(const std::filesystem::path& program,
                           const std::vector<std::string>& arguments, Descriptor socket,
                           const std::vector<std::string>& withheld) {
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.data()));
  words.push_back(nullptr);
  std::vector<char*> environment = environment_without(withheld);
  const SpawnPlan plan(socket.number());
  const int failed = ::posix_spawn(&pid_, program.c_str(), plan.files(), plan.attributes(),
                                   words.data(), environment.data());
  if (failed != 0) {
    pid_ = -1;
    throw Error(ErrorKind::internal, "cannot start a process of " + program.string() +
                                         " for a plugin: " + std::strerror(failed));
  }
}

void ChildProcess::end() noexcept {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  reap();
}

std::string ChildProcess::wait(std::chrono::milliseconds grace) {
  // Not pidfd_open(): the header of glibc 2.36 declares it as C++.
  const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd until = {ended.number(), POLLIN, 0};
  if (ended.number() >= 0 && ::poll(&until, 1, static_cast<int>(grace.count())) == 0) {
    end();
    return "closed its connection, did not end, and was killed,";
  }
  return describe_end(reap());
}

std::optional<int> ChildProcess::reap() noexcept {
  int status = 0;
  pid_t ended = -1;
  do {
    ended = ::waitpid(pid_, &status, 0);
  } while (ended < 0 && errno == EINTR);
  pid_ = -1;
  return ended < 0 ? std::nullopt : std::optional(status);
}

}  // namespace cdh
