#include "hub/config/faults.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxShown = 100;

}  // namespace

void ConfigFaults::add(const Location& where, std::string message) {
  faults_.push_back({where, std::move(message)});
}

void ConfigFaults::throw_if_any() const {
  if (faults_.empty()) return;
  std::vector<Fault> sorted = faults_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Fault& left, const Fault& right) {
    return left.where.line < right.where.line;
  });
  // An anchor used in several places is checked in each of them: its faults are told once.
  std::vector<std::string> lines;
  std::set<std::string> told;
  for (const Fault& fault : sorted) {
    const std::string place = to_text(fault.where);
    std::string line = place.empty() ? fault.message : place + ": " + fault.message;
    if (told.insert(line).second) lines.push_back(std::move(line));
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), kMaxShown); ++i) {
    text += (text.empty() ? "" : "\n") + lines[i];
  }
  if (lines.size() > kMaxShown) {
    text += "\nand " + std::to_string(lines.size() - kMaxShown) + " more";
  }
  throw Error(ErrorKind::config, text);
}

}  // namespace cdh
