#include "tests/app/program.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cdh::test {

namespace {

namespace fs = std::filesystem;

constexpr int kCannotStart = 127;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

[[noreturn]] void fail(const std::string& doing) {
  throw std::runtime_error(doing + ": " + std::strerror(errno));
}

void redirect(int descriptor, const std::string& file) {
  const int opened = ::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(kCannotStart);
}

void restrict_child(const Restrictions& restrictions) {
  if (restrictions.largest_file) {
    const rlimit limit = {*restrictions.largest_file, *restrictions.largest_file};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (restrictions.obeys_file_modes) {
    // Root passes over file modes by these capabilities; nobody else has them to begin with.
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
  }
  if (!restrictions.plugin_path.empty()) {
    ::setenv("CDH_PLUGIN_PATH", restrictions.plugin_path.c_str(), 1);
  }
}

}  // namespace

RunningProgram::RunningProgram(pid_t pid, fs::path output)
    : pid_(pid), output_(std::move(output)) {}

RunningProgram::RunningProgram(RunningProgram&& other) noexcept
    : pid_(other.pid_),
      output_(std::move(other.output_)),
      outcome_(std::move(other.outcome_)),
      ended_(std::exchange(other.ended_, true)) {}

RunningProgram::~RunningProgram() {
  if (ended_) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void RunningProgram::note_end(int status) {
  ended_ = true;
  if (WIFEXITED(status)) outcome_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome_.signal = WTERMSIG(status);
  outcome_.out = content_of(output_.string() + ".out");
  outcome_.err = content_of(output_.string() + ".err");
}

bool RunningProgram::is_running() {
  int status = 0;
  if (!ended_ && ::waitpid(pid_, &status, WNOHANG) == pid_) note_end(status);
  return !ended_;
}

void RunningProgram::kill() {
  if (is_running()) ::kill(pid_, SIGKILL);
}

Outcome RunningProgram::wait() {
  int status = 0;
  if (!ended_) {
    if (::waitpid(pid_, &status, 0) != pid_) fail("cannot wait for the program");
    note_end(status);
  }
  return outcome_;
}

HubFolder::HubFolder() {
  const auto make = [] {
    std::string name = (fs::temp_directory_path() / "cdh-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) fail("cannot make " + name);
    return fs::path(name);
  };
  path_ = make();
  output_ = make();
}

HubFolder::~HubFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  fs::remove_all(output_, ignored);
}

void HubFolder::write(const std::string& name, std::string_view content) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream file(path_ / name, std::ios::binary);
  file << content;
  file.close();
  if (!file) fail("cannot write " + name);
}

std::string HubFolder::read(const std::string& name) const { return content_of(path_ / name); }

RunningProgram HubFolder::start(const std::vector<std::string>& words,
                                const Restrictions& restrictions) const {
  const std::string program = CDH_TEST_BIN_DIR "/cdh";
  const std::string output = (output_ / std::to_string(++runs_)).string();
  std::vector<char*> arguments = {const_cast<char*>(program.c_str())};
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) fail("cannot fork");
  if (pid == 0) {
    redirect(STDOUT_FILENO, output + ".out");
    redirect(STDERR_FILENO, output + ".err");
    if (::chdir(path_.c_str()) != 0) ::_exit(kCannotStart);
    restrict_child(restrictions);
    ::execv(program.c_str(), arguments.data());
    ::_exit(kCannotStart);
  }
  return RunningProgram(pid, output);
}

Outcome HubFolder::run(const std::vector<std::string>& words,
                       const Restrictions& restrictions) const {
  return start(words, restrictions).wait();
}

}  // namespace cdh::test
