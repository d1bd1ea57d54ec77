// Runs the real `cdh` in a temporary folder, without a shell.
//
//     HubFolder hub;
//     hub.write("hub.yaml", "...");
//     const Outcome outcome = hub.run({"check"});
//     EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace cdh::test {

// What a program left behind.
struct Outcome {
  int exit_code = -1;  // -1: a signal ended it
  int signal = 0;
  std::string out, err;
};

// What is taken from the program before it starts.
struct Restrictions {
  std::optional<std::uint64_t> largest_file;  // bytes; writing beyond fails as on a full disk
  bool obeys_file_modes = false;              // also when the tests are run by root
  std::string plugin_path;                    // CDH_PLUGIN_PATH
};

// A program that is still running. Killed when it goes out of scope.
class RunningProgram {
 public:
  RunningProgram(RunningProgram&& other) noexcept;
  ~RunningProgram();

  bool is_running();  // false once it ended by itself
  void kill();        // SIGKILL: no handler of the program runs
  Outcome wait();

 private:
  friend class HubFolder;
  RunningProgram(pid_t pid, std::filesystem::path output);
  void note_end(int status);

  pid_t pid_;
  std::filesystem::path output_;  // its files .out and .err
  Outcome outcome_;
  bool ended_ = false;
};

// A new folder, removed with everything in it.
class HubFolder {
 public:
  HubFolder();
  ~HubFolder();
  HubFolder(const HubFolder&) = delete;
  HubFolder& operator=(const HubFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, std::string_view content) const;
  std::string read(const std::string& name) const;

  // The program with these words, run in the folder.
  Outcome run(const std::vector<std::string>& words, const Restrictions& restrictions = {}) const;
  RunningProgram start(const std::vector<std::string>& words,
                       const Restrictions& restrictions = {}) const;

 private:
  std::filesystem::path path_, output_;
  mutable int runs_ = 0;
};

}  // namespace cdh::test
