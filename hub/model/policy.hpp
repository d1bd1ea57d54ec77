// The choices an administrator can make about matching and merging, as plain values: hub/config
// fills them, hub/match and hub/merge obey them.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hub/model/entity.hpp"
#include "hub/model/match_choices.hpp"

namespace cdh {

// A weight in place of the one that was learnt.
struct LevelWeight {
  MatchField field = MatchField::given;
  Level level = 0;
  double bits = 0;
  friend bool operator==(const LevelWeight&, const LevelWeight&) = default;
};

struct MatchPolicy {
  // A value (an e-mail address, a phone number, an identifier) that more parties than this hold
  // identifies nobody.
  int max_holders = 200;
  // Two parties with a score (match_model.hpp) of at least this are linked: 1 is two to one.
  // From review_score on they are uncertain.
  double link_score = 1;
  double review_score = -3;
  // Up to so many parties with one block key are all compared with each other (blocking.hpp).
  int block_limit = 50;
  BlockingPasses blocking = BlockingPasses().set();  // whose blocks are compared
  MatchFields fields = MatchFields().set();          // that count; the others weigh nothing
  std::vector<LevelWeight> weights;
  // Sources, by name, of which at most one record belongs to a profile: they hold no duplicates.
  std::vector<std::string> one_per_source;
  // Whether people of one name at one address are shown as a household (household.hpp).
  bool households = true;
  friend bool operator==(const MatchPolicy&, const MatchPolicy&) = default;
};

// How one value is chosen among several. A chain is applied left to right until one is left; the
// last tie falls to the source's name and the record's key, never to a row id or a clock.
enum class Survivorship : std::uint8_t {
  source_priority,   // higher trust
  most_recent,       // later by the source's own time
  most_frequent,     // held by more records
  most_complete,     // more fields filled (a group), longer text (a single field)
  verified_first,    // its `verified` field is true
  furthest_stage,    // later in the declared order of stages
  most_restrictive,  // consent: refused before unknown before granted
};

struct MergePolicy {
  std::vector<Survivorship> chain = {Survivorship::source_priority, Survivorship::most_recent,
                                     Survivorship::most_complete};
  // Chains of single fields or contact entities, by name: "family_name", "email".
  std::vector<std::pair<std::string, std::vector<Survivorship>>> fields;
  friend bool operator==(const MergePolicy&, const MergePolicy&) = default;
};

}  // namespace cdh
