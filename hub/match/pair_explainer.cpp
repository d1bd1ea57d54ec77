#include "hub/match/pair_explainer.hpp"

#include <array>

namespace cdh {

std::optional<PairEvidence> PairExplainer::explain(std::int64_t a, std::int64_t b) {
  excerpt_.load({a, b});
  if (!excerpt_.is_known(a) || !excerpt_.is_known(b)) return std::nullopt;
  const Signature& one = excerpt_.now(a);
  const Signature& other = excerpt_.now(b);
  if (one.kind != other.kind) return std::nullopt;
  excerpt_.load_values_of(std::array{a, b});
  return pair_evidence(weights_, one.kind, Comparer(excerpt_.context()).compare(one, other));
}

}  // namespace cdh
