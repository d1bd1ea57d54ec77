// Refused records, kept whole: looking them up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct QuarantineEntry {
  std::int64_t id = 0;
  std::string source, stream;
  std::int64_t run_id = 0;  // that refused it
  std::string source_key;   // empty: not known
  Fingerprint raw_fingerprint;
  std::int64_t pipeline_id = 0;  // 0: refused before its fields were known
  std::string reason;
  std::string field;   // of the source; may be empty
  std::string origin;  // file, URL, mailbox; may be empty
  std::int64_t position = 0;
  std::string raw;  // raw_record.hpp; of find_quarantined() alone
};

// At most `most`, of one source or of all (empty), the oldest first. Without their raw records.
std::vector<QuarantineEntry> list_quarantined(Database& database, const std::string& source,
                                              std::size_t most);
std::int64_t count_quarantined(Database& database, const std::string& source);
// Those refused before this run by runs that died, failed or were stopped, since the last that read
// sources and ended: of them nobody has been told.
std::int64_t count_untold(Database& database, std::int64_t run_id);
std::optional<QuarantineEntry> find_quarantined(Database& database, std::int64_t id);

// The columns of the values in a raw record (columns_from_json reads them); empty when not known.
std::string pipeline_columns(Database& database, std::int64_t pipeline_id);

}  // namespace cdh
