// A MariaDB server of one test alone, for what concerns a whole server.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace cdh {

// `with` is what tests/services/mariadb.sh takes after the folder: "" or "tls".
class OwnMariadb {
 public:
  explicit OwnMariadb(const std::string& with = "") { script("start", " " + with); }
  ~OwnMariadb() {
    try {
      script("stop", "");
    } catch (const std::exception& failure) {
      ADD_FAILURE() << failure.what();
    }
  }
  OwnMariadb(const OwnMariadb&) = delete;
  OwnMariadb& operator=(const OwnMariadb&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  std::string line_of(const std::string& file) const {
    std::ifstream in(folder_ / file);
    std::string line;
    std::getline(in, line);
    return line;
  }

 private:
  void script(const std::string& action, const std::string& option) const {
    const std::string command = CDH_TEST_SOURCE_DIR "/tests/services/mariadb.sh " + action + " '" +
                                folder_.string() + "'" + option;
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command + " failed");
  }

  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("cdh-own-mariadb-" + std::to_string(::getpid()));
};

}  // namespace cdh
