#include "hub/store/safety_stop.hpp"

#include "hub/store/backend.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

// In hub_state, with the stream's id behind it.
const std::string kName = "stopped_stream_";

}  // namespace

std::vector<StoppedStream> stopped_streams(Database& database) {
  std::vector<StoppedStream> stopped;
  const auto rows = database.query(
      "SELECT m.id, s.name, m.name, h.value FROM stream m JOIN source s ON s.id = m.source_id "
      "JOIN hub_state h ON h.name = '" +
      kName + "' || CAST(m.id AS VARCHAR(20)) ORDER BY s.name, m.name");
  while (rows->next()) {
    stopped.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(2)),
                       rows->integer(3)});
  }
  return stopped;
}

void note_stopped(Database& database, std::int64_t stream_id, std::int64_t run_id) {
  set_hub_state(database, kName + std::to_string(stream_id), run_id);
}

void forget_stopped(Database& database, std::int64_t stream_id) {
  as_store_error(database.backend(), "cannot forget a safety stop", [&] {
    const std::string name = kName + std::to_string(stream_id);
    database.session() << "DELETE FROM hub_state WHERE name = :name", soci::use(name);
  });
}

void forget_all_stopped(Database& database) {
  database.execute("DELETE FROM hub_state WHERE name LIKE '" + kName + "%'");
}

}  // namespace cdh
