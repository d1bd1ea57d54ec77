// `limits` of the hub and of its sources.
#include "hub/config/limits.hpp"

#include <gtest/gtest.h>

#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

HubConfig config_of(const std::string& crm, const std::string& hub) {
  return parse_hub_config("hub: { store: sqlite://c.db }\nsources:\n  crm:\n    connector: csv\n" +
                              crm + "  shop: { connector: csv }\n" + hub,
                          "/hub.yaml");
}

TEST(Limits, ASourceThatSaysNothingHasTheHubs) {
  const HubConfig config = config_of(
      "    limits: { gone: 80, may_be_empty: true }\n",
      "limits: { gone: 20, smaller: 30, quarantined: 10, min_records: 5, profiles: 7 }\n");
  EXPECT_EQ(config.limits.profiles, 7);
  const StreamLimits& crm = config.sources[0].limits;
  EXPECT_EQ(crm.gone, 80);
  EXPECT_EQ(crm.smaller, 30);
  EXPECT_EQ(crm.quarantined, 10);
  EXPECT_TRUE(crm.may_be_empty);
  EXPECT_EQ(crm.min_records, 5);
  const StreamLimits& shop = config.sources[1].limits;
  EXPECT_EQ(shop.gone, 20);
  EXPECT_FALSE(shop.may_be_empty);
}

TEST(Limits, WithoutAnyTheDefaultsHold) {
  const HubConfig config = config_of("", "");
  EXPECT_EQ(config.limits.profiles, 50);
  const StreamLimits& crm = config.sources[0].limits;
  EXPECT_EQ(crm.gone, 50);
  EXPECT_EQ(crm.smaller, 50);
  EXPECT_EQ(crm.quarantined, 25);
  EXPECT_FALSE(crm.may_be_empty);
  EXPECT_EQ(crm.min_records, 100);
}

TEST(Limits, WhatIsWrongIsTold) {
  const std::string head = "hub: { store: sqlite://c.db }\nsources: { crm: { connector: csv";
  EXPECT_EQ(faults_of(head + ", limits: { profiles: 3 } } }\n"),
            "2: unknown key \"profiles\" in source limits; known: gone, smaller, quarantined, "
            "may_be_empty, min_records");
  EXPECT_EQ(faults_of(head + " } }\nlimits: { gone: 101 }\n"),
            "3: gone must be a whole number from 0 to 100, not \"101\"");
}

TEST(Limits, WhatIsExactlyAtALimitIsWithinIt) {
  EXPECT_FALSE(is_beyond(100, 200, 50, 100));
  EXPECT_TRUE(is_beyond(101, 200, 50, 100));
  EXPECT_TRUE(is_beyond(101, 201, 50, 100)) << "50.2 %";
  EXPECT_FALSE(is_beyond(99, 99, 50, 100)) << "too few to judge";
  EXPECT_FALSE(is_beyond(200, 200, 100, 100)) << "100 % is no limit";
  EXPECT_TRUE(is_beyond(1, 100, 0, 100));
}

}  // namespace
}  // namespace cdh
