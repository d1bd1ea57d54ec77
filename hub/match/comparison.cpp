#include "hub/match/comparison.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/match/address_comparison.hpp"
#include "hub/match/birth_comparison.hpp"
#include "hub/match/contact_comparison.hpp"
#include "hub/match/name_comparison.hpp"
#include "hub/match/overlap.hpp"

namespace cdh {

namespace {

// How often a value of the kind is usually held by another customer.
constexpr double kUsualEmail = 1e-6;
constexpr double kUsualPhone = 1e-6;
constexpr double kUsualIdentifier = 1e-7;
constexpr double kUsualStreet = 3e-5;
constexpr double kUsualOrganization = 1e-4;
constexpr double kUsualDomain = 1e-5;

bool share_a_mailbox(const Signature& a, const Signature& b) {
  return std::ranges::any_of(a.emails(), [&](const EmailFeature& email) {
    return std::ranges::find(b.emails(), email.key, &EmailFeature::key) != b.emails().end();
  });
}

bool mailbox_has_year_of(const Signature& born, const Signature& other) {
  if (born.birth_date == 0 || other.birth_date != 0) return false;
  return std::ranges::any_of(other.emails(), [&](const EmailFeature& email) {
    return email.birth_year == born.birth_date / 10'000;
  });
}

// "Szkola nr 5", "Pius XII"; Roman numbers up to nine.
std::vector<WordId> numbers_of(const WordLikeness& likeness, std::span<const WordId> name) {
  constexpr std::array<std::string_view, 9> kRoman = {"i",  "ii",  "iii",  "iv", "v",
                                                      "vi", "vii", "viii", "ix"};
  std::vector<WordId> numbers;
  std::ranges::copy_if(name, std::back_inserter(numbers), [&](WordId id) {
    const Word& word = likeness[id];
    return word.has_digit || std::ranges::find(kRoman, word.text) != kRoman.end();
  });
  std::ranges::sort(numbers);
  return numbers;
}

// Whether one word is the first letters of the others: "pkn" of "polski koncern naftowy", "mit" of
// "massachusetts institute of technology".
bool are_initials(WordLikeness& likeness, std::span<const WordId> one,
                  std::span<const WordId> others) {
  constexpr std::size_t kFewest = 3, kMost = 6;
  constexpr std::array<std::string_view, 9> kLittle = {"and", "for", "in",  "of", "the",
                                                       "de",  "w",   "der", "fur"};
  if (one.size() != 1 || others.size() < kFewest) return false;
  const std::string_view letters = likeness[one.front()].text;
  if (letters.size() < kFewest || letters.size() > kMost) return false;
  std::string all, telling;
  for (const WordId id : others) {
    const std::string_view word = likeness[id].text;
    all += word.front();
    if (std::ranges::find(kLittle, word) == kLittle.end()) telling += word.front();
  }
  return letters == all || letters == telling;
}

Level compare_organization_names(WordLikeness& likeness, const WordFrequencies& frequencies,
                                 const Signature& a, const NameFeature& of_a, const Signature& b,
                                 const NameFeature& of_b) {
  if (of_a.joined == of_b.joined) return organization_level::exact;
  const std::span<const WordId> words_of_a = a.words_of(of_a.words);
  const std::span<const WordId> words_of_b = b.words_of(of_b.words);
  const Overlap shared =
      overlap(likeness, frequencies, WordsOf::organization, words_of_a, words_of_b);
  const bool are_close = likeness.are_close(of_a.joined, of_b.joined);
  if (shared.of_union >= 0.5 || are_close) {
    const std::vector<WordId> of_one = numbers_of(likeness, words_of_a);
    const std::vector<WordId> of_other = numbers_of(likeness, words_of_b);
    const bool is_on_one_side = of_one.empty() != of_other.empty();
    if (is_on_one_side) return organization_level::partial;
    if (of_one != of_other) return organization_level::numbers_differ;
  }
  if (shared.of_union >= 0.75 || are_close) {
    return organization_level::typing_error;
  }
  if (shared.of_smaller >= 0.8 || are_initials(likeness, words_of_a, words_of_b) ||
      are_initials(likeness, words_of_b, words_of_a)) {
    return organization_level::contained;
  }
  if (shared.of_smaller >= 0.45) return organization_level::partial;
  return shared.of_smaller >= 0.15 ? organization_level::weak : organization_level::differ;
}

}  // namespace

Comparer::Comparer(const MatchContext& context)
    : context_(context),
      likeness_(context.vocabulary, context.counts),
      keys_(context.vocabulary, context.frequencies) {}

void Comparer::Best::take(Level other, float other_frequency) {
  if (other == kMissing) return;
  const bool is_rarer = frequency == 0 || (other_frequency > 0 && other_frequency < frequency);
  if (level != kMissing && (other > level || (other == level && !is_rarer))) return;
  level = other;
  frequency = other_frequency;
}

std::span<const MatchField> fields_compared(PartyKind kind) {
  static constexpr std::array<MatchField, 9> kOfPersons = {
      MatchField::identifier, MatchField::birth,   MatchField::generation,
      MatchField::phone,      MatchField::email,   MatchField::given,
      MatchField::sex,        MatchField::address, MatchField::employer};
  static constexpr std::array<MatchField, 6> kOfOrganizations = {
      MatchField::identifier, MatchField::phone,        MatchField::domain,
      MatchField::email,      MatchField::organization, MatchField::address};
  static_assert(kOfPersons.front() == MatchField::identifier &&
                kOfOrganizations.front() == MatchField::identifier);
  if (kind == PartyKind::person) return kOfPersons;
  return kOfOrganizations;
}

Comparison Comparer::compare(const Signature& a, const Signature& b) {
  Comparison result;
  for (const MatchField field : fields_compared(a.kind)) add(field, a, b, result);
  return result;
}

void Comparer::add(MatchField field, const Signature& a, const Signature& b, Comparison& result) {
  const auto set = [&](Best best) {
    result[field] = best.level;
    result.frequencies[static_cast<std::size_t>(field)] = best.frequency;
  };
  switch (field) {
    case MatchField::given:
    case MatchField::family:
      return compare_names(a, b, result);
    case MatchField::birth:
      return compare_births(a, b, result);
    case MatchField::email:
      return set(compare_emails(a, b));
    case MatchField::phone:
      return set(compare_phones(a, b));
    case MatchField::identifier:
      return set(compare_identifiers(a, b, result.has_trusted_identifier));
    case MatchField::address:
      return set(compare_addresses(a, b));
    case MatchField::sex:
      return compare_sexes(a, b, result);
    case MatchField::generation:
      return compare_generations(a, b, result);
    case MatchField::organization:
      return set(compare_organizations(a, b));
    case MatchField::employer:
      return set(compare_employers(a, b));
    case MatchField::domain:
      return set(compare_domains(a, b));
  }
}

void Comparer::compare_names(const Signature& a, const Signature& b, Comparison& result) {
  const PersonNameLevels names = compare_person_names(likeness_, a, b);
  result[MatchField::given] = names.given;
  result[MatchField::family] = names.family;
  auto& of_given = result.frequencies[static_cast<std::size_t>(MatchField::given)];
  auto& of_family = result.frequencies[static_cast<std::size_t>(MatchField::family)];
  const auto first = [](const NameWords& name) { return name.empty() ? kNoWord : name.words[0]; };
  const auto rarity_of_either = [&](WordId x, WordId y) {
    return std::max(
        {frequency_of(CountedValue::given_name, x), frequency_of(CountedValue::family_name, x),
         frequency_of(CountedValue::given_name, y), frequency_of(CountedValue::family_name, y)});
  };
  const NameWords given_of_a = given_words(a), given_of_b = given_words(b);
  const NameWords family_of_a = family_words(a), family_of_b = family_words(b);
  if (names.is_crosswise) {
    const float of_one = rarity_of_either(first(given_of_a), first(family_of_b));
    const float of_other = rarity_of_either(first(family_of_a), first(given_of_b));
    of_given = names.given_is_family_of_a ? of_other : of_one;
    of_family = names.given_is_family_of_a ? of_one : of_other;
    // The more frequent one, so that the order of the two people does not matter.
    if (names.is_undecided && of_given < of_family) std::swap(of_given, of_family);
    return;
  }
  if (names.is_reversed) {
    of_given = rarity_of_either(first(family_of_a), first(family_of_b));
    of_family = rarity_of_either(first(given_of_a), first(given_of_b));
    return;
  }
  of_given = std::max(frequency_of(CountedValue::given_name, first(given_of_a)),
                      frequency_of(CountedValue::given_name, first(given_of_b)));
  of_family = std::max(frequency_of(CountedValue::family_name, family_of_a.sorted),
                       frequency_of(CountedValue::family_name, family_of_b.sorted));
  read_names_in_mailboxes(a, b, result);
}

// A name that is missing on one side may stand in its mailbox. Not in one that both have, which
// would then count twice.
void Comparer::read_names_in_mailboxes(const Signature& a, const Signature& b, Comparison& result) {
  if (result[MatchField::given] != kMissing && result[MatchField::family] != kMissing) return;
  if ((a.emails().empty() && b.emails().empty()) || share_a_mailbox(a, b)) return;
  const auto says = [&](std::span<const WordId> of_a, std::span<const WordId> of_b) {
    return (of_b.empty() && mailbox_says(likeness_, b, of_a)) ||
           (of_a.empty() && mailbox_says(likeness_, a, of_b));
  };
  if (result[MatchField::family] == kMissing &&
      says(family_words(a).words, family_words(b).words)) {
    result[MatchField::family] = family_level::typing_error;
  }
  if (result[MatchField::given] == kMissing && says(given_words(a).words, given_words(b).words)) {
    result[MatchField::given] = given_level::typing_error;
  }
}

void Comparer::compare_births(const Signature& a, const Signature& b, Comparison& result) {
  if (a.birth_date != 0 && b.birth_date != 0) {
    result[MatchField::birth] = compare_birth_dates(a.birth_date, b.birth_date);
    if (a.birth_date != b.birth_date) return;
    result.frequencies[static_cast<std::size_t>(MatchField::birth)] = static_cast<float>(
        context_.counts.frequency(CountedValue::birth_date, hash_of_birth_date(a.birth_date)));
  } else if (mailbox_has_year_of(a, b) || mailbox_has_year_of(b, a)) {
    result[MatchField::birth] = birth_level::mailbox_year;
  }
}

// Who has the same given name has the same sex: that is said already.
void Comparer::compare_sexes(const Signature& a, const Signature& b, Comparison& result) {
  if (a.sex == Sex::unknown || b.sex == Sex::unknown) return;
  const Level given = result[MatchField::given];
  const bool is_said = given != kMissing && given <= given_level::typing_error;
  if (a.sex != b.sex) {
    result[MatchField::sex] = binary_level::differ;
  } else if (!is_said) {
    result[MatchField::sex] = binary_level::agree;
  }
}

void Comparer::compare_generations(const Signature& a, const Signature& b, Comparison& result) {
  if (a.generation == 0 || b.generation == 0) return;
  result[MatchField::generation] =
      a.generation == b.generation ? binary_level::agree : binary_level::differ;
}

Comparer::Best Comparer::compare_employers(const Signature& a, const Signature& b) {
  Best best;
  for (const NameFeature& of_a : a.organizations()) {
    for (const NameFeature& of_b : b.organizations()) {
      const Level level =
          compare_organization_names(likeness_, context_.frequencies, a, of_a, b, of_b);
      if (level > organization_level::contained) {
        best.take(binary_level::differ, 0);
        continue;
      }
      best.take(binary_level::agree, std::max(frequency_of(CountedValue::employer, of_a.joined),
                                              frequency_of(CountedValue::employer, of_b.joined)));
    }
  }
  return best;
}

float Comparer::shared_frequency(BlockKey value, double usual_share, double all) const {
  const int beyond_first = context_.shared.customers(value) - 1;
  return static_cast<float>(ValueCounts::smoothed(beyond_first, usual_share, all));
}

Comparer::Best Comparer::compare_emails(const Signature& a, const Signature& b) {
  Best best;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::mail_domain));
  for (const EmailFeature& of_a : a.emails()) {
    for (const EmailFeature& of_b : b.emails()) {
      Level level = compare_email(likeness_, a, of_a, b, of_b);
      float frequency = 0;
      if (level <= email_level::role) {
        const BlockKey key = email_key(a.kind, of_a);
        if (context_.shared.is_crowded(key)) continue;
        frequency = shared_frequency(key, kUsualEmail, all);
        const bool is_shared = of_a.is_household || context_.shared.customers(key) > 1;
        if (level == email_level::exact && is_shared) level = email_level::shared;
      } else if (level == email_level::domain) {
        frequency = frequency_of(CountedValue::mail_domain, of_a.domain);
      }
      best.take(level, frequency);
    }
  }
  return best;
}

