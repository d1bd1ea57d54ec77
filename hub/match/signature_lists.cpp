#include "hub/match/signature_lists.hpp"

#include <algorithm>

namespace cdh {

namespace {

constexpr std::size_t kMaxLetters = 64;

Slice slice(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end - begin)};
}

}  // namespace

Slice SignatureLists::keep_words(std::span<const WordId> words) {
  const std::size_t begin = words_.size();
  words = words.first(std::min(words.size(), kMaxWords));
  words_.insert(words_.end(), words.begin(), words.end());
  return slice(begin, words_.size());
}

Slice SignatureLists::keep_letters(std::string_view text) {
  const std::size_t begin = letters_.size();
  text = text.substr(0, kMaxLetters);
  letters_.insert(letters_.end(), text.begin(), text.end());
  return slice(begin, letters_.size());
}

void SignatureLists::freeze(Signature& signature) const {
  using Lists = decltype(signature.lists);
  signature.lists =
      Lists(emails, phones, identifiers, addresses, organizations, words_, domains, letters_);
}

}  // namespace cdh
