#include "hub/store/audit.hpp"

#include "hub/base/time.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

void add_audit_event(Database& database, const AuditEvent& event) {
  take_turn_of_acts(database);
  const auto row = database.bulk_insert("audit_event", {"id", "at", "who", "action", "subject"});
  const std::string now = format_instant(now_micros());
  row->add(largest_id(database, "audit_event") + 1);
  row->add(now);
  row->add(event.who);
  row->add(event.action);
  row->add(event.subject);
  row->end_row();
  row->flush();
}

// The lock of a changed row: every database has it, and gives it back with the transaction.
void take_turn_of_acts(Database& database) {
  database.execute("UPDATE hub_state SET value = value + 1 WHERE name = 'turn_of_acts'");
}

}  // namespace cdh
