#include "hub/match/signature_code.hpp"

#include <algorithm>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/match/match_index.hpp"
#include "hub/match/signature_lists.hpp"

namespace cdh {

namespace {

// Words come up several times in a signature: they are written once, and then by number.
class Encoder {
 public:
  Encoder(const Signature& signature, const Vocabulary& vocabulary)
      : signature_(signature), vocabulary_(vocabulary) {}

  void append_to(ByteWriter& out) {
    write_body();
    out.number(words_.size());
    for (const WordId word : words_) out.text(vocabulary_[word].text);
    out.text(body_.bytes());
  }

 private:
  void write_body() {
    body_.number(signature_.identity.source);
    body_.text(signature_.identity.key);
    body_.number(static_cast<std::uint64_t>(signature_.kind));
    body_.number(static_cast<std::uint64_t>(signature_.sex));
    body_.number(signature_.generation * 2U + (signature_.may_be_reversed ? 1U : 0U));
    body_.number(static_cast<std::uint32_t>(signature_.birth_date));
    body_.number(signature_.given_characters);
    write(signature_.given);
    write(signature_.family);
    body_.number(signature_.emails().size());
    for (const EmailFeature& email : signature_.emails()) write(email);
    body_.number(signature_.phones().size());
    for (const PhoneFeature& phone : signature_.phones()) body_.number(phone.number);
    body_.number(signature_.addresses().size());
    for (const AddressFeature& address : signature_.addresses()) write(address);
    body_.number(signature_.identifiers().size());
    for (const IdentifierFeature& identifier : signature_.identifiers()) write(identifier);
    body_.number(signature_.organizations().size());
    for (const NameFeature& name : signature_.organizations()) write(name);
    body_.number(signature_.domains().size());
    for (const WordId domain : signature_.domains()) write_word(domain);
  }

  void write(const NameFeature& name) {
    write_words(name.words);
    write_word(name.joined);
    write_word(name.sorted);
  }

  void write(const EmailFeature& email) {
    body_.whole(email.key);
    body_.text(signature_.letters_of(email.local));
    body_.number(email.signs);
    write_word(email.domain);
    body_.number(email.birth_year);
    body_.number(email.digits);
    body_.number((email.is_role ? 1U : 0U) | (email.is_public ? 2U : 0U) |
                 (email.is_household ? 4U : 0U));
  }

  void write(const AddressFeature& address) {
    for (const Slice part : {address.street, address.numbers, address.town, address.all}) {
      write_words(part);
    }
    for (const WordId word :
         {address.joined_street, address.joined_town, address.postal_code, address.country}) {
      write_word(word);
    }
  }

  void write(const IdentifierFeature& identifier) {
    body_.whole(identifier.key);
    body_.whole(identifier.type);
    body_.text(signature_.letters_of(identifier.value));
    body_.number(identifier.is_trusted ? 1 : 0);
  }

  void write_words(Slice slice) {
    const std::span<const WordId> words = signature_.words_of(slice);
    body_.number(words.size());
    for (const WordId word : words) write_word(word);
  }

  void write_word(WordId word) {
    const auto at = std::ranges::find(words_, word);
    body_.number(static_cast<std::uint64_t>(at - words_.begin()));
    if (at == words_.end()) words_.push_back(word);
  }

  const Signature& signature_;
  const Vocabulary& vocabulary_;
  std::vector<WordId> words_;
  ByteWriter body_;
};

class Decoder {
 public:
  Decoder(std::string_view bytes, WordList& words)
      : Decoder(ByteReader(bytes, kDamagedIndex), words) {}

