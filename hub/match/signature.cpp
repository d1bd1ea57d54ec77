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
#include "hub/match/street.hpp"
#include "hub/normalize/email.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/org_name.hpp"
#include "hub/normalize/person_name.hpp"
#include "hub/normalize/placeholder.hpp"

namespace cdh {

namespace {

// Part of every key in the store: a change makes all stored keys worthless, so only append.
enum class KeySpace : std::uint64_t {
  identifier = 1,
  email = 2,
  phone = 3,
  web_page = 4,
  birth_and_postal_code = 5,
  birth_and_street = 6,
  birth_and_town = 7,
  street_and_postal_code = 8,
  street_and_town = 9,
  organization_name = 10,
  domain = 11,
};

// Shorter names ("orion", "pko") are shared by companies that have nothing to do with each other.
constexpr std::size_t kMinTellingName = 8;

constexpr char kSeparator = '\x1f';

// Field numbers, looked up once.
struct Fields {
  FieldId given, additional, family, native, suffix, gender, birth_date;
  FieldId org_name, legal_name, registration_id, tax_id, url;
  FieldId email, canonical, phone, e164;
  FieldId street, town, postal_code;
  FieldId id_system, id_type, id_value, is_unique;
};

const Fields& fields() {
  static const Fields known = [] {
    const KnownEntities& is = known_entities();
    return Fields{
        .given = find_field(is.person, "given_name"),
        .additional = find_field(is.person, "additional_name"),
        .family = find_field(is.person, "family_name"),
        .native = find_field(is.person, "native_name"),
        .suffix = find_field(is.person, "honorific_suffix"),
        .gender = find_field(is.person, "gender"),
        .birth_date = find_field(is.person, "birth_date"),
        .org_name = find_field(is.organization, "name"),
        .legal_name = find_field(is.organization, "legal_name"),
        .registration_id = find_field(is.organization, "registration_id"),
        .tax_id = find_field(is.organization, "tax_id"),
        .url = find_field(is.organization, "url"),
        .email = find_field(is.email, "value"),
        .canonical = find_field(is.email, "canonical"),
        .phone = find_field(is.phone, "value"),
        .e164 = find_field(is.phone, "e164"),
        .street = find_field(is.postal_address, "street_address"),
        .town = find_field(is.postal_address, "address_locality"),
        .postal_code = find_field(is.postal_address, "postal_code"),
        .id_system = find_field(is.external_identifier, "system"),
        .id_type = find_field(is.external_identifier, "id_type"),
        .id_value = find_field(is.external_identifier, "id_value"),
        .is_unique = find_field(is.external_identifier, "is_unique"),
    };
  }();
  return known;
}

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

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Fills one signature; lives as long as make_signature runs.
class SignatureBuilder {
 public:
  SignatureBuilder(PartyIdentity identity, const MappedRecord& record, std::size_t party_index)
      : record_(record), party_index_(party_index), party_(record.entities[party_index]) {
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
    auto& evidence = signature_.evidence;
    // The stronger kind stands first when a value occurs twice.
    std::ranges::sort(evidence, [](const Evidence& a, const Evidence& b) {
      return std::pair(a.key, a.kind) < std::pair(b.key, b.kind);
    });
    const auto is_repeat = [](const Evidence& a, const Evidence& b) { return a.key == b.key; };
    evidence.erase(std::unique(evidence.begin(), evidence.end(), is_repeat), evidence.end());
    evidence.shrink_to_fit();
    return std::move(signature_);
  }

 private:
  void read_person() {
    const Fields& field = fields();
    const FoldedName name =
        fold_person_name(known_text(party_, field.given), known_text(party_, field.additional),
                         known_text(party_, field.family), known_text(party_, field.native));
    signature_.given = join(name.given, " ");
    signature_.family = join(name.family, " ");
    for (const std::string& word : name.suffix) take_generation(word);
    for (const std::string& word : fold_words(party_.get(field.suffix))) take_generation(word);
    const std::string_view gender = party_.get(field.gender);
    if (gender == "female") signature_.sex = Sex::female;
    if (gender == "male") signature_.sex = Sex::male;
    signature_.birth_date = packed_date(known_text(party_, field.birth_date));
  }

