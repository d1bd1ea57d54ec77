#include "hub/run/run_json.hpp"

#include <utility>

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
                                 {"audit", run.audit.hash.empty() ? "" : to_text(run.audit)},
                                 {"sources", nlohmann::ordered_json::array()}};
  for (const RunSource& source : run.sources) {
    nlohmann::ordered_json stream = {{"source", source.source},
                                     {"stream", source.stream},
                                     {"status", source.status},
                                     {"message", source.message}};
    for (const auto& [name, count] : named_counts()) stream[name] = source.counts.*count;
    json["sources"].push_back(std::move(stream));
  }
  return json;
}

}  // namespace cdh
