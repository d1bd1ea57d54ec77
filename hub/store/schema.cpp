#include "hub/store/schema.hpp"

#include <algorithm>
#include <charconv>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/store/first_tables.hpp"
#include "hub/store/relation.hpp"

namespace cdh {

namespace {

// For people with BI tools: amounts as decimals, and the profile's UUID beside each party.
std::string event_view(const EntitySpec& spec) {
  const std::string name(spec.name);
  std::string columns = "e.id", joins;
  for (const RefSpec& ref : spec.refs) {
    const std::string column = std::string(ref.name) + "_id";
    columns += ", e." + column;
    const bool to_party =
        ref.target == "party" || ref.target == "person" || ref.target == "organization";
    if (!to_party) continue;
    const std::string alias(ref.name);
    columns += ", p_" + alias + ".uuid AS " + alias + "_profile";
    joins += " LEFT JOIN link l_" + alias + " ON l_" + alias + ".party_id = e." + column +
             " LEFT JOIN profile p_" + alias + " ON p_" + alias + ".id = l_" + alias +
             ".profile_id";
  }
  for (const FieldSpec& field : spec.fields) {
    const std::string column(field.name);
    columns +=
        is_decimal(field.kind) ? ", e." + column + " / 10000.0 AS " + column : ", e." + column;
  }
  return "CREATE VIEW v_" + name + " AS SELECT " + columns + " FROM " + name + " e" + joins + ";\n";
}

constexpr std::string_view kConsentView = R"(
CREATE VIEW v_effective_consent AS
  SELECT p.uuid AS customer_profile, e.purpose, e.channel, e.permission, e.rule, e.consent_id,
    c.status, c.legal_basis, c.captured_at, c.expires_at
  FROM effective_consent e JOIN profile p ON p.id = e.profile_id
  LEFT JOIN consent c ON c.id = e.consent_id;
)";

void drop_views(Database& database) {
  for (const EntitySpec& spec : entities()) {
    if (spec.role != EntityRole::event) continue;
    database.execute("DROP VIEW IF EXISTS v_" + std::string(spec.name));
  }
  database.execute("DROP VIEW IF EXISTS v_effective_consent");
  database.execute("DROP VIEW IF EXISTS v_relation");
}

void create_views(Database& database) {
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::event) database.execute(event_view(spec));
  }
  database.execute(kConsentView);
  database.execute(relation_view());
}

constexpr std::string_view kVersion2 =
    "ALTER TABLE run_source ADD COLUMN remapped BIGINT NOT NULL DEFAULT 0";

// Without the fingerprint of its policy the next run derives everything: the consents that count too.
constexpr std::string_view kVersion3 = R"(
CREATE TABLE effective_consent (
  profile_id BIGINT NOT NULL, purpose {long_key} NOT NULL, channel {long_key} NOT NULL,
  permission {text} NOT NULL, consent_id BIGINT NOT NULL, rule {text} NOT NULL,
  PRIMARY KEY (profile_id, purpose, channel)) {clustered};
INSERT INTO hub_state (name, value) VALUES ('turn_of_acts', 0);
DELETE FROM hub_state WHERE name = 'policy';
)";

// Matching compares by a model that it learns, and keeps no index of exact values any more.
constexpr std::string_view kVersion4 = R"(
DROP TABLE match_key;
ALTER TABLE link DROP COLUMN match_keys;
CREATE TABLE match_model (
  id {id}, created_at {text} NOT NULL, run_id BIGINT NOT NULL, parties BIGINT NOT NULL,
  content {text} NOT NULL);
)";

// Pairs that matching is not sure of wait for a steward; the next run looks for them.
constexpr std::string_view kVersion5 = R"(
CREATE TABLE review_item (
  id {id}, party_a BIGINT NOT NULL, party_b BIGINT NOT NULL, score BIGINT NOT NULL,
  reason {text} NOT NULL, first_seen_run BIGINT NOT NULL);
ALTER TABLE run ADD COLUMN review_items BIGINT;
DELETE FROM hub_state WHERE name = 'policy';
)";

// What matching keeps so that a night looks at what has changed only (match_index.hpp). The next run
// fills it.
constexpr std::string_view kVersion6 = R"(
CREATE TABLE match_block (first_key {id}, content {bytes} NOT NULL);
CREATE TABLE match_party (id {id}, signature {bytes} NOT NULL, edges {bytes} NOT NULL);
)";

// What a night changes of the index's blocks is kept apart from the rest for some nights. People's
// addresses carry what those who live there share, and households follow from it. The next run writes
// the index anew and derives everything.
constexpr std::string_view kVersion7 = R"(
DROP TABLE match_block;
CREATE TABLE match_block (
  level BIGINT NOT NULL, first_key BIGINT NOT NULL, content {bytes} NOT NULL,
  PRIMARY KEY (level, first_key));
