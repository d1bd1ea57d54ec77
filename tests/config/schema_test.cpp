#include <algorithm>
#include <functional>
#include <regex>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hub/config/hub_config.hpp"
#include "hub/config/yaml_reader.hpp"
#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

using Json = nlohmann::json;

// Follows "$ref" into "$defs".
const Json& resolve(const Json& root, const Json& schema) {
  if (!schema.contains("$ref")) return schema;
  const std::string ref = schema["$ref"];
  return root.at(Json::json_pointer(ref.substr(1)));
}

// As an editor sees the file: plain numbers and booleans are such.
Json as_editor_sees(const Setting& setting) {
  Json out;
  switch (setting.kind) {
    case Setting::Kind::null:
      return nullptr;
    case Setting::Kind::scalar:
      if (setting.text == "true" || setting.text == "false") return setting.text == "true";
      if (std::regex_match(setting.text, std::regex("-?[0-9]+"))) return std::stoi(setting.text);
      if (std::regex_match(setting.text, std::regex("-?[0-9]+\\.[0-9]+"))) {
        return std::stod(setting.text);
      }
      return setting.text;
    case Setting::Kind::list:
      out = Json::array();
      for (const Setting& item : setting.items) out.push_back(as_editor_sees(item));
      return out;
    case Setting::Kind::map:
      break;
  }
  out = Json::object();
  for (const auto& [key, member] : setting.members) out[key] = as_editor_sees(member);
  return out;
}

// The words of JSON Schema that the hub's schema uses, and no others.
class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  bool accepts(const Json& schema, const Json& value) const {
    for (const auto& [word, rule] : schema.items()) {
      if (!holds(schema, word, rule, value)) return false;
    }
    return true;
  }

 private:
  bool holds(const Json& schema, const std::string& word, const Json& rule,
             const Json& value) const {
    if (word == "$ref") return accepts(resolve(root_, schema), value);
    if (word == "type") return has_type(rule, value);
    if (word == "enum") return std::find(rule.begin(), rule.end(), value) != rule.end();
    if (word == "const") return value == rule;
    if (word == "anyOf" || word == "allOf") {
      const auto fits = [&](const Json& other) { return accepts(other, value); };
      return word == "anyOf" ? std::any_of(rule.begin(), rule.end(), fits)
                             : std::all_of(rule.begin(), rule.end(), fits);
    }
    if (word == "if") return !accepts(rule, value) || accepts(schema["then"], value);
    if (value.is_number()) {
      if (word == "minimum") return value >= rule;
      if (word == "maximum") return value <= rule;
    }
    if (value.is_string()) {
      const std::string text = value;
      if (word == "minLength") return text.size() >= rule;
      if (word == "pattern") return std::regex_search(text, std::regex(rule.get<std::string>()));
    }
    if (value.is_array() && word == "items") {
      return std::all_of(value.begin(), value.end(),
                         [&](const Json& item) { return accepts(rule, item); });
    }
    return !value.is_object() || object_holds(schema, word, rule, value);
  }

  bool object_holds(const Json& schema, const std::string& word, const Json& rule,
                    const Json& value) const {
    if (word == "minProperties") return value.size() >= rule;
    if (word == "maxProperties") return value.size() <= rule;
    if (word == "required") {
      return std::all_of(rule.begin(), rule.end(),
                         [&](const std::string& key) { return value.contains(key); });
    }
    const Json known = schema.value("properties", Json::object());
    for (const auto& member : value.items()) {
      const bool is_known = known.contains(member.key());
      if (word == "properties" && is_known && !accepts(rule[member.key()], member.value())) {
        return false;
      }
      if (word == "propertyNames" && !accepts(rule, member.key())) return false;
      if (word != "additionalProperties" || is_known) continue;
      if (rule.is_boolean() ? !rule.get<bool>() : !accepts(rule, member.value())) return false;
    }
    return true;
  }

  static bool has_type(const Json& types, const Json& value) {
    if (types.is_array()) {
      return std::any_of(types.begin(), types.end(),
                         [&](const Json& type) { return has_type(type, value); });
    }
    const std::string type = types;
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "null" && value.is_null()) ||
           (type == "integer" && value.is_number_integer()) ||
           (type == "number" && value.is_number()) || (type == "boolean" && value.is_boolean());
  }

  const Json& root_;
};

bool schema_accepts(std::string_view yaml) {
  static const Json root = Json::parse(hub_config_schema());
  ConfigFaults faults;
  return Validator(root).accepts(root, as_editor_sees(*read_yaml(yaml, "hub.yaml", faults)));
}

TEST(Schema, AcceptsWhatTheParserAccepts) {
  for (const std::string& yaml :
       {std::string(kMinimal), std::string(kExample),
        explain(parse_hub_config(kExample, "/etc/hub.yaml")),
        std::string(kMinimal) + "match: { max_holders: 9, one_per_source: [], households: false }",
        std::string(kMinimal) + "match: { link_score: 1.5, fields: birth, weights: { birth: { "
                                "differ: -7.25 } } }",
        with_stream(""), with_stream("{ key: 7, transforms: [{ use: text, any: [thing] }] }"),
        with_mapping("{ into: person, when: { T: 1 }, fields: { emails: [A, { from: B, type: w }],"
                     " phones: P, addresses: { postal_code: Z } }, ext: { x: { value: 1 } } }")}) {
    EXPECT_EQ(faults_of(yaml), "");
    EXPECT_TRUE(schema_accepts(yaml)) << yaml;
  }
}

TEST(Schema, RefusesWhatTheParserRefuses) {
  for (const std::string& yaml :
       {std::string("hub: { store: oracle://x }\nsources: {}"), std::string("sources: {}"),
        std::string(kMinimal) + "match: manual",
        std::string(kMinimal) + "match: { link_score: 100 }",
        std::string(kMinimal) + "match: { weights: { birth: { other: 1 } } }",
        std::string(kMinimal) + "extra: 1",
        std::string("hub: { store: sqlite://c }\nsources: { A: { connector: csv } }"),
        std::string("hub: { store: sqlite://c }\nsources: { a: { connector: csv, trust: 101 } }"),
        with_stream("{ blank: keep }"), with_mapping("{ into: persn }"),
        with_mapping("{ into: person, fields: { givenname: A } }"),
        with_mapping("{ into: person, fields: { emails: { value: A } } }"),
        with_mapping("{ into: person, fields: { gender: { from: A, value: B } } }"),
        with_mapping("{ into: note, fields: { emails: A } }")}) {
    EXPECT_NE(faults_of(yaml), "");
    EXPECT_FALSE(schema_accepts(yaml)) << yaml;
  }
}

TEST(Schema, DescribesEveryOptionWithHelpAndDefault) {
  const auto root = Json::parse(hub_config_schema());
  EXPECT_EQ(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(root["required"], (Json{"hub", "sources"}));
  EXPECT_EQ(root["additionalProperties"], false);
  const auto& source =
      resolve(root, root["properties"]["sources"]["additionalProperties"])["properties"];
  EXPECT_EQ(source["trust"]["default"], 50);
  EXPECT_EQ(source["isolate"]["type"], "boolean");
  EXPECT_EQ(source["isolate"]["default"], false);
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
  const auto root = Json::parse(hub_config_schema());
  int references = 0;
  const std::function<void(const Json&)> visit = [&](const Json& node) {
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
