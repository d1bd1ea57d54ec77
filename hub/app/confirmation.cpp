#include "hub/app/confirmation.hpp"

#include <iostream>

#include <unistd.h>

#include "hub/base/error.hpp"

namespace cdh {

bool is_confirmed(const std::string& question, const std::string& doing) {
  if (::isatty(STDIN_FILENO) != 1) {
    throw Error(ErrorKind::config,
                "nobody can be asked whether " + doing + "; add --yes if you are sure");
  }
  std::cerr << question << " [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "yes";
}

}  // namespace cdh
