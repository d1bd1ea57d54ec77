// What hub.yaml may hold, declared once: from a Shape come checking, defaults, the nearest known
// name in errors, the JSON Schema and `cdh check --explain`. The shapes themselves stand in
// hub_shape.cpp and mapping_shape.cpp.
//
//     const Setting clean = conform(as_read, hub_shape(), "", where, faults);
//
// After conform(), every reader of `clean` may rely on the shape: long forms only, defaults filled
// in, and what was wrong left out (and told in `faults`).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/config/faults.hpp"
#include "hub/config/setting.hpp"
#include "hub/config/text_rules.hpp"

namespace cdh {

struct Shape;
using ShapePtr = std::shared_ptr<const Shape>;

// One option.
struct ShapeKey {
  std::string name;
  ShapePtr shape;
  std::string help;  // one or two sentences
  bool required = false;
  Setting default_value = {};  // null = none
};

struct Shape {
  enum class Kind {
    text,
    integer,
    decimal,
    list,      // of `element`
    map,       // of `element`, with free keys
    record,    // with the keys of `keys`
    variants,  // a record whose keys depend on the text under `tag`
    anything,  // checked by somebody else
  };
  Kind kind = Kind::anything;
  std::string title;  // "source": names it in messages and, when not empty, in the JSON Schema

  // text
  const TextRule* rule = nullptr;
  std::vector<std::string> choices;
  bool may_be_empty = false;

  // integer, decimal
  int min = 0, max = 0;

  // list, map
  ShapePtr element;
  bool takes_single = false;           // list: a single element stands for a list of one
  bool takes_none = true;              // list: may be written as []
  const TextRule* key_rule = nullptr;  // map

  // record
  std::vector<ShapeKey> keys;
  std::string unknown_key;  // message before the key's name; empty = "unknown key"
  bool takes_other_keys = false;
  bool takes_one_key = false;              // exactly one of the keys
  std::string short_key;                   // a text alone stands for { short_key: text }
  std::vector<std::string> literals = {};  // but these stand for { value: text }
  std::string empty_word;                  // a text that stands for {}: "auto"

  // variants: the shape for each text under `tag`. `misplaced`, when given, explains a text that is
  // known but does not belong here; it returns nothing for others.
  std::string tag;
  std::vector<std::pair<std::string, ShapePtr>> variants;
  std::string (*misplaced)(std::string_view text) = nullptr;
};

namespace shapes {

ShapePtr text();
ShapePtr text(const TextRule& rule);
ShapePtr optional_text();  // may be empty
ShapePtr choice(std::vector<std::string> choices);
ShapePtr flag();  // true or false
ShapePtr integer(int min, int max);
ShapePtr decimal(int min, int max);  // "1.5"
ShapePtr list(ShapePtr element);
ShapePtr one_or_list(ShapePtr element);
ShapePtr map(ShapePtr element, const TextRule* key_rule = nullptr);
ShapePtr record(std::string title, std::vector<ShapeKey> keys);
ShapePtr anything();

}  // namespace shapes

// `given` in its long form with defaults. `label` names it in messages ("trust"; empty = the file),
// `where` is its place when it has none itself. A part that is
// wrong becomes a fault and is null or missing in the result. Defaults have line 0.
Setting conform(const Setting& given, const Shape& shape, std::string_view label,
                const Location& where, ConfigFaults& faults);

// JSON Schema (draft 2020-12) of documents that conform to the shape, as indented JSON.
std::string json_schema(const Shape& shape, std::string_view title);

}  // namespace cdh
