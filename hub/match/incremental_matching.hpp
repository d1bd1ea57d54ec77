// Matching of what has changed, by the index: only the parties that a change can reach are looked
// at. The clusters are those that matching everything gives by the same model; clustering.hpp says
// why a part of the parties is enough.
//
// A change reaches
// - the changed parties, and whoever is compared with them;
// - of a value that another number of customers have now, since it weighs otherwise, the holders'
//   pairs with each other;
// - of a key whose block became too large those holders who had an edge to another, since they may
//   not meet any more; of one whose block is so no more the holders' pairs with each other.
// The edges of these are found anew. Clustered anew are the components they lie in, and those at the
// other end of their uncertain pairs, so that review sees both.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "hub/match/clustering.hpp"
#include "hub/match/edge.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/match_model.hpp"
#include "hub/match/matching.hpp"
#include "hub/match/signature.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

struct PartyChanges {
  std::vector<std::int64_t> gone;    // parties of the index that are not there any more
  std::vector<Signature> present;    // new ones, and those that differ from the index
  std::vector<std::int64_t> others;  // parties whose clusters are wanted besides
};

struct TouchedParties {
  std::vector<Signature> signatures;  // ascending by id; whole components
  // For each: whether all that there is to say of its cluster is here. The others stand at the far
  // end of an uncertain pair, and theirs lead on.
  std::vector<bool> is_touched;
  Matching matching;  // of them; `crowded`: those that are crowded now, less those not any more
};

// Parties that must be looked at together with these, beside those with an edge to them: whoever
// shared a profile. All of them, these included or not.
using Companions = std::function<std::vector<std::int64_t>(std::span<const std::int64_t> parties)>;

// Brings the index in line with the changes. `model` is already carried over (match_model.hpp), and
// the one by which everything in the index was matched, under the same policy. `vocabulary` has the
// words of the changes, whose names are in the order of their source, and gets those of the parties
// found.
TouchedParties match_changes(MatchIndex& index, PartyChanges changes, Vocabulary& vocabulary,
                             std::span<const Decision> decisions, const Companions& companions,
                             const MatchPolicy& policy, const MatchModel& model);

}  // namespace cdh
