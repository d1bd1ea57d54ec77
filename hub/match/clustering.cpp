#include "hub/match/clustering.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "hub/match/link.hpp"

namespace cdh {

namespace {

// Disjoint sets whose members can be walked, and which of them must stay apart: a union-find, a
// ring of members for each set, and for each root the roots of the other sets.
class Components {
 public:
  explicit Components(std::size_t count) : parent_(count), next_(count), size_(count, 1) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    std::iota(next_.begin(), next_.end(), 0U);
  }

  std::uint32_t root(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  std::size_t size(std::uint32_t root) const { return size_[root]; }
  std::uint32_t next(std::uint32_t member) const { return next_[member]; }

  void unite(std::uint32_t root_a, std::uint32_t root_b) {
    if (size_[root_a] < size_[root_b]) std::swap(root_a, root_b);
    parent_[root_b] = root_a;
    size_[root_a] += size_[root_b];
    std::swap(next_[root_a], next_[root_b]);
    take_over_apart(root_a, root_b);
  }

  // For good: what these two have will be in any set that they become part of.
  void keep_apart(std::uint32_t root_a, std::uint32_t root_b) {
    apart_[root_a].insert(root_b);
    apart_[root_b].insert(root_a);
  }
  bool are_apart(std::uint32_t root_a, std::uint32_t root_b) const {
    const auto found = apart_.find(root_a);
    return found != apart_.end() && found->second.contains(root_b);
  }

 private:
  void take_over_apart(std::uint32_t root, std::uint32_t absorbed) {
    const auto node = apart_.extract(absorbed);
    if (node.empty()) return;
    for (const std::uint32_t other : node.mapped()) {
      apart_[other].erase(absorbed);
      keep_apart(root, other);
    }
  }

  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> size_;
  std::unordered_map<std::uint32_t, std::unordered_set<std::uint32_t>> apart_;
};

// "source/stream/source_key", without the name of the entity.
std::string_view record_of(const PartyIdentity& identity) {
  return std::string_view(identity.key).substr(0, identity.key.rfind('/'));
}

// The decisions, with indices in place of ids.
struct IndexedDecisions {
  std::vector<Link> always;
  std::unordered_set<std::uint64_t> never;  // pairs, see pair_key

  static std::uint64_t pair_key(std::uint32_t a, std::uint32_t b) {
    return std::uint64_t{std::min(a, b)} << 32 | std::max(a, b);
  }
};

IndexedDecisions index_decisions(std::span<const Signature> signatures,
                                 std::span<const Decision> decisions) {
  IndexedDecisions indexed;
  if (decisions.empty()) return indexed;
  std::unordered_map<std::int64_t, std::uint32_t> index_of;
  for (const Decision& decision : decisions) {
    index_of[decision.party_a] = index_of[decision.party_b] = kNobody;
  }
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    const auto found = index_of.find(signatures[i].identity.id);
    if (found != index_of.end()) found->second = static_cast<std::uint32_t>(i);
  }
  for (const Decision& decision : decisions) {
    const std::uint32_t a = index_of[decision.party_a];
    const std::uint32_t b = index_of[decision.party_b];
    if (a == kNobody || b == kNobody || a == b) continue;
    if (decision.kind == Decision::Kind::never_together) {
      indexed.never.insert(IndexedDecisions::pair_key(a, b));
    } else {
      indexed.always.push_back({a, b, {LinkRule::decision, NameAgreement::equal}});
    }
  }
  return indexed;
}

// The numbers of the sources of which at most one record belongs to a profile.
std::unordered_set<std::uint32_t> sources_without_duplicates(std::span<const Signature> signatures,
                                                             const MatchPolicy& policy) {
  std::unordered_set<std::uint32_t> sources;
  if (policy.one_per_source.empty()) return sources;
  for (const Signature& signature : signatures) {
    const PartyIdentity& identity = signature.identity;
    const std::string_view source =
        std::string_view(identity.key).substr(0, identity.key.find('/'));
    if (std::ranges::find(policy.one_per_source, source) != policy.one_per_source.end()) {
      sources.insert(identity.source);
    }
  }
  return sources;
}

// Takes the links one after the other, as far as the guards let them.
class Joiner {
 public:
  Joiner(std::span<const Signature> signatures, const IndexedDecisions& decisions,
         const MatchPolicy& policy, const KeySet& crowded)
      : signatures_(signatures),
        decisions_(decisions),
        crowded_(crowded),
        one_per_source_(sources_without_duplicates(signatures, policy)),
        components_(signatures.size()) {}

  void take(const Link& link) {
    const std::uint32_t root_a = components_.root(link.a);
    const std::uint32_t root_b = components_.root(link.b);
    if (root_a == root_b || components_.are_apart(root_a, root_b)) return;
    if (components_.size(root_a) + components_.size(root_b) > kMaxProfileParties) return;
    if (must_stay_apart(link, root_a, root_b)) {
      components_.keep_apart(root_a, root_b);
    } else {
      components_.unite(root_a, root_b);
      taken.push_back(link);
    }
  }

  std::vector<Link> taken;

