#include "hub/ingest/departures.hpp"

#include <algorithm>
#include <variant>

#include "hub/ingest/verdict.hpp"

namespace cdh {

std::vector<Departure> departures(const KnownRecords& records, const Fingerprint& raw,
                                  std::span<const MappedOutput> outputs) {
  std::optional<std::int64_t> at;
  std::vector<KnownRecords::Index> made, former;
  for (const MappedOutput& output : outputs) {
    const auto* row = std::get_if<MappedRow>(&output.result);
    if (row == nullptr) return {};
    if (!at) at = row->updated_at;
    const auto known = records.find_key(fingerprint(row->source_key));
    if (!known) continue;
    if (!output.left_out) made.push_back(known->index);
    if (known->raw != raw) records.append_present_of(known->raw, former);
  }
  std::ranges::sort(former);
  former.erase(std::unique(former.begin(), former.end()), former.end());
  std::vector<Departure> gone;
  for (const KnownRecords::Index index : former) {
    if (std::ranges::find(made, index) != made.end()) continue;
    const KnownRecords::Known record = records.at(index);
    RowFacts facts;
    facts.deletion = true;
    facts.updated_at = at;
    facts.known = true;
    facts.known_updated_at = record.updated_at;
    if (judge(facts) == Verdict::deleted) gone.push_back({record, at});
  }
  return gone;
}

}  // namespace cdh