ALTER TABLE postal_address ADD COLUMN home BIGINT;
CREATE INDEX postal_address_home ON postal_address (home);
CREATE TABLE household (
  home BIGINT NOT NULL, id {key} NOT NULL, profile_id BIGINT NOT NULL, position BIGINT NOT NULL,
  PRIMARY KEY (home, id, profile_id)) {clustered};
DELETE FROM hub_state WHERE name = 'policy';
)";

// What runs replaced is kept for as many runs as can be undone (record_versions.hpp); those before this
// version cannot. And an act of a steward is no run that a timer waits for.
constexpr std::string_view kVersion8 = R"(
CREATE TABLE record_version (
  record_id BIGINT NOT NULL, run_id BIGINT NOT NULL, fingerprint_high BIGINT NOT NULL,
  fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL, source_updated_at BIGINT,
  gone_run BIGINT, raw {text} NOT NULL, mapped {text} NOT NULL);
CREATE INDEX record_version_record ON record_version (record_id);
CREATE INDEX record_version_run ON record_version (run_id);
CREATE TABLE stream_state_version (
  stream_id BIGINT NOT NULL, run_id BIGINT NOT NULL, resume_state {text}, state_run BIGINT,
  last_count BIGINT, PRIMARY KEY (stream_id, run_id));
CREATE TABLE profile_version (
  run_id BIGINT NOT NULL, uuid {key} NOT NULL, content {text} NOT NULL,
  PRIMARY KEY (uuid, run_id)) {clustered};
CREATE INDEX profile_version_run ON profile_version (run_id);
INSERT INTO hub_state (name, value)
  SELECT 'last_run_for_good', COALESCE(MAX(id), 0) FROM run;
ALTER TABLE run ADD COLUMN kind {text} NOT NULL DEFAULT 'act';
UPDATE run SET kind = 'consolidation'
  WHERE EXISTS (SELECT 1 FROM run_source WHERE run_source.run_id = run.id);
UPDATE run SET kind = 'dry run' WHERE status = 'dry run';
)";

// Who holds the run's lock (run_lock.hpp); the chain of the audit trail and where each run found it
// (audit.hpp); what each setting was at the last run (run/configuration_change.hpp).
constexpr std::string_view kAccessOfVersion9 = R"(
CREATE TABLE run_lock (
  id {id}, fence BIGINT NOT NULL, host {text} NOT NULL, process BIGINT NOT NULL,
  taken_at {text} NOT NULL);
INSERT INTO run_lock (id, fence, host, process, taken_at) VALUES (1, 0, '', 0, '');
ALTER TABLE audit_event ADD COLUMN hash {text};
ALTER TABLE run ADD COLUMN audit_event BIGINT;
ALTER TABLE run ADD COLUMN audit_hash {text};
CREATE TABLE configuration (setting {long_key} PRIMARY KEY, fingerprint {text} NOT NULL);
)";

// What a night changes of the index's parties is kept apart from the rest, as its blocks are.
constexpr std::string_view kPartiesOfVersion10 = R"(
CREATE TABLE match_party_recent (
  id {id}, signature {bytes} NOT NULL, edges {bytes} NOT NULL);
)";

// Entries of the quarantine are kept like records when a run takes them out. A record has one version
// a run, and a profile's says what the run did to it. What earlier versions kept does not tell, so runs
// before this version can be neither undone nor shown.
constexpr std::string_view kUndoOfVersion10 = R"(
DROP TABLE record_version;
CREATE TABLE record_version (
  record_id BIGINT NOT NULL, run_id BIGINT NOT NULL, fingerprint_high BIGINT NOT NULL,
  fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL, source_updated_at BIGINT,
  gone_run BIGINT, raw {text} NOT NULL, mapped {text} NOT NULL, PRIMARY KEY (record_id, run_id));
CREATE INDEX record_version_run ON record_version (run_id);
CREATE TABLE quarantine_version (
  id BIGINT NOT NULL, replaced_run BIGINT NOT NULL, stream_id BIGINT NOT NULL,
  run_id BIGINT NOT NULL, source_key {text}, fingerprint_high BIGINT NOT NULL,
  fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL, reason {text} NOT NULL,
  field {text}, origin {text}, position BIGINT, raw {text} NOT NULL,
  PRIMARY KEY (id, replaced_run));
CREATE INDEX quarantine_version_run ON quarantine_version (replaced_run);
DROP TABLE profile_version;
CREATE TABLE profile_version (
  run_id BIGINT NOT NULL, uuid {key} NOT NULL, created_run BIGINT NOT NULL, fate {text} NOT NULL,
  other {text}, content {text} NOT NULL, PRIMARY KEY (uuid, run_id)) {clustered};
