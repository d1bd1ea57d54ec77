#include "hub/match/name_comparison.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace cdh {

namespace {

// How much a level speaks against one person, to choose between straight and crosswise.
constexpr std::array<double, 10> kGivenCost = {0, 1, 1.2, 1.5, 2, 3, 5, 5, 6, 6};
constexpr std::array<double, 6> kFamilyCost = {0, 1.2, 1.5, 2, 3, 6};
constexpr double kMissingCost = 2.5;
constexpr double kCrosswiseCost = 0.5;

double given_cost(Level level) {
  return level == kMissing ? kMissingCost : kGivenCost[static_cast<std::size_t>(level)];
}

double family_cost(Level level) {
  return level == kMissing ? kMissingCost : kFamilyCost[static_cast<std::size_t>(level)];
}

// A family name that was compared with a given name, in the levels of family names.
Level as_family_level(Level given) {
  constexpr std::array<Level, 10> kLevels = {
      family_level::exact,   family_level::loose, family_level::typing_error, family_level::part,
      family_level::initial, family_level::loose, family_level::loose,        family_level::differ,
      family_level::differ,  family_level::differ};
  return given == kMissing ? kMissing : kLevels[static_cast<std::size_t>(given)];
}

// Whether the whole name has words that its words leave out: "van den berg".
bool has_particles(const WordLikeness& likeness, NameWords family) {
  std::size_t letters = 0;
  for (const WordId word : family.words) letters += likeness[word].text.size();
  return letters < likeness[family.joined].text.size();
}

// Whether some word of one and some word of the other are so.
template <typename AreAlike>
bool share_a_word(NameWords a, NameWords b, AreAlike are_alike) {
  return std::ranges::any_of(a.words, [&](WordId x) {
    return std::ranges::any_of(b.words, [&](WordId y) { return are_alike(x, y); });
  });
}

// "susan meyer" and "susan meyer thomas": her former name stands among the given names.
bool stands_among_given_names(WordLikeness& likeness, const Signature& a, const Signature& b) {
  const std::span<const WordId> given = a.words_of(a.given.words);
  const std::span<const WordId> family = b.words_of(b.family.words);
  return std::ranges::any_of(given.empty() ? given : given.subspan(1), [&](WordId word) {
    return likeness[word].text.size() > 2 && std::ranges::find(family, word) != family.end();
  });
}

bool agrees_as_given(Level given) { return given != kMissing && given <= given_level::second_name; }

bool agrees_as_family(Level family) { return family != kMissing && family <= family_level::part; }

// "kim min jun", "kim minjun".
bool are_spaced_otherwise(WordLikeness& likeness, const Signature& a, const Signature& b) {
  const auto whole = [&](const Signature& person) {
    return std::string(likeness[person.given.joined].text) += likeness[person.family.joined].text;
  };
  return whole(a) == whole(b);
}

// Of two names that may be reversed: what they are if they are, and how they end tells two people
// while they begin alike.
std::optional<PersonNameLevels> compare_reversed(WordLikeness& likeness, const Signature& a,
                                                 const Signature& b,
                                                 const PersonNameLevels& straight) {
  PersonNameLevels reversed;
  reversed.is_reversed = true;
  reversed.given = compare_given_names(likeness, family_words(a), family_words(b));
  reversed.family = compare_family_names(likeness, given_words(a), given_words(b));
  const bool begin_alike = agrees_as_given(straight.given) || agrees_as_family(reversed.family);
  const bool end_alike = agrees_as_family(straight.family) && may_be_one_given_name(reversed.given);
  if (!begin_alike || end_alike) return std::nullopt;
  if (!agrees_as_family(reversed.family)) reversed.family = as_family_level(straight.given);
  return reversed;
}

}  // namespace

NameWords given_words(const Signature& person) {
  return {person.words_of(person.given.words), person.given.joined, person.given.sorted};
}

NameWords family_words(const Signature& person) {
  return {person.words_of(person.family.words), person.family.joined, person.family.sorted};
}

Level compare_given_names(WordLikeness& likeness, NameWords a, NameWords b) {
  if (a.empty() || b.empty()) return kMissing;
  if (a.joined == b.joined) return given_level::exact;
  Level best = likeness.compare_given(a.words[0], b.words[0]);
  if (best == given_level::exact || (a.words.size() == 1 && b.words.size() == 1)) return best;
  const bool first_names_differ = best >= given_level::alike;
  for (std::size_t i = 0; i < a.words.size() && best > given_level::second_name; ++i) {
    if (likeness[a.words[i]].text.size() < 2) continue;
    for (std::size_t j = 0; j < b.words.size(); ++j) {
      if (i == 0 && j == 0) continue;
      if (i > 0 && j > 0 && first_names_differ) continue;  // jan maria, anna maria
      if (likeness.compare_given(a.words[i], b.words[j]) <= given_level::nickname) {
        best = given_level::second_name;
      }
    }
  }
  // One word on one side and two on the other: not "rohit kumar" and "mohit kumar".
  const bool may_be_run_together = !first_names_differ || a.words.size() != b.words.size();
  if (best > given_level::typing_error && may_be_run_together &&
      likeness.are_close(a.joined, b.joined)) {
    best = given_level::typing_error;
  }
  return best;
}

