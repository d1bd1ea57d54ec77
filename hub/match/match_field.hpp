// The levels on which two values of a field can agree, and what is known of them before any data is
// seen.
//
// Fellegi and Sunter 1969, with graded levels, and with four kinds of pairs in place of two:
//
//   match       the same customer
//   household   persons: a family, or people of one office; organisations: branches of a chain, or
//               companies of one campus. They share a family name, an address, a phone, a mailbox
//   namesake    they share a name and nothing else
//   random      any other two
//
// So what families and namesakes share does not speak for a match by itself: it is explained as
// well by the second and third kind. How often a level occurs among matches, households, namesakes
// and random pairs is learnt from the data (training.hpp), starting from the figures here, which
// are rough: data outweighs them from some hundred pairs on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "hub/match/signature.hpp"
#include "hub/model/match_choices.hpp"

namespace cdh {

// The levels by name (match_choices.hpp).
namespace given_level {
enum : Level {
  exact,
  nickname,
  typing_error,
  second_name,
  initial,
  loose,
  alike,
  mixed,
  differ,
  other_name
};
}
namespace family_level {
enum : Level { exact, typing_error, part, initial, loose, differ };
}
namespace birth_level {
enum : Level {
  exact,
  swapped,
  digit,
  two_parts,
  year,
  two_digits,
  differ,
  generation,
  mailbox_year
};
}
namespace email_level {
enum : Level { exact, shared, role, typing_error, local_part, domain, differ };
}
namespace phone_level {
enum : Level { exact, shared, suffix, digit, differ };
}
namespace identifier_level {
enum : Level { exact, near, differ };
}
namespace address_level {
enum : Level {
  same,
  same_street_and_number,
  elsewhere,
  street,
  street_only,
  neighbour,
  number_and_place,
  postal_code,
  town,
  part,
  differ
};
}
namespace organization_level {
enum : Level { exact, typing_error, contained, partial, numbers_differ, weak, differ };
}
namespace binary_level {  // sex, generation, employer, domain
enum : Level { agree, differ };
}

// What is known of a level before any data is seen.
struct LevelPrior {
  std::string_view words;  // "a typing error apart"
  double match;            // its share among matches, before they are made to add up to 1
  double household;        // among households; negative: as among random pairs
  double random;
  // The weight (log2 of match over random) is kept between these. The largest is the chance that a
  // value is there by mistake or was reused; the smallest what training may forgive.
  double least, most;
  bool uses_rarity;  // a rare value weighs more: its own frequency stands in for `random`
};

// The levels of the field, none where the kind of party has no such field.
std::span<const LevelPrior> level_priors(PartyKind kind, MatchField field);
// The shares of the levels among namesakes; none: as among random pairs.
std::span<const double> namesake_priors(PartyKind kind, MatchField field);

// What a level says in one word.
enum class LevelMeaning : std::uint8_t { unknown, same, similar, different };
LevelMeaning meaning_of(MatchField field, Level level);

}  // namespace cdh