CREATE INDEX profile_version_run ON profile_version (run_id);
CREATE INDEX profile_version_created ON profile_version (created_run);
DELETE FROM stream_state_version;
DELETE FROM hub_state WHERE name = 'last_run_for_good';
INSERT INTO hub_state (name, value)
  SELECT 'last_run_for_good', COALESCE(MAX(id), 0) FROM run;
)";

// The fields that each stream had when it was last read whole (ingest/field_drift.hpp).
constexpr std::string_view kDriftOfVersion10 = R"(
ALTER TABLE stream_state ADD COLUMN fields {text};
ALTER TABLE stream_state_version ADD COLUMN fields {text};
)";

// A version that came in several parts.
std::string text_of(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

// Where the database cannot take back what it did to tables, a migration that was interrupted leaves
// this mark, its version below zero, and is gone through again.
bool was_interrupted(Database& database, int version) {
  return database.number("SELECT COUNT(*) FROM schema_version WHERE version = " +
                         std::to_string(-version)) > 0;
}

void mark_begun(Database& database, int version) {
  const auto row = database.bulk_insert("schema_version", {"version", "migrated_at"});
  const std::string now = format_instant(now_micros());
  row->add(-version);
  row->add(now);
  row->end_row();
  row->flush();
}

void migrate_to(Database& database, int version) {
  Transaction transaction(database);
  database.execute(
      "CREATE TABLE IF NOT EXISTS schema_version (version {id}, migrated_at {text} NOT NULL)");
  const bool again = was_interrupted(database, version);
  if (!again) mark_begun(database, version);
  drop_views(database);
  const std::string_view statements = migrations()[static_cast<std::size_t>(version) - 1];
  again ? database.execute_again(statements) : database.execute(statements);
  if (version == current_schema_version()) create_views(database);
  const std::string number = std::to_string(version);
  database.execute("UPDATE schema_version SET version = " + number + " WHERE version = -" + number);
  transaction.commit();
}

}  // namespace

std::span<const std::string_view> migrations() {
  static const std::string version_9(kAccessOfVersion9);
  static const std::string version_10 =
      text_of({kPartiesOfVersion10, kUndoOfVersion10, kDriftOfVersion10});
  static const std::string_view all[] = {first_tables(), kVersion2, kVersion3, kVersion4,
                                         kVersion5,      kVersion6, kVersion7, kVersion8,
                                         version_9,      version_10};
  return all;
}

int current_schema_version() { return static_cast<int>(migrations().size()); }

int schema_version(Database& database) {
  if (!database.has_table("schema_version")) return 0;
  return static_cast<int>(
      std::max<std::int64_t>(0, database.number("SELECT MAX(version) FROM schema_version")));
}

int migrate(Database& database) {
  const int before = schema_version(database);
  if (before > current_schema_version()) require_current_schema(database);
  if (!database.has_table("schema_version")) database.require_room_for_store();
  for (int version = before + 1; version <= current_schema_version(); ++version) {
    migrate_to(database, version);
  }
  return before;
}

void require_current_schema(Database& database) {
  const int version = schema_version(database);
  if (version == current_schema_version()) return;
  const std::string has = "the store has schema version " + std::to_string(version) +
                          ", this program needs " + std::to_string(current_schema_version());
  throw Error(ErrorKind::store, version < current_schema_version()
                                    ? has + ": run `cdh store migrate`"
                                    : has + ": use the newer cdh that wrote it");
}

bool is_text_column(FieldKind kind) {
  return kind != FieldKind::integer && !is_decimal(kind) && kind != FieldKind::boolean;
}

std::int64_t amount_from_text(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  std::int64_t whole = 0;
  std::from_chars(text.data(), text.data() + std::min(point, text.size()), whole);
  std::int64_t fraction = 0;
  if (point != std::string_view::npos) {
    std::int64_t unit = kAmountScale / 10;
    for (std::size_t i = point + 1; i < text.size() && unit > 0; ++i, unit /= 10) {
      fraction += (text[i] - '0') * unit;
    }
  }
  const std::int64_t amount = whole * kAmountScale + fraction;
  return negative ? -amount : amount;
}

std::string amount_to_text(std::int64_t amount) {
  const std::int64_t size = amount < 0 ? -amount : amount;
  std::string text = (amount < 0 ? "-" : "") + std::to_string(size / kAmountScale);
  std::string fraction = std::to_string(kAmountScale + size % kAmountScale).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction.empty() ? text : text + "." + fraction;
}

}  // namespace cdh
