#include "hub/run/run_diff.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/profile_history.hpp"
#include "hub/store/record_versions.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

using Kind = ProfileChange::Kind;

constexpr std::string_view kRecord = "record";

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

class DiffMaker {
 public:
  DiffMaker(Database& database, std::int64_t run_id, std::size_t most)
      : database_(database), run_id_(run_id), most_(most) {}

  RunDiff make() {
    add_former();
    add_created();
    std::ranges::sort(diff_.changes, {}, [](const ProfileChange& change) {
      return std::pair(change.kind, change.uuid);
    });
    return std::move(diff_);
  }

 private:
  void add(ProfileChange change) {
    std::size_t& count = counts_[static_cast<std::size_t>(change.kind)];
    if (count >= most_) {
      diff_.is_cut = true;
      return;
    }
    ++count;
    diff_.changes.push_back(std::move(change));
  }

  // Profiles that were there before the run.
  void add_former() {
    constexpr std::size_t kMostKinds = 3;
    std::vector<ProfileVersion> versions =
        profile_versions(database_, run_id_, most_ * kMostKinds + 1);
    if (versions.size() > most_ * kMostKinds) diff_.is_cut = true;
    for (const ProfileVersion& version : versions) {
      for (const auto& [field, text] : version.values) {
        if (field == kRecord) former_of_record_[text] = version.uuid;
      }
      ProfileChange change{Kind::changed, version.uuid, "", {}};
      const auto after = profile_after(database_, version.uuid, run_id_);
      change.values = value_changes(version.values, after.value_or(ProfileValues()));
      if (!after) {
        const std::string led_to = profile_led_to(database_, version.uuid);
        change.kind = led_to == version.uuid ? Kind::removed : Kind::merged;
        if (change.kind == Kind::merged) change.other = led_to;
      }
      add(std::move(change));
    }
  }

  void add_created() {
    std::vector<std::string> uuids;
    {
      const auto rows =
          database_.query("SELECT uuid FROM profile WHERE created_run = ? ORDER BY uuid LIMIT " +
                              std::to_string(most_ * 2 + 1),
                          {run_id_});
      while (rows->next()) uuids.emplace_back(rows->text(0));
    }
    for (const std::string& uuid : uuids) {
      const auto after = profile_after(database_, uuid, run_id_);
      if (!after) continue;
      ProfileChange change{Kind::created, uuid, "", value_changes({}, *after)};
      for (const auto& [field, text] : *after) {
        const auto former =
            field == kRecord ? former_of_record_.find(text) : former_of_record_.end();
        if (former == former_of_record_.end()) continue;
        change.kind = Kind::split_off;
        change.other = former->second;
      }
      add(std::move(change));
    }
  }

  Database& database_;
  std::int64_t run_id_;
  std::size_t most_;
  RunDiff diff_;
  std::array<std::size_t, 5> counts_{};
  std::unordered_map<std::string, std::string> former_of_record_;  // the profile, by UUID
};

}  // namespace

std::string_view name_of(ProfileChange::Kind kind) {
  constexpr std::array<std::string_view, 5> kNames = {"created", "split off", "changed", "merged",
                                                      "removed"};
  return kNames[static_cast<std::size_t>(kind)];
}

RunDiff run_diff(Database& database, std::int64_t run_id, std::size_t most) {
  const std::string run = "run " + std::to_string(run_id);
  if (!find_run(database, run_id)) {
    throw Error(ErrorKind::config, "there is no " + run + "; see `cdh runs`");
  }
  if (run_id <= last_run_for_good(database)) {
    throw Error(ErrorKind::config,
                run +
                    " is too long ago: what profiles were before it is not kept any more; "
                    "hub.undo_runs says for how many runs it is");
  }
  const Transaction reading(database, Transaction::Access::read);
  return DiffMaker(database, run_id, most).make();
}

}  // namespace cdh
