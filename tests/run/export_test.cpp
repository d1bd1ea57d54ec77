// What hub/store/export.hpp writes of a store that a run has filled.
#include "hub/store/export.hpp"

#include <map>

#include <nlohmann/json.hpp>

#include "hub/base/csv.hpp"
#include "hub/base/error.hpp"
#include "hub/model/entity.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

using Row = std::map<std::string, std::string>;

class ExportTest : public SmallHub {
 protected:
  void SetUp() override {
    SmallHub::SetUp();
    run(config());
  }

  std::vector<Row> csv(const std::string& what) const {
    Database database(config().store, Database::Mode::existing);
    Export rows(database, what);
    std::string text = rows.csv_header();
    std::istringstream names(text.substr(0, text.size() - 1));
    std::vector<std::string> columns;
    for (std::string name; std::getline(names, name, ',');) columns.push_back(name);
    while (rows.next()) text += rows.csv_line();
    std::istringstream in(text);
    CsvReader reader(in, what);
    std::vector<Row> out;
    while (reader.next()) {
      Row& row = out.emplace_back();
      for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = reader[i];
    }
    return out;
  }
  std::vector<nlohmann::json> json(const std::string& what) const {
    Database database(config().store, Database::Mode::existing);
    Export rows(database, what);
    std::vector<nlohmann::json> out;
    while (rows.next()) out.push_back(nlohmann::json::parse(rows.json_line()));
    return out;
  }
};

TEST_F(ExportTest, LinksHaveTheColumnsOtherProgramsReadThemBy) {
  Database database(config().store, Database::Mode::existing);
  EXPECT_EQ(Export(database, "links").csv_header(), "source,stream,source_key,as,profile_id\n");
  std::map<std::string, std::string> profile_of;
  for (Row& row : csv("links")) {
    profile_of[row["source"] + "/" + row["stream"] + "/" + row["source_key"] + "/" + row["as"]] =
        row["profile_id"];
  }
  ASSERT_EQ(profile_of.size(), 3U);
  EXPECT_EQ(profile_of["crm/crm/1/person"], profile_of["shop/shop/7/buyer"]);
  EXPECT_NE(profile_of["crm/crm/1/person"], profile_of["crm/crm/2/person"]);
}

TEST_F(ExportTest, ProfilesHaveGoldenValuesAndTheFirstContacts) {
  const std::vector<Row> rows = csv("profiles");
  ASSERT_EQ(rows.size(), 2U);
  for (const Row& row : rows) {
    const bool ann = row.at("given_name") == "Ann";
    EXPECT_EQ(row.at("type"), "person");
    EXPECT_EQ(row.at("display_name"), ann ? "Ann Lee" : "Bob Ray");
    EXPECT_EQ(row.at("email"), ann ? "ann@example.com" : "bob@example.com");
    EXPECT_EQ(row.at("birth_date"), ann ? "1980-01-02" : "1981-02-03");
    EXPECT_EQ(row.at("record_count"), ann ? "2" : "1");
    EXPECT_EQ(row.at("phone"), "");
  }
  for (const nlohmann::json& row : json("profiles")) {
    EXPECT_TRUE(row.at("record_count").is_number_integer());
    EXPECT_TRUE(row.at("phone").is_null());
  }
}

TEST_F(ExportTest, EventsAndContactsStandBesideTheProfile) {
  std::string ann;
  for (Row& row : csv("profiles")) {
    if (row["given_name"] == "Ann") ann = row["id"];
  }
  const std::vector<Row> orders = csv("sales_order");
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].at("profile_id"), ann);
  EXPECT_EQ(orders[0].at("total"), "12.5");
  EXPECT_EQ(orders[0].at("source"), "shop");
  EXPECT_EQ(orders[0].at("source_key"), "7");
  EXPECT_EQ(json("sales_order")[0].at("total"), 12.5);
  const std::vector<Row> emails = csv("email");
  ASSERT_EQ(emails.size(), 2U);  // Ann's is one, though two records have it
  EXPECT_EQ(emails[0].at("position"), "0");
}

TEST_F(ExportTest, EveryEntityCanBeExportedAndNothingElse) {
  Database database(config().store, Database::Mode::existing);
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::party) {
      EXPECT_THROW(Export(database, spec.name), Error) << spec.name;
    } else {
      Export rows(database, spec.name);
      while (rows.next()) EXPECT_TRUE(nlohmann::json::accept(rows.json_line())) << spec.name;
    }
  }
  try {
    Export(database, "emial");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"email\""), std::string::npos);
  }
}

}  // namespace
}  // namespace cdh