Comparer::Best Comparer::compare_phones(const Signature& a, const Signature& b) {
  Best best;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::phone));
  for (const PhoneFeature& of_a : a.phones()) {
    for (const PhoneFeature& of_b : b.phones()) {
      Level level = compare_phone(of_a, of_b);
      float frequency = 0;
      if (level <= phone_level::suffix) {
        const bool is_whole = level == phone_level::exact;
        const BlockKey key = is_whole ? phone_key(a.kind, of_a) : phone_ending_key(a.kind, of_a);
        if (context_.shared.is_crowded(key)) continue;
        frequency = shared_frequency(key, kUsualPhone, all);
        const bool is_shared = context_.shared.customers(key) > 1;
        if (is_whole && is_shared) level = phone_level::shared;
      }
      best.take(level, frequency);
    }
  }
  return best;
}

Comparer::Best Comparer::compare_identifiers(const Signature& a, const Signature& b,
                                             bool& is_trusted) {
  Best best;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::identifier));
  for (const IdentifierFeature& of_a : a.identifiers()) {
    for (const IdentifierFeature& of_b : b.identifiers()) {
      const Level level = compare_identifier(a, of_a, b, of_b);
      float frequency = 0;
      if (level == identifier_level::exact) {
        const BlockKey key = identifier_key(a.kind, of_a);
        if (context_.shared.is_crowded(key)) continue;
        is_trusted = is_trusted || (of_a.is_trusted && of_b.is_trusted);
        // A second customer with the number is its own other spelling more often than not.
        const int beyond_second = std::max(0, context_.shared.customers(key) - 2);
        frequency = static_cast<float>(ValueCounts::smoothed(beyond_second, kUsualIdentifier, all));
      }
      best.take(level, frequency);
    }
  }
  return best;
}

