#include <cstdlib>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/config/hub_config.hpp"
#include "hub/config/yaml_writer.hpp"
#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

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
  EXPECT_EQ(explain(config), R"(hub:
  store: sqlite:///etc/cdh/c.db
  country: US  # default
  time_zone: UTC  # default
sources:
  crm:
    connector: csv
    country: US  # default
    time_zone: UTC  # default
    config:
      path: a.csv
    trust: 50  # default
    streams:
      people:
        blank: ignore  # default
        map:
          - into: person
            as: person  # default
            fields:
              given_name:
                from: A
              emails:
                - from: M
match:
  max_holders: 50  # default
merge:
  default:
    - source_priority  # default
    - most_recent  # default
    - most_complete  # default
)");
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
           {"mysql://db/cdh?password=pw&ssl=1", "mysql://db/cdh?password=***&ssl=1"},
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

// Follows "$ref" into "$defs".
const nlohmann::json& resolve(const nlohmann::json& root, const nlohmann::json& schema) {
  if (!schema.contains("$ref")) return schema;
  const std::string ref = schema["$ref"];
  return root.at(nlohmann::json::json_pointer(ref.substr(1)));
}

TEST(Schema, DescribesEveryOptionWithHelpAndDefault) {
  const auto root = nlohmann::json::parse(hub_config_schema());
  EXPECT_EQ(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(root["required"], (nlohmann::json{"hub", "sources"}));
  EXPECT_EQ(root["additionalProperties"], false);
  const auto& source =
      resolve(root, root["properties"]["sources"]["additionalProperties"])["properties"];
  EXPECT_EQ(source["trust"]["default"], "50");
  EXPECT_EQ(source["trust"]["anyOf"][0]["maximum"], 100);
  EXPECT_TRUE(source["connector"]["description"].is_string());
  const auto& mapping = root["$defs"]["mapping"];
  EXPECT_EQ(mapping["properties"]["into"]["enum"][0], "person");
  const auto& person = root["$defs"]["fields-of-person"]["properties"];
  EXPECT_TRUE(person.contains("given_name"));
  EXPECT_TRUE(person.contains("emails"));
  EXPECT_TRUE(person.contains("postal_code"));
  EXPECT_FALSE(root["$defs"]["email"].dump().find("canonical") != std::string::npos);
}

TEST(Schema, EveryReferenceLeadsSomewhere) {
  const auto root = nlohmann::json::parse(hub_config_schema());
  int references = 0;
  const std::function<void(const nlohmann::json&)> visit = [&](const nlohmann::json& node) {
    if (node.is_object() && node.contains("$ref")) {
      ++references;
      EXPECT_TRUE(resolve(root, node).is_object()) << node;
    }
    for (const auto& child : node) {
      if (child.is_structured()) visit(child);
    }
  };
  visit(root);
  EXPECT_GT(references, 100);
}

}  // namespace
}  // namespace cdh
