// Where each golden value comes from: the document in profile.lineage.
//
//     {"*":[12,"only"],
//      "family_name":[13,"most_recent"],
//      "ext.shoe_size":[13,"tie"],
//      "email":[[12,"source_priority"],[13,"source_priority"]]}
//
// A value is [party, rule], the rule as name_of(ChosenBy) writes it; party 0 is a steward. A
// contact entity has a list, in the order of the profile. "*" stands for every value that is not
// named, so most profiles, made of one record, need no more than that.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/merge/survivorship.hpp"

namespace cdh {

// The compact JSON of the profile's origins.
std::string lineage_json(const GoldenProfile& profile);

// Whether it is what lineage_json writes.
bool is_lineage(std::string_view json);

// What lineage_json wrote, for `profile show`.
class Lineage {
 public:
  // Throws Error(store) when it is no lineage document.
  static Lineage parse(std::string_view json);

  // Of a field ("family_name"), an extension ("ext.shoe_size"), or a contact by its entity and its
  // place among those. The answer for a name the profile does not have means nothing.
  Origin origin_of(std::string_view name, std::size_t place = 0) const;

 private:
  Origin default_;
  std::vector<std::pair<std::string, std::vector<Origin>>> origins_;
};

}  // namespace cdh
