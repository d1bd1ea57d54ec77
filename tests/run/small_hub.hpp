// A hub with two sources in a folder of its own, for tests of what follows a run.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// The sources are crm (contacts of people, with orders beside) and shop, CSV files that a test
// writes.
class SmallHub : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CDH_PLUGIN_PATH", CDH_TEST_PLUGIN_DIR, 1);
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string(test->test_suite_name()) + "." + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    write("crm.csv",
          "id,first,last,mail,born\n"
          "1,Ann,Lee,ann@example.com,1980-01-02\n"
          "2,Bob,Ray,bob@example.com,1981-02-03\n");
    write("shop.csv",
          "no,name,surname,mail,total\n"
          "7,Ann,Lee,ann@example.com,12.50\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }

  // `born_into`: the field that crm's column "born" fills. `crm_more`: further lines of its stream.
  HubConfig config(const std::string& born_into = "birth_date",
                   const std::string& crm_more = "") const {
    std::string crm = kCrm;
    crm.replace(crm.find("birth_date"), std::string_view("birth_date").size(), born_into);
    return parse_hub_config(kHead + crm_more + crm + kShop, folder_ / "hub.yaml");
  }
  HubConfig config_without_shop() const {
    return parse_hub_config(std::string(kHead) + kCrm, folder_ / "hub.yaml");
  }

  RunReport run(const HubConfig& with) const { return consolidate(with, {}); }

  static constexpr const char* kHead = R"(
hub: { store: sqlite://hub.db, country: US }
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
)";
  static constexpr const char* kCrm = R"(
        map:
          - into: person
            fields: { given_name: first, family_name: last, emails: [mail], birth_date: born }
)";
  static constexpr const char* kShop = R"(
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: no
        map:
          - as: buyer
            into: person
            fields: { given_name: name, family_name: surname, emails: [mail] }
          - into: sales_order
            refs: { customer: { as: buyer } }
            fields: { number: no, total: total }
)";

  std::filesystem::path folder_;
};

}  // namespace cdh
