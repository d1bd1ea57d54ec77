// A run as the run log has it, for tests of what is told of one.
#pragma once

#include "hub/store/run_log.hpp"

namespace cdh {

inline RunEntry told_entry() {
  RunEntry run;
  run.id = 12;
  run.started_at = "2026-11-22T02:00:00Z";
  run.finished_at = "2026-11-22T02:01:30.5Z";
  run.status = "partial";
  run.message = "told by <the hub>";
  run.profiles = {100, 5, 4, 3, 2, 1};
  run.review_items = 8;
  StreamCounts counts;
  counts.read = 60;
  counts.added = 10;
  counts.changed = 20;
  counts.unchanged = 25;
  counts.quarantined = 5;
  counts.newly_quarantined = 3;
  counts.gone = 7;
  run.sources = {{"crm", "Klienci \"A\" \\ B", "read", "", counts},
                 {"shop", "orders", "failed", "cannot open <orders.csv>", {}}};
  return run;
}

}  // namespace cdh
