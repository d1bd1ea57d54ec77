// Everything that is wrong with a configuration, told at once.
#pragma once

#include <string>
#include <vector>

#include "hub/config/setting.hpp"

namespace cdh {

// Collects faults while reading goes on; throws them together at the end.
class ConfigFaults {
 public:
  void add(const Location& where, std::string message);

  // Throws Error(config) with one line a fault, in the order of the file: "hub.yaml:12: ...". After
  // a hundred the rest is only counted. Does nothing when there is none.
  void throw_if_any() const;

 private:
  struct Fault {
    Location where;
    std::string message;
  };
  std::vector<Fault> faults_;
};

}  // namespace cdh
