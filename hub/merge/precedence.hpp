// Which of two values a chain of survivorship rules prefers.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hub/merge/survivorship.hpp"

namespace cdh {

// What the rules look at in a value, be it one field or a group of fields of one record.
struct Candidate {
  const ProfileMember* member = nullptr;
  const MappedEntity* entity = nullptr;  // it stands in
  std::size_t position = 0;              // of the entity in the record
  std::string_view text = {};            // single field: its value; group: blank
  std::size_t filled = 0;                // fields that are not blank
  std::size_t length = 0;                // bytes in all of them
  std::size_t holders = 1;               // members with the same value
  bool verified = false;
};

// The chain for a field or entity: its own, or the policy's default.
std::span<const Survivorship> chain_of(const MergePolicy& policy, std::string_view name);

// Whether `a` stands before `b`, and by which rule. Total: the last ties fall to the key text and
// the place in the record.
struct Preference {
  bool first = true;  // a before b
  ChosenBy rule = ChosenBy::tie;
};
Preference prefer(const Candidate& a, const Candidate& b, std::span<const Survivorship> chain);

// 0 refused, 1 unknown, 2 granted: what a consent-like word says, in the words common in exports.
int permissiveness(std::string_view text);

// The place of a lifecycle or pipeline stage in its declared order; 0 when it is none.
int stage_rank(std::string_view text);

}  // namespace cdh
