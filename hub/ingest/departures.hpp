// Which records a row takes away: those that a former version of it made, and it does not.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hub/base/hash.hpp"
#include "hub/ingest/row_mapping.hpp"
#include "hub/store/known_records.hpp"

namespace cdh {

struct Departure {
  KnownRecords::Known record;
  std::optional<std::int64_t> at;  // microseconds, by the source's time
};

// Of a row of a feed and all that came of it, with LeftOut::told. Former versions are those whose
// records have a key of its outputs, and what was made of one row goes together. So a version that
// a transform splits into records with wholly other keys takes none of the former ones away.
//
// Nothing departs that is newer, and nothing at all when something of the row was refused: the last
// good version stays. Nor do the records of an equal row that another pipeline made: to map those
// anew is remap_stored()'s, which has a limit. `raw`: the row's fingerprint. A pure function.
std::vector<Departure> departures(const KnownRecords& records, const Fingerprint& raw,
                                  std::span<const MappedOutput> outputs);

}  // namespace cdh
