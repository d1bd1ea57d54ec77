#include "hub/match/signature.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "hub/base/hash.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/match/checked_number.hpp"
#include "hub/match/edit_distance.hpp"
#include "hub/match/postal_code.hpp"
#include "hub/match/signature_fields.hpp"
#include "hub/match/signature_lists.hpp"
#include "hub/match/street.hpp"
#include "hub/normalize/email.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/org_name.hpp"
#include "hub/normalize/person_name.hpp"
#include "hub/normalize/placeholder.hpp"

namespace cdh {

namespace {

constexpr char kSeparator = '\x1f';

// The field's text, or nothing when it stands for "not known".
std::string_view known_text(const MappedEntity& from, FieldId field) {
  const std::string_view text = from.get(field);
  if (text.empty() || is_placeholder(entity(from.entity).fields[field].kind, text)) return {};
  return text;
}

// 1984-02-29 as 19840229; 0 for anything else.
std::int32_t packed_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return 0;
  const std::array<char, 8> digits = {iso[0], iso[1], iso[2], iso[3],
                                      iso[5], iso[6], iso[8], iso[9]};
  std::int32_t date = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), date);
  return read.ptr == digits.data() + digits.size() ? date : 0;
}

// "sr", "junior", "iii"; 0 when the word says nothing of the kind.
std::uint8_t generation_of(std::string_view folded) {
  constexpr std::array<std::pair<std::string_view, std::uint8_t>, 8> kWords = {{{"sr", 1},
                                                                                {"senior", 1},
                                                                                {"jr", 2},
                                                                                {"jnr", 2},
                                                                                {"junior", 2},
                                                                                {"ii", 2},
                                                                                {"iii", 3},
                                                                                {"iv", 4}}};
  const auto found = std::ranges::find(kWords, folded, [](const auto& word) { return word.first; });
  return found == kWords.end() ? std::uint8_t{0} : found->second;
}

