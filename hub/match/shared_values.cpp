#include "hub/match/shared_values.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "hub/match/birth_comparison.hpp"
#include "hub/match/name_comparison.hpp"

namespace cdh {

namespace {

// The largest of these that is not more: whether twenty customers or twenty-one have a value weighs
// nothing, and a count that moves makes all its holders' pairs be scored anew.
int in_steps(std::size_t customers) {
  constexpr std::array<int, 15> kSteps = {
      1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 16, 20, 25, 32, kManyCustomers};
  const auto next = std::ranges::upper_bound(kSteps, static_cast<int>(customers));
  return *std::prev(next);
}

// The steps are wide, for where one is crossed all the holders' pairs are scored anew.
int customers_of_many(std::size_t holders) {
  constexpr int kStep = 4, kMost = SharedValues::kCrowded / kStep;
  int customers = kManyCustomers;
  for (std::size_t next = kManyHolders * kStep; holders > next && customers < kMost;) {
    customers *= kStep;
    next *= kStep;
  }
  return customers;
}

// A given name beyond an initial.
bool has_given_name(WordLikeness& likeness, const Signature& person) {
  const NameWords given = given_words(person);
  return !given.empty() && likeness[given.words[0]].text.size() > 1;
}

bool may_be_one_person(WordLikeness& likeness, const Signature& a, const Signature& b) {
  const Level birth = compare_birth_dates(a.birth_date, b.birth_date);
  if (birth == birth_level::differ || birth == birth_level::generation) return false;
  if (a.may_be_reversed && b.may_be_reversed) {
    const PersonNameLevels names = compare_person_names(likeness, a, b);
    if (names.is_reversed) return may_be_one_given_name(names.given);
  }
  if (may_be_one_given_name(compare_given_names(likeness, a, b))) {
    return true;
  }
  // Given and family name in each other's field.
  const Level crosswise = compare_given_names(likeness, family_words(a), given_words(b));
  return crosswise != kMissing && crosswise <= given_level::typing_error;
}

// House number and sound of the street; 0 where there is no address.
std::uint64_t place_of(WordLikeness& likeness, const Signature& organization) {
  if (organization.addresses().empty()) return 0;
  const AddressFeature& address = organization.addresses()[0];
  const auto numbers = organization.words_of(address.numbers);
  const auto street = organization.words_of(address.street);
  if (numbers.empty()) return likeness[address.joined_street].hash;
  return likeness[numbers[0]].hash ^ (street.empty() ? 0 : likeness[street[0]].sound);
}

}  // namespace

int count_customers(WordLikeness& likeness, std::span<const Signature*> holders) {
  std::ranges::sort(holders, {}, [](const Signature* party) -> const std::string& {
    return party->identity.key;
  });
  std::vector<const Signature*> persons;
  std::vector<std::uint64_t> places;
  for (const Signature* holder : holders) {
    if (std::ssize(persons) >= kManyCustomers || std::ssize(places) >= kManyCustomers) break;
    if (holder->kind == PartyKind::person) {
      const auto is_same = [&](const Signature* other) {
        return may_be_one_person(likeness, *other, *holder);
      };
      if (has_given_name(likeness, *holder) && std::ranges::none_of(persons, is_same)) {
        persons.push_back(holder);
      }
      continue;
    }
    const std::uint64_t place = place_of(likeness, *holder);
    if (place != 0 && std::ranges::find(places, place) == places.end()) places.push_back(place);
  }
  return in_steps(std::max({std::size_t{1}, persons.size(), places.size()}));
}

bool is_crowded(std::size_t holders, const MatchPolicy& policy) {
  return std::cmp_greater(holders, policy.max_holders);
}

std::optional<int> customers_by_size(BlockKey value, std::size_t holders,
                                     const MatchPolicy& policy) {
  const auto where = [](bool is_known, int customers) {
    return is_known ? std::optional(customers) : std::nullopt;
  };
  switch (pass_of(value)) {
    case BlockingPass::street:
      return where(holders > kManyHolders, customers_of_many(holders));
    case BlockingPass::organization:
      return where(is_crowded(holders, policy), customers_of_many(holders));
    default:
      return where(is_crowded(holders, policy), SharedValues::kCrowded);
  }
}

bool is_counted_alike(WordLikeness& likeness, const Signature& before, const Signature& after) {
  if (before.kind != after.kind || before.identity.key != after.identity.key) return false;
  if (before.kind == PartyKind::organization) {
    return place_of(likeness, before) == place_of(likeness, after);
  }
  return before.birth_date == after.birth_date &&
         std::ranges::equal(before.words_of(before.given.words),
                            after.words_of(after.given.words)) &&
         std::ranges::equal(before.words_of(before.family.words),
                            after.words_of(after.family.words));
}

bool is_value_pass(BlockingPass pass) {
  switch (pass) {
    case BlockingPass::identifier:
    case BlockingPass::email:
    case BlockingPass::phone:
    case BlockingPass::phone_ending:
    case BlockingPass::street:
    case BlockingPass::organization:
    case BlockingPass::domain:
      return true;
    default:
      return false;
  }
}

}  // namespace cdh
