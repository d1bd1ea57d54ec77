-- A role for BI tools and analysts: it reads customers and what happened to them, and nothing else.
--   psql -d customers -f config/postgresql/cdh_reader.sql
--   psql -d customers -c "CREATE ROLE ann LOGIN PASSWORD '...' IN ROLE cdh_reader"
-- To be run as the owner of the store's tables or a superuser, and again after each `cdh store migrate`,
-- which makes the views anew. docs/store.md says what is left out and why.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'cdh_reader') THEN
    CREATE ROLE cdh_reader NOLOGIN;
  END IF;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM cdh_reader;
GRANT USAGE ON SCHEMA public TO cdh_reader;
GRANT SELECT ON
  profile, profile_alias, email, phone, postal_address, online, household, effective_consent,
  v_affiliation, v_campaign, v_consent, v_credit_account, v_data_subject_request,
  v_effective_consent, v_engagement, v_form_submission, v_interaction, v_invoice,
  v_message_send, v_note, v_opportunity, v_order_line, v_payment, v_preference, v_product,
  v_relation, v_relationship, v_sales_order, v_service_case, v_stage_history, v_statement,
  v_survey_response, v_tag, v_task
TO cdh_reader;
