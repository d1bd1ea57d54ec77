// What an administrator can choose by name about matching: the fields that are compared, their
// levels, and the passes of blocking.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cdh {

enum class MatchField : std::uint8_t {
  given,
  family,
  birth,
  email,
  phone,
  identifier,
  address,
  sex,
  generation,
  organization,  // organisations: their names
  employer,      // persons: names of organisations
  domain,        // organisations: internet domains
};
inline constexpr std::size_t kMatchFields = 12;
using MatchFields = std::bitset<kMatchFields>;

// "birth": in hub.yaml, in the stored model and in reasons.
std::string_view name_of(MatchField field);
// "birth date"
std::string_view words_of(MatchField field);
std::optional<MatchField> find_match_field(std::string_view name);

// On each field levels go from agreement to disagreement, so that of several values the smallest
// level counts. Neither value known: kMissing, which speaks neither for nor against.
using Level = std::int8_t;
inline constexpr Level kMissing = -1;
inline constexpr std::size_t kMaxLevels = 11;

// "exact", "typing_error"; of persons and organisations alike.
std::span<const std::string_view> level_names(MatchField field);

// How two parties come to be compared: by a key of one of these kinds that both have. Stored in every
// key: only append.
enum class BlockingPass : std::uint8_t {
  identifier,
  email,
  mail_local,        // the mailbox before the @
  mail_local_start,  // six letters of it
  phone,
  phone_ending,        // its last seven digits: without country and area code
  names,               // the sounds of two words of a name, in any order
  birth,               // the date; also with day and month exchanged
  name_and_year,       // the sound of a word of the name and the year of birth
  name_and_day,        // ... and month and day
  name_and_place,      // ... and the postal code, or the town
  family_name,         // the sound of a word of it
  street,              // house number and the sound of a rare word of the street
  number_and_place,    // house number and postal code
  street_word,         // a rare word of the street
  organization,        // the name
  organization_start,  // the first 24 letters of it
  organization_word,   // a rare word of it
  name_and_employer,   // the sound of a word of the name and a word of the employer
  domain,
  equal,  // everything that is compared
};
inline constexpr std::size_t kBlockingPasses = 21;
using BlockingPasses = std::bitset<kBlockingPasses>;

// "name_and_year"
std::string_view name_of(BlockingPass pass);

}  // namespace cdh
