#include "hub/store/store_check.hpp"

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool is_origins(std::string_view lineage) { return lineage == "origins"; }

class StoreCheckTest : public StoreTest {
 protected:
  // One customer of one record, with an e-mail address and a consent, as a run
  // leaves it.
  StoreCheckTest() {
    database_.execute(R"(
      INSERT INTO source (id, name) VALUES (1, 'crm');
      INSERT INTO stream (id, source_id, name) VALUES (1, 1, 'people');
      INSERT INTO pipeline (id, stream_id, fingerprint, columns) VALUES (1, 1, 0, '[]');
      INSERT INTO profile (id, uuid, party_type, display_name, record_count, created_run,
        changed_run, fingerprint, lineage)
        VALUES (5, '0192f3a1-0000-7000-8000-000000000005', 'person', 'Lee', 1, 1, 1, 0, 'origins');
      INSERT INTO link (party_id, profile_id, name, entity) VALUES (16, 5, 'person', 'person');
      INSERT INTO email (profile_id, position, value, party_id)
        VALUES (5, 0, 'ann@example.com', 16);
      INSERT INTO postal_address (profile_id, position, street_address, party_id, home)
        VALUES (5, 0, 'Mill Lane 1', 16, 7);
      INSERT INTO consent (id, customer_id, purpose, status) VALUES (17, 16, 'news', 'yes');
      INSERT INTO effective_consent (profile_id, purpose, channel, permission, consent_id, rule)
        VALUES (5, 'news', '', 'granted', 17, 'only');
      INSERT INTO hub_state (name, value) VALUES ('published_run', 1);)");
    const auto row = database_.bulk_insert(
        "source_record", {"id", "stream_id", "source_key", "fingerprint_high", "fingerprint_low",
                          "pipeline_id", "first_seen_run", "changed_run", "raw", "mapped"});
    for (const std::int64_t id : {1, 1}) row->add(id);
    row->add("7");
    for (const std::int64_t number : {0, 0, 1, 1, 1}) row->add(number);
    row->add("[]");
    row->add(R"([{"e":"person","as":"person","f":{"family_name":"Lee"}},)"
             R"({"e":"email","of":0,"f":{"value":"ann@example.com"}},)"
             R"({"e":"email","of":0,"f":{"value":"lee@example.com"}}])");
    row->end_row();
    row->flush();
  }

  std::vector<std::string> faults_after(const std::string& statement) {
    database_.execute(statement);
    return check_store(database_, &is_origins).faults;
  }
};
INSTANTIATE_TEST_SUITE_P(On, StoreCheckTest, kEveryStore, store_kind_name);

TEST_P(StoreCheckTest, AnswersWhileAnotherWrites) {
  Database other(hub_.store(), Database::Mode::existing);
  const Transaction writing(other);
  other.execute("INSERT INTO source (id, name) VALUES (2, 'shop')");
  EXPECT_EQ(probe_store(hub_.store()), current_schema_version());
  EXPECT_THAT(check_store(database_, &is_origins).faults, IsEmpty());
}

TEST_P(StoreCheckTest, FindsAProfileWithoutTheContactsOfItsRecords) {
  EXPECT_THAT(faults_after("DELETE FROM email"),
              ElementsAre("parties whose record has emails while their profile has none: 16"));
}

TEST_P(StoreCheckTest, FindsAContactThatIsMissingBeforeAnother) {
  EXPECT_THAT(faults_after("UPDATE email SET position = 1"),
              ElementsAre("profiles by profile_id with a gap in the positions "
                          "of table email: 5"));
}

TEST_P(StoreCheckTest, WhatHasLandedAndIsNotPublishedMayHaveOtherContacts) {
  EXPECT_THAT(faults_after("DELETE FROM email; UPDATE source_record SET changed_run = 2"),
              IsEmpty());
}

TEST_P(StoreCheckTest, FindsAProfileWhoseConsentsWereNotSettled) {
  EXPECT_THAT(faults_after("DELETE FROM effective_consent"),
              ElementsAre("profiles with consents of which none is effective: "
                          "0192f3a1-0000-7000-8000-000000000005"));
}

TEST_P(StoreCheckTest, AConsentWithoutAStatusSettlesNothing) {
  EXPECT_THAT(faults_after("DELETE FROM effective_consent; UPDATE consent SET status = NULL"),
              IsEmpty());
}

TEST_P(StoreCheckTest, FindsAnIdThatIsNoUuid) {
  EXPECT_THAT(faults_after("UPDATE profile SET uuid = 'not-a-uuid'"),
              ElementsAre("profiles by id whose uuid is no UUID: 5"));
}

TEST_P(StoreCheckTest, FindsALineageThatDoesNotParse) {
  EXPECT_THAT(faults_after("UPDATE profile SET lineage = 'damaged'"),
              ElementsAre("profiles by id whose lineage does not parse: 5"));
}

TEST_P(StoreCheckTest, FindsAnEffectiveConsentOfAnotherCustomer) {
  EXPECT_THAT(faults_after("UPDATE consent SET customer_id = NULL"),
              ElementsAre("effective_consent rows, by profile_id, of a consent of another "
                          "profile: 5"));
}

TEST_P(StoreCheckTest, FindsAHouseholdAtAnotherHome) {
  EXPECT_THAT(
      faults_after("INSERT INTO household (home, id, profile_id, position) VALUES (8, 'ab', 5, 0)"),
      ElementsAre("household rows, by profile_id, at another home than their address: 5",
                  "households of one: ab"));
}

TEST_P(StoreCheckTest, FindsAHouseholdOfOne) {
  EXPECT_THAT(
      faults_after("INSERT INTO household (home, id, profile_id, position) VALUES (7, 'ab', 5, 0)"),
      ElementsAre("households of one: ab"));
}

TEST_P(StoreCheckTest, FindsAPermissionThatIsNone) {
  EXPECT_THAT(faults_after("UPDATE effective_consent SET permission = 'perhaps'"),
              ElementsAre("effective_consent rows, by profile_id, whose permission is none: 5"));
}

}  // namespace
}  // namespace cdh
