// The index of matching, written from what matching everything has found. The signatures ascend by
// id.
#pragma once

#include <cstdint>
#include <span>

#include "hub/match/edge.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/posting.hpp"
#include "hub/match/shared_values.hpp"

namespace cdh {

// Of an index that was cleared: first the blocks, from the postings of some passes after the other
// and of their finer keys, with how many customers have the values; then the parties. `ids`: of each
// signature, its party's.
void write_blocks(std::span<const std::int64_t> ids, std::span<const Posting> postings,
                  std::span<const Posting> finer, const SharedValues& shared, MatchIndex& index);
void write_parties(std::span<const Signature> signatures, const Vocabulary& vocabulary,
                   std::span<const Edge> edges, MatchIndex& index);

}  // namespace cdh
