#include "hub/match/evaluation.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cdh {

namespace {

std::int64_t pairs_among(std::size_t records) {
  const auto n = static_cast<std::int64_t>(records);
  return n * (n - 1) / 2;
}

// The records of one cluster that stand together in the other clustering, too.
using Part = std::span<const std::uint32_t>;

// Calls visit(cluster, parts) for each cluster, the parts in no particular order.
template <typename Visit>
void for_each_cluster(std::span<const std::int64_t> clusters, std::span<const std::int64_t> other,
                      Visit&& visit) {
  std::vector<std::uint32_t> records(clusters.size());
  std::iota(records.begin(), records.end(), 0U);
  std::ranges::sort(records, {}, [&](std::uint32_t record) {
    return std::tuple(clusters[record], other[record], record);
  });
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t end = 1; end <= records.size(); ++end) {
    const std::uint32_t last = records[end - 1];
    const bool at_end = end == records.size();
    const bool cluster_ends = at_end || clusters[records[end]] != clusters[last];
    if (!cluster_ends && other[records[end]] == other[last]) continue;
    parts.push_back(Part(records).subspan(begin, end - begin));
    begin = end;
    if (!cluster_ends) continue;
    visit(clusters[last], parts);
    parts.clear();
  }
}

std::size_t size_of(const std::vector<Part>& parts) {
  std::size_t size = 0;
  for (const Part part : parts) size += part.size();
  return size;
}

std::int64_t common_pairs(const std::vector<Part>& parts) {
  std::int64_t pairs = 0;
  for (const Part part : parts) pairs += pairs_among(part.size());
  return pairs;
}

// How far one clustering is borne out by the other: precision one way, recall the other way.
struct Support {
  std::size_t clusters = 0;
  double pairwise = 1;
  double b_cubed = 1;
};

Support support(std::span<const std::int64_t> clusters, std::span<const std::int64_t> other) {
  Support result;
  std::int64_t pairs = 0, common = 0;
  double shares = 0;  // for each record, the share of its cluster that the other confirms
  for_each_cluster(clusters, other, [&](std::int64_t, const std::vector<Part>& parts) {
    ++result.clusters;
    const std::size_t size = size_of(parts);
    pairs += pairs_among(size);
    common += common_pairs(parts);
    double squares = 0;
    for (const Part part : parts) {
      squares += static_cast<double>(part.size()) * static_cast<double>(part.size());
    }
    shares += squares / static_cast<double>(size);
  });
  if (pairs > 0) result.pairwise = static_cast<double>(common) / static_cast<double>(pairs);
  if (!clusters.empty()) result.b_cubed = shares / static_cast<double>(clusters.size());
  return result;
}

}  // namespace

double Agreement::f1() const {
  const double sum = precision + recall;
  return sum > 0 ? 2 * precision * recall / sum : 0;
}

Evaluation evaluate(std::span<const std::int64_t> truth, std::span<const std::int64_t> found) {
  const Support of_found = support(found, truth), of_truth = support(truth, found);
  Evaluation evaluation;
  evaluation.records = truth.size();
  evaluation.true_clusters = of_truth.clusters;
  evaluation.found_clusters = of_found.clusters;
  evaluation.pairwise = {of_found.pairwise, of_truth.pairwise};
  evaluation.b_cubed = {of_found.b_cubed, of_truth.b_cubed};
  return evaluation;
}

std::vector<MixedCluster> mixed_clusters(std::span<const std::int64_t> clusters,
                                         std::span<const std::int64_t> other, std::size_t most) {
  std::vector<MixedCluster> mixed;
  for_each_cluster(clusters, other, [&](std::int64_t cluster, std::vector<Part>& parts) {
    if (parts.size() < 2) return;
    std::ranges::sort(parts, [](const Part& a, const Part& b) {
      return a.size() != b.size() ? a.size() > b.size() : a.front() < b.front();
    });
    MixedCluster found{cluster, pairs_among(size_of(parts)) - common_pairs(parts), {}};
    for (const Part part : parts) found.parts.push_back(part.front());
    mixed.push_back(std::move(found));
  });
  std::ranges::sort(mixed, [](const MixedCluster& a, const MixedCluster& b) {
    return a.pairs != b.pairs ? a.pairs > b.pairs : a.parts.front() < b.parts.front();
  });
  if (mixed.size() > most) mixed.resize(most);
  return mixed;
}

}  // namespace cdh
