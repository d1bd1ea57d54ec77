// The demo data as a whole: the same bytes for the same seed, a truth that fits the files, numbers
// that are what they claim to be.
#include "tests/generator/demo.hpp"

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <phonenumbers/phonenumberutil.h>

#include "hub/base/error.hpp"
#include "hub/base/hash.hpp"
#include "tests/generator/read_back.hpp"

namespace cdh::generator {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kFiles[] = {"newsletter.csv", "webforms.jsonl",   "erp.xlsx",  "sales.ods",
                                  "support.csv",    "satisfaction.csv", "truth.csv", "broken.csv"};

// The demo data of one seed, written once.
struct DemoData {
  explicit DemoData(std::uint64_t seed, std::size_t customers = 2000)
      : counts(write_demo({.folder = folder.path, .seed = seed, .customers = customers})) {}

  std::string read(const std::string& name) const { return read_file(folder.path / name); }

  TemporaryFolder folder;
  DemoCounts counts;
};

const DemoData& demo() {
  static const DemoData data(1);
  return data;
}

TEST(Demo, SameSeedSameBytes) {
  const DemoData again(1);
  for (const char* name : kFiles) {
    EXPECT_EQ(fingerprint(again.read(name)), fingerprint(demo().read(name))) << name;
  }
}

TEST(Demo, OtherSeedOtherBytes) {
  const DemoData other(2);
  for (const char* name : kFiles) {
    if (name == std::string("broken.csv")) continue;  // the same defects in the same rows may be
    EXPECT_NE(fingerprint(other.read(name)), fingerprint(demo().read(name))) << name;
  }
}

TEST(Demo, KeepsThePromisedSize) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
    const DemoData data(seed);
    EXPECT_EQ(data.counts.customers, 2000u);
    EXPECT_GE(data.counts.parties, 3500u) << "seed " << seed;
    EXPECT_LE(data.counts.parties, 5000u) << "seed " << seed;
  }
}

TEST(Demo, RefusesSizesOutOfBounds) {
  for (const std::size_t customers : {std::size_t{19}, std::size_t{1'000'001}}) {
    EXPECT_THROW(DemoData(1, customers), Error);
  }
}

