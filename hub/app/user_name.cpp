#include "hub/app/user_name.hpp"

#include <array>
#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

namespace cdh {

std::string user_name() {
  std::array<char, 16'384> memory{};
  passwd entry{};
  passwd* found = nullptr;
  const uid_t user = ::geteuid();
  const bool is_known =
      ::getpwuid_r(user, &entry, memory.data(), memory.size(), &found) == 0 && found != nullptr;
  const std::string name = is_known ? found->pw_name : "user " + std::to_string(user);
  // Only root can tell who stands behind it.
  const char* behind = user == 0 ? std::getenv("SUDO_USER") : nullptr;
  return behind != nullptr && *behind != '\0' ? behind : name;
}

}  // namespace cdh
