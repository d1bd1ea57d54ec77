#include "hub/match/edge.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

constexpr std::array<MatchField, 7> kOtherFields = {
    MatchField::birth,   MatchField::email,    MatchField::phone, MatchField::identifier,
    MatchField::address, MatchField::employer, MatchField::domain};

// Whether name and birth date both are another's, so that even a trusted number must be wrong.
bool is_another_person(const Comparison& comparison) {
  const Level given = comparison[MatchField::given];
  const Level birth = comparison[MatchField::birth];
  return (given == given_level::other_name || given == given_level::differ) &&
         (birth == birth_level::differ || birth == birth_level::generation);
}

}  // namespace

OtherEvidence other_evidence(const MatchWeights& weights, PartyKind kind,
                             const Comparison& comparison) {
  OtherEvidence evidence;
  for (const MatchField field : kOtherFields) {
    const double weight = weights.weight(kind, comparison, field);
    (weight > 0 ? evidence.supporting : evidence.against) += weight;
  }
  return evidence;
}

PairScore score_pair(const MatchWeights& weights, PartyKind kind, const Comparison& comparison) {
  constexpr double kCorroborated = 3;  // bits
  constexpr double kTrusted = 15;
  PairScore result;
  result.score = weights.score(kind, comparison);
  if (comparison.has_trusted_identifier && !is_another_person(comparison)) {
    return {std::max(result.score, kTrusted), true};
  }
  if (result.score < -kTrusted) return result;
  result.is_corroborated = other_evidence(weights, kind, comparison).supporting >= kCorroborated;
  return result;
}

std::vector<Edge> find_edges(std::span<const Signature> signatures, const CandidatePairs& pairs,
                             const MatchContext& context, const MatchWeights& weights,
                             double least_score) {
  struct Worker {
    Comparer comparer;
    CandidatePairs::Met met;
  };
  return gather<Edge>(
      signatures.size(),
      [&] {
        return Worker{Comparer(context), CandidatePairs::Met(signatures.size())};
      },
      [&](Worker& worker, std::size_t party, std::vector<Edge>& found) {
        const auto a = static_cast<std::uint32_t>(party);
        pairs.for_each_later(a, worker.met, [&](std::uint32_t b) {
          const Comparison comparison = worker.comparer.compare(signatures[a], signatures[b]);
          const PairScore pair = score_pair(weights, signatures[a].kind, comparison);
          if (pair.score < least_score) return;
          found.push_back({a, b, static_cast<float>(pair.score), pair.is_corroborated});
        });
      });
}

}  // namespace cdh
