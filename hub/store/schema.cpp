#include "hub/store/schema.hpp"

#include <charconv>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"

namespace cdh {

namespace {

// What does not follow from the customer model. Record, party and event ids: an event or party is
// record id * 16 + its place in the record.
constexpr std::string_view kFixedTables = R"(
CREATE TABLE source (id {id}, name {text} NOT NULL UNIQUE);
CREATE TABLE stream (
  id {id}, source_id BIGINT NOT NULL, name {text} NOT NULL, UNIQUE (source_id, name));
CREATE TABLE stream_state (
  stream_id {id}, resume_state {text}, run_id BIGINT NOT NULL, last_count BIGINT NOT NULL);
CREATE TABLE pipeline (
  id {id}, stream_id BIGINT NOT NULL, fingerprint BIGINT NOT NULL, columns {text} NOT NULL);

CREATE TABLE source_record (
  id {id}, stream_id BIGINT NOT NULL, source_key {text} NOT NULL,
  fingerprint_high BIGINT NOT NULL, fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL,
  source_updated_at BIGINT, first_seen_run BIGINT NOT NULL, changed_run BIGINT NOT NULL,
  gone_run BIGINT, raw {text} NOT NULL, mapped {text} NOT NULL,
  UNIQUE (stream_id, source_key));
CREATE INDEX source_record_changed ON source_record (changed_run);

CREATE TABLE quarantine (
  id {id}, stream_id BIGINT NOT NULL, run_id BIGINT NOT NULL, source_key {text},
  fingerprint_high BIGINT NOT NULL, fingerprint_low BIGINT NOT NULL, pipeline_id BIGINT NOT NULL,
  reason {text} NOT NULL, field {text}, origin {text}, position BIGINT, raw {text} NOT NULL);
CREATE INDEX quarantine_stream ON quarantine (stream_id);

CREATE TABLE link (
  party_id {id}, profile_id BIGINT NOT NULL, name {text} NOT NULL, entity {text} NOT NULL,
  joined_to BIGINT, reason {text}, match_keys {text});
CREATE INDEX link_profile ON link (profile_id);
CREATE TABLE match_key (
  match_key BIGINT NOT NULL, party_id BIGINT NOT NULL, PRIMARY KEY (match_key, party_id)) {clustered};
CREATE TABLE profile_alias (
  alias {text} PRIMARY KEY, profile_uuid {text} NOT NULL, run_id BIGINT NOT NULL);
CREATE TABLE former_party (party {text} PRIMARY KEY, profile_uuid {text} NOT NULL);
CREATE INDEX former_party_profile ON former_party (profile_uuid);
CREATE TABLE decision (
  id {id}, kind {text} NOT NULL, left_party {text} NOT NULL, right_party {text},
  field {text}, value {text}, made_by {text} NOT NULL, made_at {text} NOT NULL,
  run_id BIGINT NOT NULL);
CREATE TABLE unresolved_ref (
  event_id BIGINT NOT NULL, ref {text} NOT NULL, entity {text} NOT NULL, stream_id BIGINT NOT NULL,
  source_key {text} NOT NULL, name {text}, PRIMARY KEY (event_id, ref));
CREATE INDEX unresolved_ref_target ON unresolved_ref (stream_id, source_key);

CREATE TABLE run (
  id {id}, started_at {text} NOT NULL, finished_at {text}, status {text} NOT NULL, message {text},
  profiles BIGINT, created BIGINT, changed BIGINT, merged BIGINT, split BIGINT, removed BIGINT);
CREATE TABLE run_source (
  run_id BIGINT NOT NULL, source {text} NOT NULL, stream {text} NOT NULL, status {text} NOT NULL,
  message {text}, records_read BIGINT NOT NULL, unchanged BIGINT NOT NULL, added BIGINT NOT NULL,
  changed BIGINT NOT NULL, gone BIGINT NOT NULL, filtered BIGINT NOT NULL, repeated BIGINT NOT NULL,
  quarantined BIGINT NOT NULL, newly_quarantined BIGINT NOT NULL, split_off BIGINT NOT NULL,
  PRIMARY KEY (run_id, source, stream));
CREATE TABLE hub_state (name {text} PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE audit_event (
  id {id}, at {text} NOT NULL, who {text} NOT NULL, action {text} NOT NULL, subject {text} NOT NULL);
)";

std::string columns_of(const EntitySpec& spec) {
  std::string out;
  for (const FieldSpec& field : spec.fields) {
    out += ", " + std::string(field.name) + " " + column_type(field.kind);
  }
  return out;
}

// Golden values of people and organizations stand in one row a profile; a name both have is one
// column.
std::string profile_table() {
  std::string out =
      "CREATE TABLE profile (id {id}, uuid {text} NOT NULL UNIQUE, party_type {text} NOT NULL, "
      "display_name {text} NOT NULL, record_count BIGINT NOT NULL, created_run BIGINT NOT NULL, "
      "changed_run BIGINT NOT NULL, fingerprint BIGINT NOT NULL";
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::party) out += columns_of(spec);
  }
  return out + ", ext {text}, lineage {text} NOT NULL);\n";
}

