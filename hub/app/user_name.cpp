#include "hub/app/user_name.hpp"

#include <cstdlib>

namespace cdh {

std::string user_name() {
  for (const char* variable : {"SUDO_USER", "USER", "LOGNAME"}) {
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') return name;
  }
  return "unknown";
}

}  // namespace cdh