// Mailboxes of a whole family, in the languages of the data.
constexpr std::array<std::string_view, 8> kHouseholdWords = {
    "rodzina", "rodzinka", "family", "familie", "familia", "famille", "haushalt", "domowa"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_household_mailbox(std::string_view local) {
  return std::ranges::any_of(kHouseholdWords, [&](std::string_view word) {
    return local.starts_with(word) || local.ends_with(word);
  });
}

// Fills one signature; lives as long as make_signature runs.
class SignatureBuilder {
 public:
  SignatureBuilder(PartyIdentity identity, const MappedRecord& record, std::size_t party_index,
                   WordList& words)
      : record_(record),
        party_index_(party_index),
        party_(record.entities[party_index]),
        words_(words) {
    signature_.identity = std::move(identity);
    const bool is_person = party_.entity == known_entities().person;
    signature_.kind = is_person ? PartyKind::person : PartyKind::organization;
  }

  Signature build() {
    if (signature_.kind == PartyKind::person) {
      read_person();
    } else {
      read_organization();
    }
    read_contacts();
    lists_.freeze(signature_);
    return std::move(signature_);
  }

 private:
  void read_person() {
    const SignatureFields& field = signature_fields();
    FoldedName name =
        fold_person_name(known_text(party_, field.given), known_text(party_, field.additional),
                         known_text(party_, field.family), known_text(party_, field.native));
    for (const std::string& word : name.suffix) take_generation(word);
    for (const std::string& word : fold_words(party_.get(field.suffix))) {
      // In a name they may be names.
      take_generation(word == "jun" ? "jr" : word == "sen" ? "sr" : word);
    }
    take_generation_out_of(name.family);
    take_generation_out_of(name.given);
    signature_.given = keep_name(name.given, name.given);
    signature_.family = keep_name(name.family, without_particles(name.family));
    signature_.may_be_reversed = name.may_be_reversed;
    if (!name.given_characters.empty()) {
      signature_.given_characters = static_cast<std::uint32_t>(hash64(name.given_characters)) | 1U;
    }
    signature_.sex = name.sex;
    const std::string_view gender = party_.get(field.gender);
    if (gender == "female") signature_.sex = Sex::female;
    if (gender == "male") signature_.sex = Sex::male;
    signature_.birth_date = packed_date(known_text(party_, field.birth_date));
    for (const std::size_t employer : affiliated("person", party_index_, "organization")) {
      const MappedEntity& organization = record_.entities[employer];
      add_organization(known_text(organization, field.org_name));
    }
  }

  void take_generation(std::string_view word) {
    const std::uint8_t generation = generation_of(word);
    if (generation != 0 && signature_.generation == 0) signature_.generation = generation;
  }

  // "john smith jr" with the "jr" in a name's own field; "john smith i" is the first of his name.
  void take_generation_out_of(std::vector<std::string>& words) {
    while (words.size() > 1) {
      const bool is_first = words.back() == "i";
      if (!is_first && generation_of(words.back()) == 0) return;
      take_generation(is_first ? "sr" : words.back());
      words.pop_back();
    }
  }

  void read_organization() {
    const SignatureFields& field = signature_fields();
    add_organization(known_text(party_, field.org_name));
    add_organization(known_text(party_, field.legal_name));
    for (const FieldId id : {field.tax_id, field.registration_id}) {
      add_identifier("", entity(party_.entity).fields[id].name, known_text(party_, id), true);
    }
    const std::string url = ascii_lower(known_text(party_, field.url));
    std::string_view page = url;
    for (const std::string_view prefix : {"http://", "https://", "www."}) {
      if (page.starts_with(prefix)) page.remove_prefix(prefix.size());
    }
    while (page.ends_with('/')) page.remove_suffix(1);
    // A page below the host may be one of many companies': facebook.com/acme.
    if (page.find_first_of("/?#:") == page.npos) add_domain(page);
    for (const std::size_t person : affiliated("organization", party_index_, "person")) {
      read_domains(person);
    }
  }

  void add_organization(std::string_view text) {
    const std::string folded = fold_org_name(text);
    if (folded.empty() || lists_.organizations.size() >= kMaxValues) return;
    const std::vector<std::string> words = fold_words(folded);
    const NameFeature name = keep_name(words, words);
    const bool is_known = std::ranges::any_of(lists_.organizations, [&](const NameFeature& other) {
      return other.joined == name.joined;
    });
    if (!is_known) lists_.organizations.push_back(name);
  }

  // The parties at the other end of this record's affiliations.
  std::vector<std::size_t> affiliated(std::string_view own_end, std::size_t own,
                                      std::string_view other_end) const {
    const KnownEntities& is = known_entities();
    const auto kind_of = [&](std::string_view end) {
      return end == "person" ? is.person : is.organization;
    };
    std::vector<std::size_t> found;
    for (const MappedEntity& affiliation : record_.entities) {
      if (affiliation.entity != is.affiliation) continue;
      if (find_party(affiliation, own_end, kind_of(own_end)) != own) continue;
      const std::size_t other = find_party(affiliation, other_end, kind_of(other_end));
      if (other < record_.entities.size()) found.push_back(other);
    }
    return found;
  }

  // The index of the party of this record to which the ref leads; the number of all when to none.
  std::size_t find_party(const MappedEntity& from, std::string_view ref, EntityId kind) const {
    const auto found = std::ranges::find(from.refs, ref, &MappedRef::name);
    if (found == from.refs.end() || !found->stream.empty()) return record_.entities.size();
    const auto is_meant = [&](const MappedEntity& entity) {
      return entity.entity == kind && (found->as.empty() || entity.as == found->as);
    };
    return static_cast<std::size_t>(std::ranges::find_if(record_.entities, is_meant) -
                                    record_.entities.begin());
  }

  void read_domains(std::size_t owner) {
    for (const MappedEntity& contact : record_.entities) {
      const bool is_email = contact.entity == known_entities().email;
      if (!is_email || contact.owner != static_cast<int>(owner)) continue;
      const std::string_view canonical = contact.get(signature_fields().canonical);
      if (canonical.empty() || is_placeholder(FieldKind::email, canonical)) continue;
      add_domain(canonical.substr(canonical.rfind('@') + 1));
    }
  }

  void add_domain(std::string_view domain) {
    if (domain.find('.') == domain.npos || is_public_provider(domain)) return;
    const WordId id = words_.intern(domain);
    const bool is_known = std::ranges::find(lists_.domains, id) != lists_.domains.end();
    if (!is_known && lists_.domains.size() < kMaxValues) lists_.domains.push_back(id);
  }

  void read_contacts() {
    const KnownEntities& is = known_entities();
    for (const MappedEntity& contact : record_.entities) {
      if (contact.owner != static_cast<int>(party_index_)) continue;
      if (contact.entity == is.email) read_email(contact);
      if (contact.entity == is.phone) read_phone(contact);
      if (contact.entity == is.postal_address) read_address(contact);
      if (contact.entity == is.external_identifier) read_identifier(contact);
    }
  }

  void read_email(const MappedEntity& contact) {
    const std::string_view canonical = contact.get(signature_fields().canonical);
    if (canonical.empty() || is_placeholder(FieldKind::email, canonical)) return;
    const std::string mailbox = match_form(canonical);
    const std::string_view domain = std::string_view(mailbox).substr(mailbox.rfind('@') + 1);
    const std::string_view local = std::string_view(mailbox).substr(0, mailbox.rfind('@'));
    if (signature_.kind == PartyKind::organization) add_domain(domain);
    EmailFeature email;
    email.key = hash64(mailbox);
    if (lists_.emails.size() >= kMaxValues || holds(lists_.emails, &EmailFeature::key, email.key))
      return;
    email.local = lists_.keep_letters(local);
    email.signs = letter_set(local);
    email.domain = words_.intern(domain);
    email.is_role = is_role_mailbox(canonical);
    email.is_public = is_public_provider(domain);
    email.is_household = is_household_mailbox(local);
    std::string digits;
    std::ranges::copy_if(local, std::back_inserter(digits), is_digit);
    if (digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"))) {
      email.birth_year = static_cast<std::uint16_t>(std::stoi(digits));
    } else {
      email.digits = static_cast<std::uint8_t>(std::min<std::size_t>(digits.size(), 64));
    }
    lists_.emails.push_back(email);
  }

  // A number that is not known in E.164 is compared by its digits as given.
  void read_phone(const MappedEntity& contact) {
    constexpr std::size_t kMinDigits = 6;
    constexpr std::size_t kMaxDigits = 18;
    std::string digits;
    const std::string_view e164 = contact.get(signature_fields().e164);
    std::ranges::copy_if(e164.empty() ? contact.get(signature_fields().phone) : e164,
                         std::back_inserter(digits), is_digit);
    if (digits.size() < kMinDigits || is_placeholder(FieldKind::phone, digits)) return;
    if (!e164.empty() && is_placeholder(FieldKind::phone, e164)) return;
    digits.erase(0, digits.find_first_not_of('0'));
    if (digits.empty() || digits.size() > kMaxDigits || lists_.phones.size() >= kMaxValues) return;
    const PhoneFeature phone{std::stoull(digits)};
    const bool is_known = std::ranges::any_of(
        lists_.phones, [&](const PhoneFeature& other) { return other.number == phone.number; });
    if (!is_known) lists_.phones.push_back(phone);
  }

  void read_address(const MappedEntity& contact) {
    if (lists_.addresses.size() >= kMaxValues) return;
    const SignatureFields& field = signature_fields();
    const Street street = parse_street(known_text(contact, field.street));
    std::vector<std::string> all = street.written;
    const std::vector<std::string> second = fold_words(known_text(contact, field.second_line));
    const std::vector<std::string> town = fold_words(known_text(contact, field.town));
    all.insert(all.end(), second.begin(), second.end());
    all.insert(all.end(), town.begin(), town.end());
    const std::string code = fold_postal_code(known_text(contact, field.postal_code));
    if (all.empty() && code.empty()) return;

    AddressFeature address;
    address.street = keep_words(street.name);
    address.numbers = keep_words(street.numbers);
    address.town = keep_words(town);
    address.all = keep_words(all);
    address.joined_street = words_.intern(join(street.name, ""));
    address.joined_town = words_.intern(join(town, ""));
    address.postal_code = words_.intern(code);
    address.country = words_.intern(fold(contact.get(field.country)));
    lists_.addresses.push_back(address);
  }

  void read_identifier(const MappedEntity& contact) {
    const SignatureFields& field = signature_fields();
    add_identifier(contact.get(field.id_system), contact.get(field.id_type),
                   known_text(contact, field.id_value), contact.get(field.is_unique) == "true");
  }

  // A number with a right check digit is known by itself, whatever system it came from; any other
  // only within its system and type.
  void add_identifier(std::string_view system, std::string_view type, std::string_view value,
                      bool is_unique) {
    if (value.empty() || lists_.identifiers.size() >= kMaxValues) return;
    const CheckedNumber number = check_number(type, value);
    if (number.canonical.empty() || is_placeholder(FieldKind::identifier, number.canonical)) return;
    const std::string scope =
        number.scheme.empty() ? fold(system) + kSeparator + fold(type) : std::string(number.scheme);
    take_birth(number);
    IdentifierFeature identifier;
    identifier.key = hash64(scope + kSeparator + number.canonical);
    if (holds(lists_.identifiers, &IdentifierFeature::key, identifier.key)) return;
    identifier.type = hash64(scope);
    identifier.value = lists_.keep_letters(number.canonical);
    identifier.is_trusted = number.is_sole || (is_unique && !number.is_wrong);
    lists_.identifiers.push_back(identifier);
  }

  // Some numbers say when their holder was born, and of which sex.
  void take_birth(const CheckedNumber& number) {
    if (!number.person || signature_.kind != PartyKind::person) return;
    if (signature_.birth_date == 0) {
      signature_.birth_date = packed_date(format_date(number.person->birth_date));
    }
    if (signature_.sex == Sex::unknown) {
      signature_.sex = number.person->is_female ? Sex::female : Sex::male;
    }
  }

  Slice keep_words(const std::vector<std::string>& words) {
    std::vector<WordId> ids;
    for (const std::string& word : words) ids.push_back(words_.intern(word));
    return lists_.keep_words(ids);
  }

  // "van den berg" and "van den heuvel" have nothing in common. Behind the name, and alone, "van" is a
  // name itself.
  static std::vector<std::string> without_particles(std::vector<std::string> family) {
    const auto last_name =
        std::ranges::find_if_not(family.rbegin(), family.rend(), is_name_particle);
    family.erase(std::remove_if(family.begin(), last_name.base(), is_name_particle),
                 last_name.base());
    return family;
  }

  NameFeature keep_name(const std::vector<std::string>& words,
                        const std::vector<std::string>& telling) {
    NameFeature name;
    name.words = keep_words(telling);
    name.joined = words_.intern(join(words, ""));
    std::vector<std::string> sorted = words;
    std::ranges::sort(sorted);
    name.sorted = words_.intern(join(sorted, ""));
    return name;
  }

  const MappedRecord& record_;
  const std::size_t party_index_;
  const MappedEntity& party_;
  WordList& words_;
  Signature signature_;
  SignatureLists lists_;
};

}  // namespace

Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index, WordList& words) {
  return SignatureBuilder(std::move(identity), record, party_index, words).build();
}

Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index, Vocabulary& vocabulary) {
  WordList words;
  Signature signature = make_signature(std::move(identity), record, party_index, words);
  renumber_words(signature, vocabulary.intern(words));
  return signature;
}

void renumber_words(Signature& signature, std::span<const WordId> ids) {
  const auto renumber = [&](WordId& word) { word = ids[word]; };
  const auto renumber_name = [&](NameFeature& name) {
    renumber(name.joined);
    renumber(name.sorted);
  };
  renumber_name(signature.given);
  renumber_name(signature.family);
  std::ranges::for_each(signature.lists.get<Signature::kWords>(), renumber);
  std::ranges::for_each(signature.lists.get<Signature::kDomains>(), renumber);
  std::ranges::for_each(signature.lists.get<Signature::kOrganizations>(), renumber_name);
  for (EmailFeature& email : signature.lists.get<Signature::kEmails>()) renumber(email.domain);
  for (AddressFeature& address : signature.lists.get<Signature::kAddresses>()) {
    renumber(address.joined_street);
    renumber(address.joined_town);
    renumber(address.postal_code);
    renumber(address.country);
  }
}

}  // namespace cdh
