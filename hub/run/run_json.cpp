#include "hub/run/run_json.hpp"

#include <nlohmann/json.hpp>

namespace cdh {

namespace {

nlohmann::ordered_json profile_counts(const ProfileCounts& counts) {
  return {{"total", counts.total},   {"created", counts.created}, {"changed", counts.changed},
          {"merged", counts.merged}, {"split", counts.split},     {"removed", counts.removed}};
}

}  // namespace

nlohmann::ordered_json to_json(const RunEntry& run) {
  nlohmann::ordered_json json = {{"run", run.id},
                                 {"kind", name_of(run.kind)},
                                 {"status", run.status},
                                 {"message", run.message},
                                 {"started_at", run.started_at},
                                 {"finished_at", run.finished_at},
                                 {"profiles", profile_counts(run.profiles)},
                                 {"review_items", run.review_items},
                                 {"sources", nlohmann::ordered_json::array()}};
  for (const RunSource& source : run.sources) {
    const StreamCounts& counts = source.counts;
    json["sources"].push_back({{"source", source.source},
                               {"stream", source.stream},
                               {"status", source.status},
                               {"message", source.message},
                               {"read", counts.read},
                               {"added", counts.added},
                               {"changed", counts.changed},
                               {"unchanged", counts.unchanged},
                               {"gone", counts.gone},
                               {"remapped", counts.remapped},
                               {"filtered", counts.filtered},
                               {"repeated", counts.repeated},
                               {"quarantined", counts.quarantined},
                               {"split_off", counts.split_off},
                               {"newly_quarantined", counts.newly_quarantined}});
  }
  return json;
}

}  // namespace cdh
