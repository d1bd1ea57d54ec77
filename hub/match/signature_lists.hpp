// The lists of a signature while they grow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/match/signature.hpp"

namespace cdh {

class SignatureLists {
 public:
  explicit SignatureLists(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // Words in the vocabulary, 32 at most, and letters, as many as edit_distance.hpp compares.
  Slice keep_words(const std::vector<std::string>& words);
  Slice keep_letters(std::string_view text);
  NameFeature keep_name(const std::vector<std::string>& words);

  bool has_email(std::uint64_t key) const;
  bool has_identifier(std::uint64_t key) const;

  void freeze(Signature& signature) const;

  std::vector<EmailFeature> emails;
  std::vector<PhoneFeature> phones;
  std::vector<AddressFeature> addresses;
  std::vector<IdentifierFeature> identifiers;
  std::vector<NameFeature> organizations;
  std::vector<WordId> domains;

 private:
  Vocabulary& vocabulary_;
  std::vector<WordId> words_;
  std::vector<char> letters_;
};

}  // namespace cdh