  void take_generation(std::string_view word) {
    if (const std::uint8_t generation = generation_of(word); generation != 0) {
      signature_.generation = generation;
    }
  }

  void read_organization() {
    const Fields& field = fields();
    signature_.family = fold_org_name(known_text(party_, field.org_name));
    signature_.legal_name = fold_org_name(known_text(party_, field.legal_name));
    if (signature_.family.empty()) signature_.family.swap(signature_.legal_name);
    if (signature_.legal_name == signature_.family) signature_.legal_name.clear();
    add_organization_name(signature_.family);
    add_organization_name(signature_.legal_name);
    for (const FieldId id : {field.tax_id, field.registration_id}) {
      const std::string_view value = known_text(party_, id);
      if (!value.empty()) {
        add_identifier("", entity(party_.entity).fields[id].name, value, true);
      }
    }
    const std::string url = ascii_lower(known_text(party_, field.url));
    std::string_view page = url;
    for (const std::string_view prefix : {"http://", "https://", "www."}) {
      if (page.starts_with(prefix)) page.remove_prefix(prefix.size());
    }
    while (page.ends_with('/')) page.remove_suffix(1);
    add(EvidenceKind::web_page, KeySpace::web_page, page);
    // A page below the host may be one of many companies': facebook.com/acme.
    if (page.find_first_of("/?#:") == page.npos) add_domain(page);
    for (const std::size_t person : people()) read_domains(person);
  }

  // Wherever the blanks stand: Chinese characters fold to a word a syllable.
  void add_organization_name(std::string name) {
    std::erase(name, ' ');
    if (name.size() < kMinTellingName) return;
    add(EvidenceKind::name, KeySpace::organization_name, name);
  }

  // The persons whom the record affiliates with the organisation.
  std::vector<std::size_t> people() const {
    const KnownEntities& is = known_entities();
    std::vector<std::size_t> found;
    for (const MappedEntity& affiliation : record_.entities) {
      if (affiliation.entity != is.affiliation) continue;
      if (find_party(affiliation, "organization", is.organization) != party_index_) continue;
      const std::size_t person = find_party(affiliation, "person", is.person);
      if (person < record_.entities.size()) found.push_back(person);
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
      const std::string_view canonical = contact.get(fields().canonical);
      if (canonical.empty() || is_placeholder(FieldKind::email, canonical)) continue;
      add_domain(canonical.substr(canonical.rfind('@') + 1));
    }
  }

  void add_domain(std::string_view domain) {
    if (domain.find('.') == domain.npos || is_public_provider(domain)) return;
    add(EvidenceKind::domain, KeySpace::domain, domain);
  }

  void read_contacts() {
    const KnownEntities& is = known_entities();
    // First, because a number may tell the birth date that an address is paired with.
    for (const MappedEntity& contact : record_.entities) {
      const bool is_ours = contact.owner == static_cast<int>(party_index_);
      if (is_ours && contact.entity == is.external_identifier) add_identifier(contact);
    }
    for (const MappedEntity& contact : record_.entities) {
      if (contact.owner != static_cast<int>(party_index_)) continue;
      if (contact.entity == is.email) read_email(contact);
      if (contact.entity == is.phone) read_phone(contact);
      if (contact.entity == is.postal_address) read_address(contact);
    }
  }

  void read_email(const MappedEntity& contact) {
    const std::string_view canonical = contact.get(fields().canonical);
    if (canonical.empty() || is_placeholder(FieldKind::email, canonical)) return;
    const bool is_person = signature_.kind == PartyKind::person;
    if (!is_person) add_domain(canonical.substr(canonical.rfind('@') + 1));
    const bool is_role = is_role_mailbox(canonical);
    if (is_role && is_person) return;
    add(is_role ? EvidenceKind::role_email : EvidenceKind::email, KeySpace::email,
        match_form(canonical));
  }

