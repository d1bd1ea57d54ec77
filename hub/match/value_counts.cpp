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

// Calls word(kind, id) for each value that is a word, birth(date), and holder(kind) for each kind that
// the party has any value of; each value once.
template <typename OnWord, typename OnBirth, typename OnHolder>
void visit_values(const Signature& party, OnWord&& word, OnBirth&& birth, OnHolder&& holder) {
  const auto one = [&](CountedValue kind, WordId value) {
    if (value == kNoWord) return;
    word(kind, value);
    holder(kind);
  };
  std::vector<WordId> words;
  const auto several = [&](CountedValue kind) {
    std::ranges::sort(words);
    const auto twice = std::unique(words.begin(), words.end());
    std::for_each(words.begin(), twice, [&](WordId value) { word(kind, value); });
    words.clear();
    holder(kind);
  };
  const auto collect = [&](Slice slice) {
    const std::span<const WordId> more = party.words_of(slice);
    words.insert(words.end(), more.begin(), more.end());
  };
  if (party.given.words.size > 0) {
    one(CountedValue::given_name, party.words_of(party.given.words)[0]);
  }
  one(CountedValue::family_name, party.family.sorted);
  if (party.birth_date != 0) {
    birth(party.birth_date);
    holder(CountedValue::birth_date);
  }
  for (const EmailFeature& email : party.emails()) word(CountedValue::mail_domain, email.domain);
  if (!party.emails().empty()) holder(CountedValue::mail_domain);
  if (!party.addresses().empty()) {
    const AddressFeature& address = party.addresses()[0];
    one(CountedValue::postal_code, address.postal_code);
    one(CountedValue::town, address.joined_town);
    collect(address.all);
    collect(address.street);
    several(CountedValue::street_word);
  }
  if (!party.phones().empty()) holder(CountedValue::phone);
  if (!party.identifiers().empty()) holder(CountedValue::identifier);
  if (!party.domains().empty()) holder(CountedValue::domain);
  if (party.organizations().empty()) return;
  if (party.kind == PartyKind::person) {
    return one(CountedValue::employer, party.organizations()[0].joined);
  }
  for (const NameFeature& name : party.organizations()) collect(name.words);
  several(CountedValue::organization_word);
}

}  // namespace

std::uint64_t hash_of_birth_date(std::int32_t date) { return hash64(std::to_string(date)); }

// By the words' ids first: most values are counted in a list, and only those that more than one party
// has come into a table.
ValueCounts count_values(std::span<const Signature> signatures, const Vocabulary& vocabulary) {
  std::array<std::vector<std::uint32_t>, kCountedValues> words;
  std::unordered_map<std::int32_t, std::uint32_t> births;
  std::array<std::int64_t, kCountedValues> holders{};
  for (auto& counts : words) counts.assign(vocabulary.size(), 0);
  for (const Signature& signature : signatures) {
    visit_values(
        signature, [&](CountedValue kind, WordId word) { ++words[index(kind)][word]; },
        [&](std::int32_t date) { ++births[date]; },
        [&](CountedValue kind) { ++holders[index(kind)]; });
  }
  ValueCounts result;
  for (std::size_t i = 0; i < kCountedValues; ++i) {
    const auto kind = static_cast<CountedValue>(i);
    ValueCounts::Counts counts;
    for (WordId word = 0; word < words[i].size(); ++word) {
      if (words[i][word] >= kFewest) counts.emplace(vocabulary[word].hash, words[i][word]);
    }
    if (kind == CountedValue::birth_date) {
      for (const auto& [date, count] : births) {
        if (count >= kFewest) counts.emplace(hash_of_birth_date(date), count);
      }
    }
    result.set(kind, holders[i], std::move(counts));
  }
  return result;
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