Level compare_given_names(WordLikeness& likeness, const Signature& a, const Signature& b) {
  const Level level = compare_given_names(likeness, given_words(a), given_words(b));
  // Read alike, and written otherwise: another name more often than a slip of the keyboard.
  const bool are_written_otherwise = a.given_characters != 0 && b.given_characters != 0 &&
                                     a.given_characters != b.given_characters;
  if (level == given_level::exact && are_written_otherwise) return given_level::loose;
  if (level != given_level::mixed) return level;
  const auto has_chinese_family = [&](const Signature& person) {
    const NameWords family = family_words(person);
    return !family.empty() && likeness[family.joined].is_chinese_surname;
  };
  return has_chinese_family(a) || has_chinese_family(b) ? level : Level{given_level::differ};
}

Level compare_family_names(WordLikeness& likeness, NameWords a, NameWords b) {
  if (a.empty() || b.empty()) return kMissing;
  if (a.joined == b.joined || a.sorted == b.sorted) return family_level::exact;
  // What both begin with then makes no name like the other: "van dam", "van dal".
  const bool both_have_particles = has_particles(likeness, a) && has_particles(likeness, b);
  const auto are_close = [&](WordId x, WordId y) { return likeness.are_close(x, y); };
  if (are_close(a.joined, b.joined) && (!both_have_particles || share_a_word(a, b, are_close))) {
    return family_level::typing_error;
  }
  const auto is_one_word = [](NameWords name) { return name.words[0] == name.joined; };
  const auto are_long_and_close = [&](WordId x, WordId y) {
    return std::min(likeness[x].text.size(), likeness[y].text.size()) > 2 && are_close(x, y);
  };
  if ((!is_one_word(a) || !is_one_word(b)) && share_a_word(a, b, are_long_and_close)) {
    return family_level::part;
  }
  const std::string_view whole_a = likeness[a.joined].text;
  const std::string_view whole_b = likeness[b.joined].text;
  if (std::min(whole_a.size(), whole_b.size()) == 1 && whole_a.front() == whole_b.front()) {
    return family_level::initial;
  }
  const auto are_loose = [&](WordId x, WordId y) { return likeness.are_loosely_alike(x, y); };
  const bool is_loose =
      both_have_particles ? share_a_word(a, b, are_loose) : are_loose(a.joined, b.joined);
  return is_loose ? family_level::loose : family_level::differ;
}

bool may_be_one_given_name(Level given) {
  return given <= given_level::loose || given == given_level::mixed;
}

PersonNameLevels compare_person_names(WordLikeness& likeness, const Signature& a,
                                      const Signature& b) {
  PersonNameLevels straight;
  straight.given = compare_given_names(likeness, a, b);
  straight.family = compare_family_names(likeness, family_words(a), family_words(b));
  if (straight.family == family_level::differ &&
      (stands_among_given_names(likeness, a, b) || stands_among_given_names(likeness, b, a))) {
    straight.family = family_level::part;
  } else if (a.may_be_reversed && b.may_be_reversed && straight.family != family_level::exact) {
    if (are_spaced_otherwise(likeness, a, b)) {
      straight.given = given_level::exact;
      straight.family = family_level::exact;
    } else if (const auto reversed = compare_reversed(likeness, a, b, straight)) {
      return *reversed;
    }
  }
  if (agrees_as_given(straight.given) && agrees_as_family(straight.family)) return straight;
  const Level given_to_family = compare_given_names(likeness, given_words(a), family_words(b));
  const Level family_to_given = compare_given_names(likeness, family_words(a), given_words(b));
  const bool is_possible = (agrees_as_given(given_to_family) || agrees_as_given(family_to_given)) &&
                           std::max(given_to_family, family_to_given) <= given_level::initial;
  const double cost = given_cost(given_to_family) + given_cost(family_to_given) + kCrosswiseCost;
  if (!is_possible || cost >= given_cost(straight.given) + family_cost(straight.family)) {
    return straight;
  }
  // Which of the two is the given name nobody knows. The better level is counted as the given
  // name's, so that the order of the two people does not matter.
  PersonNameLevels crosswise;
  crosswise.is_crosswise = true;
  crosswise.is_undecided = given_to_family == family_to_given;
  crosswise.given = given_to_family;
  crosswise.family = as_family_level(family_to_given);
  const bool is_other_better = family_to_given != kMissing &&
                               (given_to_family == kMissing || family_to_given < given_to_family);
  if (is_other_better) {
    crosswise.given_is_family_of_a = true;
    crosswise.given = family_to_given;
    crosswise.family = as_family_level(given_to_family);
  }
  return crosswise;
}

}  // namespace cdh
