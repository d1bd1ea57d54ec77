#include "hub/match/name_agreement.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "hub/match/edit_distance.hpp"
#include "hub/match/given_name.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxWords = 12;  // of a name; further ones are not compared

// The words of a folded name, as views into it.
class Words {
 public:
  explicit Words(std::string_view text) { add(text); }

  void add(std::string_view text) {
    while (!text.empty() && size_ < kMaxWords) {
      const std::size_t end = std::min(text.find(' '), text.size());
      if (end > 0) words_[size_++] = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  const std::string_view* begin() const { return words_.data(); }
  const std::string_view* end() const { return words_.data() + size_; }

 private:
  std::array<std::string_view, kMaxWords> words_;
  std::size_t size_ = 0;
};

// How well two words, or two parts of a name, agree. From worst to best.
enum class Likeness : std::uint8_t { differ, missing, initial, short_form, similar, equal };

enum class Part : std::uint8_t { given, family };

bool is_typing_error(std::string_view a, std::string_view b) {
  if (std::max(a.size(), b.size()) < 5) return false;
  const int limit = std::min(a.size(), b.size()) < 10 ? 1 : 2;
  return edit_distance(a, b, limit) <= limit;
}

// Two names a person may have mistyped, rather than the names of a brother and a sister.
bool can_be_one_given_name(std::string_view a, std::string_view b) {
  return !differs_by_gender_ending(a, b) && !(is_known_given_name(a) && is_known_given_name(b));
}

// "gill" for gillian: the beginning of a name, where no list says more.
bool is_short_form(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= 3 && b.starts_with(a) && can_be_one_given_name(a, b);
}

Likeness compare_words(std::string_view a, std::string_view b, Part part) {
  if (a == b) return Likeness::equal;
  if (a.size() == 1 || b.size() == 1) {
    return a.front() == b.front() ? Likeness::initial : Likeness::differ;
  }
  if (part == Part::family) return is_typing_error(a, b) ? Likeness::similar : Likeness::differ;
  if (is_nickname_of(a, b)) return Likeness::similar;
  if (is_chinese_pet_form(a, b) || is_short_form(a, b)) return Likeness::short_form;
  return is_typing_error(a, b) && can_be_one_given_name(a, b) ? Likeness::similar
                                                              : Likeness::differ;
}

// Whether two texts are the same but for where the blanks stand: "mary ann", "maryann".
bool equal_without_blanks(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (true) {
    while (i < a.size() && a[i] == ' ') ++i;
    while (j < b.size() && b[j] == ' ') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (a[i++] != b[j++]) return false;
  }
}

// Every word of the shorter part must find its own word in the longer one: "anna" agrees with
// "maria anna", but "jan maria" not with "anna maria".
Likeness compare_words_of(const Words& a, const Words& b, Part part) {
  const bool a_first =
      a.size() != b.size() ? a.size() < b.size() : std::ranges::lexicographical_compare(a, b);
  const Words& shorter = a_first ? a : b;
  const Words& longer = a_first ? b : a;
  std::array<bool, kMaxWords> taken{};
  Likeness best = Likeness::differ;
  Likeness worst = Likeness::equal;
  for (const std::string_view word : shorter) {
    Likeness found = Likeness::differ;
    std::size_t found_at = 0;
    for (std::size_t i = 0; i < longer.size() && found != Likeness::equal; ++i) {
      if (taken[i]) continue;
      const Likeness likeness = compare_words(word, longer.begin()[i], part);
      if (likeness > found) {
        found = likeness;
        found_at = i;
      }
    }
    if (found == Likeness::differ) return Likeness::differ;
    taken[found_at] = true;
    best = std::max(best, found);
    worst = std::min(worst, found);
  }
  if (worst < Likeness::similar) return best < Likeness::similar ? worst : Likeness::similar;
  if (worst == Likeness::equal && a.size() != b.size()) return Likeness::similar;
  return worst;
}

Likeness compare_parts(std::string_view a, std::string_view b, Part part) {
  if (a.empty() || b.empty()) return Likeness::missing;
  if (a == b) return a.size() == 1 ? Likeness::initial : Likeness::equal;
  if (equal_without_blanks(a, b)) return Likeness::equal;
  return compare_words_of(Words(a), Words(b), part);
}

NameAgreement combine(Likeness given, Likeness family) {
  if (given == Likeness::differ) return NameAgreement::different;
  if (family == Likeness::differ) {
    return given >= Likeness::similar ? NameAgreement::given_only : NameAgreement::different;
  }
  if (family == Likeness::missing) {
    return given >= Likeness::short_form ? NameAgreement::given_only : NameAgreement::unknown;
  }
  if (given == Likeness::missing) {
    return family >= Likeness::similar ? NameAgreement::family_only : NameAgreement::unknown;
  }
  if (std::min(given, family) < Likeness::similar) return NameAgreement::partial;
  return std::min(given, family) == Likeness::equal ? NameAgreement::equal : NameAgreement::similar;
}

// A whole name in one field against one in parts: "", "anna nowak" and "anna", "nowak".
NameAgreement compare_pooled(PersonName a, PersonName b) {
  Words all_of_a(a.given);
  all_of_a.add(a.family);
  Words all_of_b(b.given);
  all_of_b.add(b.family);
  if (std::min(all_of_a.size(), all_of_b.size()) < 2) return NameAgreement::unknown;
  switch (compare_words_of(all_of_a, all_of_b, Part::given)) {
    case Likeness::equal:
      return NameAgreement::equal;
    case Likeness::similar:
      return NameAgreement::similar;
    case Likeness::initial:
    case Likeness::short_form:
      return NameAgreement::partial;
    default:
      return NameAgreement::unknown;
  }
}

// The given name in the field of the family name, and the other way round, in `b`.
Likeness compare_crosswise(PersonName a, PersonName b) {
  return std::min(compare_parts(a.given, b.family, Part::given),
                  compare_parts(a.family, b.given, Part::family));
}

NameAgreement compare_swapped(PersonName a, PersonName b) {
  const Likeness likeness = std::max(compare_crosswise(a, b), compare_crosswise(b, a));
  if (likeness == Likeness::equal) return NameAgreement::equal;
  return likeness == Likeness::similar ? NameAgreement::similar : NameAgreement::different;
}

// `one` has but one part, and whoever typed it may have put it into the wrong field.
NameAgreement compare_single_part(PersonName one, PersonName whole) {
  if (one.given.empty() == one.family.empty()) return NameAgreement::different;
  const std::string_view part = one.given.empty() ? one.family : one.given;
  if (compare_parts(part, whole.given, Part::given) >= Likeness::similar) {
    return NameAgreement::given_only;
  }
  return compare_parts(part, whole.family, Part::family) >= Likeness::similar
             ? NameAgreement::family_only
             : NameAgreement::different;
}

bool is_number(std::string_view word) {
  constexpr std::array<std::string_view, 9> kRoman = {"i",  "ii",  "iii",  "iv", "v",
                                                      "vi", "vii", "viii", "ix"};
  return std::ranges::find(kRoman, word) != kRoman.end() ||
         std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// "szkola nr 5" and "szkola nr 6" are two schools, however alike the names.
bool numbers_differ(const Words& a, const Words& b) {
  const auto numbers_of = [](const Words& words) {
    std::vector<std::string_view> numbers;
    std::ranges::copy_if(words, std::back_inserter(numbers), is_number);
    std::ranges::sort(numbers);
    return numbers;
  };
  return numbers_of(a) != numbers_of(b);
}

// Loosely alike: what a hurried hand can make of one name.
bool can_be_same_given_name(std::string_view a, std::string_view b) {
  if (compare_words(a, b, Part::given) != Likeness::differ) return true;
  if (!can_be_one_given_name(a, b)) return false;
  const std::size_t shorter = std::min(a.size(), b.size());
  if (shorter >= 3 && (a.starts_with(b) || b.starts_with(a))) return true;
  const int limit = static_cast<int>(shorter) / 3;
  return limit > 0 && edit_distance(a, b, limit) <= limit;
}

}  // namespace

std::string_view name_of(NameAgreement agreement) {
  switch (agreement) {
    case NameAgreement::different:
      return "different name";
    case NameAgreement::unknown:
      return "a name is missing";
    case NameAgreement::family_only:
      return "same family name, a given name is missing";
    case NameAgreement::given_only:
      return "same given name";
    case NameAgreement::partial:
      return "name agrees as far as it goes";
    case NameAgreement::similar:
      return "similar name";
    case NameAgreement::equal:
      return "same name";
  }
  return "";
}

NameAgreement compare_person_names(PersonName a, PersonName b) {
  const Likeness given = compare_parts(a.given, b.given, Part::given);
  const Likeness family = compare_parts(a.family, b.family, Part::family);
  const NameAgreement straight = combine(given, family);
  if (straight >= NameAgreement::partial) return straight;
  const NameAgreement swapped = compare_swapped(a, b);
  if (swapped >= NameAgreement::similar) return swapped;
  if (given == Likeness::missing || family == Likeness::missing) {
    return std::max(
        {straight, compare_pooled(a, b), compare_single_part(a, b), compare_single_part(b, a)});
  }
  return straight;
}

bool given_names_clash(PersonName a, PersonName b) {
  if (a.given.size() < 2 || b.given.size() < 2) return false;
  if (compare_person_names(a, b) != NameAgreement::different) return false;
  const Words given_of_a(a.given);
  const Words given_of_b(b.given);
  for (const std::string_view left : given_of_a) {
    for (const std::string_view right : given_of_b) {
      if (can_be_same_given_name(left, right)) return false;
    }
  }
  return true;
}

NameAgreement compare_org_names(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return NameAgreement::unknown;
  if (a == b || equal_without_blanks(a, b)) return NameAgreement::equal;
  const Words words_of_a(a);
  const Words words_of_b(b);
  if (numbers_differ(words_of_a, words_of_b)) return NameAgreement::different;
  const Likeness likeness = compare_words_of(words_of_a, words_of_b, Part::family);
  if (likeness < Likeness::similar) return NameAgreement::different;
  if (words_of_a.size() == words_of_b.size()) {
    return likeness == Likeness::equal ? NameAgreement::equal : NameAgreement::similar;
  }
  // One word alone inside a longer name is too little: "bank" and "bank polski".
  return std::min(words_of_a.size(), words_of_b.size()) < 2 ? NameAgreement::different
                                                            : NameAgreement::partial;
}

}  // namespace cdh
