#include "hub/match/signature_lists.hpp"

#include <algorithm>

namespace cdh {

namespace {

constexpr std::size_t kMaxWords = 32;  // of a name or an address
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
  signature.words = FrozenList(words_);
  signature.letters = FrozenList(letters_);
  signature.emails = FrozenList(emails);
  signature.phones = FrozenList(phones);
  signature.addresses = FrozenList(addresses);
  signature.identifiers = FrozenList(identifiers);
  signature.organizations = FrozenList(organizations);
  signature.domains = FrozenList(domains);
}

}  // namespace cdh
