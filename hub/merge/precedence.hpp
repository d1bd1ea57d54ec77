// Which of several values a chain of survivorship rules prefers.
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

// The chain for a field or entity: its own, or the policy's default. Consent has a default of its
// own: most_restrictive, most_recent, source_priority.
std::span<const Survivorship> chain_of(const MergePolicy& policy, std::string_view name);

// Whether `a` stands before `b`, and by which rule. Total: the last ties fall to the key text and
// the place in the record.
struct Preference {
  bool first = true;  // a before b
  ChosenBy rule = ChosenBy::tie;
};
Preference prefer(const Candidate& a, const Candidate& b, std::span<const Survivorship> chain);

using SameValue = bool (*)(const Candidate&, const Candidate&);

struct Choice {
  const Candidate* winner = nullptr;
  ChosenBy rule = ChosenBy::only;
};

// The best of at least one candidate, and the rule that put it before the next best that differs
// from it. Fills in `holders` where the chain asks for it.
Choice choose(std::span<Candidate> candidates, std::span<const Survivorship> chain,
              SameValue same_value);

// From the most restrictive on.
enum class Permission : std::uint8_t { refused, unknown, granted };

// "refused"
std::string_view name_of(Permission permission);

// What a word about consent says, in the words common in exports, English, Polish and Chinese; any
// other is unknown.
Permission permission_of(std::string_view text);

// The place of a lifecycle or pipeline stage in its declared order; 0 when it is none.
int stage_rank(std::string_view text);

}  // namespace cdh