std::string contact_table(const EntitySpec& spec) {
  return "CREATE TABLE " + std::string(spec.name) +
         " (profile_id BIGINT NOT NULL, position BIGINT NOT NULL" + columns_of(spec) +
         ", party_id BIGINT NOT NULL, PRIMARY KEY (profile_id, position)) {clustered};\n";
}

std::string event_table(const EntitySpec& spec) {
  const std::string name(spec.name);
  std::string out = "CREATE TABLE " + name + " (id {id}";
  for (const RefSpec& ref : spec.refs) out += ", " + std::string(ref.name) + "_id BIGINT";
  out += columns_of(spec) + ", source_updated_at BIGINT, ext {text});\n";
  for (const RefSpec& ref : spec.refs) {
    out += "CREATE INDEX " + name + "_" + std::string(ref.name) + " ON " + name + " (" +
           std::string(ref.name) + "_id);\n";
  }
  return out;
}

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

std::string version_1() {
  std::string out(kFixedTables);
  out += profile_table();
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::contact) out += contact_table(spec);
    if (spec.role == EntityRole::event) out += event_table(spec);
  }
  out += "CREATE INDEX email_canonical ON email (canonical);\n";
  out += "CREATE INDEX phone_e164 ON phone (e164);\n";
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::event) out += event_view(spec);
  }
  return out;
}

std::string version_2() {
  return "ALTER TABLE run_source ADD COLUMN remapped BIGINT NOT NULL DEFAULT 0;\n";
}

std::string version_3() {
  return R"(
CREATE TABLE effective_consent (
  profile_id BIGINT NOT NULL, purpose {text} NOT NULL, channel {text} NOT NULL,
  permission {text} NOT NULL, consent_id BIGINT NOT NULL, rule {text} NOT NULL,
  PRIMARY KEY (profile_id, purpose, channel)) {clustered};
INSERT INTO hub_state (name, value) VALUES ('turn_of_acts', 0);
CREATE VIEW v_effective_consent AS
  SELECT p.uuid AS customer_profile, e.purpose, e.channel, e.permission, e.rule, e.consent_id,
    c.status, c.legal_basis, c.captured_at, c.expires_at
  FROM effective_consent e JOIN profile p ON p.id = e.profile_id
  LEFT JOIN consent c ON c.id = e.consent_id;
)";
}

// One entry a version, in order; entry 0 makes version 1. An entry that has shipped never changes.
using Migration = std::string (*)();
constexpr Migration kMigrations[] = {&version_1, &version_2, &version_3};

bool has_schema_version(Database& database) {
  const bool is_sqlite = database.dialect() == "sqlite";
  return database.number(is_sqlite ? "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND "
                                     "name = 'schema_version'"
                                   : "SELECT COUNT(*) FROM pg_class WHERE relname = "
                                     "'schema_version' AND pg_table_is_visible(oid)") > 0;
}

}  // namespace

int current_schema_version() { return static_cast<int>(std::size(kMigrations)); }

int schema_version(Database& database) {
  if (!has_schema_version(database)) return 0;
  return static_cast<int>(database.number("SELECT MAX(version) FROM schema_version"));
}

int migrate(Database& database) {
  const int before = schema_version(database);
  if (before > current_schema_version()) require_current_schema(database);
  for (int version = before + 1; version <= current_schema_version(); ++version) {
    Transaction transaction(database);
    database.execute(
        "CREATE TABLE IF NOT EXISTS schema_version (version {id}, migrated_at {text} NOT NULL)");
    database.execute(kMigrations[version - 1]());
    const auto row = database.bulk_insert("schema_version", {"version", "migrated_at"});
    const std::string now = format_instant(now_micros());
    row->add(version);
    row->add(now);
    row->end_row();
    row->flush();
    transaction.commit();
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

std::string column_type(FieldKind kind) { return is_text_column(kind) ? "{text}" : "BIGINT"; }

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
