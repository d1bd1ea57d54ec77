// What becomes of one record that was read and mapped: judged by what is known of its key, by
// nothing else. A pure function.
#pragma once

#include <cstdint>
#include <optional>

namespace cdh {

enum class Verdict {
  added,     // the key is new
  changed,   // a new version of what is there, or it is back
  replaced,  // a new version of what this very read brought before
  repeated,  // the same once more
  stale,     // older than what is there, or was when it was deleted: that stays
  second,    // of another record with the same key, which stays; to be refused
  deleted,
};

struct RowFacts {
  bool deletion = false;
  std::optional<std::int64_t> updated_at = std::nullopt;  // by the source's time

  // Of the record with this key:
  bool known = false;
  bool gone = false;      // known, and not there at present
  bool seen = false;      // it was brought by this read already
  bool same_raw = false;  // it came from this very row
  std::optional<std::int64_t> known_updated_at = std::nullopt;

  // The administrator wants the list as it is: what earlier reads brought has no say, were it newer.
  bool anew = false;
  // A transform made another record with this key of the same row before.
  bool has_twin = false;
  // Without times to go by, the first record of a key counts: a full list has each record once. Of
  // a feed of changes the later arrival does.
  bool keeps_first = false;
  // The stream tells changes, and a record that is gone was deleted by one: a version older than
  // the last known is older than the deletion too. A list tells what is there, however old.
  bool feed = false;
  // The row is a stored one that is mapped anew, and only its own records may follow from it.
  bool stored = false;
  // A transform makes several records of the row.
  bool split = false;
};

Verdict judge(const RowFacts& facts);

}  // namespace cdh
