// The bulk set: its size, its truth, its nights.
#include "tests/generator/bulk_people.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include "hub/base/error.hpp"
#include "tests/generator/read_back.hpp"

namespace cdh::generator {
namespace {

struct BulkData {
  explicit BulkData(BulkOptions options) {
    TemporaryFolder folder;
    options.file = folder.path / "people.csv";
    options.truth = folder.path / "truth.csv";
    counts = write_bulk_people(options);
    csv = read_file(options.file);
    truth = read_file(options.truth);
  }

  BulkCounts counts;
  std::string csv, truth;
};

TEST(BulkPeople, SameOptionsSameBytes) {
  const BulkData first({.count = 5000, .seed = 9});
  const BulkData second({.count = 5000, .seed = 9});
  const BulkData other({.count = 5000, .seed = 10});
  EXPECT_EQ(first.csv, second.csv);
  EXPECT_EQ(first.truth, second.truth);
  EXPECT_NE(first.csv, other.csv);
}

TEST(BulkPeople, HasTwelveFieldsAndATruthForEachRecord) {
  const BulkData data({.count = 20'000});
  const Rows rows = parse_csv(data.csv, ',');
  const Rows truth = parse_csv(data.truth, ',');
  ASSERT_EQ(rows.size(), 20'001u);
  ASSERT_EQ(truth.size(), 20'001u);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i].size(), 12u) << "line " << i + 1;
    EXPECT_EQ(truth[i].size(), 2u);
    EXPECT_EQ(i == 0 ? "record_id" : rows[i][0], truth[i][0]);
    EXPECT_TRUE(ids.insert(rows[i][0]).second) << rows[i][0] << " stands twice";
  }
}

TEST(BulkPeople, RepeatsTheShareOfPeopleThatWasAskedFor) {
  for (const double share : {0.0, 0.25, 0.5}) {
    const BulkData data({.count = 10'000, .duplicates = share});
    std::set<std::string> people;
    for (const auto& row : parse_csv(data.truth, ',')) people.insert(row[1]);
    people.erase("cluster_id");
    EXPECT_EQ(people.size(), static_cast<std::size_t>(10'000 * (1 - share)));
    EXPECT_EQ(people.size(), data.counts.people);
  }
}

TEST(BulkPeople, DuplicatesLookAlikeAndStrangersDoNot) {
  const BulkData data({.count = 20'000});
  const Rows rows = parse_csv(data.csv, ',');
  const Rows truth = parse_csv(data.truth, ',');
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 1; i < rows.size(); ++i) members[truth[i][1]].push_back(i);
  std::size_t pairs = 0;
  std::size_t alike = 0;
  for (const auto& [person, at] : members) {
    if (at.size() < 2) continue;
    ++pairs;
    int equal = 0;
    for (const std::size_t column : {1, 2, 3, 4, 5, 6, 7}) {
      const std::string& value = rows[at[0]][column];
      equal += !value.empty() && value == rows[at[1]][column] ? 1 : 0;
    }
    alike += equal >= 3 ? 1 : 0;
  }
  EXPECT_GT(pairs, 3000u);
  EXPECT_GT(static_cast<double>(alike), 0.95 * static_cast<double>(pairs));
}

TEST(BulkPeople, EachNightChangesItsShare) {
  const BulkData first({.count = 20'000, .changed = 0.01, .night = 1});
  const BulkData second({.count = 20'000, .changed = 0.01, .night = 2});
  const BulkData third({.count = 20'000, .changed = 0.01, .night = 3});
  const auto differences = [](const BulkData& left, const BulkData& right) {
    const Rows a = parse_csv(left.csv, ',');
    const Rows b = parse_csv(right.csv, ',');
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) count += a[i] != b[i] ? 1 : 0;
    return count;
  };
  EXPECT_EQ(first.csv, BulkData({.count = 20'000}).csv);
  EXPECT_EQ(differences(first, second), second.counts.changed_tonight);
  EXPECT_EQ(differences(second, third), third.counts.changed_tonight);
  EXPECT_NEAR(static_cast<double>(second.counts.changed_tonight), 200, 60);
  EXPECT_NEAR(static_cast<double>(differences(first, third)), 400, 90);
  EXPECT_EQ(first.truth, third.truth);
}

TEST(BulkPeople, PhonesAreValid) {
  const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  const BulkData data({.count = 2000});
  for (const auto& row : parse_csv(data.csv, ',')) {
    if (!row[5].starts_with('+')) continue;
    i18n::phonenumbers::PhoneNumber number;
    util.Parse(row[5], "ZZ", &number);
    EXPECT_TRUE(util.IsValidNumber(number)) << row[5];
  }
}

TEST(BulkPeople, RefusesOptionsOutOfBounds) {
  for (const BulkOptions& options :
       {BulkOptions{.count = 0}, BulkOptions{.duplicates = 0.95}, BulkOptions{.duplicates = -0.1},
        BulkOptions{.changed = 1.5}, BulkOptions{.night = 0}}) {
    EXPECT_THROW(write_bulk_people(options), Error);
  }
}

TEST(BulkPeople, NamesTheFileItCannotWrite) {
  try {
    write_bulk_people({.file = "/nowhere/people.csv", .truth = "/nowhere/truth.csv", .count = 1});
    FAIL() << "wrote to a folder that does not exist";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "cannot write /nowhere/people.csv: No such file or directory");
  }
}

}  // namespace
}  // namespace cdh::generator
