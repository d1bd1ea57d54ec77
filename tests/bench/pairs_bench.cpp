// How fast pairs are compared: cdh-pairs-bench STORE (SQLite, after its first run)
//
// Compares all candidate pairs of the store's parties by its match model, on all processors, and
// prints how many a processor's second compares.
#include <cstdio>
#include <ctime>
#include <string>

#include "hub/base/error.hpp"
#include "hub/match/matching.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/match_model_store.hpp"

namespace cdh {
namespace {

CandidatePairs candidates(const PartySet& set, const WordFrequencies& frequencies,
                          const MatchPolicy& policy) {
  const BlockKeys keys(set.vocabulary, frequencies);
  const std::vector<Posting> postings = key_postings(set.signatures, keys);
  Blocks blocks;
  blocks.add(postings, set.signatures, policy);
  blocks.add(finer_postings(set.signatures, postings, keys, policy.block_limit), set.signatures,
             policy);
  return {set.signatures.size(), std::move(blocks)};
}

std::size_t count(const CandidatePairs& pairs) {
  std::vector<std::uint32_t> others;
  std::size_t count = 0;
  for (std::uint32_t party = 0; party < pairs.parties(); ++party) {
    pairs.find_later(party, others);
    count += others.size();
  }
  return count;
}

void measure(const std::string& store) {
  Database database("sqlite://" + store, Database::Mode::existing);
  const std::optional<StoredMatchModel> stored = current_match_model(database);
  if (!stored) throw Error(ErrorKind::store, store + " has no match model: run `cdh run` first");
  const MatchModel model = match_model_from_json(stored->content);
  const PartySet set = PartyLoader(database).everything(nullptr);
  const WordFrequencies frequencies(set.vocabulary, model.counts);
  const SharedValues shared;  // a look-up in them is rare
  const MatchContext context{set.vocabulary, model.counts, frequencies, shared};
  const MatchPolicy policy;
  const CandidatePairs pairs = candidates(set, frequencies, policy);
  const MatchWeights weights(carried_over(model, set.signatures));

  const std::clock_t start = std::clock();
  find_edges(set.signatures, pairs, context, weights, policy.review_score);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const auto compared = static_cast<double>(count(pairs));
  std::printf("pairs compared: %.1f million, %.2f million a second and processor\n", compared / 1e6,
              compared / seconds / 1e6);
}

}  // namespace
}  // namespace cdh

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: cdh-pairs-bench STORE\n", stderr);
    return 2;
  }
  try {
    cdh::measure(argv[1]);
  } catch (const cdh::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
