// What a store knows by ids that it gave itself, by the names that its sources gave: a record is
// "source/stream/key", a party "source/stream/key/as". Equal in two stores of the same records,
// whatever ids and UUIDs they gave.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/store/database.hpp"

namespace cdh {

class StoreNames {
 public:
  // Reads all names; the store must not change as long as they are of use.
  explicit StoreNames(Database& database);

  // A stream that is not there is "?".
  std::string stream(std::int64_t id) const;
  // Also of one that is gone.
  std::string record(std::int64_t id) const;
  // Of one that a profile holds, or else "no such party": then nothing should mention it.
  std::string party(std::int64_t id) const;
  // Of a present or former id: the name of the profile's first party by this order; "no profile"
  // where it leads to none.
  std::string profile(const std::string& uuid) const;

 private:
  std::unordered_map<std::int64_t, std::string> streams_, records_, parties_;
  std::unordered_map<std::string, std::string> profiles_, aliases_;
};

}  // namespace cdh
