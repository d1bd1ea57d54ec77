// Learning the match model anew from the records of today, and what that would change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/match/match_model.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// A level whose weight is another now; in bits.
struct WeightChange {
  PartyKind kind = PartyKind::person;
  MatchField field = MatchField::given;
  Level level = 0;
  double before = 0, after = 0;
};

// The weights that change most, the largest change first; at most `most`.
std::vector<WeightChange> largest_changes(const MatchModel& before, const MatchModel& after,
                                          std::size_t most);

// What becomes of the profiles that are published now.
struct ProfileChanges {
  std::int64_t unchanged = 0;
  std::int64_t changed = 0;  // gain or lose records
  std::int64_t created = 0;  // of records that are in no profile yet
  std::int64_t merged = 0;   // become part of another
  std::int64_t split = 0;    // new ones that leave another
};

struct Training {
  std::int64_t parties = 0;      // that it is learnt from
  std::int64_t old_version = 0;  // 0: there was no model
  std::int64_t new_version = 0;  // 0: not activated
  ProfileChanges profiles;
  std::int64_t review_before = 0, review_after = 0;  // pairs that wait for review
  std::vector<WeightChange> weights;                 // the five that change most
};

// Learns. With `activate` the model is stored as the next version, as an act of `who`, and the next
// run derives everything by it; without, nothing is written. A run may go on while it learns. Throws
// Error(config) when there is no record, Error(conflict) when a run is going when it is to be
// activated. A decision that waits is published with it, see end_runs().
Training train_anew(Database& database, const HubConfig& config, bool activate,
                    const std::string& who);

// How the parties have become more or fewer since the model was learnt.
struct ModelDrift {
  std::int64_t version = 0;
  std::int64_t learnt_from = 0, now = 0;  // parties
  // By half or more: learning anew is worth a try.
  bool is_large() const { return 2 * now >= 3 * learnt_from || 2 * now <= learnt_from; }
};

// Of the parties that are published; nothing when there are none, or no model.
std::optional<ModelDrift> model_drift(Database& database);

}  // namespace cdh
