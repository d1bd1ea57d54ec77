// From pairs to customers. Not bare connected components: links are taken strongest first, and one
// that would join what must stay apart is left out.
//
// The result is a pure function of the set of signatures, decisions, policy and crowded keys: ties
// fall to the parties' key texts, never to their order or ids. So a part of all parties gives the
// same clusters as the whole, if it is closed: with a party it holds every party that shares a key
// with it that is not crowded, and every party of a decision on it.
//
//     const std::vector<Posting> postings = key_postings(signatures);
//     const KeySet crowded = find_crowded(postings, policy);
//     const Clustering clustering = cluster(signatures, postings, decisions, policy, crowded);
//     for (std::size_t i = 0; i < clustering.size(); ++i) use(clustering[i]);
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "hub/match/blocking.hpp"
#include "hub/match/comparison.hpp"
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

// A link joins two clusters unless a member of one and a member of the other must stay apart: by a
// decision, as two records of a source that holds no duplicates, or because they contradict each
// other. No two parties are looked at for that more than once.
//
// Every signature ends in exactly one cluster. Decisions on parties that are not there are passed
// over. "Always" overrides contradictions and one_per_source, "never" overrides everything.
Clustering cluster(std::span<const Signature> signatures, std::span<const Posting> postings,
                   std::span<const Decision> decisions, const MatchPolicy& policy,
                   const KeySet& crowded);

}  // namespace cdh