  // A number that is not known in E.164 is compared by its digits as given.
  void read_phone(const MappedEntity& contact) {
    constexpr std::size_t kMinDigits = 6;
    std::string number(contact.get(fields().e164));
    if (number.empty()) {
      std::ranges::copy_if(contact.get(fields().phone), std::back_inserter(number),
                           [](char c) { return c >= '0' && c <= '9'; });
      if (number.size() < kMinDigits) return;
    }
    if (is_placeholder(FieldKind::phone, number)) return;
    add(EvidenceKind::phone, KeySpace::phone, number);
  }

  void read_address(const MappedEntity& contact) {
    const Fields& field = fields();
    const std::string street = fold_street(known_text(contact, field.street));
    const std::string town = fold(known_text(contact, field.town));
    std::string postal_code = fold(known_text(contact, field.postal_code));
    std::erase(postal_code, ' ');
    if (signature_.birth_date != 0) {
      const std::string born = std::to_string(signature_.birth_date);
      add_pair(EvidenceKind::birth, KeySpace::birth_and_postal_code, born, postal_code);
      add_pair(EvidenceKind::birth, KeySpace::birth_and_street, born, street);
      add_pair(EvidenceKind::birth, KeySpace::birth_and_town, born, town);
    }
    if (signature_.kind == PartyKind::organization && signature_.place == 0 &&
        !postal_code.empty()) {
      signature_.place = static_cast<std::uint32_t>(hash64(postal_code)) | 1U;
    }
    if (signature_.kind == PartyKind::organization && has_digit(street)) {
      add_pair(EvidenceKind::street_address, KeySpace::street_and_postal_code, street, postal_code);
      add_pair(EvidenceKind::street_address, KeySpace::street_and_town, street, town);
    }
  }

  void add_identifier(const MappedEntity& contact) {
    const Fields& field = fields();
    add_identifier(contact.get(field.id_system), contact.get(field.id_type),
                   known_text(contact, field.id_value), contact.get(field.is_unique) == "true");
  }

  // A number with a right check digit is known by itself, whatever system it came from; any other
  // only within its system and type.
  void add_identifier(std::string_view system, std::string_view type, std::string_view value,
                      bool is_unique) {
    if (value.empty()) return;
    const CheckedNumber number = check_number(type, value);
    if (number.canonical.empty() || is_placeholder(FieldKind::identifier, number.canonical)) return;
    const std::string scope =
        number.scheme.empty() ? fold(system) + kSeparator + fold(type) : std::string(number.scheme);
    take_birth(number);
    EvidenceKind kind = EvidenceKind::identifier;
    if (is_unique && !number.is_wrong) kind = EvidenceKind::unique_identifier;
    if (number.is_sole) kind = EvidenceKind::sole_identifier;
    add(kind, KeySpace::identifier, scope + kSeparator + number.canonical,
        static_cast<std::uint32_t>(hash64(scope)));
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

  void add_pair(EvidenceKind kind, KeySpace space, std::string_view first,
                std::string_view second) {
    if (first.empty() || second.empty()) return;
    std::string value(first);
    value += kSeparator;
    value += second;
    add(kind, space, value);
  }

  void add(EvidenceKind kind, KeySpace space, std::string_view value, std::uint32_t type = 0) {
    if (value.empty() || signature_.evidence.size() >= kMaxEvidence) return;
    const auto seed =
        static_cast<std::uint64_t>(space) << 8 | static_cast<std::uint64_t>(signature_.kind);
    signature_.evidence.push_back({hash64(value, seed), kind, type});
  }

  const MappedRecord& record_;
  const std::size_t party_index_;
  const MappedEntity& party_;
  Signature signature_;
};

}  // namespace

Signature make_signature(PartyIdentity identity, const MappedRecord& record,
                         std::size_t party_index) {
  return SignatureBuilder(std::move(identity), record, party_index).build();
}

}  // namespace cdh
