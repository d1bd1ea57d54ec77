#include "hub/ingest/verdict.hpp"

namespace cdh {

Verdict judge(const RowFacts& facts) {
  const bool present = facts.known && !facts.gone;
  const bool have_times = facts.updated_at && facts.known_updated_at;
  const bool older = have_times && *facts.updated_at < *facts.known_updated_at;
  if (facts.deletion) {
    if (!present) return Verdict::repeated;
    return older ? Verdict::stale : Verdict::deleted;
  }
  if (!facts.known) return Verdict::added;
  if (facts.seen && facts.same_raw && !facts.has_twin) return Verdict::repeated;

  // It was deleted after this version, which was refused then.
  if (facts.seen && facts.gone) return Verdict::stale;

  // What is mapped anew may get another time: that makes no older version of it.
  const bool overruled = facts.anew && !facts.seen;
  if (older && !facts.same_raw && !overruled && (present || facts.feed)) return Verdict::stale;
  const bool later = have_times && *facts.updated_at > *facts.known_updated_at;
  if (later && !facts.same_raw) return facts.seen ? Verdict::replaced : Verdict::changed;

  const bool stands = facts.seen || (facts.stored && present && !facts.same_raw);
  if (!stands) return Verdict::changed;
  // Several stored rows may have made one record; the row that it came from last makes it again.
  if (facts.stored && facts.split && !facts.has_twin) return Verdict::stale;
  return facts.keeps_first ? Verdict::second : Verdict::replaced;
}

}  // namespace cdh
