// What a run did to the profiles, one by one, with their values before and after.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/database.hpp"
#include "hub/store/profile_history.hpp"

namespace cdh {

struct ValueChange {
  std::string field;          // "family_name", "email", "record"
  std::string before, after;  // empty: none
  friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

struct ProfileChange {
  ProfileFate fate = ProfileFate::changed;
  std::string uuid;
  std::string other;                // of one merged: into which; of one split off: from which
  std::vector<ValueChange> values;  // ascending by field; none where only lineage changed
};

struct RunDiff {
  std::vector<ProfileChange> changes;  // by fate, then by UUID
  bool is_cut = false;                 // there are more
  std::string remark;                  // what to know of the run; empty: nothing
};

// Of each fate at most `most`. As the run left the profiles, whatever later runs did to them. Throws
// Error(config) when there is no such run, and when what profiles were before it is not kept.
RunDiff run_diff(Database& database, std::int64_t run_id, std::size_t most);

}  // namespace cdh
