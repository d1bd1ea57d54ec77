// What happened, when, how much: the run and run_source tables. They hold counts, names of sources, and
// in `message` what went wrong, which can be a source's or a database's own words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/audit.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// What became of the records of one stream in one run. Each record read ends in exactly one of:
// unchanged, added, changed, filtered, repeated, quarantined.
struct StreamCounts {
  std::int64_t read = 0;
  std::int64_t unchanged = 0;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t filtered = 0;           // left out by a transform, on purpose
  std::int64_t repeated = 0;           // the same again, or older than what is there
  std::int64_t quarantined = 0;        // refused, newly or still
  std::int64_t newly_quarantined = 0;  // of these
  std::int64_t split_off = 0;          // records that a transform made beyond one for one
  // Records that were there before and are not any more: not delivered, or not made of their row's
  // new version, which a transform leaves out (so it is in filtered too) or splits into fewer.
  std::int64_t gone = 0;
  // Stored records that a changed pipeline mapped anew, beside those read. Which of them are
  // refused now is in newly_quarantined alone; which are left out, in gone.
  std::int64_t remapped = 0;

  bool add_up() const {
    return read + split_off == unchanged + added + changed + filtered + repeated + quarantined;
  }
};

// Every count by the name that reports give it: "newly_quarantined".
struct NamedCount {
  std::string_view name;
  std::int64_t StreamCounts::*count;
};
std::span<const NamedCount> named_counts();

struct RunSource {
  std::string source;
  std::string stream;
  std::string status;   // "read", "failed", "stopped" by a safety limit
  std::string message;  // why it failed, or what the administrator should know
  StreamCounts counts;
};

struct ProfileCounts {
  std::int64_t total = 0;  // after the run
  std::int64_t created = 0;
  std::int64_t changed = 0;  // golden values or members
  std::int64_t merged = 0;   // became an alias of another
  std::int64_t split = 0;    // gave members to a new one
  std::int64_t removed = 0;  // lost their last record
  friend bool operator==(const ProfileCounts&, const ProfileCounts&) = default;
};

enum class RunKind {
  consolidation,  // what `cdh run` does
  dry_run,        // the same, and nothing is kept
  act,            // of a steward or an administrator: no source is read
};

// As the table has it: "consolidation", "dry run", "act".
std::string_view name_of(RunKind kind);

struct RunEntry {
  std::int64_t id = 0;
  RunKind kind = RunKind::consolidation;
  std::string started_at;   // UTC
  std::string finished_at;  // empty: still going, or died
  // "running", "done", "partial", "stopped", "failed", "dry run", "undone"; "died" when it was killed:
  // it never finished and nobody holds the run's lock.
  std::string status;
  std::string message;
  ProfileCounts profiles;
  std::int64_t review_items = 0;  // pairs that wait for a steward after it
  AuditHead audit;                // of the audit trail at its end
  std::vector<RunSource> sources;
};

// Enters a new run; earlier ones that never finished are noted as died. The caller holds the lock.
std::int64_t begin_run(Database& database, RunKind kind = RunKind::consolidation);
// Sets run.audit to the trail's head as it is now.
void finish_run(Database& database, RunEntry& run);

// The newest first; without their sources.
std::vector<RunEntry> list_runs(Database& database, std::size_t most);
// Likewise, of those that were to keep what they found.
std::vector<RunEntry> list_consolidations(Database& database, std::size_t most);
// Of these the ones that were not undone since.
std::vector<RunEntry> list_standing(Database& database, std::size_t most);
// Of these `run_id` and the ones before it, undone or not, with their sources.
std::vector<RunEntry> list_up_to(Database& database, std::int64_t run_id, std::size_t most);
// The last that ended as "done", without its sources.
std::optional<RunEntry> last_done(Database& database);
std::optional<RunEntry> find_run(Database& database, std::int64_t id);

// The last run before this one that published; 0 when there is none.
std::int64_t published_before(Database& database, std::int64_t run_id);
// Of one at least.
void note_undone(Database& database, const std::vector<std::int64_t>& runs);
// Of the runs that read sources and published it, undone ones left out, the one before the last
// `count`; 0 when there are not so many.
std::int64_t reading_run_before_last(Database& database, std::int64_t count);

// How many are published.
std::int64_t count_profiles(Database& database);
// Up to which run source records have been taken into the profiles.
std::int64_t published_run(Database& database);
// A named number of the hub's own, or `otherwise`.
std::int64_t hub_state(Database& database, const std::string& name, std::int64_t otherwise);
void set_hub_state(Database& database, const std::string& name, std::int64_t value);

}  // namespace cdh
