// Values that stand where nothing is known.
#pragma once

#include <string_view>

#include "hub/model/entity.hpp"

namespace cdh {

// Whether the text is a word for "nothing is known": "n/a", "brak", "-", "无", or blank. As good as an
// empty field.
bool says_nothing(std::string_view text);

// Whether the value identifies nobody: "n/a", "brak", "-", "test", "无", "noreply@...", "a@a.a",
// "000000", "123456789", 1900-01-01. `text` is as given or canonical; blank is a placeholder. What
// follows is up to the caller: matching passes over it, and merging takes another where there is one.
//
//     is_placeholder(FieldKind::email, "test@test.pl")      true
//     is_placeholder(FieldKind::phone, "+48 111 111 111")   true
//     is_placeholder(FieldKind::person_name, "Na")          false, a Korean family name
bool is_placeholder(FieldKind kind, std::string_view text);

}  // namespace cdh
