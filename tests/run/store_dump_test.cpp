#include "hub/run/store_dump.hpp"

#include <gmock/gmock.h>

#include "hub/run/consolidation.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/store/membership.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using ::testing::Contains;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - { into: person, as: contact, fields: { given_name: first, family_name: last, emails: [mail] } }
          - { into: note, refs: { customer: { as: contact } }, fields: { text: note } }
)";
constexpr const char* kHeader = "id,first,last,mail,note\n";
constexpr const char* kAnns =
    "1,Ann,Lee,ann@example.com,\"two\nlines\"\n"
    "2,Anna,Lee,ann@example.com,\n";

constexpr const char* kLines =
    R"(crm/crm/1/contact: email #0 value=ann@example.com canonical=ann@example.com <- crm/crm/1/contact only
crm/crm/1/contact: family_name=Lee <- crm/crm/2/contact most_complete
crm/crm/1/contact: given_name=Anna <- crm/crm/2/contact most_complete
crm/crm/1/contact: member crm/crm/1/contact )"
    R"(
crm/crm/1/contact: member crm/crm/2/contact joined crm/crm/1/contact same family name, e-mail address; similar given name (score 9.8)
crm/crm/1/contact: person "Anna Lee" )"
    R"(
former party: crm/crm/3/contact of no profile
note crm/crm/1+1 customer=crm/crm/1/contact text=two\nlines
quarantine: crm/crm 6 - id crm.csv the record has no key: id is empty [null,"Cy","Fox",null,null]
record: crm/crm/1 at - ["1","Ann","Lee","ann@example.com","two\\nlines"] [{"e":"person","as":"contact","f":{"given_name":"Ann","family_name":"Lee"}},{"e":"email","of":0,"f":{"value":"ann@example.com","canonical":"ann@example.com"}},{"e":"note","as":"note","f":{"text":"two\\nlines"},"r":[{"name":"customer","as":"contact"}]}]
record: crm/crm/2 at - ["2","Anna","Lee","ann@example.com",null] [{"e":"person","as":"contact","f":{"given_name":"Anna","family_name":"Lee"}},{"e":"email","of":0,"f":{"value":"ann@example.com","canonical":"ann@example.com"}}]
record: crm/crm/3 at - gone ["3","Bob","Ray","bob@example.com",null] [{"e":"person","as":"contact","f":{"given_name":"Bob","family_name":"Ray"}},{"e":"email","of":0,"f":{"value":"bob@example.com","canonical":"bob@example.com"}}]
state: crm/crm 3 )"
    "\n";

class StoreDumpTest : public testing::TestWithParam<StoreKind> {
 protected:
  StoreDumpTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {}

  void run(const std::string& rows) {
    hub_.write("crm.csv", kHeader + rows);
    consolidate(config_, {});
  }
  std::vector<std::string> dump() {
    Database database(hub_.store(), Database::Mode::existing);
    return store_dump(database);
  }

  TestHub hub_;
  HubConfig config_;
};

TEST_P(StoreDumpTest, HasWhatIsDerivedAndWhatItIsDerivedFrom) {
  run(kAnns + std::string("3,Bob,Ray,bob@example.com,\n,Cy,Fox,,\n"));
  run(kAnns + std::string(",Cy,Fox,,\n"));
  std::string text;
  for (const std::string& line : dump()) {
    if (!line.starts_with("model: ")) text += line + "\n";
  }
  EXPECT_EQ(text, kLines);
}

TEST_P(StoreDumpTest, IsTheSameHoweverTheRecordsCame) {
  run(kAnns + std::string("3,Bob,Ray,bob@example.com,\n"));
  const std::vector<std::string> at_once = dump();
  TestHub other(GetParam());
  const HubConfig config = other.config(kYaml);
  other.write("crm.csv", kHeader + std::string("3,Bob,Ray,bob@example.com,\n"));
  RunOptions dry;
  dry.dry_run = true;
  EXPECT_EQ(consolidate(config, dry).exit, RunExit::done);
  other.remove("crm.csv");
  EXPECT_EQ(consolidate(config, {}).exit, RunExit::source_failed);
  other.write("crm.csv", kHeader + std::string("3,Bob,Ray,bob@example.com,\n") + kAnns);
  consolidate(config, {});
  Database database(other.store(), Database::Mode::existing);
  EXPECT_THAT(store_dump(database), ElementsAreArray(at_once));
}

TEST_P(StoreDumpTest, TellsDecisionsAndWhoAProfileLedTo) {
  run("1,Ann,Lee,ann@example.com,\n2,Bob,Ray,bob@example.com,\n");
  {
    Database database(hub_.store(), Database::Mode::existing);
    std::vector<std::string> uuids;
    for (const ProfileRow& profile : all_profiles(database)) uuids.push_back(profile.uuid);
    ASSERT_EQ(uuids.size(), 2U);
    merge_profiles(database, config_, uuids[0], uuids[1], "ada");
  }
  EXPECT_THAT(dump(), Contains("decision: together crm/crm/1/contact crm/crm/2/contact   by ada"));
  EXPECT_THAT(dump(), Contains("former id: of crm/crm/1/contact"));
  EXPECT_THAT(dump(), Contains("former party: crm/crm/2/contact of crm/crm/1/contact"));
  EXPECT_THAT(dump(), Not(Contains(HasSubstr("no profile"))));
}

INSTANTIATE_TEST_SUITE_P(On, StoreDumpTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
