// Blanks at the ends of a text and inside it. Blank is all Unicode white space, the no-break space
// of web pages and the ideographic space among it.
#pragma once

#include <string>
#include <string_view>

namespace cdh::text {

// Without blanks, zero-width marks and byte order marks at either end. A view of `text`: nothing is
// copied.
std::string_view trim(std::string_view text);

// Makes each run of blanks one space.
class BlankCollapser {
 public:
  // `text` itself when there is nothing to change, else a view that the next call ends.
  std::string_view apply(std::string_view text);

 private:
  std::string buffer_;
};

}  // namespace cdh::text
