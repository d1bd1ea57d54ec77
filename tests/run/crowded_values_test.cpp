#include "hub/run/crowded_values.hpp"

#include "hub/run/consolidation.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kYaml = R"(
match: { max_holders: 2 }
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail], phones: [phone] }
)";

// What the run's report says of a file with these rows.
void check(const std::string& rows, const std::string& expected) {
  const TestHub hub;
  hub.write("crm.csv", "id,first,last,mail,phone\n" + rows);
  EXPECT_EQ(consolidate(hub.config(kYaml), {}).run.message, expected) << rows;
}

TEST(CrowdedValues, ValuesThatIdentifyNobodyAreTold) {
  check(
      "1,Ann,Lee,us@example.com,\n"
      "2,Bob,Ray,us@example.com,\n",
      "");
  check(
      "1,Ann,Lee,us@example.com,212 456 0142\n"
      "2,Bob,Ray,us@example.com,212 456 0142\n"
      "3,Cy,Fox,us@example.com,212 456 0142\n"
      "4,Dee,Poe,,212 456 0143\n"
      "5,Eve,Orr,,212 456 0143\n"
      "6,Flo,Kay,,212 456 0143\n",
      "Shared by more than 2 records each, so they identify nobody: 1 e-mail address, 2 phone "
      "numbers");
}

TEST(CrowdedValues, MoreEqualRecordsThanAProfileMayHaveAreTold) {
  CrowdedCounts crowded{};
  crowded[static_cast<std::size_t>(BlockingPass::equal)] = 2;
  EXPECT_EQ(
      describe_crowded(crowded, {}),
      "Everything equal in more than 2000 records each, which therefore stay apart: 2 groups");
  crowded[static_cast<std::size_t>(BlockingPass::phone)] = 1;
  EXPECT_EQ(
      describe_crowded(crowded, {}),
      "Shared by more than 200 records each, so they identify nobody: 1 phone number. "
      "Everything equal in more than 2000 records each, which therefore stay apart: 2 groups");
}

}  // namespace
}  // namespace cdh
