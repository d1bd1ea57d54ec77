#include "hub/match/sound.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace cdh {

namespace {

// Letters written for one sound, the longest first.
constexpr std::array<std::pair<std::string_view, char>, 15> kDigraphs = {{{"sch", 's'},
                                                                          {"sh", 's'},
                                                                          {"sz", 's'},
                                                                          {"cz", 's'},
                                                                          {"ch", 'k'},
                                                                          {"ck", 'k'},
                                                                          {"ph", 'f'},
                                                                          {"th", 't'},
                                                                          {"gh", 'g'},
                                                                          {"kn", 'n'},
                                                                          {"wr", 'r'},
                                                                          {"dg", 'j'},
                                                                          {"tz", 's'},
                                                                          {"rz", 's'},
                                                                          {"qu", 'k'}}};

constexpr char kSilent = '\0';

// The sound's letter, or kSilent.
char letter_of(char letter, bool is_first) {
  switch (letter) {
    case 'c':
    case 'k':
    case 'q':
    case 'x':
    case 'g':
      return 'k';
    case 's':
    case 'z':
      return 's';
    case 'v':
    case 'w':
      return is_first ? 'v' : 'f';
    case 'd':
    case 't':
      return 't';
    case 'b':
    case 'p':
      return 'p';
    case 'm':
    case 'n':
      return 'n';
    case 'h':
      return is_first ? 'h' : kSilent;
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
    case 'y':
      return is_first ? 'a' : kSilent;
    default:
      return letter;
  }
}

}  // namespace

std::string sound_of(std::string_view word) {
  std::string sound;
  for (bool is_first = true; !word.empty(); is_first = false) {
    const auto digraph = std::ranges::find_if(
        kDigraphs, [&](const auto& known) { return word.starts_with(known.first); });
    const bool is_digraph = digraph != kDigraphs.end();
    const char letter = letter_of(is_digraph ? digraph->second : word.front(), is_first);
    if (letter != kSilent && (sound.empty() || sound.back() != letter)) sound += letter;
    word.remove_prefix(is_digraph ? digraph->first.size() : 1);
  }
  return sound;
}

}  // namespace cdh
