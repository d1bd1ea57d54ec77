// The contacts of profiles as they are published, to know which of them are to be written.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/store/database.hpp"
#include "hub/store/publication.hpp"

namespace cdh {

class PublishedContacts {
 public:
  PublishedContacts() = default;  // of no profile
  // Of those of these profiles, by row id, that are there.
  PublishedContacts(Database& database, const std::vector<std::int64_t>& profiles);

  // Whether the rows of the profile's contacts of this entity are these.
  bool are(EntityId entity, const PublishedProfile& profile) const;

 private:
  // By entity, and by profile: its rows, one after the other.
  std::vector<std::unordered_map<std::int64_t, std::string>> rows_;
};

}  // namespace cdh
