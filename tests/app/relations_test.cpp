// How `cdh profile show` and `cdh export` tell of the customers that one has to do with.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kHub = R"(
hub: { store: sqlite://c.db }
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: No
        map:
          - as: contact
            into: person
            fields: { given_name: First, family_name: Last, street_address: Street, postal_code: Zip }
          - { as: company, into: organization, fields: { name: Company } }
          - into: affiliation
            refs: { person: { as: contact }, organization: { as: company } }
            fields: { job_title: Role }
          - into: relationship
            when: { Kind: [parent] }
            refs: { from: { as: company }, to: { stream: crm, key: Of, as: company } }
            fields: { kind: Kind }
)";

class Relations : public ::testing::Test {
 protected:
  Relations() {
    hub_.write("hub.yaml", kHub);
    hub_.write("crm.csv",
               "No,First,Last,Street,Zip,Company,Role,Kind,Of\n"
               "1,Ann,Kowalska,ul. Długa 5/7,00-238,Example Works,Director,parent,2\n"
               "2,Jan,Kowalski,Dluga 5 m. 7,00238,Sample Holding,,,\n");
    EXPECT_EQ(hub_.run({"run"}).exit_code, 0);
  }

  std::string id_of(const std::string& name) const {
    const auto found =
        nlohmann::json::parse(hub_.run({"profile", "find", name, "--format", "json"}).out);
    return found.at(0).at("profile");
  }
  nlohmann::json relations_of(const std::string& name) const {
    const Outcome shown = hub_.run({"profile", "show", id_of(name), "--format", "json"});
    return nlohmann::json::parse(shown.out).at("relations");
  }

  const HubFolder hub_;
};

TEST_F(Relations, StandBelowTheRecordsOfAProfile) {
  EXPECT_THAT(hub_.run({"profile", "show", id_of("Ann Kowalska")}).out,
              AllOf(HasSubstr("works_for  Example Works"), HasSubstr("job_title: Director"),
                    HasSubstr("household  Jan Kowalski"),
                    HasSubstr("ul. Długa 5/7, 00-238  same name and address"),
                    Not(HasSubstr("affiliation"))));
}

TEST_F(Relations, AreInTheJsonOfAProfile) {
  const nlohmann::json relations = relations_of("Ann Kowalska");
  ASSERT_EQ(relations.size(), 2U) << relations;
  EXPECT_EQ(relations[0]["relation"], "household");
  EXPECT_EQ(relations[0]["profile"], id_of("Jan Kowalski"));
  EXPECT_EQ(relations[0]["household"], relations_of("Jan Kowalski")[0]["household"]);
  EXPECT_EQ(relations[1]["relation"], "works_for");
  EXPECT_EQ(relations[1]["display_name"], "Example Works");
  EXPECT_EQ(relations[1]["values"]["job_title"], "Director");
  EXPECT_EQ(relations[1]["records"], nlohmann::json({"crm:1"}));
}

TEST_F(Relations, OfCompaniesGoBothWays) {
  EXPECT_THAT(hub_.run({"profile", "show", id_of("Example Works")}).out,
              HasSubstr("parent    Sample Holding"));
  EXPECT_THAT(hub_.run({"profile", "show", id_of("Sample Holding")}).out,
              HasSubstr("subsidiary  Example Works"));
}

TEST_F(Relations, CanBeExported) {
  const std::string csv = hub_.run({"export", "relation", "-o", "-"}).out;
  EXPECT_EQ(std::ranges::count(csv, '\n'), 9) << csv;  // a header, and four relations both ways
  EXPECT_THAT(csv, HasSubstr(id_of("Sample Holding") + ",subsidiary," + id_of("Example Works")));
}

}  // namespace
}  // namespace cdh::test
