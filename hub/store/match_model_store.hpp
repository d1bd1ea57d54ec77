// The match models that were learnt; the last one counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/store/database.hpp"

namespace cdh {

struct StoredMatchModel {
  std::int64_t id = 0;  // its version
  std::string created_at;
  std::int64_t run_id = 0;
  std::int64_t parties = 0;  // it was learnt from
  std::string content;       // as hub/match writes it
};

std::optional<StoredMatchModel> current_match_model(Database& database);
std::optional<StoredMatchModel> match_model(Database& database, std::int64_t id);

// The same without its content, which may be large.
std::optional<StoredMatchModel> match_model_summary(Database& database);

// In the caller's transaction. The id, which is returned, and the time are given here.
std::int64_t add_match_model(Database& database, const StoredMatchModel& model);

}  // namespace cdh
