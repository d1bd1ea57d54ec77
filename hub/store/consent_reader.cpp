#include "hub/store/consent_reader.hpp"

#include "hub/base/time.hpp"
#include "hub/store/affected_ids.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

std::vector<StoredConsent> consents_of(Database& database,
                                       const std::vector<std::int64_t>& profile_ids) {
  std::vector<StoredConsent> consents;
  note_affected(database, profile_ids);
  const auto rows = database.query(
      "SELECT l.profile_id, c.id, r.stream_id, r.source_key, c.purpose, c.channel, c.status, "
      "c.captured_at, c.source_updated_at FROM affected a JOIN link l ON l.profile_id = a.id "
      "JOIN consent c ON c.customer_id = l.party_id JOIN source_record r ON r.id = " +
      record_of_sql("c.id") + " ORDER BY l.profile_id, c.id");
  while (rows->next()) {
    StoredConsent& consent = consents.emplace_back();
    consent.profile_id = rows->integer(0);
    consent.id = rows->integer(1);
    consent.stream_id = rows->integer(2);
    consent.source_key = rows->text(3);
    consent.purpose = rows->text(4);
    consent.channel = rows->text(5);
    consent.status = rows->text(6);
    consent.stated_at = parse_instant(rows->text(7));
    if (!consent.stated_at && !rows->is_null(8)) consent.stated_at = rows->integer(8);
  }
  return consents;
}

std::vector<std::int64_t> profiles_with_consents(Database& database) {
  std::vector<std::int64_t> profiles;
  const auto rows = database.query(
      "SELECT DISTINCT l.profile_id FROM consent c JOIN link l ON l.party_id = c.customer_id "
      "ORDER BY l.profile_id");
  while (rows->next()) profiles.push_back(rows->integer(0));
  return profiles;
}

}  // namespace cdh
