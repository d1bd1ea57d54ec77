#include "hub/match/blocking.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/hash.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxSounds = 5;      // of a person's name: ten pairs
constexpr std::size_t kRareWords = 2;      // of a street
constexpr std::size_t kRareNameWords = 3;  // of an organisation's name
constexpr std::size_t kNumbers = 2;        // of an address
constexpr std::size_t kNameStart = 24;
constexpr std::size_t kShortNameStart = 12;
constexpr std::uint64_t kPhoneEnding = 10'000'000;

// The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31);
}

BlockKey make_key(BlockingPass pass, PartyKind kind, std::uint64_t a, std::uint64_t b) {
  const std::uint64_t seed = static_cast<std::uint64_t>(kind) + 1;
  const std::uint64_t hash = mix(mix(a + seed * 0x9E3779B97F4A7C15U) + b);
  return static_cast<std::uint64_t>(pass) << 58 | hash >> 6;
}

std::uint64_t start_of(std::string_view text, std::size_t size) {
  return hash64(text.substr(0, size));
}

// Day and month exchanged; 0 where that gives no date.
std::int32_t swapped(std::int32_t date) {
  const std::int32_t year = date / 10'000;
  const std::int32_t month = date / 100 % 100;
  const std::int32_t day = date % 100;
  return day > 12 || day == month ? 0 : year * 10'000 + day * 100 + month;
}

