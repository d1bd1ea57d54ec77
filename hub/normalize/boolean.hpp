// Yes and no.
#pragma once

#include <optional>
#include <string_view>

namespace cdh {

// true, yes, y, t, 1, on, x, tak, prawda, ja, oui, sí, 是, 有, ✓ ... and their opposites, in any
// case.
std::optional<bool> parse_boolean(std::string_view text);

}  // namespace cdh
