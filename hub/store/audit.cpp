#include "hub/store/audit.hpp"

#include "hub/base/time.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

void add_audit_event(Database& database, const std::string& who, const std::string& action,
                     const std::string& subject) {
  const auto row = database.bulk_insert("audit_event", {"id", "at", "who", "action", "subject"});
  const std::string now = format_instant(now_micros());
  row->add(largest_id(database, "audit_event") + 1);
  row->add(now);
  row->add(who);
  row->add(action);
  row->add(subject);
  row->end_row();
  row->flush();
}

}  // namespace cdh
