#include "hub/match/pooled_party.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "hub/match/edge.hpp"
#include "hub/match/signature_lists.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMostMembers = 40;
constexpr std::size_t kMostNames = 6;
constexpr std::size_t kMostValues = 8;

// Adds copies of members' features to the lists of the whole.
class Collector {
 public:
  NameFeature name(const Signature& from, NameFeature name) {
    name.words = words(from, name.words);
    return name;
  }

  void add_contacts(const Signature& from) {
    for (EmailFeature email : from.emails()) {
      if (!is_new(lists_.emails, email, &EmailFeature::key)) continue;
      email.local = lists_.keep_letters(from.letters_of(email.local));
      lists_.emails.push_back(email);
    }
    for (const PhoneFeature phone : from.phones()) {
      if (is_new(lists_.phones, phone, &PhoneFeature::number)) lists_.phones.push_back(phone);
    }
    for (IdentifierFeature identifier : from.identifiers()) {
      if (!is_new(lists_.identifiers, identifier, &IdentifierFeature::key)) continue;
      identifier.value = lists_.keep_letters(from.letters_of(identifier.value));
      lists_.identifiers.push_back(identifier);
    }
    for (const AddressFeature& address : from.addresses()) add_address(from, address);
    for (const NameFeature& organization : from.organizations()) {
      if (is_new(lists_.organizations, organization, &NameFeature::joined)) {
        lists_.organizations.push_back(name(from, organization));
      }
    }
    for (const WordId domain : from.domains()) {
      const bool is_known = std::ranges::find(lists_.domains, domain) != lists_.domains.end();
      if (!is_known && lists_.domains.size() < kMostValues) lists_.domains.push_back(domain);
    }
  }

  void freeze(Signature& pooled) const { lists_.freeze(pooled); }

 private:
  void add_address(const Signature& from, AddressFeature address) {
    if (lists_.addresses.size() == kMostValues) return;
    const bool is_known = std::ranges::any_of(lists_.addresses, [&](const AddressFeature& other) {
      return other.joined_street == address.joined_street &&
             other.postal_code == address.postal_code && other.country == address.country &&
             first_number(other, lists_.words()) == first_number(address, from.words());
    });
    if (is_known) return;
    for (Slice* part : {&address.street, &address.numbers, &address.town, &address.all}) {
      *part = words(from, *part);
    }
    lists_.addresses.push_back(address);
  }

  static WordId first_number(const AddressFeature& address, std::span<const WordId> words) {
    return address.numbers.size == 0 ? kNoWord : words[address.numbers.begin];
  }

  template <typename Feature, typename Value>
  static bool is_new(const std::vector<Feature>& features, const Feature& feature,
                     Value Feature::*member) {
    return features.size() < kMostValues && !holds(features, member, feature.*member);
  }

  Slice words(const Signature& from, Slice slice) {
    return lists_.keep_words(from.words_of(slice));
  }

  SignatureLists lists_;
};

}  // namespace

PooledParty::PooledParty(std::span<const Signature* const> members) {
  pooled_.kind = members.front()->kind;
  Collector collector;
  for (const Signature* member : members.first(std::min(members.size(), kMostMembers))) {
    if (pooled_.birth_date == 0) pooled_.birth_date = member->birth_date;
    if (pooled_.sex == Sex::unknown) pooled_.sex = member->sex;
    if (pooled_.generation == 0) pooled_.generation = member->generation;
    collector.add_contacts(*member);
    const bool is_known = std::ranges::any_of(names_, [&](const Name& name) {
      return name.given.joined == member->given.joined &&
             name.family.joined == member->family.joined &&
             name.given_characters == member->given_characters;
    });
    if (is_known || names_.size() == kMostNames) continue;
    names_.push_back({collector.name(*member, member->given),
                      collector.name(*member, member->family), member->may_be_reversed,
                      member->given_characters});
  }
  collector.freeze(pooled_);
}

double score(Comparer& comparer, const MatchWeights& weights, PooledParty& a, PooledParty& b) {
  constexpr double kAgainst = -5;  // bits of other fields
  constexpr double kImpossible = -20;
  double best = -std::numeric_limits<double>::infinity();
  for (const PooledParty::Name& name_of_a : a.names_) {
    a.pooled_.given = name_of_a.given;
    a.pooled_.family = name_of_a.family;
    a.pooled_.may_be_reversed = name_of_a.may_be_reversed;
    a.pooled_.given_characters = name_of_a.given_characters;
    for (const PooledParty::Name& name_of_b : b.names_) {
      b.pooled_.given = name_of_b.given;
      b.pooled_.family = name_of_b.family;
      b.pooled_.may_be_reversed = name_of_b.may_be_reversed;
      b.pooled_.given_characters = name_of_b.given_characters;
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
