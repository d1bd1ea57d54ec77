// Verifies what must hold in every store between two transactions, whatever happened before.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// The schema version of the store at `url`; nothing when there is no store yet but one could be
// made. Throws Error(store) when it cannot be opened, or has a version this program does not use.
std::optional<int> probe_store(const std::string& url);

struct StreamContent {
  std::string source, stream;
  std::int64_t records = 0;  // present in the source when it was last read
  std::int64_t gone = 0;     // there once, kept
  std::int64_t quarantined = 0;
};

struct StoreFindings {
  std::vector<StreamContent> streams;
  // Everything that is wrong, in words with row ids; empty: the store is sound. Of one kind of
  // fault a few examples stand for all.
  std::vector<std::string> faults;
};

// Tells whether a document of the store can be read, by who writes it.
using IsReadable = std::function<bool(std::string_view)>;

// Goes through every row; is_lineage is asked of each profile's. Reads one state of the store, also
// while a run is writing. Throws Error(store) when the store cannot be read or has another schema
// version.
StoreFindings check_store(Database& database, const IsReadable& is_lineage);

}  // namespace cdh
