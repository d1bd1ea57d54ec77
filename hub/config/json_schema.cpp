#include <algorithm>

#include <nlohmann/json.hpp>

#include "hub/config/shape.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kReference =
    "\\$\\{(env|file|credential):";  // replaced before any other check

// Writes each titled shape once, under $defs, and refers to it everywhere else.
class SchemaWriter {
 public:
  Json schema_of(const Shape& shape) {
    if (shape.title.empty()) return body_of(shape);
    std::string name = shape.title;
    std::replace(name.begin(), name.end(), ' ', '-');
    if (!definitions_.contains(name)) {
      definitions_[name] = nullptr;  // holds the place in the order of first use
      definitions_[name] = body_of(shape);
    }
    return {{"$ref", "#/$defs/" + name}};
  }

  const Json& definitions() const { return definitions_; }

 private:
  Json body_of(const Shape& shape) {
    switch (shape.kind) {
      case Shape::Kind::text:
        return text(shape);
      case Shape::Kind::integer:
      case Shape::Kind::decimal:
        return {{"anyOf",
                 {{{"type", shape.kind == Shape::Kind::integer ? "integer" : "number"},
                   {"minimum", shape.min},
                   {"maximum", shape.max}},
                  {{"type", "string"}, {"pattern", kReference}}}}};
      case Shape::Kind::list:
        return list(shape);
      case Shape::Kind::map:
        return map(shape);
      case Shape::Kind::record:
        return record(shape);
      case Shape::Kind::variants:
        return variants(shape);
      case Shape::Kind::anything:
        break;
    }
    return Json::object();
  }

  // What an editor sees as a boolean is one of two texts to us.
  static bool is_flag(const Shape& shape) { return shape.choices == shapes::flag()->choices; }

  static Json default_of(const Shape& shape, const std::string& text) {
    if (shape.kind == Shape::Kind::integer || shape.kind == Shape::Kind::decimal) {
      return Json::parse(text);
    }
    if (is_flag(shape)) return text == "true";
    return text;
  }

  static Json text(const Shape& shape) {
    if (is_flag(shape)) return {{"type", "boolean"}};
    if (!shape.choices.empty()) return {{"enum", shape.choices}};
    if (shape.rule != nullptr) {
      const std::string pattern(shape.rule->pattern);
      return {{"type", "string"}, {"pattern", pattern + "|" + kReference}};
    }
    // An unquoted 007, 1.5 or true is a text, too.
    Json out = {{"type", {"string", "number", "boolean"}}};
    if (!shape.may_be_empty) out["minLength"] = 1;
    return out;
  }

  Json list(const Shape& shape) {
    const Json element = schema_of(*shape.element);
    Json many = {{"type", {"array", "null"}}, {"items", element}};
    if (!shape.takes_none) many["minItems"] = 1;
    if (!shape.takes_single) return many;
    return {{"anyOf", {element, many}}};
  }

  Json map(const Shape& shape) {
    Json out = {{"type", {"object", "null"}}, {"additionalProperties", schema_of(*shape.element)}};
    if (shape.key_rule != nullptr) {
      out["propertyNames"] = {{"pattern", std::string(shape.key_rule->pattern)}};
    }
    return out;
  }

  Json record(const Shape& shape) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const ShapeKey& key : shape.keys) {
      Json property = schema_of(*key.shape);
      if (!key.help.empty()) property["description"] = key.help;
      if (key.default_value.kind == Setting::Kind::scalar) {
        property["default"] = default_of(*key.shape, key.default_value.text);
      }
      properties[key.name] = std::move(property);
      if (key.required) required.push_back(key.name);
    }
    Json out = {{"type", "object"}, {"properties", std::move(properties)}};
    if (required.empty()) out["type"] = {"object", "null"};
    if (!required.empty()) out["required"] = std::move(required);
    if (!shape.takes_other_keys) out["additionalProperties"] = false;
    if (shape.takes_one_key) out["minProperties"] = out["maxProperties"] = 1;
    Json forms = Json::array({out});
    if (!shape.short_key.empty()) forms.push_back({{"type", {"string", "number", "boolean"}}});
    if (!shape.empty_word.empty()) forms.push_back({{"const", shape.empty_word}});
    return forms.size() == 1 ? out : Json{{"anyOf", std::move(forms)}};
  }

  Json variants(const Shape& shape) {
    Json names = Json::array();
    Json cases = Json::array();
    for (const auto& [name, variant] : shape.variants) {
      names.push_back(name);
      cases.push_back({{"if", {{"properties", {{shape.tag, {{"const", name}}}}}}},
                       {"then", schema_of(*variant)}});
    }
    return {{"type", "object"},
            {"required", {shape.tag}},
            {"properties", {{shape.tag, {{"enum", std::move(names)}}}}},
            {"allOf", std::move(cases)}};
  }

  Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema(const Shape& shape, std::string_view title) {
  SchemaWriter writer;
  Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
               {"title", std::string(title)}};
  root.update(writer.schema_of(shape));
  root["$defs"] = writer.definitions();
  return root.dump(2) + "\n";
}

}  // namespace cdh
