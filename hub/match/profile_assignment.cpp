#include "hub/match/profile_assignment.hpp"

#include <algorithm>
#include <unordered_map>

namespace cdh {

namespace {

// Which of a party's profiles is meant: the one it is in, or the former one.
using IdOf = std::string_view PriorMembership::*;

// The part of a profile that lies in one cluster.
struct Part {
  std::string_view profile_id;
  std::size_t cluster = 0;
  std::size_t own = 0;  // parties that did not come to it by a merge
  std::size_t parties = 0;
  std::size_t leaving = 0;
  std::string_view smallest_key;
};

// The parts in one cluster, ascending by profile id.
void collect_parts(const Clustering& clustering, std::size_t cluster,
                   std::span<const PriorMembership> prior, IdOf id, std::vector<Part>& parts) {
  parts.clear();
  for (const std::uint32_t member : clustering[cluster]) {
    const PriorMembership& was = prior[member];
    if ((was.*id).empty()) continue;
    auto part = std::ranges::find(parts, was.*id, &Part::profile_id);
    if (part == parts.end()) {
      parts.push_back({.profile_id = was.*id, .cluster = cluster, .smallest_key = was.key});
      part = parts.end() - 1;
    }
    ++part->parties;
    if (was.former_id.empty() || was.former_id == was.*id) ++part->own;
    if (was.leaves) ++part->leaving;
    part->smallest_key = std::min(part->smallest_key, was.key);
  }
  std::ranges::sort(parts, {}, &Part::profile_id);
}

bool goes_before(const Part& a, const Part& b) {
  if (a.own != b.own) return a.own > b.own;
  if (a.parties != b.parties) return a.parties > b.parties;
  if (a.leaving != b.leaving) return a.leaving < b.leaving;
  return a.smallest_key < b.smallest_key;
}

// Where a profile goes on.
struct Heir {
  Part part;
  bool is_split = false;
};
using Heirs = std::unordered_map<std::string_view, Heir>;

Heirs find_heirs(const Clustering& clustering, std::span<const PriorMembership> prior, IdOf id) {
  Heirs heirs;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    collect_parts(clustering, i, prior, id, parts);
    for (const Part& part : parts) {
      const auto [heir, is_first] = heirs.try_emplace(part.profile_id, Heir{part, false});
      if (is_first) continue;
      heir->second.is_split = true;
      if (goes_before(part, heir->second.part)) heir->second.part = part;
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

// Whether this former id leads to the profile already, and nothing of it has moved.
bool leads_there(const Heir& heir, std::string_view profile_id,
                 std::span<const std::uint32_t> members, std::span<const PriorMembership> prior) {
  return !heir.is_split && std::ranges::all_of(members, [&](const std::uint32_t member) {
    return prior[member].former_id != heir.part.profile_id ||
           prior[member].profile_id == profile_id;
  });
}

// Former ids, but for those that some cluster goes on under.
void give_back(const Clustering& clustering, std::span<const PriorMembership> prior,
               const Heirs& heirs, std::vector<ProfileAssignment>& assignments) {
  const Heirs former = find_heirs(clustering, prior, &PriorMembership::former_id);
  if (former.empty()) return;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    ProfileAssignment& assignment = assignments[i];
    collect_parts(clustering, i, prior, &PriorMembership::former_id, parts);
    for (const Part& part : parts) {
      const Heir& heir = former.at(part.profile_id);
      if (heir.part.cluster != i || heirs.contains(part.profile_id)) continue;
      if (assignment.profile_id.empty()) {
        assignment.profile_id = part.profile_id;
      } else if (!leads_there(heir, assignment.profile_id, clustering[i], prior)) {
        assignment.became_alias.push_back(part.profile_id);
      }
    }
    std::ranges::sort(assignment.became_alias);
  }
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
  const Heirs heirs = find_heirs(clustering, prior, &PriorMembership::profile_id);
  std::vector<ProfileAssignment> assignments;
  assignments.reserve(clustering.size());
  std::vector<Part> parts;
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    collect_parts(clustering, i, prior, &PriorMembership::profile_id, parts);
    assignments.push_back(assign(parts, i, clustering[i].size(), heirs));
  }
  give_back(clustering, prior, heirs, assignments);
  return assignments;
}

}  // namespace cdh
