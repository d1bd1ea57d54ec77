// Learning the match model from the parties themselves: nobody has to say which pairs match.
//
// Random pairs tell how often a level occurs by chance. From the priors of match_field.hpp,
// expectation-maximisation (Dempster, Laird and Rubin 1977; for record linkage Winkler 1988) then
// learns, over the candidate pairs, how common matches, households and namesakes are and how often
// their levels occur. Candidate pairs stand for all pairs: those left out are taken as certainly
// random, so what is learnt holds for any pair, whichever key brought it up.
//
// Deterministic: a function of the set of parties, whatever their order and ids.
#pragma once

#include <span>

#include "hub/match/candidate_pairs.hpp"
#include "hub/match/match_model.hpp"

namespace cdh {

// Learns from all candidate pairs, or from a sample of half a million when there are more.
// `context.counts` become the model's.
MatchModel train(std::span<const Signature> signatures, const CandidatePairs& pairs,
                 const MatchContext& context);

}  // namespace cdh
