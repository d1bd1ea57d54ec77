#include "hub/run/party_matching.hpp"

#include <array>

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

// The first run learns that names begin with the family name; a night knows it, and a full run comes
// to the same.
TEST_F(PartyMatchingTest, NightsReadWholeNamesInTheOrderThatWasLearnt) {
  constexpr const char* kWholeNames = R"(
sources:
  list:
    connector: csv
    config: { path: list.csv }
    streams:
      list:
        key: id
        map:
          - into: person
            fields: { native_name: name, birth_date: born, emails: [mail], phones: [phone] }
)";
  constexpr std::array<std::array<const char*, 3>, 8> relatives = {{{"Nagy", "Peter", "Katalin"},
                                                                    {"Kiss", "Gabor", "Ilona"},
                                                                    {"Tar", "Zoltan", "Edit"},
                                                                    {"Balogh", "Imre", "Judit"},
                                                                    {"Lakatos", "Tibor", "Eva"},
                                                                    {"Szabo", "Attila", "Monika"},
                                                                    {"Papp", "Lajos", "Erika"},
                                                                    {"Fodor", "Csaba", "Agnes"}}};
  std::string rows = "id,name,born,mail,phone\n";
  int home = 0;
  for (const char* ending : {"", "falvi", "hazi"}) {
    for (const auto& [family, one, other] : relatives) {
      const std::string id = std::to_string(++home + 10);
      const std::string mail = ",home" + id + "@example.com,", name = std::string(family) + ending;
      const std::string his =
          "," + name + " " + one + ",19" + id + "-01-10" + mail + "+36 30 11122" + id;
      const std::string hers =
          "," + name + " " + other + ",19" + id + "-05-20" + mail + "+36 30 33344" + id;
      rows += "a" + id + his + "\n" + "b" + id + hers + "\n" + "c" + id + hers + "\n";
    }
  }
  const auto profiles = [&](bool full) {
    RunOptions options;
    options.full = full;
    return consolidate(hub_.config(kWholeNames), options).run.profiles.total;
  };
  hub_.write("list.csv", rows);
  EXPECT_EQ(profiles(false), 48);
  // A daughter, and one of the women under a new name.
  rows += "d3,Tar Eszter,1999-09-09,home13@example.com,\n";
  rows += "b0,Fekete Katalin,1911-05-20,home11@example.com,+36 30 3334411\n";
  hub_.write("list.csv", rows);
  EXPECT_EQ(profiles(false), 49);
  EXPECT_EQ(profiles(true), 49);
}

}  // namespace
}  // namespace cdh
