// What a run did to the profiles, one by one, with their values before and after.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct ValueChange {
  std::string field;          // "family_name", "email", "record"
  std::string before, after;  // empty: none
  friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

struct ProfileChange {
  enum class Kind : std::uint8_t { created, split_off, changed, merged, removed };
  Kind kind = Kind::changed;
  std::string uuid;
  std::string other;                // of one merged: into which; of one split off: from which
  std::vector<ValueChange> values;  // ascending by field
};

// "created", "split off", "changed", "merged", "removed"
std::string_view name_of(ProfileChange::Kind kind);

struct RunDiff {
  std::vector<ProfileChange> changes;  // by kind, then by UUID
  bool is_cut = false;                 // there are more
};

// Of each kind at most `most`. Of a run that derived everything anew only the profiles that it created
// are known. Throws Error(config) when there is no such run, and when it is too long ago.
RunDiff run_diff(Database& database, std::int64_t run_id, std::size_t most);

}  // namespace cdh