std::uint64_t number(std::int32_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

double limit_factor(BlockingPass pass) {
  switch (pass) {
    case BlockingPass::names:
    case BlockingPass::birth:
    case BlockingPass::name_and_year:
    case BlockingPass::name_and_day:
      return 0.25;
    // With the usual limits up to MatchPolicy::max_holders, from where on the value identifies nobody.
    case BlockingPass::identifier:
    case BlockingPass::email:
    case BlockingPass::phone:
    case BlockingPass::phone_ending:
      return 4;
    // With the usual limits up to kMaxProfileParties.
    case BlockingPass::equal:
      return 40;
    default:
      return 1;
  }
}

bool is_too_large(BlockKey key, std::size_t holders, int block_limit) {
  return static_cast<double>(holders) > limit_factor(pass_of(key)) * block_limit;
}

bool is_compared(BlockKey key, std::size_t holders, const MatchPolicy& policy) {
  return policy.blocking.test(static_cast<std::size_t>(pass_of(key))) &&
         !is_too_large(key, holders, policy.block_limit);
}

BlockKey identifier_key(PartyKind kind, const IdentifierFeature& identifier) {
  return make_key(BlockingPass::identifier, kind, identifier.key, 0);
}

BlockKey email_key(PartyKind kind, const EmailFeature& email) {
  return make_key(BlockingPass::email, kind, email.key, 0);
}

BlockKey phone_key(PartyKind kind, const PhoneFeature& phone) {
  return make_key(BlockingPass::phone, kind, phone.number, 0);
}

BlockKey phone_ending_key(PartyKind kind, const PhoneFeature& phone) {
  return make_key(BlockingPass::phone_ending, kind, phone.number % kPhoneEnding, 0);
}

BlockKey domain_key(WordId domain, const Vocabulary& vocabulary) {
  return make_key(BlockingPass::domain, PartyKind::organization, vocabulary[domain].hash, 0);
}

BlockKey organization_key(WordId joined_name, const Vocabulary& vocabulary) {
  return make_key(BlockingPass::organization, PartyKind::organization, vocabulary[joined_name].hash,
                  0);
}

std::span<const BlockKey> BlockKeys::of(const Signature& party, PassRange passes) {
  constexpr PassRange kOfContacts = {BlockingPass::identifier, BlockingPass::phone_ending};
  constexpr PassRange kOfSounds = {BlockingPass::names, BlockingPass::name_and_place};
  constexpr PassRange kOfAddresses = {BlockingPass::name_and_place, BlockingPass::street_word};
  keys_.clear();
  passes_ = passes;
  if (passes.overlaps(kOfSounds) || passes.contains(BlockingPass::name_and_employer)) {
    collect_sounds(party);
  }
  if (party.kind == PartyKind::person) {
    add_person(party);
  } else {
    add_organization(party);
  }
  if (passes.overlaps(kOfContacts)) add_contacts(party);
  if (passes.overlaps(kOfAddresses)) add_addresses(party);
  if (passes.contains(BlockingPass::equal)) add_equal(party);
  return finish();
}

void BlockKeys::add(BlockingPass pass, PartyKind kind, std::uint64_t a, std::uint64_t b) {
  if (passes_.contains(pass)) keys_.push_back(make_key(pass, kind, a, b));
}

void BlockKeys::add(BlockKey key) {
  if (passes_.contains(pass_of(key))) keys_.push_back(key);
}

std::span<const BlockKey> BlockKeys::finish() {
  std::ranges::sort(keys_);
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  return keys_;
}

void BlockKeys::collect_sounds(const Signature& person) {
  sounds_.clear();
  if (person.kind != PartyKind::person) return;
  for (const Slice part : {person.given.words, person.family.words}) {
    for (const WordId id : person.words_of(part)) {
      const std::uint64_t sound = vocabulary_.sound_of_name(id);
      if (sound != 0) sounds_.push_back(sound);
    }
  }
  std::ranges::sort(sounds_);
  sounds_.erase(std::unique(sounds_.begin(), sounds_.end()), sounds_.end());
  if (sounds_.size() > kMaxSounds) sounds_.resize(kMaxSounds);
}

void BlockKeys::add_person(const Signature& person) {
  constexpr PartyKind kKind = PartyKind::person;
  const std::int32_t birth = person.birth_date;
  for (std::size_t i = 0; i < sounds_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) add(BlockingPass::names, kKind, sounds_[j], sounds_[i]);
    if (birth == 0) continue;
    add(BlockingPass::name_and_year, kKind, sounds_[i], number(birth / 10'000));
    add(BlockingPass::name_and_day, kKind, sounds_[i], number(birth % 10'000));
  }
  if (birth != 0) {
    add(BlockingPass::birth, kKind, number(birth));
    if (swapped(birth) != 0) add(BlockingPass::birth, kKind, number(swapped(birth)));
  }
  for (const WordId id : person.words_of(person.family.words)) {
    if (vocabulary_[id].sound != 0) add(BlockingPass::family_name, kKind, vocabulary_[id].sound);
  }
  for (const NameFeature& employer : person.organizations()) {
    for (const WordId word : person.words_of(employer.words)) {
      for (const std::uint64_t sound : sounds_) {
        add(BlockingPass::name_and_employer, kKind, sound, vocabulary_[word].hash);
      }
    }
  }
}

void BlockKeys::add_organization(const Signature& organization) {
  for (const NameFeature& name : organization.organizations()) {
    add(organization_key(name.joined, vocabulary_));
    add(BlockingPass::organization_start, PartyKind::organization,
        start_of(vocabulary_[name.joined].text, kNameStart));
    for (const WordId id : rarest(organization.words_of(name.words), true, kRareNameWords)) {
      const Word& word = vocabulary_[id];
      const bool by_sound = word.text.size() > 3 && word.sound != 0;
      add(BlockingPass::organization_word, PartyKind::organization,
          by_sound ? word.sound : word.hash);
    }
  }
  for (const WordId domain : organization.domains()) {
    add(domain_key(domain, vocabulary_));
  }
}

void BlockKeys::add_contacts(const Signature& party) {
  constexpr std::size_t kMinLocal = 5;
  constexpr std::size_t kMinLongLocal = 8;
  constexpr std::size_t kLocalStart = 6;
  for (const IdentifierFeature& identifier : party.identifiers()) {
    add(identifier_key(party.kind, identifier));
  }
  for (const EmailFeature& email : party.emails()) {
    add(email_key(party.kind, email));
    const std::string_view local = party.letters_of(email.local);
    if (local.size() < kMinLocal || email.is_role) continue;
    add(BlockingPass::mail_local, party.kind, hash64(local));
    if (local.size() < kMinLongLocal) continue;
    add(BlockingPass::mail_local_start, party.kind, start_of(local, kLocalStart));
  }
  for (const PhoneFeature& phone : party.phones()) {
    add(phone_key(party.kind, phone));
    add(phone_ending_key(party.kind, phone));
  }
}

void BlockKeys::add_addresses(const Signature& party) {
  for (const AddressFeature& address : party.addresses()) add_address(party, address);
}

void BlockKeys::add_address(const Signature& party, const AddressFeature& address) {
  const std::vector<WordId> words = rarest(party.words_of(address.street), false, kRareWords);
  const std::span<const WordId> numbers = party.words_of(address.numbers);
  for (std::size_t i = 0; i < std::min(numbers.size(), kNumbers); ++i) {
    const std::uint64_t house = vocabulary_[numbers[i]].hash;
    for (const WordId word : words) {
      add(BlockingPass::street, party.kind, house, vocabulary_[word].sound);
    }
    if (address.postal_code == kNoWord) continue;
    add(BlockingPass::number_and_place, party.kind, house, vocabulary_[address.postal_code].hash);
  }
  for (const WordId word : words) {
    add(BlockingPass::street_word, party.kind, vocabulary_[word].hash);
  }
  const auto add_named = [&](std::uint64_t sound, WordId place) {
    if (place != kNoWord && sound != 0) {
      add(BlockingPass::name_and_place, party.kind, sound, vocabulary_[place].hash);
    }
  };
  for (const std::uint64_t sound : sounds_) add_named(sound, address.postal_code);
  if (party.kind == PartyKind::organization) return;
  for (const WordId word : party.words_of(party.family.words)) {
    add_named(vocabulary_[word].sound, address.joined_town);
  }
}

void BlockKeys::add_equal(const Signature& party) {
  const bool is_known = party.birth_date != 0 || !party.words().empty() ||
                        !party.emails().empty() || !party.phones().empty() ||
                        !party.identifiers().empty();
  if (!is_known) return;
  std::uint64_t all = 0;
  const auto take = [&](std::uint64_t value) { all = mix(all + value); };
  const auto take_word = [&](WordId word) { take(word == kNoWord ? 0 : vocabulary_[word].hash); };
  const auto take_words = [&](Slice words) {
    for (const WordId word : party.words_of(words)) take_word(word);
    take(words.size);
  };
  take(static_cast<std::uint64_t>(party.sex));
  take(party.generation);
  take(number(party.birth_date));
  take_words(party.given.words);
  take_words(party.family.words);
  for (const NameFeature& name : party.organizations()) take_words(name.words);
  for (const EmailFeature& email : party.emails()) take(email.key);
  for (const PhoneFeature& phone : party.phones()) take(phone.number);
  for (const IdentifierFeature& identifier : party.identifiers()) take(identifier.key);
  for (const WordId domain : party.domains()) take_word(domain);
  for (const AddressFeature& address : party.addresses()) {
    take_words(address.all);
    take_words(address.numbers);
    take_word(address.postal_code);
  }
  add(BlockingPass::equal, party.kind, all);
}

BlockKey BlockKeys::street_key(const Signature& party, const AddressFeature& address) const {
  const std::span<const WordId> numbers = party.words_of(address.numbers);
  const std::vector<WordId> words = rarest(party.words_of(address.street), false, 1);
  if (numbers.empty() || words.empty()) return 0;
  return make_key(BlockingPass::street, party.kind, vocabulary_[numbers[0]].hash,
                  vocabulary_[words[0]].sound);
}

std::vector<WordId> BlockKeys::rarest(std::span<const WordId> words, bool of_organization,
                                      std::size_t most) const {
  std::vector<WordId> sorted(words.begin(), words.end());
  const auto rarity = [&](WordId word) {
    return of_organization ? frequencies_.organization_rarity(word)
                           : frequencies_.street_rarity(word);
  };
  std::ranges::sort(sorted, [&](WordId a, WordId b) {
    const float rarity_of_a = rarity(a);
    const float rarity_of_b = rarity(b);
    if (rarity_of_a != rarity_of_b) return rarity_of_a > rarity_of_b;
    return vocabulary_[a].text < vocabulary_[b].text;
  });
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.size() > most) sorted.resize(most);
  return sorted;
}

std::span<const BlockKey> BlockKeys::finer(const Signature& party, BlockKey key) {
  keys_.clear();
  passes_ = kAllPasses;
  const BlockingPass pass = pass_of(key);
  const auto add_value = [&](std::uint64_t space, std::uint64_t value) {
    add(pass, party.kind, key, mix(value + space));
  };
  const auto add_birth = [&] {
    if (party.birth_date == 0) return;
    add_value(1, number(party.birth_date / 10'000));
    add_value(2, number(party.birth_date % 10'000));
  };
  const auto add_places = [&] {
    for (const AddressFeature& address : party.addresses()) {
      for (const WordId place : {address.postal_code, address.joined_town}) {
        if (place != kNoWord) add_value(3, vocabulary_[place].hash);
      }
    }
  };
  const auto add_names = [&] {
    collect_sounds(party);
    for (const std::uint64_t sound : sounds_) add_value(4, sound);
    if (party.kind == PartyKind::person) return;
    for (const NameFeature& name : party.organizations()) {
      add_value(5, start_of(vocabulary_[name.joined].text, kShortNameStart));
    }
  };
  const auto add_numbers = [&] {
    for (const AddressFeature& address : party.addresses()) {
      for (const WordId house : party.words_of(address.numbers)
                                    .first(std::min<std::size_t>(address.numbers.size, kNumbers))) {
        add_value(6, vocabulary_[house].hash);
      }
    }
  };
  switch (pass) {
    case BlockingPass::names:
      add_birth();
      add_places();
      break;
    case BlockingPass::birth:
    case BlockingPass::street:
    case BlockingPass::number_and_place:
    case BlockingPass::name_and_place:
    case BlockingPass::domain:
      add_names();
      break;
    case BlockingPass::organization:
    case BlockingPass::organization_start:
    case BlockingPass::organization_word:
      add_places();
      add_numbers();
      if (pass == BlockingPass::organization_word) add_names();
      for (const EmailFeature& email : party.emails()) add_value(7, email.key);
      for (const PhoneFeature& phone : party.phones()) add_value(8, phone.number % kPhoneEnding);
      break;
    default:
      break;  // the other passes hold finer keys already
  }
  return finish();
}

}  // namespace cdh
