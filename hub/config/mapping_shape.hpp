// What an item of a stream's `map` may hold: made from the model's table of entities.
#pragma once

#include "hub/config/shape.hpp"
#include "hub/model/entity.hpp"

namespace cdh {

// One item of `map`: by its `into`, the keys and fields of that entity.
ShapePtr entity_mapping_shape();

// Whether a field can be mapped; the others are filled by the hub itself.
bool is_mappable(const FieldSpec& field);

// Whether the party's mapping may name this field of a postal address directly. `type` is not one
// of them: beside a person's own fields it would not say what it is the type of.
bool is_direct_address_field(std::string_view name);

// The names under which a survivorship chain may be given: fields of parties, contact entities, and
// consent.
std::vector<std::string> merge_field_names();

}  // namespace cdh
