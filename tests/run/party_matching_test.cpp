#include "hub/run/party_matching.hpp"

#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail] }
)";

class PartyMatchingTest : public testing::Test {
 protected:
  // Ten people; the first has another given name each time, and shares a mailbox with the second.
  ProfileCounts run(const std::string& first_name, bool full = false) const {
    std::string rows = "id,first,last,mail\n1," + first_name + ",Nowak,anko@example.com\n";
    rows += "2,Anna,Nowak,anko@example.com\n";
    for (int i = 3; i <= 10; ++i) {
      const std::string id = std::to_string(i);
      rows += id + ",Zoe,Brown" + id + ",zoe" + id + "@example.com\n";
    }
    hub_.write("crm.csv", rows);
    RunOptions options;
    options.full = full;
    return consolidate(hub_.config(kYaml), options).run.profiles;
  }

  void execute(const std::string& statement) const {
    Database(hub_.store(), Database::Mode::existing).execute(statement);
  }

  TestHub hub_;
};

TEST_F(PartyMatchingTest, ADamagedIndexIsRefusedAndWrittenAnewByAFullRun) {
  int night = 0;
  for (const char* damage : {"UPDATE match_party SET signature = X''",
                             "UPDATE match_party SET signature = SUBSTR(signature, 1, 20)",
                             "DELETE FROM match_party WHERE id <> 16",
                             "UPDATE match_block SET content = SUBSTR(content, 1, 30)"}) {
    run("Anna" + std::to_string(++night), true);
    execute(damage);
    try {
      run("Anna" + std::to_string(++night));
      ADD_FAILURE() << damage;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::store) << damage;
      EXPECT_STREQ(error.what(),
                   "the store's index of matching is damaged; `cdh run --full` writes it anew");
    }
    EXPECT_EQ(run("Anna" + std::to_string(++night), true).total, 9) << damage;
    EXPECT_EQ(run("Anna" + std::to_string(++night)).total, 9) << damage;
  }
}

}  // namespace
}  // namespace cdh
