// How well a clustering agrees with the known truth: precision, recall and F1, over pairs of
// records and by B-cubed (Bagga and Baldwin 1998), which weighs every record alike and so is not
// ruled by the largest cluster.
//
//     const std::vector<std::int64_t> truth = {1, 1, 2}, found = {7, 7, 7};
//     evaluate(truth, found).pairwise.precision;  // 1/3: one of three joined pairs is right
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cdh {

// Precision is 1 where nothing was joined, recall 1 where nothing was to be joined.
struct Agreement {
  double precision = 1;
  double recall = 1;
  double f1() const;
};

struct Evaluation {
  std::size_t records = 0;
  std::size_t true_clusters = 0;
  std::size_t found_clusters = 0;
  Agreement pairwise;
  Agreement b_cubed;
};

// `truth` and `found` hold the cluster of each record, by any number.
Evaluation evaluate(std::span<const std::int64_t> truth, std::span<const std::int64_t> found);

// A cluster whose records the other clustering holds apart.
struct MixedCluster {
  std::int64_t cluster = 0;
  std::int64_t pairs = 0;            // that the other clustering does not join
  std::vector<std::uint32_t> parts;  // a record of each part, the largest part first
};

// The `most` with the most such pairs, these first. With (found, truth) they are the wrong joins,
// with (truth, found) what was missed. Ties fall to the first record.
std::vector<MixedCluster> mixed_clusters(std::span<const std::int64_t> clusters,
                                         std::span<const std::int64_t> other, std::size_t most);

}  // namespace cdh
