// The lists of a signature while they grow.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "hub/match/signature.hpp"

namespace cdh {

class SignatureLists {
 public:
  static constexpr std::size_t kMaxWords = 32;  // of a name or an address
  // Where the words, kMaxWords at most, and the letters, 64 at most, stand in the signature.
  Slice keep_words(std::span<const WordId> words);
  Slice keep_letters(std::string_view text);
  std::span<const WordId> words() const { return words_; }

  void freeze(Signature& signature) const;

  std::vector<EmailFeature> emails;
  std::vector<PhoneFeature> phones;
  std::vector<AddressFeature> addresses;
  std::vector<IdentifierFeature> identifiers;
  std::vector<NameFeature> organizations;
  std::vector<WordId> domains;

 private:
  std::vector<WordId> words_;
  std::vector<char> letters_;
};

// Whether one of the features has this value there.
template <typename Feature, typename Value>
bool holds(const std::vector<Feature>& features, Value Feature::*member, const Value& value) {
  return std::ranges::find(features, value, member) != features.end();
}

}  // namespace cdh
