// How much of a stream may change at once before somebody must look: `limits` of its source. Each
// answer is empty, or says what is beyond which limit and how to go on. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/config/limits.hpp"
#include "hub/store/known_records.hpp"

namespace cdh {

inline constexpr const char* kHowToGoOn =
    " If it is right as it is, run `cdh run --accept-changes`";

// A read that came to the stream's end.
struct StreamRead {
  ReadMode mode = ReadMode::full;
  std::int64_t rows = 0;
  std::optional<std::int64_t> rows_before;  // of the last whole read, if there was one
  std::int64_t records = 0;                 // that the rows were meant to make
  std::int64_t refused = 0;                 // of these: not refused by the last whole read already
  std::int64_t unreadable = 0;              // of these rows: of an unknown key
  StreamLimits limits;
  bool accept_changes = false;  // however much it is, it is right
};

// `records` after the read. What a feed of changes brings has no usual size, and nothing is gone
// because it is not there.
std::string reason_to_stop(const KnownRecords& records, const StreamRead& read);

// A changed mapping of the stored records.
struct StoredRemapping {
  std::size_t before = 0;  // records
  std::size_t gone = 0;    // of these: made no longer
  std::int64_t refused = 0;
};
std::string reason_to_stop_remapping(const StoredRemapping& remapping, const StreamLimits& limits);

}  // namespace cdh
