#include "hub/store/affected_ids.hpp"

namespace cdh {

void note_affected(Database& database, const std::vector<std::int64_t>& ids) {
  database.execute("CREATE TEMPORARY TABLE IF NOT EXISTS affected (id {id})");
  database.execute("{empty} affected");
  const auto rows = database.bulk_insert("affected", {"id"});
  for (const std::int64_t id : ids) {
    rows->add(id);
    rows->end_row();
  }
  rows->flush();
}

}  // namespace cdh
