// What matching knows of one party: its normalised features, small enough that millions of them fit
// into memory. Pure values; words are ids of a Vocabulary, numbers and mailboxes are kept so that a
// typing error can be seen.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/match/frozen_lists.hpp"
#include "hub/match/vocabulary.hpp"
#include "hub/model/mapped_record.hpp"
#include "hub/normalize/person_name.hpp"

namespace cdh {

// Which party of which record.
struct PartyIdentity {
  std::int64_t id = 0;       // the store's row; never decides anything
  std::uint32_t source = 0;  // equal for parties of one source
  std::string key;           // "source/stream/source_key/as": unique, and breaks every tie
};

enum class PartyKind : std::uint8_t { person, organization };

// A run of a signature's words or letters.
struct Slice {
  std::uint16_t begin = 0;
  std::uint16_t size = 0;
};

// Words that make up one name, and the whole of them.
struct NameFeature {
  Slice words;
  WordId joined = kNoWord;  // without blanks: "maryann" of "mary ann"
  WordId sorted = kNoWord;  // joined in the order of the words' texts
};

struct EmailFeature {
  std::uint64_t key = 0;    // hash of the mailbox (match_form)
  Slice local;              // letters: before the @
  std::uint32_t signs = 0;  // which of them occur, as in Word::letters
  WordId domain = kNoWord;
  std::uint16_t birth_year = 0;  // when the digits of the local part read 19xx or 20xx
  std::uint8_t digits = 0;       // how many others it has
  bool is_role = false;
  bool is_public = false;     // at a provider where anybody has a mailbox
  bool is_household = false;  // rodzina.nowak@, smithfamily@
};

struct PhoneFeature {
  std::uint64_t number = 0;  // its digits without leading zeros
};

struct AddressFeature {
  Slice street;   // words: of the street, without its kind (street, avenue), direction and unit
  Slice numbers;  // words: house and flat, as written
  Slice town;
  Slice all;  // words: everything, with the second line
  WordId joined_street = kNoWord;
  WordId joined_town = kNoWord;
  WordId postal_code = kNoWord;
  WordId country = kNoWord;  // as the address says it, not as its source may mean it
};

struct IdentifierFeature {
  // Hash of the value and the scope it is known in: the scheme by which its check digits are right,
  // otherwise the system and type that the record names.
  std::uint64_t key = 0;
  std::uint64_t type = 0;  // hash of the scope
  Slice value;             // letters
  // Equal ones are one customer's: the check digits are right and it is of a scheme of which nobody
  // has two and no two have one (CheckedNumber::is_sole); or the mapping says is_unique, and the
  // check digits are not wrong.
  bool is_trusted = false;
};

struct Signature {
  PartyIdentity identity;
  PartyKind kind = PartyKind::person;
  Sex sex = Sex::unknown;
  std::uint8_t generation = 0;   // 1 senior, 2 junior or II, 3 III ...; 0 not said
  bool may_be_reversed = false;  // given and family name; see FoldedName
  std::int32_t birth_date = 0;   // 19840229; 0 not known
  // Hash of FoldedName::given_characters; 0: the given name is not in Chinese characters.
  std::uint32_t given_characters = 0;
  NameFeature given, family;  // persons; the family's words are those without particles ("van")

  std::span<const EmailFeature> emails() const { return lists.get<kEmails>(); }
  std::span<const PhoneFeature> phones() const { return lists.get<kPhones>(); }
  std::span<const IdentifierFeature> identifiers() const { return lists.get<kIdentifiers>(); }
  std::span<const AddressFeature> addresses() const { return lists.get<kAddresses>(); }
  // Persons: employers; organisations: name, legal name.
  std::span<const NameFeature> organizations() const { return lists.get<kOrganizations>(); }
  // Organisations: of their web page, mailboxes and people's mailboxes.
  std::span<const WordId> domains() const { return lists.get<kDomains>(); }

  // What the slices are of.
  std::span<const WordId> words() const { return lists.get<kWords>(); }
  std::span<const WordId> words_of(Slice slice) const {
    return words().subspan(slice.begin, slice.size);
  }
  std::string_view letters_of(Slice slice) const {
    return {lists.get<kLetters>().data() + slice.begin, slice.size};
  }

  enum : std::size_t {
    kEmails,
    kPhones,
    kIdentifiers,
    kAddresses,
    kOrganizations,
    kWords,
    kDomains,
    kLetters
  };
  FrozenLists<EmailFeature, PhoneFeature, IdentifierFeature, AddressFeature, NameFeature, WordId,
              WordId, char>
      lists;
};

// At most so many values of a kind a party; further ones, in the order of the record, are left out,
// so that one broken record cannot slow the run down.
inline constexpr std::size_t kMaxValues = 16;

// `record.entities[party_index]` must be a person or an organization. Blank and placeholder values
// (see hub/normalize/placeholder.hpp) leave no trace. Its words are those of the list.
Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index, WordList& words);
// The same with the words of a vocabulary.
Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index, Vocabulary& vocabulary);

// Puts ids[word] in the place of each word.
void renumber_words(Signature& signature, std::span<const WordId> ids);

}  // namespace cdh
