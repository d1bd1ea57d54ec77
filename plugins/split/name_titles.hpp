// Words that stand around a name and are not part of it, and the small words inside family names.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cdh::split {

// How many words at the front are titles: dr, Prof., mgr inż., Mr & Mrs, Sra. The Polish "Pan",
// also a Chinese family name, counts only before two more words.
std::size_t count_titles(const std::vector<std::string_view>& words);

// How many words at the end are suffixes: Jr, III, PhD, MBA.
std::size_t count_suffixes(const std::vector<std::string_view>& words);

// Whether the word belongs to the family name behind it: van, von der, de la. Those that are names
// or initials as well (Do, Le, E) count only in small letters.
bool is_particle(std::string_view word);

}  // namespace cdh::split
