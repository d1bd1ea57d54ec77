#include "hub/match/postal_code.hpp"

#include <algorithm>

#include "hub/normalize/fold.hpp"

namespace cdh {

std::string fold_postal_code(std::string_view text) {
  std::string code = fold(text);
  std::erase(code, ' ');
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (code.size() == 9 && std::ranges::all_of(code, is_digit)) code.resize(5);
  return code;
}

}  // namespace cdh
