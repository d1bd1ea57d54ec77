#include "hub/store/match_model_store.hpp"

#include <string>

#include "hub/base/time.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

namespace {

// The last of those that meet the condition.
std::optional<StoredMatchModel> read_last(Database& database, const std::string& content,
                                          const std::string& condition = "") {
  const auto row = database.query("SELECT id, created_at, run_id, parties, " + content +
                                  " FROM match_model " + condition + " ORDER BY id DESC LIMIT 1");
  if (!row->next()) return std::nullopt;
  return StoredMatchModel{row->integer(0), std::string(row->text(1)), row->integer(2),
                          row->integer(3), std::string(row->text(4))};
}

}  // namespace

std::optional<StoredMatchModel> current_match_model(Database& database) {
  return read_last(database, "content");
}

std::optional<StoredMatchModel> match_model(Database& database, std::int64_t id) {
  return read_last(database, "content", "WHERE id = " + std::to_string(id));
}

std::optional<StoredMatchModel> match_model_summary(Database& database) {
  return read_last(database, "''");
}

std::int64_t add_match_model(Database& database, const StoredMatchModel& model) {
  const auto row =
      database.bulk_insert("match_model", {"id", "created_at", "run_id", "parties", "content"});
  const std::string now = format_instant(now_micros());
  const std::int64_t id = largest_id(database, "match_model") + 1;
  row->add(id);
  row->add(now);
  row->add(model.run_id);
  row->add(model.parties);
  row->add(model.content);
  row->end_row();
  row->flush();
  return id;
}

}  // namespace cdh