  Signature signature(std::int64_t id) {
    Signature signature;
    signature.identity.id = id;
    signature.identity.source = static_cast<std::uint32_t>(body_.number());
    signature.identity.key = body_.text();
    signature.kind = body_.number() == 0 ? PartyKind::person : PartyKind::organization;
    signature.sex = static_cast<Sex>(std::min<std::uint64_t>(body_.number(), 2));
    const std::uint64_t generation = body_.number();
    signature.generation = static_cast<std::uint8_t>(generation / 2);
    signature.may_be_reversed = generation % 2 != 0;
    signature.birth_date = static_cast<std::int32_t>(body_.number());
    signature.given_characters = static_cast<std::uint32_t>(body_.number());
    signature.given = name();
    signature.family = name();
    repeat(kMaxValues, [&] { lists_.emails.push_back(email()); });
    repeat(kMaxValues, [&] { lists_.phones.push_back({body_.number()}); });
    repeat(kMaxValues, [&] { lists_.addresses.push_back(address()); });
    repeat(kMaxValues, [&] { lists_.identifiers.push_back(identifier()); });
    repeat(kMaxValues, [&] { lists_.organizations.push_back(name()); });
    repeat(kMaxValues, [&] { lists_.domains.push_back(word()); });
    if (!body_.at_end()) throw Error(ErrorKind::store, kDamagedIndex);
    lists_.freeze(signature);
    return signature;
  }

 private:
  Decoder(ByteReader in, WordList& words) : body_(std::string_view(), kDamagedIndex) {
    const std::size_t count = in.count();
    words_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) words_.push_back(words.intern(in.text()));
    body_ = ByteReader(in.text(), kDamagedIndex);
  }

  template <typename Read>
  void repeat(std::size_t most, Read&& read) {
    const std::size_t count = body_.count();
    if (count > most) throw Error(ErrorKind::store, kDamagedIndex);
    for (std::size_t i = 0; i < count; ++i) read();
  }

  WordId word() {
    const std::uint64_t number = body_.number();
    if (number >= words_.size()) throw Error(ErrorKind::store, kDamagedIndex);
    return words_[number];
  }

  Slice words() {
    found_.clear();
    repeat(SignatureLists::kMaxWords, [&] { found_.push_back(word()); });
    return lists_.keep_words(found_);
  }

  NameFeature name() {
    NameFeature name;
    name.words = words();
    name.joined = word();
    name.sorted = word();
    return name;
  }

  EmailFeature email() {
    EmailFeature email;
    email.key = body_.whole();
    email.local = lists_.keep_letters(body_.text());
    email.signs = static_cast<std::uint32_t>(body_.number());
    email.domain = word();
    email.birth_year = static_cast<std::uint16_t>(body_.number());
    email.digits = static_cast<std::uint8_t>(body_.number());
    const std::uint64_t flags = body_.number();
    email.is_role = (flags & 1U) != 0;
    email.is_public = (flags & 2U) != 0;
    email.is_household = (flags & 4U) != 0;
    return email;
  }

  AddressFeature address() {
    AddressFeature address;
    for (Slice* part : {&address.street, &address.numbers, &address.town, &address.all}) {
      *part = words();
    }
    for (WordId* part :
         {&address.joined_street, &address.joined_town, &address.postal_code, &address.country}) {
      *part = word();
    }
    return address;
  }

  IdentifierFeature identifier() {
    IdentifierFeature identifier;
    identifier.key = body_.whole();
    identifier.type = body_.whole();
    identifier.value = lists_.keep_letters(body_.text());
    identifier.is_trusted = body_.number() != 0;
    return identifier;
  }

  ByteReader body_;
  std::vector<WordId> words_;  // by their numbers in the bytes
  std::vector<WordId> found_;
  SignatureLists lists_;
};

}  // namespace

void encode(const Signature& signature, const Vocabulary& vocabulary, ByteWriter& out) {
  Encoder(signature, vocabulary).append_to(out);
}

Signature decode_signature(std::string_view bytes, std::int64_t id, WordList& words) {
  return Decoder(bytes, words).signature(id);
}

Signature decode_signature(std::string_view bytes, std::int64_t id, Vocabulary& vocabulary) {
  WordList words;
  Signature signature = decode_signature(bytes, id, words);
  renumber_words(signature, vocabulary.intern(words));
  return signature;
}

}  // namespace cdh
