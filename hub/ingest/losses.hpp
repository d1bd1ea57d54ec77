// What becomes of a list's records that a complete read, within its limits, did not bring.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/ingest/stream_limit.hpp"
#include "hub/store/known_records.hpp"

namespace cdh {

struct Losses {
  std::vector<std::int64_t> gone;  // the ids of those to be marked as gone
  std::string note;                // what the administrator should know
  bool in_doubt = false;           // none may be marked, since unreadable rows may be what is gone
};

// `records` after the read. A pure function.
Losses judge_losses(const KnownRecords& records, const StreamRead& list);

}  // namespace cdh
