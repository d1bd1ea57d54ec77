#include "hub/run/waiting_refs.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace cdh {

std::string describe_waiting(std::span<const UnresolvedRef> refs,
                             std::span<const StreamName> streams) {
  constexpr std::size_t kMostShown = 5;
  if (refs.empty()) return {};
  std::map<std::string, std::size_t> counts;
  for (const UnresolvedRef& ref : refs) {
    const auto stream = std::ranges::find(streams, ref.stream_id, &StreamName::id);
    if (stream == streams.end()) continue;
    ++counts[ref.entity + "." + ref.ref + " to " + stream->source + "/" + stream->stream];
  }
  std::vector<std::pair<std::string, std::size_t>> groups(counts.begin(), counts.end());
  std::ranges::stable_sort(groups, std::ranges::greater(), &decltype(groups)::value_type::second);
  std::string text = std::to_string(refs.size()) +
                     (refs.size() == 1 ? " reference waits" : " references wait") +
                     " for records that are not there: ";
  for (std::size_t i = 0; i < groups.size() && i < kMostShown; ++i) {
    text += (i == 0 ? "" : ", ") + groups[i].first + " (" + std::to_string(groups[i].second) + ")";
  }
  return groups.size() > kMostShown ? text + ", ..." : text;
}

}  // namespace cdh
