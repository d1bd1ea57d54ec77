#include "hub/run/decision_conflict.hpp"

#include <map>
#include <string_view>
#include <utility>

namespace cdh {

namespace {

using Names = std::pair<std::string_view, std::string_view>;

// The latest decision of each pair that it was made on.
std::map<Names, const StoredDecision*> latest(std::span<const StoredDecision> decisions) {
  std::map<Names, const StoredDecision*> found;
  for (const StoredDecision& decision : decisions) {
    if (decision.kind == "pin") continue;
    Names names{decision.left, decision.right};
    if (names.second < names.first) std::swap(names.first, names.second);
    found[names] = &decision;
  }
  return found;
}

// Disjoint sets of records, by their names.
class Customers {
 public:
  std::string_view of(std::string_view record) {
    for (;;) {
      const auto at = parent_.find(record);
      if (at == parent_.end()) return record;
      record = at->second;
    }
  }
  void unite(std::string_view a, std::string_view b) {
    a = of(a);
    b = of(b);
    if (a != b) parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::map<std::string_view, std::string_view> parent_;
};

std::map<Names, const StoredDecision*> contradictions(std::span<const StoredDecision> decisions) {
  std::map<Names, const StoredDecision*> of_pairs = latest(decisions);
  Customers customers;
  for (const auto& [names, decision] : of_pairs) {
    if (decision->kind == "together") customers.unite(names.first, names.second);
  }
  std::erase_if(of_pairs, [&](const auto& pair) {
    const auto& [names, decision] = pair;
    return decision->kind == "together" || customers.of(names.first) != customers.of(names.second);
  });
  return of_pairs;
}

}  // namespace

std::optional<StoredDecision> contradicted_decision(std::span<const StoredDecision> decisions,
                                                    std::size_t from) {
  const auto before = contradictions(decisions.first(from));
  for (const auto& [names, decision] : contradictions(decisions)) {
    if (!before.contains(names)) return *decision;
  }
  return std::nullopt;
}

}  // namespace cdh
