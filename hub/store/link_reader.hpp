// Which record belongs to which profile, and why, as last published.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "hub/store/database.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

struct StoredLink {
  std::int64_t party_id = 0;
  std::int64_t profile_id = 0;  // row id
  const StreamName* stream = nullptr;
  std::string source_key;
  std::string as;
  std::int64_t joined_to = 0;  // another party of the profile; 0: none
};

// Goes through all links in the order of the party ids. The streams belong to the reader.
class LinkReader {
 public:
  explicit LinkReader(Database& database);
  std::optional<StoredLink> next();

 private:
  std::unordered_map<std::int64_t, StreamName> streams_;
  std::unique_ptr<Cursor> rows_;
};

// Why the party was joined to another, in words; empty when it was not.
std::string link_reason(Database& database, std::int64_t party_id);

}  // namespace cdh
