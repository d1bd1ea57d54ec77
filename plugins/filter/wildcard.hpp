// Patterns of plain text: alternatives with wildcards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdh::filter {

// "deleted|archived", "*@test.example", "TMP-*". The whole text must match one alternative. * is
// any run of characters; \*, \| and \\ are the characters themselves. Letters must agree in case.
// The empty pattern matches the empty text only.
class Wildcard {
 public:
  explicit Wildcard(std::string_view pattern);

  bool matches(std::string_view text) const;

 private:
  // The literal texts between the stars of one alternative: one for a plain value.
  using Alternative = std::vector<std::string>;
  static bool matches(const Alternative& alternative, std::string_view text);

  std::vector<Alternative> alternatives_;
};

}  // namespace cdh::filter
