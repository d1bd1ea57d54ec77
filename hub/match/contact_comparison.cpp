#include "hub/match/contact_comparison.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "hub/match/edit_distance.hpp"

namespace cdh {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string letters_only(std::string_view text) {
  std::string letters;
  std::ranges::copy_if(text, std::back_inserter(letters), is_letter);
  return letters;
}

// Whether a word of the person's name stands in the letters.
bool names(const WordLikeness& likeness, const Signature& person, std::string_view letters) {
  constexpr std::size_t kShortest = 3;
  for (const Slice part : {person.given.words, person.family.words}) {
    for (const WordId id : person.words_of(part)) {
      const std::string_view word = likeness[id].text;
      if (word.size() >= kShortest && letters.find(word) != letters.npos) return true;
    }
  }
  return false;
}

bool are_made_of_names(const WordLikeness& likeness, const Signature& a, const Signature& b,
                       std::string_view letters_of_a, std::string_view letters_of_b) {
  return (names(likeness, a, letters_of_a) || names(likeness, b, letters_of_a)) &&
         (names(likeness, a, letters_of_b) || names(likeness, b, letters_of_b));
}

Level compare_locals(const WordLikeness& likeness, const Signature& a, const EmailFeature& of_a,
                     const Signature& b, const EmailFeature& of_b) {
  constexpr std::size_t kMinLocal = 5;
  constexpr std::size_t kMinLongLocal = 8;
  constexpr int kDomainEdits = 2;
  const std::string_view x = a.letters_of(of_a.local);
  const std::string_view y = b.letters_of(of_b.local);
  if (x == y && x.size() >= kMinLocal) {
    constexpr int kTellingDigits = 2;
    const std::string letters = letters_only(x);
    const bool says_only_the_name =
        of_a.digits < kTellingDigits && are_made_of_names(likeness, a, b, letters, letters);
    return says_only_the_name ? email_level::differ : email_level::local_part;
  }
  const std::size_t shorter = std::min(x.size(), y.size());
  const int edits = shorter >= kMinLongLocal ? 2 : shorter >= kMinLocal ? 1 : 0;
  if (std::popcount(of_a.signs ^ of_b.signs) > 2 * edits) return email_level::differ;
  const bool may_differ = x == y ? shorter >= 3 : edits > 0;
  if (!may_differ || (x != y && edit_distance(x, y, edits) > edits)) return email_level::differ;
  const bool same_domain = of_a.domain == of_b.domain;
  if (!same_domain && edit_distance(likeness[of_a.domain].text, likeness[of_b.domain].text,
                                    kDomainEdits) > kDomainEdits) {
    return email_level::differ;
  }
  if (same_domain) {
    const std::string letters_of_a = letters_only(x);
    const std::string letters_of_b = letters_only(y);
    if (letters_of_a == letters_of_b &&
        are_made_of_names(likeness, a, b, letters_of_a, letters_of_b)) {
      return email_level::differ;
    }
  }
  return email_level::typing_error;
}

constexpr std::uint64_t power_of_ten(int exponent) {
  std::uint64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

int digits_in(std::uint64_t number) {
  int digits = 1;
  for (; number >= 10; number /= 10) ++digits;
  return digits;
}

constexpr int kLocalDigits = 7;  // a number without its area code

bool ends_with(std::uint64_t longer, std::uint64_t shorter) {
  const int digits = digits_in(shorter);
  return digits >= kLocalDigits && longer % power_of_ten(digits) == shorter;
}

// Equal but for what stands before the shorter one, or before that without a 1, which North America
// dials before the area code.
bool end_alike(std::uint64_t shorter, std::uint64_t longer) {
  constexpr std::uint64_t kEnding = power_of_ten(kLocalDigits);
  if (shorter % kEnding != longer % kEnding) return false;
  if (ends_with(longer, shorter)) return true;
  const std::uint64_t first = power_of_ten(digits_in(shorter) - 1);
  return shorter / first == 1 && ends_with(longer, shorter % first);
}

constexpr std::size_t kComparedDigits = 10;

// The last digits, as text.
std::string_view last_digits(std::uint64_t number, std::array<char, kComparedDigits>& room) {
  std::size_t begin = room.size();
  for (; number > 0 && begin > 0; number /= 10) {
    room[--begin] = static_cast<char>('0' + number % 10);
  }
  return {room.data() + begin, room.size() - begin};
}

// Of two numbers with all compared digits: another digit, or two exchanged, makes a difference of at
// most 81, with zeros after it.
bool may_be_one_edit_apart(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t kAll = power_of_ten(kComparedDigits);
  constexpr std::uint64_t kLargest = 81;
  if (std::min(a, b) < kAll / 10) return true;
  std::uint64_t difference = std::max(a % kAll, b % kAll) - std::min(a % kAll, b % kAll);
  while (difference > kLargest && difference % 10 == 0) difference /= 10;
  return difference <= kLargest;
}

}  // namespace

Level compare_email(const WordLikeness& likeness, const Signature& a, const EmailFeature& of_a,
                    const Signature& b, const EmailFeature& of_b) {
  if (of_a.key == of_b.key) return of_a.is_role ? email_level::role : email_level::exact;
  Level level = email_level::differ;
  if (!of_a.is_role && !of_b.is_role) level = compare_locals(likeness, a, of_a, b, of_b);
  const bool in_one_domain = of_a.domain == of_b.domain && !of_a.is_public;
  if (level == email_level::differ && in_one_domain && a.kind == PartyKind::person) {
    return email_level::domain;
  }
  return level;
}

Level compare_phone(PhoneFeature a, PhoneFeature b) {
  if (a.number == b.number) return phone_level::exact;
  const auto [shorter, longer] = std::minmax(a.number, b.number);
  if (shorter < power_of_ten(kLocalDigits - 1)) return phone_level::differ;
  if (end_alike(shorter, longer)) return phone_level::suffix;
  if (!may_be_one_edit_apart(a.number, b.number)) return phone_level::differ;
  std::array<char, kComparedDigits> room_of_a, room_of_b;
  const bool is_near =
      edit_distance(last_digits(a.number, room_of_a), last_digits(b.number, room_of_b), 1) == 1;
  return is_near ? phone_level::digit : phone_level::differ;
}

Level compare_identifier(const Signature& a, const IdentifierFeature& of_a, const Signature& b,
                         const IdentifierFeature& of_b) {
  constexpr std::size_t kShortestNear = 6;
  if (of_a.type != of_b.type) return kMissing;
  if (of_a.key == of_b.key) return identifier_level::exact;
  const std::string_view x = a.letters_of(of_a.value);
  const std::string_view y = b.letters_of(of_b.value);
  const bool is_near = std::min(x.size(), y.size()) >= kShortestNear && edit_distance(x, y, 1) == 1;
  return is_near ? identifier_level::near : identifier_level::differ;
}

bool mailbox_says(const WordLikeness& likeness, const Signature& party,
                  std::span<const WordId> name) {
  constexpr std::size_t kShortestWord = 3;
  constexpr std::size_t kShortestPart = 5;
  for (const EmailFeature& email : party.emails()) {
    const std::string_view local = party.letters_of(email.local);
    const std::string letters = letters_only(local);
    for (const WordId id : name) {
      const std::string_view word = likeness[id].text;
      if (word.size() < kShortestWord) continue;
      if (word.size() >= kShortestPart && letters.find(word) != letters.npos) return true;
      for (std::size_t at = local.find(word); at != local.npos; at = local.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_letter(local[at - 1]);
        const bool ends = end == local.size() || !is_letter(local[end]);
        if (begins && ends) return true;
      }
    }
  }
  return false;
}

}  // namespace cdh
