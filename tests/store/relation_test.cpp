#include "hub/store/relation.hpp"

#include "hub/store/export.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Two people and two companies, each of one record of the CRM: Ann 1, Bob 2, Acme 3, Acme UK 4, whose
// parties are 16, 32, 48 and 64. What records say is of record 5.
class RelationTest : public StoreTest {
 protected:
  RelationTest() {
    database_.execute(R"(
      INSERT INTO source (id, name) VALUES (1, 'crm');
      INSERT INTO stream (id, source_id, name) VALUES (1, 1, 'ties');)");
    const char* names[] = {"Ann", "Bob", "Acme", "Acme UK", ""};
    for (int id = 1; id <= 5; ++id) {
      const std::string n = std::to_string(id), party = std::to_string(id * 16);
      const std::string type = id <= 2 ? "person" : "organization";
      database_.execute(
          "INSERT INTO source_record (id, stream_id, source_key, fingerprint_high, "
          "fingerprint_low, pipeline_id, first_seen_run, changed_run, raw, mapped) VALUES (" +
          n + ", 1, 'k" + n + "', 0, 0, 1, 1, 1, '[]', '[]')");
      if (id == 5) continue;
      database_.execute(
          "INSERT INTO profile (id, uuid, party_type, display_name, record_count, "
          "created_run, changed_run, fingerprint, lineage) VALUES (" +
          n + ", '" + uuid(id) + "', '" + type + "', '" + names[id - 1] + "', 1, 1, 1, 0, '')");
      database_.execute("INSERT INTO link (party_id, profile_id, name, entity) VALUES (" + party +
                        ", " + n + ", '" + type + "', '" + type + "')");
    }
  }

  static std::string uuid(int id) {
    return "0192f3a1-0000-7000-8000-00000000000" + std::to_string(id);
  }

  void relate(int from, int to, const std::string& kind, int place = 0) {
    database_.execute("INSERT INTO relationship (id, from_id, to_id, kind) VALUES (" +
                      std::to_string(80 + place) + ", " + std::to_string(from * 16) + ", " +
                      std::to_string(to * 16) + ", " + (kind.empty() ? "NULL" : "'" + kind + "'") +
                      ")");
  }

  // "works_for Acme (job_title=CEO) <- crm:k5"
  std::vector<std::string> relations(int profile, std::size_t most = 50) {
    std::vector<std::string> lines;
    const auto found = relations_of(database_, {profile}, most);
    if (!found.contains(profile)) return lines;
    for (const ViewedRelation& relation : found.at(profile)) {
      std::string& line = lines.emplace_back(relation.relation + " " + relation.other_name);
      for (const auto& [name, value] : relation.values) line += " " + name + "=" + value;
      for (const std::string& record : relation.records) line += " <- " + record;
    }
    return lines;
  }
};
INSTANTIATE_TEST_SUITE_P(On, RelationTest, kEveryStore, store_kind_name);

TEST_P(RelationTest, APersonWorksForAnOrganizationThatEmploysThem) {
  database_.execute(
      "INSERT INTO affiliation (id, person_id, organization_id, job_title, is_decision_maker, "
      "start_date) VALUES (80, 16, 48, 'CEO', 1, '2020-01-31')");
  const std::string job = " job_title=CEO is_decision_maker=true start_date=2020-01-31 <- crm:k5";
  EXPECT_THAT(relations(1), ElementsAre("works_for Acme" + job));
  EXPECT_THAT(relations(3), ElementsAre("employs Ann" + job));
  EXPECT_THAT(relations(2), ElementsAre());
}

TEST_P(RelationTest, AKindIsKnownTheOtherWayRound) {
  relate(4, 3, " Parent");
  relate(1, 2, "spouse", 1);
  EXPECT_THAT(relations(4), ElementsAre("parent Acme <- crm:k5"));
  EXPECT_THAT(relations(3), ElementsAre("subsidiary Acme UK <- crm:k5"));
  EXPECT_THAT(relations(1), ElementsAre("spouse Bob <- crm:k5"));
  EXPECT_THAT(relations(2), ElementsAre("spouse Ann <- crm:k5"));
}

