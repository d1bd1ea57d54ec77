#include "name_titles.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "words.hpp"

namespace cdh::split {

namespace {

// All folded: small, without full stops. Words that are common names (Don, Major, Dean) are left
// out.
constexpr std::string_view kTitles[] = {
    // English
    "mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir", "dame", "lady",
    "lord", "rev", "reverend", "hon", "capt", "lt", "sgt",
    // Polish: courtesy, degrees, offices
    "pan", "pani", "państwo", "mgr", "inż", "hab", "lic", "lek", "med", "dent", "wet", "arch",
    "mec", "ks", "płk", "ppłk", "doc", "zw", "nadzw", "adw", "radca",
    // German, French, Spanish, Portuguese, Italian
    "herr", "frau", "dipl-ing", "ing", "mag", "mme", "mlle", "monsieur", "madame", "sr", "sra",
    "srta", "señor", "señora", "dra", "sig", "dott"};
constexpr std::string_view kJoiners[] = {"&", "and", "i", "und", "y", "et"};
constexpr std::string_view kSuffixes[] = {"jr",  "sr",  "jnr", "snr",   "junior", "senior", "ii",
                                          "iii", "iv",  "phd", "dphil", "md",     "mba",    "msc",
                                          "bsc", "dds", "esq", "cpa",   "rn",     "obe",    "cbe",
                                          "mbe", "llm", "cfa", "jd"};
constexpr std::string_view kParticles[] = {"van", "von", "vom", "der", "den", "de", "del", "della",
                                           "di",  "da",  "dos", "das", "du",  "la", "las", "los",
                                           "zu",  "zum", "zur", "ten", "ter", "af", "bint"};
constexpr std::string_view kSmallParticles[] = {"do", "le",  "te",  "e",   "y",  "al",  "el",
                                                "av", "bin", "ibn", "ben", "'t", "des", "san"};

template <std::size_t N>
bool contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

}  // namespace

std::size_t count_titles(const std::vector<std::string_view>& words) {
  std::size_t count = 0;
  while (count < words.size()) {
    const std::string word = fold(words[count]);
    const bool joins = count > 0 && contains(kJoiners, word) && count + 1 < words.size() &&
                       contains(kTitles, fold(words[count + 1]));
    if (!contains(kTitles, word) && !joins) break;
    if (word == "pan" && words.size() - count < 3) break;
    ++count;
  }
  return count;
}

std::size_t count_suffixes(const std::vector<std::string_view>& words) {
  std::size_t count = 0;
  while (count < words.size() && contains(kSuffixes, fold(words[words.size() - 1 - count])))
    ++count;
  return count;
}

bool is_particle(std::string_view word) {
  return contains(kSmallParticles, word) || contains(kParticles, fold(word));
}

}  // namespace cdh::split