 private:
  // True stays true for the links that follow: those of decisions come first, and what stops them
  // stops every other.
  bool must_stay_apart(const Link& link, std::uint32_t root_a, std::uint32_t root_b) const {
    std::uint32_t a = root_a;
    do {
      std::uint32_t b = root_b;
      do {
        if (must_stay_apart(a, b, link)) return true;
        b = components_.next(b);
      } while (b != root_b);
      a = components_.next(a);
    } while (a != root_a);
    return false;
  }

  bool must_stay_apart(std::uint32_t a, std::uint32_t b, const Link& link) const {
    if (!decisions_.never.empty() && decisions_.never.contains(IndexedDecisions::pair_key(a, b))) {
      return true;
    }
    if (link.reason.rule == LinkRule::decision) return false;
    const Signature& of_a = signatures_[a];
    const Signature& of_b = signatures_[b];
    if (of_a.identity.source == of_b.identity.source &&
        one_per_source_.contains(of_a.identity.source) &&
        record_of(of_a.identity) != record_of(of_b.identity)) {
      return true;
    }
    // compare() has judged the linked pair itself.
    const bool is_the_pair = a == link.a && b == link.b;
    return !is_the_pair && contradict(of_a, of_b, crowded_);
  }

  std::span<const Signature> signatures_;
  const IndexedDecisions& decisions_;
  const KeySet& crowded_;
  const std::unordered_set<std::uint32_t> one_per_source_;
  Components components_;
};

// The links taken, from both ends: for each party those that lead away from it.
struct Neighbours {
  std::vector<std::uint32_t> starts;
  std::vector<std::pair<std::uint32_t, const LinkReason*>> ends;
};

Neighbours neighbours_of(std::size_t count, std::span<const Link> links) {
  Neighbours neighbours;
  neighbours.starts.assign(count + 1, 0);
  neighbours.ends.resize(links.size() * 2);
  for (const Link& link : links) {
    ++neighbours.starts[link.a + 1];
    ++neighbours.starts[link.b + 1];
  }
  std::partial_sum(neighbours.starts.begin(), neighbours.starts.end(), neighbours.starts.begin());
  std::vector<std::uint32_t> fill(neighbours.starts.begin(), neighbours.starts.end() - 1);
  for (const Link& link : links) {
    neighbours.ends[fill[link.a]++] = {link.b, &link.reason};
    neighbours.ends[fill[link.b]++] = {link.a, &link.reason};
  }
  return neighbours;
}

// Clusters in the order of their first member in the input; within one, by key text, with the joins
// leading to the member with the smallest.
void lay_out(std::span<const Signature> signatures, std::span<const Link> taken,
             Clustering& clustering) {
  const Neighbours neighbours = neighbours_of(signatures.size(), taken);
  clustering.members.reserve(signatures.size());
  clustering.joins.resize(signatures.size());
  std::vector<bool> is_placed(signatures.size());
  // Appends what is reached from `start`; notes the joins on the way when asked to.
  const auto walk = [&](std::uint32_t start, std::vector<std::uint32_t>& reached, bool note_joins) {
    reached.assign(1, start);
    std::vector<std::uint32_t> from(1, kNobody);
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const std::uint32_t member = reached[i];
      for (std::uint32_t k = neighbours.starts[member]; k < neighbours.starts[member + 1]; ++k) {
        const auto [end, reason] = neighbours.ends[k];
        if (end == from[i]) continue;  // the links of a cluster are a tree: no other way back
        reached.push_back(end);
        from.push_back(member);
        if (note_joins) clustering.joins[end] = {member, *reason};
      }
    }
  };

  std::vector<std::uint32_t> cluster;
  for (std::uint32_t i = 0; i < signatures.size(); ++i) {
    if (is_placed[i]) continue;
    clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
    if (neighbours.starts[i] == neighbours.starts[i + 1]) {
      clustering.members.push_back(i);
      continue;
    }
    const auto by_key = [&](std::uint32_t member) -> const std::string& {
      return signatures[member].identity.key;
    };
    walk(i, cluster, false);
    walk(*std::ranges::min_element(cluster, {}, by_key), cluster, true);
    std::ranges::sort(cluster, {}, by_key);
    for (const std::uint32_t member : cluster) is_placed[member] = true;
    clustering.members.insert(clustering.members.end(), cluster.begin(), cluster.end());
  }
  clustering.starts.push_back(static_cast<std::uint32_t>(clustering.members.size()));
}

}  // namespace

Clustering cluster(std::span<const Signature> signatures, std::span<const Posting> postings,
                   std::span<const Decision> decisions, const MatchPolicy& policy,
                   const KeySet& crowded) {
  const IndexedDecisions indexed = index_decisions(signatures, decisions);
  std::vector<Link> links = find_links(signatures, postings, crowded);
  links.insert(links.end(), indexed.always.begin(), indexed.always.end());
  sort_links(signatures, links);

  Joiner joiner(signatures, indexed, policy, crowded);
  for (const Link& link : links) joiner.take(link);

  Clustering clustering;
  lay_out(signatures, joiner.taken, clustering);
  return clustering;
}

}  // namespace cdh
