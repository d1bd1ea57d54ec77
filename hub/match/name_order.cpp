#include "hub/match/name_order.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/text.hpp"
#include "hub/match/match_field.hpp"
#include "hub/match/name_comparison.hpp"
#include "hub/match/value_counts.hpp"
#include "hub/match/word_likeness.hpp"
#include "hub/normalize/person_name.hpp"

namespace cdh {

namespace {

// What some share at home or on the phone; of more than so many it is an office.
constexpr std::size_t kMostRelatives = 8;

// A party that has what relatives share.
struct Resident {
  std::uint64_t home = 0;
  const Signature* person = nullptr;
};

std::vector<Resident> find_residents(std::span<const Signature> signatures,
                                     const Vocabulary& vocabulary) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15U;
  std::vector<Resident> residents;
  for (const Signature& person : signatures) {
    if (!person.may_be_reversed) continue;
    const std::uint64_t of_source = person.identity.source * kMix;
    for (const PhoneFeature& phone : person.phones()) {
      residents.push_back({(phone.number ^ of_source) * kMix, &person});
    }
    for (const EmailFeature& email : person.emails()) {
      residents.push_back({(email.key ^ of_source) * kMix, &person});
    }
    for (const AddressFeature& address : person.addresses()) {
      if (address.numbers.size == 0 || address.joined_street == kNoWord) continue;
      std::uint64_t home = of_source + 1;
      for (const WordId part :
           {address.joined_street, address.joined_town, person.words_of(address.numbers).front()}) {
        home = (home ^ (part == kNoWord ? 0 : vocabulary[part].hash)) * kMix;
      }
      residents.push_back({home, &person});
    }
  }
  std::ranges::sort(residents, {}, &Resident::home);
  return residents;
}

// Pairs of two people.
struct Evidence {
  std::int64_t begin_alike = 0, end_alike = 0, differ = 0;

  void add(WordLikeness& likeness, const Signature& a, const Signature& b) {
    const auto are_two = [](Level level) { return level >= given_level::alike; };
    const NameWords begin_of_a = given_words(a), begin_of_b = given_words(b);
    const bool begin = begin_of_a.words.front() == begin_of_b.words.front();
    const bool end = family_words(a).joined == family_words(b).joined;
    const bool ends_are_two =
        are_two(compare_given_names(likeness, family_words(a), family_words(b)));
    if (begin && ends_are_two) return void(++begin_alike);
    const bool begins_are_two = are_two(compare_given_names(likeness, begin_of_a, begin_of_b));
    if (end && begins_are_two) return void(++end_alike);
    if (begins_are_two && ends_are_two) ++differ;
  }

  // Of families at least this part shares a name, of colleagues far fewer.
  bool speaks_for(std::int64_t these, std::int64_t others) const {
    constexpr std::int64_t kFewest = 20;
    constexpr std::int64_t kTimesOthers = 5;
    constexpr std::int64_t kLeastPart = 5;  // one in so many
    return these >= kFewest && these >= kTimesOthers * others &&
           these * kLeastPart >= these + others + differ;
  }
};

// Writes the words of a name in the order of its two parts, and says where they are.
class NameSplitter {
 public:
  NameSplitter(Signature& person, Vocabulary& vocabulary)
      : person_(person), vocabulary_(vocabulary) {}

  // The parts were made one after the other, so that their words are neighbours.
  void put_family_first() {
    const std::uint16_t begin = person_.given.words.begin;
    const auto size =
        static_cast<std::uint16_t>(person_.given.words.size + person_.family.words.size);
    const std::span<WordId> words = person_.lists.get<Signature::kWords>().subspan(begin, size);
    std::vector<std::string_view> texts;
    for (const WordId word : words) texts.push_back(vocabulary_[word].text);
    const bool has_particles = !is_vietnamese_name(texts);
    const auto is_particle = [&](WordId word) {
      return has_particles && is_name_particle(vocabulary_[word].text);
    };
    // A name has a word behind it.
    const auto first_name = std::ranges::find_if_not(words.begin(), words.end() - 1, is_particle);
    const auto particles = first_name == words.end() - 1
                               ? std::uint16_t{0}
                               : static_cast<std::uint16_t>(first_name - words.begin());
    const std::span<WordId> given = words.subspan(particles + 1U);
    const Sex told = given.size() < 2 ? Sex::unknown
                                      : sex_of_middle_name(vocabulary_[given[0]].text,
                                                           vocabulary_[given[1]].text);
    if (person_.sex == Sex::unknown) person_.sex = told;
    const std::size_t left_out = told == Sex::unknown ? 0 : 1;
    person_.family = name(words.first(particles + 1U), begin, particles);
    person_.given = name(given.subspan(left_out),
                         static_cast<std::uint16_t>(begin + particles + 1 + left_out), 0);
  }

 private:
  NameFeature name(std::span<WordId> words, std::uint16_t begin, std::uint16_t particles) {
    std::vector<std::string> texts;
    for (const WordId word : words) texts.emplace_back(vocabulary_[word].text);
    NameFeature made;
    made.words = {static_cast<std::uint16_t>(begin + particles),
                  static_cast<std::uint16_t>(words.size() - particles)};
    made.joined = vocabulary_.intern(join(texts, ""));
    std::ranges::sort(texts);
    made.sorted = vocabulary_.intern(join(texts, ""));
    return made;
  }

  Signature& person_;
  Vocabulary& vocabulary_;
};

}  // namespace

NameOrders learn_name_orders(std::span<const Signature> signatures, const Vocabulary& vocabulary) {
  const std::vector<Resident> residents = find_residents(signatures, vocabulary);
  const ValueCounts none;
  WordLikeness likeness(vocabulary, none);
  // Once each, however much two people share.
  std::vector<std::pair<const Signature*, const Signature*>> pairs;
  for (std::size_t begin = 0; begin < residents.size();) {
    std::size_t end = begin + 1;
    while (end < residents.size() && residents[end].home == residents[begin].home) ++end;
    for (std::size_t i = begin; i < end && end - begin <= kMostRelatives; ++i) {
      for (std::size_t k = begin; k < i; ++k) {
        pairs.push_back(std::minmax(residents[i].person, residents[k].person));
      }
    }
    begin = end;
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::map<std::uint32_t, Evidence> evidence;
  for (const auto& [a, b] : pairs) evidence[a->identity.source].add(likeness, *a, *b);
  NameOrders orders;
  for (const auto& [source, of] : evidence) {
    if (of.speaks_for(of.begin_alike, of.end_alike)) orders[source] = NameOrder::family_first;
    if (of.speaks_for(of.end_alike, of.begin_alike)) orders[source] = NameOrder::given_first;
  }
  return orders;
}

void settle_name_orders(const NameOrders& orders, std::span<Signature> signatures,
                        Vocabulary& vocabulary) {
  for (Signature& person : signatures) {
    if (!person.may_be_reversed) continue;
    const auto order = orders.find(person.identity.source);
    if (order == orders.end()) continue;
    person.may_be_reversed = false;
    if (order->second == NameOrder::family_first) {
      NameSplitter(person, vocabulary).put_family_first();
    }
  }
}

}  // namespace cdh
