// Transforms over records that need not have every member.
#include "tests/ingest/landing_night.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kYaml = R"(
sources:
  web:
    connector: jsonl
    config: { path: web.jsonl }
    streams:
      web:
        key: id
        transforms:
          - { use: text, fields: [name, phone], trim: true }
          - { use: derive, template: "{name} {surname}", into: whole }
          - { use: filter, drop_if: { kind: test } }
        map: [ { into: person, fields: { family_name: whole, phones: [phone] } } ]
)";

class LackedFieldsTest : public LandingNight {
 protected:
  std::string deliver(const std::string& lines) {
    hub_.write("web.jsonl", lines);
    const std::string counts = read(kYaml);
    return outcome_.status + " " + counts;
  }
};
INSTANTIATE_TEST_SUITE_P(On, LackedFieldsTest, testing::Values(StoreKind::sqlite), store_kind_name);

TEST_P(LackedFieldsTest, WhatATransformReadsMayBeInNoRecord) {
  EXPECT_EQ(deliver(R"({"id":1,"name":" Lee ","surnam":"Fox"})"), "read read=1 added=1");
  EXPECT_THAT(records(), ElementsAre(HasSubstr(R"("family_name":"Lee")")));
  EXPECT_THAT(outcome_.message,
              HasSubstr("hub.yaml:11: no record has a field \"phone\", which text reads"));
  EXPECT_THAT(outcome_.message,
              HasSubstr("hub.yaml:12: no record has a field \"surname\", which derive reads; did "
                        "you mean \"surnam\"?"));
  EXPECT_THAT(outcome_.message,
              HasSubstr("hub.yaml:13: no record has a field \"kind\", which filter reads"));
}

TEST_P(LackedFieldsTest, AMemberMayComeInALaterBatch) {
  std::string lines;
  for (int id = 1; id <= 5000; ++id) {
    lines += "{\"id\":" + std::to_string(id) + ",\"name\":\"Lee\"}\n";
  }
  lines += R"({"id":5001,"name":"Lee","phone":" 1 ","surname":"Fox","kind":"test"})";
  lines += "\n" + std::string(R"({"id":5002,"name":"Lee","phone":" 1 ","surname":"Fox"})");
  EXPECT_EQ(deliver(lines), "read read=5002 added=5001 filtered=1");
  EXPECT_THAT(records(), testing::Contains(R"(5002 {"family_name":"Lee Fox"})"));
  EXPECT_EQ(outcome_.message, "");
}

TEST_P(LackedFieldsTest, AStreamThatIsNotOpenStops) {
  hub_.write("web.csv", "id,name\n1,Lee\n");
  std::string yaml = kYaml;
  yaml.replace(yaml.find("jsonl"), 5, "csv");
  yaml.replace(yaml.find("web.jsonl"), 9, "web.csv");
  EXPECT_EQ(read(yaml), "");
  EXPECT_EQ(outcome_.status, "failed");
  EXPECT_THAT(outcome_.message, HasSubstr("there is no field \"phone\""));
}

}  // namespace
}  // namespace cdh
