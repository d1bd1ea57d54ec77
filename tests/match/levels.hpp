// Levels of agreement by name, and what comparing needs where nothing was counted.
#pragma once

#include <string_view>

#include "hub/match/comparison.hpp"

namespace cdh {

// "nickname"; "missing" where there is nothing to compare.
inline std::string_view level_name(MatchField field, Level level) {
  if (level == kMissing) return "missing";
  return level_names(field)[static_cast<std::size_t>(level)];
}

struct UncountedContext {
  ValueCounts counts;
  WordFrequencies frequencies;
  SharedValues shared;
  MatchContext context;

  explicit UncountedContext(const Vocabulary& words)
      : frequencies(words, counts), context{words, counts, frequencies, shared} {}
  UncountedContext(const UncountedContext&) = delete;
  UncountedContext& operator=(const UncountedContext&) = delete;
};

}  // namespace cdh
