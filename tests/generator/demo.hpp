// The demo data: five departments of one fictitious company that sells to people and to companies
// in Poland, Britain and China; see departments.hpp for the files and truth.hpp for the truth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace cdh::generator {

struct DemoOptions {
  std::filesystem::path folder = {};  // created when missing
  std::uint64_t seed = 1;
  std::size_t customers = 2000;  // 20 to 1,000,000
};

struct DemoCounts {
  std::size_t customers = 0;  // people and companies
  std::size_t parties = 0;    // lines of truth.csv
  std::size_t broken = 0;     // lines of broken.csv
};

// The same options give the same bytes, on every machine. Throws Error(config) for options out of
// bounds, Error(source) when a file cannot be written.
DemoCounts write_demo(const DemoOptions& options);

}  // namespace cdh::generator
