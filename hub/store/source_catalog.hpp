// The sources whose records the store holds, whether hub.yaml still names them or not.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct CatalogEntry {
  std::string source, stream;
  std::int64_t present = 0;      // records that the source delivered last
  std::int64_t gone = 0;         // records that it delivered once
  std::int64_t quarantined = 0;  // refused records
  std::int64_t last_run = 0;     // the last that read it completely; 0: none
};
// By source and stream.
std::vector<CatalogEntry> source_catalog(Database& database);

// A source, or one of its streams.
struct SourcePart {
  std::string source, stream;  // stream: empty for all
  bool has(const CatalogEntry& entry) const {
    return entry.source == source && (stream.empty() || entry.stream == stream);
  }
};
bool has_part(Database& database, const SourcePart& part);

// Marks its records as gone in this run, and forgets what it has in quarantine and how far it was
// read; undoing the run gives all that back. Returns how many records were present. Within the
// caller's transaction.
std::int64_t withdraw(Database& database, const SourcePart& part, std::int64_t run_id);

// The source goes by another name, also in decisions and former parties, and what waits for a
// record of `to` waits for one of it; the next run derives everything anew, since names decide
// ties. A source `to` must hold no record. Within the caller's
// transaction.
void rename_source(Database& database, const std::string& from, const std::string& to);

}  // namespace cdh
