// Values that stand where nothing is known.
#pragma once

#include <string_view>

#include "hub/model/entity.hpp"

namespace cdh {

// Whether the value identifies nobody: "n/a", "brak", "-", "test", "无", "noreply@...", "a@a.a",
// "000000", "123456789", 1900-01-01. `text` is as given or canonical; blank is a placeholder. What
// follows is up to the caller: matching passes over it.
//
//     is_placeholder(FieldKind::email, "test@test.pl")      true
//     is_placeholder(FieldKind::phone, "+48 111 111 111")   true
//     is_placeholder(FieldKind::person_name, "Na")          false, a Korean family name
bool is_placeholder(FieldKind kind, std::string_view text);

}  // namespace cdh
