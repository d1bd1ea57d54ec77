// Text within HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace cdh {

// The text as the content of an element or of a quoted attribute; on one line.
std::string html_text(std::string_view text);

}  // namespace cdh
