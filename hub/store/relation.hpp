// How customers stand to each other: who works for whom, what sources say of two that belong together,
// and who lives in one household. Nothing is stored but households: the rest is seen through the events
// of sources and through who is which profile, so it follows every night and every decision.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// Makes v_relation: a row for each statement and each side of it, so every relation is there both ways
// round. "from RELATION to" reads
//
//     Ann works_for Acme       Acme employs Ann
//     Acme UK parent Acme      Acme subsidiary Acme UK     to is what the relation says of from: as in
//     Ann referred_by Bob      Bob referred Ann            a vCard, RFC 6350, 6.6.6
//     Ann household Bob        Bob household Ann
//
// Of a relationship's kind the common ones (household, spouse, parent, child, subsidiary, referred_by,
// sibling, partner, friend, colleague) are known the other way round, too; any other gets "_of" there,
// and without a kind both are "related".
std::string relation_view();

struct ViewedRelation {
  std::string relation;  // "works_for"
  std::string other, other_name;
  // Of an affiliation its fields, of a household found its address; nulls left out.
  std::vector<std::pair<std::string, std::string>> values;
  std::string household;             // its id, when it was found by the hub
  std::vector<std::string> records;  // "source:key" of all that say so; none of a household found
};

// Of the profiles with these row ids: by relation, then by the other's name. At most `most` statements
// of each relation. Profiles without any are left out. One statement, however many there are.
std::unordered_map<std::int64_t, std::vector<ViewedRelation>> relations_of(
    Database& database, const std::vector<std::int64_t>& profile_ids, std::size_t most);

}  // namespace cdh
