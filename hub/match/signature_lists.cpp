#include "hub/match/signature_lists.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/match/edit_distance.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxWords = 32;  // of a name or an address

Slice slice(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(end - begin)};
}

}  // namespace

Slice SignatureLists::keep_words(const std::vector<std::string>& words) {
  const std::size_t begin = words_.size();
  for (const std::string& word : words) {
    if (words_.size() - begin < kMaxWords) words_.push_back(vocabulary_.intern(word));
  }
  return slice(begin, words_.size());
}

Slice SignatureLists::keep_letters(std::string_view text) {
  const std::size_t begin = letters_.size();
  text = text.substr(0, kMaxEditDistanceLength);
  letters_.insert(letters_.end(), text.begin(), text.end());
  return slice(begin, letters_.size());
}

NameFeature SignatureLists::keep_name(const std::vector<std::string>& words) {
  NameFeature name;
  name.words = keep_words(words);
  name.joined = vocabulary_.intern(join(words, ""));
  std::vector<std::string> sorted = words;
  std::ranges::sort(sorted);
  name.sorted = vocabulary_.intern(join(sorted, ""));
  return name;
}

bool SignatureLists::has_email(std::uint64_t key) const {
  return std::ranges::find(emails, key, &EmailFeature::key) != emails.end();
}

bool SignatureLists::has_identifier(std::uint64_t key) const {
  return std::ranges::find(identifiers, key, &IdentifierFeature::key) != identifiers.end();
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
