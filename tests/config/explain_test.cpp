#include <cstdlib>

#include <gtest/gtest.h>

#include "hub/config/hub_config.hpp"
#include "hub/config/yaml_writer.hpp"
#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

constexpr const char* kExplained = R"(hub:
  store: sqlite:///etc/cdh/c.db
  country: US  # default
  time_zone: UTC  # default
  undo_runs: 7  # default
  run_log_days: 730  # default
sources:
  crm:
    connector: csv
    country: US  # default
    time_zone: UTC  # default
    config:
      path: a.csv
    isolate: false  # default
    trust: 50  # default
    streams:
      people:
        blank: ignore  # default
        drift: evolve  # default
        map:
          - into: person
            as: person  # default
            fields:
              given_name:
                from: A
              emails:
                - from: M
match:
  max_holders: 200  # default
  link_score: 1  # default
  review_score: -3  # default
  fields:
    - given  # default
    - family  # default
    - birth  # default
    - email  # default
    - phone  # default
    - identifier  # default
    - address  # default
    - sex  # default
    - generation  # default
    - organization  # default
    - employer  # default
    - domain  # default
  blocking:
    - identifier  # default
    - email  # default
    - mail_local  # default
    - mail_local_start  # default
    - phone  # default
    - phone_ending  # default
    - names  # default
    - birth  # default
    - name_and_year  # default
    - name_and_day  # default
    - name_and_place  # default
    - family_name  # default
    - street  # default
    - number_and_place  # default
    - street_word  # default
    - organization  # default
    - organization_start  # default
    - organization_word  # default
    - name_and_employer  # default
    - domain  # default
    - equal  # default
  block_limit: 50  # default
  households: true  # default
merge:
  default:
    - source_priority  # default
    - most_recent  # default
    - most_complete  # default
limits:
  gone: 50  # default
  smaller: 50  # default
  quarantined: 25  # default
  may_be_empty: false  # default
  min_records: 100  # default
  profiles: 50  # default
)";

TEST(Explain, SpellsOutWhatTheFileLeavesOpen) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db }\n"
      "sources:\n"
      "  crm:\n"
      "    connector: csv\n"
      "    config: { path: a.csv }\n"
      "    streams: { people: { map: [{ into: person, fields: { given_name: A, emails: M } }] } "
      "}\n",
      "/etc/cdh/hub.yaml");
  EXPECT_EQ(explain(config), kExplained);
}

TEST(Explain, IsAConfigurationOfTheSameMeaning) {
  const std::string yaml =
      "hub: { store: sqlite:///c.db, plugins: [p], country: NO }\n"
      "sources:\n"
      "  crm:\n"
      "    connector: csv\n"
      "    config: { delimiter: ';', quote: '\"', header: [a, '', '~', ' x'], map: { '#': '$${x}' "
      "} }\n"
      "    streams:\n"
      "      people:\n"
      "        transforms: [{ use: text, nested: [[1, 2], [{ a: b, c: {} }]], empty: [] }]\n"
      "        map:\n"
      "          - { into: person, when: { T: ['', P] }, fields: { addresses: [{ from: S, type: "
      "home }] } }\n"
      "          - { into: note, refs: { customer: { as: person } }, ext: { x: { value: 'yes: no' "
      "} } }\n"
      "match: { one_per_source: crm }\n"
      "merge: { fields: { email: pinned } }\n";
  const std::string once = explain(parse_hub_config(yaml, "/hub.yaml"));
  const HubConfig again = parse_hub_config(once, "/hub.yaml");
  std::string twice = explain(again);
  std::string unmarked = once;
  for (std::size_t at; (at = unmarked.find("  # default")) != unmarked.npos;) {
    unmarked.erase(at, std::string_view("  # default").size());
  }
  EXPECT_EQ(twice, unmarked);
  EXPECT_EQ(again.sources[0].config.find("map")->find("#")->text, "${x}");
  EXPECT_EQ(again.sources[0].config.find("header")->items[2].text, "~");
}

TEST(Explain, NeverShowsASecret) {
  ::setenv("CDH_TEST_PASSWORD", "hunter2", 1);
  const HubConfig config = parse_hub_config(
      "hub: { store: 'postgresql://cdh:${env:CDH_TEST_PASSWORD}@db/cdh' }\n"
      "sources:\n"
      "  crm:\n"
      "    connector: imap\n"
      "    config: { user: x, pin: '${env:CDH_TEST_PASSWORD}', imap_password: hunter2 }\n"
      "    streams:\n"
      "      s: { transforms: [{ use: text, list: ['${env:CDH_TEST_PASSWORD}'] }] }\n",
      "hub.yaml");
  EXPECT_EQ(config.store, "postgresql://cdh:hunter2@db/cdh");
  EXPECT_EQ(config.store_shown, "postgresql://***");
  EXPECT_EQ(config.sources[0].config.find("pin")->text, "hunter2");
  const std::string text = explain(config);
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
  EXPECT_NE(text.find("user: x"), std::string::npos);
}

TEST(Explain, ShowsAStoreWithoutItsPassword) {
  struct Case {
    std::string_view store, shown;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"postgresql://cdh:p:w@db:5432/cdh", "postgresql://cdh:***@db:5432/cdh"},
           {"postgresql://db:5432/cdh", "postgresql://db:5432/cdh"},
           {"postgresql://cdh@db:5432/cdh", "postgresql://cdh@db:5432/cdh"},
           {"postgresql://db/cdh?password=pw&ssl=1", "postgresql://db/cdh?password=***&ssl=1"},
       }) {
    const std::string yaml = "hub: { store: '" + std::string(c.store) + "' }\nsources: {}";
    EXPECT_EQ(parse_hub_config(yaml, "hub.yaml").store_shown, c.shown);
  }
}

TEST(YamlWriter, QuotesWhatIsNotPlain) {
  struct Case {
    std::string_view text, yaml;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"First Name", "First Name"},
           {"E-mail", "E-mail"},
           {"王", "王"},
           {"", "\"\""},
           {"~", "\"~\""},
           {"null", "\"null\""},
           {"- a", "\"- a\""},
           {"---", "\"---\""},
           {" a", "\" a\""},
           {"a: b", "\"a: b\""},
           {"a #b", "\"a #b\""},
           {"say \"x\"", "\"say \\\"x\\\"\""},
           {"${env:X}", "\"$${env:X}\""},
           {"a\nb", "\"a\\nb\""},
       }) {
    EXPECT_EQ(yaml_scalar(c.text), c.yaml);
  }
}

}  // namespace
}  // namespace cdh
