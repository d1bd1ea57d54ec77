-- A role for BI tools and analysts: it reads customers and what happened to them, and nothing else.
--   mariadb customers < config/mariadb/cdh_reader.sql
--   mariadb customers -e "CREATE USER ann IDENTIFIED BY '...'; GRANT cdh_reader TO ann;
--     SET DEFAULT ROLE cdh_reader FOR ann"
-- To be run as an administrator of the server, and again after a `cdh store migrate` that brings new
-- views. docs/store.md says what is left out and why.
CREATE ROLE IF NOT EXISTS cdh_reader;
GRANT SELECT ON profile TO cdh_reader;
GRANT SELECT ON profile_alias TO cdh_reader;
GRANT SELECT ON email TO cdh_reader;
GRANT SELECT ON phone TO cdh_reader;
GRANT SELECT ON postal_address TO cdh_reader;
GRANT SELECT ON online TO cdh_reader;
GRANT SELECT ON household TO cdh_reader;
GRANT SELECT ON effective_consent TO cdh_reader;
GRANT SELECT ON v_affiliation TO cdh_reader;
GRANT SELECT ON v_campaign TO cdh_reader;
GRANT SELECT ON v_consent TO cdh_reader;
GRANT SELECT ON v_credit_account TO cdh_reader;
GRANT SELECT ON v_data_subject_request TO cdh_reader;
GRANT SELECT ON v_effective_consent TO cdh_reader;
GRANT SELECT ON v_engagement TO cdh_reader;
GRANT SELECT ON v_form_submission TO cdh_reader;
GRANT SELECT ON v_interaction TO cdh_reader;
GRANT SELECT ON v_invoice TO cdh_reader;
GRANT SELECT ON v_message_send TO cdh_reader;
GRANT SELECT ON v_note TO cdh_reader;
GRANT SELECT ON v_opportunity TO cdh_reader;
GRANT SELECT ON v_order_line TO cdh_reader;
GRANT SELECT ON v_payment TO cdh_reader;
GRANT SELECT ON v_preference TO cdh_reader;
GRANT SELECT ON v_product TO cdh_reader;
GRANT SELECT ON v_relation TO cdh_reader;
GRANT SELECT ON v_relationship TO cdh_reader;
GRANT SELECT ON v_sales_order TO cdh_reader;
GRANT SELECT ON v_service_case TO cdh_reader;
GRANT SELECT ON v_stage_history TO cdh_reader;
GRANT SELECT ON v_statement TO cdh_reader;
GRANT SELECT ON v_survey_response TO cdh_reader;
GRANT SELECT ON v_tag TO cdh_reader;
GRANT SELECT ON v_task TO cdh_reader;
