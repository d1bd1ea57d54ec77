// From pairs to customers. Not bare connected components: strong links are taken first, one that
// would join what conflicts is left out, and where a record could as well be another's it is left
// alone. Names alone join last, and only where no namesake is about.
//
// The result is a pure function of the signatures, edges, decisions, policy and model: ties fall to
// the parties' key texts, never to their order or ids. Each connected component of the edges and
// "always" decisions is clustered by itself, so a part of all parties that holds whole components
// gives the same clusters as the whole.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "hub/match/comparison.hpp"
#include "hub/match/edge.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// A steward's word on two parties. Of several on one pair, pass the latest only.
struct Decision {
  enum class Kind : std::uint8_t { always_together, never_together };
  Kind kind = Kind::always_together;
  std::int64_t party_a = 0;  // PartyIdentity::id
  std::int64_t party_b = 0;
};

inline constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

// No profile has more parties than this: a larger one comes from bad data.
inline constexpr std::size_t kMaxProfileParties = 2000;

// Why two parties are taken for one customer.
struct LinkReason {
  enum class Kind : std::uint8_t { evidence, name_alone, decision };
  Kind kind = Kind::evidence;
  float score = 0;                           // of the pair; by name alone: of the two clusters
  std::array<Level, kMatchFields> levels{};  // of the pair; not of a decision
  friend bool operator==(const LinkReason&, const LinkReason&) = default;
};

// "same e-mail address, similar given name (score 18.2)"
std::string describe(const LinkReason& reason);

// How a party came into its cluster: the links of a cluster make a tree.
struct Join {
  std::uint32_t to = kNobody;  // index of the party it was linked to; kNobody: the tree's root
  LinkReason reason;
};

// All members are indices into the signatures given.
struct Clustering {
  std::vector<std::uint32_t> members;  // cluster after cluster
  std::vector<std::uint32_t> starts;   // where each begins in members, and the end of the last
  std::vector<Join> joins;             // for each signature

  std::size_t size() const { return starts.empty() ? 0 : starts.size() - 1; }
  // The parties of one cluster, ascending by key text when there are several.
  std::span<const std::uint32_t> operator[](std::size_t cluster) const {
    return std::span(members).subspan(starts[cluster], starts[cluster + 1] - starts[cluster]);
  }
};

// Edges below policy.link_score are passed over. Two clusters are joined by an edge unless
// - a member of one and a member of the other must stay apart, by a decision or as two records of a
//   source that holds no duplicates;
// - they conflict: what speaks against one customer in names, birth dates, identifiers, sex and
//   generation of all their pairs outweighs what speaks for it, in pairs that say anything of what
//   is contradicted. Of a cluster the first 30 members by key text are weighed;
// - it is ambiguous: a member has an edge as strong to a third cluster, which it could as well be
//   part of, and which conflicts with the other. Of either cluster 200 such rivals are looked at:
//   those of its first members by key text, by their strongest edges;
// - they would be larger than kMaxProfileParties.
// Edges that rest on names alone come last: the two clusters are compared as wholes, and joined
// when no third that comes into question as well is told from either. Not when together they have
// more than 200 members, or when more than 30 others come into question.
//
// Every signature ends in exactly one cluster. "Always" overrides conflicts and one_per_source,
// "never" overrides everything. Without effect stays a decision on parties that are not there, and
// an "always" that would make a cluster larger than kMaxProfileParties; find_review_pairs() brings it
// up again where an edge leads from one to the other.
Clustering cluster(std::span<const Signature> signatures, std::span<const Edge> edges,
                   std::span<const Decision> decisions, const MatchPolicy& policy,
                   const MatchContext& context, const MatchWeights& weights);

}  // namespace cdh
