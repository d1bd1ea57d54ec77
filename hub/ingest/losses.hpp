// How many of its records a stream may lose at once before somebody must look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/known_records.hpp"

namespace cdh {

// More than half of `before`; a stream of fewer than a hundred records may lose most of them.
bool is_too_great_a_loss(std::size_t gone, std::size_t before);

// What became of a list's records that a complete read did not bring.
struct Losses {
  std::vector<std::int64_t> gone;  // the ids of those to be marked as gone
  std::string note;                // what the administrator should know
  std::string stop;                // not empty: beyond the safety limit, and none may be marked
  bool in_doubt = false;           // none may be marked, since unreadable rows may be what is gone
};

struct ListRead {
  std::int64_t read = 0;        // rows
  std::int64_t unreadable = 0;  // of these: of an unknown key, refused since the last whole read
  bool accept_losses = false;   // however many are gone, it is right
};

// `records` after the read. A pure function.
Losses judge_losses(const KnownRecords& records, const ListRead& list);

}  // namespace cdh
