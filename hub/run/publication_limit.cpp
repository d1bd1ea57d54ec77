#include "hub/run/publication_limit.hpp"

namespace cdh {

std::string reason_not_to_publish(const ProfileCounts& counts, std::int64_t profiles_before,
                                  const HubLimits& limits) {
  const std::int64_t uprooted = counts.merged + counts.split + counts.removed;
  if (!is_beyond(uprooted, profiles_before, limits.profiles, limits.streams.min_records)) return {};
  return "of " + std::to_string(profiles_before) + " profiles " + std::to_string(counts.merged) +
         " would be merged into others, " + std::to_string(counts.split) + " split and " +
         std::to_string(counts.removed) + " removed, " + limit_text("profiles", limits.profiles) +
         ", so nothing was published. See what changed in the sources, in the mapping or in "
         "`match`; if it is right, run `cdh run --accept-changes`";
}

}  // namespace cdh
