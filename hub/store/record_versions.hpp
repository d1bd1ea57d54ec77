// What runs replaced: earlier versions of records and states of streams, and entries that left the
// quarantine. Undoing a run gives them back. All functions work in the caller's transaction.
//
// A version is kept by the first change that a run makes to a record, so it is what the record was
// before the run. Of a record that the run brought there is none. The same holds for a stream's state
// and an entry of the quarantine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// Before the records that fulfil `condition` (SQL, on columns of source_record) are changed.
void keep_versions(Database& database, std::int64_t run_id, const std::string& condition);
// Before the entries of the quarantine that fulfil `condition` (on its columns) leave it.
void keep_quarantined(Database& database, std::int64_t run_id, const std::string& condition);
// Before the stream's state becomes another or is removed.
void keep_stream_state(Database& database, std::int64_t run_id, std::int64_t stream_id);
// Makes the stream's state what it was before this run changed it.
void take_back_stream_state(Database& database, std::int64_t run_id, std::int64_t stream_id);

// Forgets what was replaced by runs up to and including this one, profiles too (profile_history.hpp):
// they cannot be undone any more.
void forget_versions(Database& database, std::int64_t run_id);
// Runs after this one can be undone.
std::int64_t last_run_for_good(Database& database);
// What it says of others: "what it replaced is" ...
inline constexpr std::string_view kNotKept =
    "not kept, or not any more; `hub: undo_runs` says for how many runs it is";

struct GivenBack {
  std::int64_t restored = 0;         // records that are as they were before
  std::int64_t withdrawn = 0;        // records that were not there before: gone
  std::int64_t refused_before = 0;   // entries of the quarantine that are there again
  std::int64_t refused_since = 0;    // entries that were not there before: removed
  std::vector<std::string> read_on;  // streams ("source/stream") with a state that was given back
};

// Whether this run, or one after `last_kept` that it followed, changed records, states or quarantine.
bool has_landed(Database& database, std::int64_t last_kept, std::int64_t run_id);
// The sources of records that runs after this one brought or changed; by name.
std::vector<std::string> sources_changed_since(Database& database, std::int64_t run_id);
// The first run after this one that did so and published it; 0 when there is none.
std::int64_t next_landing_run(Database& database, std::int64_t run_id);
// Runs after this one that did so and did not publish it. Ascending.
std::vector<std::int64_t> unpublished_landing_runs(Database& database, std::int64_t run_id);
// What give_back() would do.
GivenBack to_be_given_back(Database& database, std::int64_t last_kept);
// Makes everything landed what it was after the run `last_kept`, as changes of the run `run_id`.
GivenBack give_back(Database& database, std::int64_t last_kept, std::int64_t run_id);
// When what follows from that is published: the records that were not there before leave the store.
void remove_withdrawn(Database& database, std::int64_t last_kept);

}  // namespace cdh
