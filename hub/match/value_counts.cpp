#include "hub/match/value_counts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "hub/base/hash.hpp"

namespace cdh {

namespace {

constexpr std::uint32_t kFewest = 2;  // holders of a value that is worth an entry
constexpr double kSmoothing = 100;    // parties that are thought to have values in the usual shares

// How often a value of the kind usually occurs.
constexpr std::array<double, kCountedValues> kUsualShare = {5e-3, 1e-3, 3e-5, 1e-3,
                                                            5e-3, 1e-4, 1e-3};

std::size_t index(CountedValue kind) { return static_cast<std::size_t>(kind); }

}  // namespace

std::uint64_t hash_of_birth_date(std::int32_t date) { return hash64(std::to_string(date)); }

void ValueCounts::count_words(CountedValue kind, std::vector<std::uint64_t>& words) {
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (const std::uint64_t word : words) count(kind, word);
  ++all_[index(kind)];
}

void ValueCounts::add(const Signature& party, const Vocabulary& vocabulary) {
  const auto hash = [&](WordId word) { return vocabulary[word].hash; };
  const auto count_one = [&](CountedValue kind, WordId word) {
    if (word == kNoWord) return;
    count(kind, hash(word));
    ++all_[index(kind)];
  };
  if (party.given.words.size > 0) {
    count_one(CountedValue::given_name, party.words_of(party.given.words)[0]);
  }
  count_one(CountedValue::family_name, party.family.sorted);
  if (party.birth_date != 0) {
    count(CountedValue::birth_date, hash_of_birth_date(party.birth_date));
    ++all_[index(CountedValue::birth_date)];
  }
  for (const EmailFeature& email : party.emails) {
    count(CountedValue::mail_domain, hash(email.domain));
  }
  if (!party.emails.empty()) ++all_[index(CountedValue::mail_domain)];
  std::vector<std::uint64_t> words;
  if (!party.addresses.empty()) {
    const AddressFeature& address = party.addresses[0];
    count_one(CountedValue::postal_code, address.postal_code);
    count_one(CountedValue::town, address.joined_town);
    for (const WordId word : party.words_of(address.all)) words.push_back(hash(word));
    for (const WordId word : party.words_of(address.street)) words.push_back(hash(word));
    count_words(CountedValue::street_word, words);
    words.clear();
  }
  if (!party.phones.empty()) ++all_[index(CountedValue::phone)];
  if (!party.identifiers.empty()) ++all_[index(CountedValue::identifier)];
  if (!party.domains.empty()) ++all_[index(CountedValue::domain)];
  if (party.organizations.empty()) return;
  if (party.kind == PartyKind::person) {
    count_one(CountedValue::employer, party.organizations[0].joined);
    return;
  }
  for (const NameFeature& name : party.organizations) {
    for (const WordId word : party.words_of(name.words)) words.push_back(hash(word));
  }
  count_words(CountedValue::organization_word, words);
}

void ValueCounts::forget_rare() {
  for (Counts& counts : counts_) {
    std::erase_if(counts, [](const auto& entry) { return entry.second < kFewest; });
  }
}

double ValueCounts::smoothed(double holders_beyond_first, double usual_share, double all) {
  return (holders_beyond_first + kSmoothing * usual_share) / (all + kSmoothing);
}

double ValueCounts::frequency(CountedValue kind, std::uint64_t value) const {
  const auto found = counts(kind).find(value);
  const double beyond_first = found == counts(kind).end() ? 0 : found->second - 1.0;
  return smoothed(beyond_first, kUsualShare[index(kind)], static_cast<double>(all(kind)));
}

double ValueCounts::rarity(CountedValue kind, std::uint64_t word) const {
  const auto found = counts(kind).find(word);
  const double beyond_first = found == counts(kind).end() ? 0 : found->second - 1.0;
  return std::log2((static_cast<double>(all(kind)) + 60) / (beyond_first + 0.8));
}

void ValueCounts::set(CountedValue kind, std::int64_t all, Counts counts) {
  all_[index(kind)] = all;
  counts_[index(kind)] = std::move(counts);
}

WordFrequencies::WordFrequencies(const Vocabulary& vocabulary, const ValueCounts& counts)
    : vocabulary_(vocabulary) {
  extend(counts);
}

void WordFrequencies::extend(const ValueCounts& counts) {
  const auto fill = [&](std::vector<float>& values, auto&& value_of) {
    values.reserve(vocabulary_.size());
    for (auto word = static_cast<WordId>(values.size()); word < vocabulary_.size(); ++word) {
      values.push_back(static_cast<float>(value_of(vocabulary_[word].hash)));
    }
  };
  for (const CountedValue kind :
       {CountedValue::given_name, CountedValue::family_name, CountedValue::postal_code,
        CountedValue::town, CountedValue::mail_domain, CountedValue::employer}) {
    fill(frequency_[index(kind)], [&](std::uint64_t word) { return counts.frequency(kind, word); });
  }
  fill(street_rarity_,
       [&](std::uint64_t word) { return counts.rarity(CountedValue::street_word, word); });
  fill(organization_rarity_,
       [&](std::uint64_t word) { return counts.rarity(CountedValue::organization_word, word); });
}

}  // namespace cdh
