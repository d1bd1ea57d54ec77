#include "hub/run/publication_limit.hpp"

namespace cdh {

std::string reason_not_to_publish(const ProfileCounts& counts, std::int64_t profiles_before) {
  constexpr std::int64_t kFewProfiles = 100;
  const std::int64_t uprooted = counts.merged + counts.split + counts.removed;
  if (profiles_before < kFewProfiles || uprooted <= profiles_before / 2) return {};
  return "of " + std::to_string(profiles_before) + " profiles " + std::to_string(counts.merged) +
         " would be merged into others, " + std::to_string(counts.split) + " split and " +
         std::to_string(counts.removed) +
         " removed, so nothing was published. See what changed in the sources, in the mapping or "
         "in "
         "`match`; if it is right, run `cdh run --accept-changes`";
}

}  // namespace cdh
