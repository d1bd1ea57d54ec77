#include "hub/run/run_diff.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// What only one of the two has; where that is one value of a field on either side, it is one change.
std::vector<ValueChange> value_changes(const ProfileValues& before, const ProfileValues& after) {
  ProfileValues lost, gained;
  std::ranges::set_difference(before, after, std::back_inserter(lost));
  std::ranges::set_difference(after, before, std::back_inserter(gained));
  const auto count = [](const ProfileValues& values, const std::string& field) {
    return std::ranges::count(values, field, &ProfileValues::value_type::first);
  };
  std::vector<ValueChange> changes;
  for (const auto& [field, text] : lost) {
    ValueChange& change = changes.emplace_back(ValueChange{field, text, ""});
    if (count(lost, field) != 1 || count(gained, field) != 1) continue;
    const auto same = std::ranges::find(gained, field, &ProfileValues::value_type::first);
    change.after = same->second;
    gained.erase(same);
  }
  for (const auto& [field, text] : gained) changes.push_back({field, "", text});
  std::ranges::stable_sort(changes, {}, &ValueChange::field);
  return changes;
}

void add_changes(Database& database, std::int64_t run_id, ProfileFate fate, std::size_t most,
                 RunDiff& diff) {
  std::vector<ProfileTransition> found = profile_transitions(database, run_id, fate, most + 1);
  if (found.size() > most) {
    diff.is_cut = true;
    found.resize(most);
  }
  for (ProfileTransition& next : found) {
    diff.changes.push_back({fate, std::move(next.uuid), std::move(next.other),
                            value_changes(next.before, next.after)});
  }
}

std::string remark_on(const RunEntry& run) {
  const std::string name = "run " + std::to_string(run.id);
  if (run.status == "undone") {
    return name + " was undone since: this is what it had done before";
  }
  if (run.kind == RunKind::dry_run) return name + " was a dry run, of which nothing is kept";
  if (run.status == "done" || run.status == "partial") return "";
  return name + " is noted as \"" + run.status + "\": it has published nothing";
}

}  // namespace

RunDiff run_diff(Database& database, std::int64_t run_id, std::size_t most) {
  const std::optional<RunEntry> run = find_run(database, run_id);
  const std::string name = "run " + std::to_string(run_id);
  if (!run) throw Error(ErrorKind::config, "there is no " + name + "; see `cdh runs`");
  if (run_id <= last_run_for_good(database)) {
    throw Error(ErrorKind::config, name + " cannot be shown: what profiles were before it is " +
                                       std::string(kNotKept));
  }
  RunDiff diff;
  diff.remark = remark_on(*run);
  const Transaction reading(database, Transaction::Access::read);
  for (const ProfileFate fate : {ProfileFate::created, ProfileFate::split_off, ProfileFate::changed,
                                 ProfileFate::merged, ProfileFate::removed}) {
    add_changes(database, run_id, fate, most, diff);
  }
  return diff;
}

}  // namespace cdh
