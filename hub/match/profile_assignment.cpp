#include "hub/match/profile_assignment.hpp"

#include <algorithm>
#include <unordered_map>

namespace cdh {

namespace {

// The part of a former profile that lies in one cluster.
struct Part {
  std::string_view profile_id;
  std::size_t cluster = 0;
  std::size_t parties = 0;
  std::string_view smallest_key;
};

// The parts in one cluster, ascending by profile id.
void collect_parts(const Clustering& clustering, std::size_t cluster,
                   std::span<const PriorMembership> prior, std::vector<Part>& parts) {
  parts.clear();
  for (const std::uint32_t member : clustering[cluster]) {
    const PriorMembership& was = prior[member];
    if (was.profile_id.empty()) continue;
    const auto part = std::ranges::find(parts, was.profile_id, &Part::profile_id);
    if (part == parts.end()) {
      parts.push_back({was.profile_id, cluster, 1, was.key});
    } else {
      ++part->parties;
      part->smallest_key = std::min(part->smallest_key, was.key);
    }
  }
  std::ranges::sort(parts, {}, &Part::profile_id);
}

bool is_larger(const Part& a, const Part& b) {
  if (a.parties != b.parties) return a.parties > b.parties;
  return a.smallest_key < b.smallest_key;
}

// Where a former profile goes on.
struct Heir {
  Part part;
  bool is_split = false;
};
using Heirs = std::unordered_map<std::string_view, Heir>;

Heirs find_heirs(const Clustering& clustering, std::span<const PriorMembership> prior) {
  Heirs heirs;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    collect_parts(clustering, i, prior, parts);
    for (const Part& part : parts) {
      const auto [heir, is_first] = heirs.try_emplace(part.profile_id, Heir{part, false});
      if (is_first) continue;
      heir->second.is_split = true;
      if (is_larger(part, heir->second.part)) heir->second.part = part;
    }
  }
  return heirs;
}

ProfileAssignment assign(std::span<const Part> parts, std::size_t cluster, std::size_t parties,
                         const Heirs& heirs) {
  using enum ProfileAssignment::Change;
  ProfileAssignment assignment;
  bool is_reduced = false;
  std::size_t known_parties = 0;
  for (const Part& part : parts) {
    known_parties += part.parties;
    const Heir& heir = heirs.at(part.profile_id);
    if (heir.part.cluster != cluster) continue;
    is_reduced = is_reduced || heir.is_split;
    if (assignment.profile_id.empty()) {
      assignment.profile_id = part.profile_id;
    } else {
      assignment.became_alias.push_back(part.profile_id);
    }
  }
  if (parts.empty()) {
    assignment.change = created;
  } else if (assignment.profile_id.empty()) {
    assignment.change = split_off;
  } else if (parts.size() > 1) {
    assignment.change = merged;
  } else if (is_reduced) {
    assignment.change = reduced;
  } else {
    assignment.change = known_parties == parties ? unchanged : joined;
  }
  return assignment;
}

}  // namespace

std::string_view name_of(ProfileAssignment::Change change) {
  using enum ProfileAssignment::Change;
  switch (change) {
    case unchanged:
      return "unchanged";
    case joined:
      return "joined";
    case created:
      return "created";
    case merged:
      return "merged";
    case split_off:
      return "split_off";
    case reduced:
      return "reduced";
  }
  return "";
}

std::vector<ProfileAssignment> assign_profiles(const Clustering& clustering,
                                               std::span<const PriorMembership> prior) {
  const Heirs heirs = find_heirs(clustering, prior);
  std::vector<ProfileAssignment> assignments;
  assignments.reserve(clustering.size());
  std::vector<Part> parts;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    collect_parts(clustering, i, prior, parts);
    assignments.push_back(assign(parts, i, clustering[i].size(), heirs));
  }
  return assignments;
}

}  // namespace cdh