TEST_P(RelationTest, WhatIsSaidTwiceIsOneRelationOfTwoRecords) {
  relate(3, 4, "subsidiary");
  relate(4, 3, "parent", 1);
  EXPECT_THAT(relations(3), ElementsAre("subsidiary Acme UK <- crm:k5 <- crm:k5"));
}

TEST_P(RelationTest, WhatIsSaidAgainAfterSomethingElseIsNoRelationOfItsOwn) {
  int place = 0;
  for (const char* title : {"CEO", "Owner", "CEO"}) {
    database_.execute(
        "INSERT INTO affiliation (id, person_id, organization_id, job_title) "
        "VALUES (" +
        std::to_string(80 + place++) + ", 16, 48, '" + title + "')");
  }
  EXPECT_THAT(relations(1), ElementsAre("works_for Acme job_title=CEO <- crm:k5 <- crm:k5",
                                        "works_for Acme job_title=Owner <- crm:k5"));
}

TEST_P(RelationTest, ParentsOfPeopleHaveChildren) {
  relate(1, 2, "parent");
  EXPECT_THAT(relations(2), ElementsAre("child Ann <- crm:k5"));
}

TEST_P(RelationTest, OtherKindsAreNamedOfAndNoKindIsRelated) {
  relate(1, 2, "guardian");
  EXPECT_THAT(relations(1), ElementsAre("guardian Bob <- crm:k5"));
  EXPECT_THAT(relations(2), ElementsAre("guardian_of Ann <- crm:k5"));
  relate(1, 3, "", 1);
  EXPECT_THAT(relations(3), ElementsAre("related Ann <- crm:k5"));
}

TEST_P(RelationTest, NobodyIsRelatedToThemselves) {
  database_.execute("UPDATE link SET profile_id = 1 WHERE party_id = 32");
  relate(1, 2, "spouse");
  EXPECT_THAT(relations(1), ElementsAre());
}

TEST_P(RelationTest, WhatHasNotArrivedIsNoRelationYet) {
  database_.execute("INSERT INTO affiliation (id, person_id) VALUES (80, 16)");
  EXPECT_THAT(relations(1), ElementsAre());
}

TEST_P(RelationTest, AHouseholdIsShownWithItsAddress) {
  database_.execute(R"(
    INSERT INTO postal_address (profile_id, position, street_address, postal_code, party_id, home)
      VALUES (1, 0, 'Dluga 5', '00-238', 16, 7), (2, 0, 'ul. Dluga 5', '00-238', 32, 7);
    INSERT INTO household (home, id, profile_id, position) VALUES (7, 'ab', 1, 0), (7, 'ab', 2, 0);)");
  EXPECT_THAT(relations(1), ElementsAre("household Bob street_address=Dluga 5 postal_code=00-238"));
  EXPECT_THAT(relations(2),
              ElementsAre("household Ann street_address=ul. Dluga 5 postal_code=00-238"));
}

TEST_P(RelationTest, OfEachRelationOnlySoManyAreShown) {
  relate(1, 2, "friend");
  relate(1, 3, "friend", 1);
  relate(1, 4, "supplier", 2);
  EXPECT_THAT(relations(1, 1), ElementsAre("friend Acme <- crm:k5", "supplier Acme UK <- crm:k5"));
  EXPECT_THAT(relations(1, 0), ElementsAre());
}

TEST_P(RelationTest, TheViewAndTheExportHaveBothSides) {
  relate(4, 3, "parent");
  EXPECT_EQ(text("SELECT relation FROM v_relation WHERE from_profile = '" + uuid(3) +
                 "' AND to_profile = '" + uuid(4) + "'"),
            "subsidiary");
  const Transaction frozen(database_, Transaction::Access::read);
  Export rows(database_, "relation");
  EXPECT_THAT(rows.csv_header(), HasSubstr("from_profile_id,relation,to_profile_id,job_title,"));
  std::vector<std::string> lines;
  while (rows.next()) lines.push_back(rows.csv_line());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], HasSubstr(uuid(3) + ",subsidiary," + uuid(4) + ","));
  EXPECT_THAT(lines[0], HasSubstr(",crm,ties,k5"));
  EXPECT_THAT(lines[1], HasSubstr(uuid(4) + ",parent," + uuid(3) + ","));
}

}  // namespace
}  // namespace cdh