// The keys of each stream as they stand in the files, with how many parties a row has.
std::map<std::string, std::multiset<std::string>> keys_in_files(const DemoData& data) {
  std::map<std::string, std::multiset<std::string>> keys;
  for (const auto& row : parse_csv(data.read("newsletter.csv"), ',')) {
    if (row.size() == 11 && row[0] != "Member ID") keys["newsletter"].insert(row[0]);
  }
  for (const auto& row : parse_csv(data.read("support.csv"), ';')) {
    if (row.size() == 10 && row[0].starts_with("Z/") && !row[1].starts_with("31.02")) {
      keys["support"].insert(row[0]);
    }
  }
  std::istringstream lines(data.read("webforms.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_discarded()) continue;
    keys["webforms"].insert(json["id"]);
    if (json.contains("company")) keys["webforms"].insert(json["id"]);
  }
  const Rows customers = read_xlsx(data.folder.path / "erp.xlsx", "Customers");
  for (const auto& row : customers) keys["erp"].insert(row[0]);
  for (const auto& row : read_ods(data.folder.path / "sales.ods", "Cards")) {
    if (row[0].starts_with("V")) keys["sales"].insert({row[0], row[0]});
  }
  std::erase_if(keys["erp"], [](const std::string& key) { return !key.starts_with("1"); });
  keys["newsletter"].erase("");
  return keys;
}

TEST(Demo, TruthHoldsEveryPartyOfEveryRecordOnce) {
  const Rows truth = parse_csv(demo().read("truth.csv"), ',');
  EXPECT_THAT(truth[0],
              ElementsAre("record_id", "cluster_id", "source", "stream", "source_key", "as"));
  std::map<std::string, std::multiset<std::string>> keys;
  std::set<std::string> record_ids;
  for (std::size_t i = 1; i < truth.size(); ++i) {
    const auto& row = truth[i];
    ASSERT_EQ(row.size(), 6u);
    keys[row[2]].insert(row[4]);
    EXPECT_TRUE(record_ids.insert(row[0]).second) << row[0] << " stands twice";
    EXPECT_TRUE(row[0] == row[2] + ":" + row[4] || row[0] == row[2] + ":" + row[4] + "#" + row[5]);
  }
  EXPECT_EQ(record_ids.size(), demo().counts.parties);
  EXPECT_EQ(keys, keys_in_files(demo()));
}

TEST(Demo, EveryCustomerIsKnownAndPeopleAreNoCompanies) {
  std::map<std::string, std::set<std::string>> roles;
  for (const auto& row : parse_csv(demo().read("truth.csv"), ',')) roles[row[1]].insert(row[5]);
  roles.erase("cluster_id");
  std::size_t people = 0;
  std::size_t companies = 0;
  for (const auto& [cluster, as] : roles) {
    people += cluster.starts_with("P") ? 1 : 0;
    companies += cluster.starts_with("C") ? 1 : 0;
    if (cluster.starts_with("C")) {
      EXPECT_THAT(as, ElementsAre("company"));
    } else {
      EXPECT_EQ(as.count("company"), 0u) << cluster;
    }
  }
  EXPECT_EQ(people, 1700u);
  EXPECT_EQ(companies, 300u);
}

TEST(Demo, BrokenRowsStandWhereTheListSays) {
  std::vector<std::string> found;
  for (const auto& row : parse_csv(demo().read("broken.csv"), ',')) {
    if (row[0] == "source") continue;
    found.push_back(row[3]);
    const std::size_t at = std::stoul(row[2]) - 1;
    if (row[0] == "newsletter" || row[0] == "support") {
      const char separator = row[0] == "support" ? ';' : ',';
      const auto broken = parse_csv(demo().read(row[0] + ".csv"), separator).at(at);
      EXPECT_TRUE(broken[0].empty() || broken.size() == 12 || broken.size() == 4 ||
                  broken[1].starts_with("31.02"))
          << row[0] << " " << row[2];
    } else if (row[0] == "erp") {
      EXPECT_THAT(read_xlsx(demo().folder.path / "erp.xlsx", "Customers").at(at)[0], "");
    }
  }
  EXPECT_EQ(found.size(), demo().counts.broken);
  EXPECT_EQ(found.size(), 6u);
}

// Every phone in the files, with the country its owner lives in, is valid for libphonenumber, but
// for the placeholders.
TEST(Demo, PhonesAreValid) {
  const std::set<std::string> placeholders = {"000000000", "111111111", "123456789", "000-000-000",
                                              "brak"};
  const auto& util = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  std::size_t seen = 0;
  for (const auto& row : read_xlsx(demo().folder.path / "erp.xlsx", "Customers")) {
    if (row.size() < 14 || !row[0].starts_with("1") || row[13].empty()) continue;
    if (placeholders.contains(row[13])) continue;
    // A number that lost its plus in the spreadsheet is the only one of bare digits so long.
    const bool lost_plus = std::regex_match(row[13], std::regex("(48|44|86)[0-9]{9,11}"));
    i18n::phonenumbers::PhoneNumber number;
    util.Parse((lost_plus ? "+" : "") + row[13], row[12], &number);
    EXPECT_TRUE(util.IsValidNumber(number)) << row[13] << " in " << row[12];
    ++seen;
  }
  EXPECT_GT(seen, 700u);
}

TEST(Demo, TheShopKeepsItsDataUnderExampleDomains) {
  std::size_t seen = 0;
  for (const auto& row : parse_csv(demo().read("newsletter.csv"), ',')) {
    if (row.size() != 11 || row[1].find('@') == std::string::npos) continue;
    EXPECT_THAT(row[1], testing::ContainsRegex("\\.example *$"));
    ++seen;
  }
  EXPECT_GT(seen, 500u);
}

TEST(Demo, HasTheMessOfRealLife) {
  const std::string newsletter = demo().read("newsletter.csv");
  const std::string webforms = demo().read("webforms.jsonl");
  const std::string support = demo().read("support.csv");
  for (const char* text : {"unsubscribed", "小", ",王", "rodzina.", "info@"}) {
    EXPECT_THAT(newsletter, HasSubstr(text));
  }
  for (const char* text : {"test@test.pl", "\"phone\":null", "Wang"}) {
    EXPECT_THAT(webforms, HasSubstr(text));
  }
  // Windows-1250: the Polish header, and never a byte sequence of UTF-8 for ł.
  EXPECT_TRUE(support.starts_with("Nr zg\xB3oszenia;"));
  EXPECT_EQ(support.find("ł"), std::string::npos);
}

}  // namespace
}  // namespace cdh::generator
