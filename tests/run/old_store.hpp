// Stores as earlier versions of the program left them, made out of one of today's.
#pragma once

#include "hub/store/database.hpp"

namespace cdh {

// Version 9 kept all parties of the index of matching in one table, no entry that a run took out of
// quarantine, and did not say of a profile what the run did to it; nor did it know
// which fields a stream has.
inline void take_back_to_version_9(Database& database) {
  database.execute(R"(
ALTER TABLE stream_state DROP COLUMN fields;
ALTER TABLE stream_state_version DROP COLUMN fields;
DROP TABLE match_party_recent;
DROP TABLE record_version;
CREATE TABLE record_version (
  record_id BIGINT NOT NULL, run_id BIGINT NOT NULL, fingerprint_high BIGINT NOT NULL,
  fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL, source_updated_at BIGINT,
  gone_run BIGINT, raw {text} NOT NULL, mapped {text} NOT NULL);
CREATE INDEX record_version_record ON record_version (record_id);
CREATE INDEX record_version_run ON record_version (run_id);
DROP TABLE quarantine_version;
DROP TABLE profile_version;
CREATE TABLE profile_version (
  run_id BIGINT NOT NULL, uuid {key} NOT NULL, content {text} NOT NULL,
  PRIMARY KEY (uuid, run_id)) {clustered};
CREATE INDEX profile_version_run ON profile_version (run_id);
DELETE FROM schema_version WHERE version > 9)");
}

// Version 8 had no fence of the run's lock, and an audit trail without a chain.
inline void take_back_to_version_8(Database& database) {
  take_back_to_version_9(database);
  for (const char* statement :
       {"DROP TABLE run_lock", "DROP TABLE configuration",
        "ALTER TABLE audit_event DROP COLUMN hash", "ALTER TABLE run DROP COLUMN audit_event",
        "ALTER TABLE run DROP COLUMN audit_hash", "DELETE FROM schema_version WHERE version > 8"}) {
    database.execute(statement);
  }
}

// Version 7 kept nothing of what a run replaced, and did not say of one whether it was an act.
inline void take_back_to_version_7(Database& database) {
  take_back_to_version_8(database);
  for (const char* statement : {"ALTER TABLE run DROP COLUMN kind", "DROP TABLE record_version",
                                "DROP TABLE stream_state_version", "DROP TABLE profile_version",
                                "DELETE FROM hub_state WHERE name = 'last_run_for_good'",
                                "DELETE FROM schema_version WHERE version > 7"}) {
    database.execute(statement);
  }
}

// Version 6 knew nothing of households.
inline void take_back_to_version_6(Database& database) {
  take_back_to_version_7(database);
  // Elsewhere the index goes with its column.
  if (database.dialect() == "sqlite") database.execute("DROP INDEX postal_address_home");
  for (const char* statement :
       {"DROP VIEW v_relation", "DROP TABLE household",
        "ALTER TABLE postal_address DROP COLUMN home", "UPDATE profile SET fingerprint = 1",
        "UPDATE hub_state SET value = 1 WHERE name = 'policy'",
        "DELETE FROM schema_version WHERE version > 6"}) {
    database.execute(statement);
  }
}

// Version 5 matched everything every night.
inline void take_back_to_version_5(Database& database) {
  take_back_to_version_6(database);
  for (const char* statement : {"DROP TABLE match_block", "DROP TABLE match_party",
                                "DELETE FROM hub_state WHERE name LIKE 'index.%'",
                                "DELETE FROM schema_version WHERE version > 5"}) {
    database.execute(statement);
  }
}

// Version 3 matched by exact values: it had an index of them, no model, and no doubt.
inline void take_back_to_version_3(Database& database) {
  take_back_to_version_5(database);
  for (const char* statement :
       {"DROP TABLE match_model", "DROP TABLE review_item",
        "ALTER TABLE run DROP COLUMN review_items", "ALTER TABLE link ADD COLUMN match_keys TEXT",
        "CREATE TABLE match_key (match_key BIGINT NOT NULL, party_id BIGINT NOT NULL, "
        "PRIMARY KEY (match_key, party_id))",
        "INSERT INTO match_key SELECT 1, party_id FROM link",
        "UPDATE link SET match_keys = '0000000000000001', reason = 'same e-mail address'",
        "UPDATE profile SET fingerprint = 1",
        "UPDATE hub_state SET value = 1 WHERE name = 'policy'",
        "DELETE FROM schema_version WHERE version > 3"}) {
    database.execute(statement);
  }
}

// Version 2 had no consents that count.
inline void take_back_to_version_2(Database& database) {
  take_back_to_version_3(database);
  for (const char* statement : {"DROP VIEW v_effective_consent", "DROP TABLE effective_consent",
                                "DELETE FROM hub_state WHERE name = 'turn_of_acts'",
                                "DELETE FROM schema_version WHERE version > 2"}) {
    database.execute(statement);
  }
}

}  // namespace cdh
