#include "hub/match/sole_records.hpp"

#include <algorithm>
#include <string>

namespace cdh {

bool is_of_sole_source(const PartyIdentity& party, const MatchPolicy& policy) {
  if (policy.one_per_source.empty()) return false;
  const std::string_view source = std::string_view(party.key).substr(0, party.key.find('/'));
  return std::ranges::find(policy.one_per_source, source) != policy.one_per_source.end();
}

SoleRecords::SoleRecords(const PartyIdentity& party, const MatchPolicy& policy) {
  if (!is_of_sole_source(party, policy)) return;
  const std::string_view key = party.key;
  sources_.push_back({party.source, key.substr(0, key.rfind('/'))});
}

bool SoleRecords::exclude(const SoleRecords& others) const {
  auto other = others.sources_.begin();
  for (const OfSource& one : sources_) {
    while (other != others.sources_.end() && other->source < one.source) ++other;
    if (other == others.sources_.end()) return false;
    if (other->source != one.source) continue;
    if (one.record.empty() || one.record != other->record) return true;
  }
  return false;
}

void SoleRecords::add(const SoleRecords& others) {
  for (const OfSource& other : others.sources_) {
    const auto at = std::ranges::lower_bound(sources_, other.source, {}, &OfSource::source);
    if (at == sources_.end() || at->source != other.source) {
      sources_.insert(at, other);
    } else if (at->record != other.record) {
      at->record = {};
    }
  }
}

}  // namespace cdh