Comparer::Best Comparer::compare_addresses(const Signature& a, const Signature& b) {
  Best best;
  for (const AddressFeature& of_a : a.addresses()) {
    for (const AddressFeature& of_b : b.addresses()) {
      const Level level = compare_address(likeness_, context_.frequencies, a, of_a, b, of_b);
      float frequency = 0;
      if (level != kMissing && level <= address_level::elsewhere) {
        frequency = street_frequency(a, of_a, b, of_b);
      } else if (level == address_level::postal_code) {
        frequency = std::max(frequency_of(CountedValue::postal_code, of_a.postal_code),
                             frequency_of(CountedValue::postal_code, of_b.postal_code));
      } else if (level == address_level::town) {
        frequency = std::max(frequency_of(CountedValue::town, of_a.joined_town),
                             frequency_of(CountedValue::town, of_b.joined_town));
      }
      best.take(level, frequency);
    }
  }
  return best;
}

float Comparer::street_frequency(const Signature& a, const AddressFeature& of_a, const Signature& b,
                                 const AddressFeature& of_b) const {
  const BlockKey key = keys_.street_key(a, of_a);
  if (key == 0 || key != keys_.street_key(b, of_b)) return 0;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::street_word));
  return shared_frequency(key, kUsualStreet, all);
}

Comparer::Best Comparer::compare_organizations(const Signature& a, const Signature& b) {
  Best best;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::organization_word));
  for (const NameFeature& of_a : a.organizations()) {
    for (const NameFeature& of_b : b.organizations()) {
      const Level level =
          compare_organization_names(likeness_, context_.frequencies, a, of_a, b, of_b);
      float frequency = 0;
      if (level == organization_level::exact) {
        const BlockKey key = organization_key(of_a.joined, context_.vocabulary);
        frequency = shared_frequency(key, kUsualOrganization, all);
      }
      best.take(level, frequency);
    }
  }
  return best;
}

Comparer::Best Comparer::compare_domains(const Signature& a, const Signature& b) {
  Best best;
  const auto all = static_cast<double>(context_.counts.all(CountedValue::domain));
  for (const WordId of_a : a.domains()) {
    for (const WordId of_b : b.domains()) {
      const BlockKey key = domain_key(of_a, context_.vocabulary);
      if (of_a != of_b) {
        best.take(binary_level::differ, 0);
      } else if (!context_.shared.is_crowded(key)) {
        best.take(binary_level::agree, shared_frequency(key, kUsualDomain, all));
      }
    }
  }
  return best;
}

}  // namespace cdh
