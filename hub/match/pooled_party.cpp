#include "hub/match/pooled_party.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "hub/match/edge.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMostMembers = 40;
constexpr std::size_t kMostNames = 6;
constexpr std::size_t kMostValues = 8;

// Copies features of members into lists of their own.
class Collector {
 public:
  explicit Collector(Signature& pooled) : pooled_(pooled) {}
  ~Collector() {
    pooled_.words = FrozenList(words_);
    pooled_.letters = FrozenList(letters_);
    pooled_.emails = FrozenList(emails_);
    pooled_.phones = FrozenList(phones_);
    pooled_.addresses = FrozenList(addresses_);
    pooled_.identifiers = FrozenList(identifiers_);
    pooled_.organizations = FrozenList(organizations_);
    pooled_.domains = FrozenList(domains_);
  }
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  NameFeature name(const Signature& from, NameFeature name) {
    name.words = words(from, name.words);
    return name;
  }

  void add_contacts(const Signature& from) {
    for (EmailFeature email : from.emails) {
      if (!is_new(emails_, email, &EmailFeature::key)) continue;
      email.local = letters(from, email.local);
      emails_.push_back(email);
    }
    for (const PhoneFeature phone : from.phones) {
      if (is_new(phones_, phone, &PhoneFeature::number)) phones_.push_back(phone);
    }
    for (IdentifierFeature identifier : from.identifiers) {
      if (!is_new(identifiers_, identifier, &IdentifierFeature::key)) continue;
      identifier.value = letters(from, identifier.value);
      identifiers_.push_back(identifier);
    }
    for (AddressFeature address : from.addresses) {
      if (addresses_.size() == kMostValues) break;
      const bool is_known = std::ranges::any_of(addresses_, [&](const AddressFeature& other) {
        return other.joined_street == address.joined_street &&
               other.postal_code == address.postal_code &&
               first_number(other, words_) == first_number(address, from.words);
      });
      if (is_known) continue;
      for (Slice* part : {&address.street, &address.numbers, &address.town, &address.all}) {
        *part = words(from, *part);
      }
      addresses_.push_back(address);
    }
    for (const NameFeature& organization : from.organizations) {
      if (is_new(organizations_, organization, &NameFeature::joined)) {
        organizations_.push_back(name(from, organization));
      }
    }
    for (const WordId domain : from.domains) {
      const bool is_known = std::ranges::find(domains_, domain) != domains_.end();
      if (!is_known && domains_.size() < kMostValues) domains_.push_back(domain);
    }
  }

 private:
  static WordId first_number(const AddressFeature& address, std::span<const WordId> words) {
    return address.numbers.size == 0 ? kNoWord : words[address.numbers.begin];
  }

  template <typename Feature, typename Member>
  static bool is_new(const std::vector<Feature>& features, const Feature& feature, Member member) {
    return features.size() < kMostValues &&
           std::ranges::find(features, feature.*member, member) == features.end();
  }

  Slice words(const Signature& from, Slice slice) {
    const std::span<const WordId> added = from.words_of(slice);
    slice.begin = static_cast<std::uint16_t>(words_.size());
    words_.insert(words_.end(), added.begin(), added.end());
    return slice;
  }

  Slice letters(const Signature& from, Slice slice) {
    const std::string_view added = from.letters_of(slice);
    slice.begin = static_cast<std::uint16_t>(letters_.size());
    letters_.insert(letters_.end(), added.begin(), added.end());
    return slice;
  }

  Signature& pooled_;
  std::vector<WordId> words_;
  std::vector<char> letters_;
  std::vector<EmailFeature> emails_;
  std::vector<PhoneFeature> phones_;
  std::vector<AddressFeature> addresses_;
  std::vector<IdentifierFeature> identifiers_;
  std::vector<NameFeature> organizations_;
  std::vector<WordId> domains_;
};

}  // namespace

PooledParty::PooledParty(std::span<const Signature* const> members) {
  pooled_.kind = members.front()->kind;
  Collector collector(pooled_);
  for (const Signature* member : members.first(std::min(members.size(), kMostMembers))) {
    if (pooled_.birth_date == 0) pooled_.birth_date = member->birth_date;
    if (pooled_.sex == Sex::unknown) pooled_.sex = member->sex;
    if (pooled_.generation == 0) pooled_.generation = member->generation;
    collector.add_contacts(*member);
    const bool is_known = std::ranges::any_of(names_, [&](const Name& name) {
      return name.given.joined == member->given.joined &&
             name.family.joined == member->family.joined;
    });
    if (is_known || names_.size() == kMostNames) continue;
    names_.push_back(
        {collector.name(*member, member->given), collector.name(*member, member->family)});
  }
}

double score(Comparer& comparer, const MatchWeights& weights, PooledParty& a, PooledParty& b) {
  constexpr double kAgainst = -5;  // bits of other fields
  constexpr double kImpossible = -20;
  double best = -std::numeric_limits<double>::infinity();
  for (const PooledParty::Name& name_of_a : a.names_) {
    a.pooled_.given = name_of_a.given;
    a.pooled_.family = name_of_a.family;
    for (const PooledParty::Name& name_of_b : b.names_) {
      b.pooled_.given = name_of_b.given;
      b.pooled_.family = name_of_b.family;
      const Comparison comparison = comparer.compare(a.pooled_, b.pooled_);
      const double against = other_evidence(weights, a.pooled_.kind, comparison).against;
      best = std::max(best, against < kAgainst
                                ? kImpossible
                                : score_pair(weights, a.pooled_.kind, comparison).score);
    }
  }
  return best;
}

}  // namespace cdh
