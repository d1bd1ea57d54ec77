#include "hub/store/run_retention.hpp"

#include <algorithm>

#include "hub/base/time.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

constexpr int kAlwaysKept = 30;  // consolidations: what the charts of a report show

// Of the runs that can be undone and what undoing goes back to.
std::int64_t first_for_undo(Database& database) {
  const std::int64_t first = last_run_for_good(database) + 1;
  const std::int64_t before = published_before(database, first);
  return before == 0 ? first : before;
}

// All from this one on stay; 0: all.
std::int64_t first_kept(Database& database) {
  return std::min(
      {first_for_undo(database),
       database.number("SELECT id FROM run WHERE kind = 'consolidation' ORDER BY id DESC LIMIT 1 "
                       "OFFSET " +
                       std::to_string(kAlwaysKept - 1)),
       database.number("SELECT MAX(id) FROM run WHERE kind = 'consolidation' AND status = 'done'"),
       database.number("SELECT MAX(s.run_id) FROM run_source s JOIN run r ON r.id = s.run_id "
                       "WHERE r.status IN ('done', 'partial')")});
}

}  // namespace

std::int64_t forget_runs(Database& database, std::int64_t before) {
  const std::string old = "started_at < '" + format_instant(before) + "' AND id < " +
                          std::to_string(first_kept(database));
  const std::int64_t count = database.number("SELECT COUNT(*) FROM run WHERE " + old);
  if (count == 0) return 0;
  database.execute("DELETE FROM run_source WHERE run_id IN (SELECT id FROM run WHERE " + old +
                   "); DELETE FROM run WHERE " + old);
  return count;
}

}  // namespace cdh
