#include "hub/store/first_tables.hpp"

namespace cdh {

namespace {

constexpr std::string_view kTables = R"(
CREATE TABLE source (id {id}, name {key} NOT NULL UNIQUE);
CREATE TABLE stream (
  id {id}, source_id BIGINT NOT NULL, name {key} NOT NULL, UNIQUE (source_id, name));
CREATE TABLE stream_state (
  stream_id {id}, resume_state {text}, run_id BIGINT NOT NULL, last_count BIGINT NOT NULL);
CREATE TABLE pipeline (
  id {id}, stream_id BIGINT NOT NULL, fingerprint BIGINT NOT NULL, columns {text} NOT NULL);

CREATE TABLE source_record (
  id {id}, stream_id BIGINT NOT NULL, source_key {long_key} NOT NULL,
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
  alias {key} PRIMARY KEY, profile_uuid {text} NOT NULL, run_id BIGINT NOT NULL);
CREATE TABLE former_party (party {long_key} PRIMARY KEY, profile_uuid {key} NOT NULL);
CREATE INDEX former_party_profile ON former_party (profile_uuid);
CREATE TABLE decision (
  id {id}, kind {text} NOT NULL, left_party {text} NOT NULL, right_party {text},
  field {text}, value {text}, made_by {text} NOT NULL, made_at {text} NOT NULL,
  run_id BIGINT NOT NULL);
CREATE TABLE unresolved_ref (
  event_id BIGINT NOT NULL, ref {key} NOT NULL, entity {text} NOT NULL, stream_id BIGINT NOT NULL,
  source_key {long_key} NOT NULL, name {text}, PRIMARY KEY (event_id, ref));
CREATE INDEX unresolved_ref_target ON unresolved_ref (stream_id, source_key);

CREATE TABLE run (
  id {id}, started_at {text} NOT NULL, finished_at {text}, status {text} NOT NULL, message {text},
  profiles BIGINT, created BIGINT, changed BIGINT, merged BIGINT, split BIGINT, removed BIGINT);
CREATE TABLE run_source (
  run_id BIGINT NOT NULL, source {key} NOT NULL, stream {key} NOT NULL, status {text} NOT NULL,
  message {text}, records_read BIGINT NOT NULL, unchanged BIGINT NOT NULL, added BIGINT NOT NULL,
  changed BIGINT NOT NULL, gone BIGINT NOT NULL, filtered BIGINT NOT NULL, repeated BIGINT NOT NULL,
  quarantined BIGINT NOT NULL, newly_quarantined BIGINT NOT NULL, split_off BIGINT NOT NULL,
  PRIMARY KEY (run_id, source, stream));
CREATE TABLE hub_state (name {key} PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE audit_event (
  id {id}, at {text} NOT NULL, who {text} NOT NULL, action {text} NOT NULL, subject {text} NOT NULL);

CREATE TABLE profile (
  id {id}, uuid {key} NOT NULL UNIQUE, party_type {text} NOT NULL, display_name {text} NOT NULL,
  record_count BIGINT NOT NULL, created_run BIGINT NOT NULL, changed_run BIGINT NOT NULL,
  fingerprint BIGINT NOT NULL, honorific_prefix {text}, given_name {text}, additional_name {text},
  family_name {text}, honorific_suffix {text}, native_name {text}, gender {text}, birth_date {text},
  marital_status {text}, children_count BIGINT, education_level {text}, occupation {text},
  income_band {text}, home_ownership {text}, vehicle_ownership {text}, interests {text},
  preferred_language {text}, legal_name {text}, name {text}, registration_id {text}, tax_id {text},
  industry_code {text}, industry_influence {text}, number_of_employees BIGINT,
  annual_revenue BIGINT, registered_capital BIGINT, founding_date {text}, main_products {text},
  org_structure {text}, business_challenges {text}, url {text}, parent_organization {text},
  ext {text}, lineage {text} NOT NULL);
CREATE TABLE email (
  profile_id BIGINT NOT NULL, position BIGINT NOT NULL, value {text}, canonical {text}, type {text},
  verified BIGINT, party_id BIGINT NOT NULL, PRIMARY KEY (profile_id, position)) {clustered};
CREATE TABLE phone (
  profile_id BIGINT NOT NULL, position BIGINT NOT NULL, value {text}, e164 {text}, extension {text},
  type {text}, verified BIGINT, party_id BIGINT NOT NULL,
  PRIMARY KEY (profile_id, position)) {clustered};
CREATE TABLE online (
  profile_id BIGINT NOT NULL, position BIGINT NOT NULL, network {text}, handle {text}, url {text},
  party_id BIGINT NOT NULL, PRIMARY KEY (profile_id, position)) {clustered};
CREATE TABLE postal_address (
  profile_id BIGINT NOT NULL, position BIGINT NOT NULL, street_address {text}, address_line2 {text},
  address_locality {text}, address_region {text}, postal_code {text}, address_country {text},
  type {text}, party_id BIGINT NOT NULL, PRIMARY KEY (profile_id, position)) {clustered};
CREATE TABLE external_identifier (
  profile_id BIGINT NOT NULL, position BIGINT NOT NULL, system {text}, id_type {text},
  id_value {text}, is_unique BIGINT, party_id BIGINT NOT NULL,
  PRIMARY KEY (profile_id, position)) {clustered};
CREATE TABLE affiliation (
  id {id}, person_id BIGINT, organization_id BIGINT, job_title {text}, department {text},
  is_decision_maker BIGINT, start_date {text}, end_date {text}, source_updated_at BIGINT,
  ext {text});
CREATE INDEX affiliation_person ON affiliation (person_id);
CREATE INDEX affiliation_organization ON affiliation (organization_id);
CREATE TABLE relationship (
  id {id}, from_id BIGINT, to_id BIGINT, kind {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX relationship_from ON relationship (from_id);
CREATE INDEX relationship_to ON relationship (to_id);
CREATE TABLE product (
  id {id}, sku {text}, name {text}, category {text}, unit_price BIGINT, currency {text},
  source_updated_at BIGINT, ext {text});
CREATE TABLE sales_order (
  id {id}, customer_id BIGINT, number {text}, order_date {text}, status {text}, total BIGINT,
  currency {text}, channel {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX sales_order_customer ON sales_order (customer_id);
CREATE TABLE order_line (
  id {id}, order_id BIGINT, product_id BIGINT, line_number BIGINT, quantity BIGINT,
  unit_price BIGINT, discount BIGINT, tax BIGINT, description {text}, source_updated_at BIGINT,
  ext {text});
CREATE INDEX order_line_order ON order_line (order_id);
CREATE INDEX order_line_product ON order_line (product_id);
CREATE TABLE opportunity (
  id {id}, customer_id BIGINT, name {text}, created_at {text}, stage {text}, amount BIGINT,
  currency {text}, probability BIGINT, expected_close_date {text}, closed_at {text}, outcome {text},
  lost_reason {text}, owner {text}, lead_source {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX opportunity_customer ON opportunity (customer_id);
CREATE TABLE stage_history (
  id {id}, opportunity_id BIGINT, from_stage {text}, to_stage {text}, changed_at {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX stage_history_opportunity ON stage_history (opportunity_id);
CREATE TABLE invoice (
  id {id}, customer_id BIGINT, order_id BIGINT, number {text}, issue_date {text}, due_date {text},
  amount BIGINT, tax BIGINT, currency {text}, status {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX invoice_customer ON invoice (customer_id);
CREATE INDEX invoice_order ON invoice (order_id);
CREATE TABLE payment (
  id {id}, customer_id BIGINT, invoice_id BIGINT, paid_at {text}, amount BIGINT, currency {text},
  method {text}, reference {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX payment_customer ON payment (customer_id);
CREATE INDEX payment_invoice ON payment (invoice_id);
CREATE TABLE credit_account (
  id {id}, customer_id BIGINT, credit_limit BIGINT, payment_terms_days BIGINT, balance BIGINT,
  overdue_amount BIGINT, currency {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX credit_account_customer ON credit_account (customer_id);
CREATE TABLE interaction (
  id {id}, customer_id BIGINT, channel {text}, direction {text}, occurred_at {text},
  duration_s BIGINT, subject {text}, content {text}, participants {text}, employee {text},
  outcome {text}, follow_up_plan {text}, follow_up_due {text}, minutes {text}, decisions {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX interaction_customer ON interaction (customer_id);
CREATE TABLE service_case (
  id {id}, customer_id BIGINT, number {text}, kind {text}, opened_at {text}, closed_at {text},
  status {text}, priority {text}, category {text}, description {text}, resolution {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX service_case_customer ON service_case (customer_id);
CREATE TABLE campaign (
  id {id}, name {text}, type {text}, cost BIGINT, currency {text}, start_date {text},
  end_date {text}, source_updated_at BIGINT, ext {text});
CREATE TABLE message_send (
  id {id}, customer_id BIGINT, campaign_id BIGINT, sent_at {text}, delivered_at {text},
  bounced_at {text}, subject {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX message_send_customer ON message_send (customer_id);
CREATE INDEX message_send_campaign ON message_send (campaign_id);
CREATE TABLE engagement (
  id {id}, customer_id BIGINT, message_id BIGINT, kind {text}, occurred_at {text}, url {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX engagement_customer ON engagement (customer_id);
CREATE INDEX engagement_message ON engagement (message_id);
CREATE TABLE form_submission (
  id {id}, customer_id BIGINT, form {text}, submitted_at {text}, fields {text}, page_url {text},
  referrer {text}, utm_source {text}, utm_medium {text}, utm_campaign {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX form_submission_customer ON form_submission (customer_id);
CREATE TABLE survey_response (
  id {id}, customer_id BIGINT, case_id BIGINT, survey {text}, question {text}, answered_at {text},
  metric {text}, score BIGINT, scale {text}, text {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX survey_response_customer ON survey_response (customer_id);
CREATE INDEX survey_response_case ON survey_response (case_id);
CREATE TABLE statement (
  id {id}, customer_id BIGINT, topic {text}, text {text}, sentiment {text}, stated_at {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX statement_customer ON statement (customer_id);
CREATE TABLE preference (
  id {id}, customer_id BIGINT, topic {text}, value {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX preference_customer ON preference (customer_id);
CREATE TABLE note (
  id {id}, customer_id BIGINT, author {text}, text {text}, created_at {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX note_customer ON note (customer_id);
CREATE TABLE tag (
  id {id}, customer_id BIGINT, tag {text}, tagged_by {text}, tagged_at {text}, reason {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX tag_customer ON tag (customer_id);
CREATE TABLE task (
  id {id}, customer_id BIGINT, title {text}, assigned_to {text}, due_at {text}, status {text},
  created_by_rule {text}, source_updated_at BIGINT, ext {text});
CREATE INDEX task_customer ON task (customer_id);
CREATE TABLE consent (
  id {id}, customer_id BIGINT, purpose {text}, channel {text}, status {text}, legal_basis {text},
  captured_at {text}, captured_from {text}, expires_at {text}, source_updated_at BIGINT,
  ext {text});
CREATE INDEX consent_customer ON consent (customer_id);
CREATE TABLE data_subject_request (
  id {id}, customer_id BIGINT, kind {text}, requested_at {text}, completed_at {text}, status {text},
  source_updated_at BIGINT, ext {text});
CREATE INDEX data_subject_request_customer ON data_subject_request (customer_id);
CREATE INDEX email_canonical ON email (canonical{prefix});
CREATE INDEX phone_e164 ON phone (e164{prefix});
)";

}  // namespace

std::string_view first_tables() { return kTables; }

}  // namespace cdh
