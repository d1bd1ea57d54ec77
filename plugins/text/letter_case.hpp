// Upper case, lower case and the case of names, by Unicode's rules for no particular language.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <unicode/ucasemap.h>

namespace cdh::text {

enum class LetterCase { keep, upper, lower, title };

// Title case is for names. Each word begins with a capital, also after a hyphen and after the
// apostrophe of O'Brien and D'Angelo.
// - A text wholly in capitals is first written small: ANNA NOWAK-ZIELIŃSKA, Anna Nowak-Zielińska.
// - In any other text a word that has a capital already stays as it is: McDonald, IBM, iPhone.
// - Particles (van, von, de, la, ...) stay small unless they begin the text: LUDWIG VAN BEETHOVEN,
//   Ludwig van Beethoven. Roman numerals up to ten stay capitals: HENRY VIII, Henry VIII.
// What capitals alone no longer tell is lost: MCDONALD becomes Mcdonald.
class CaseMapper {
 public:
  explicit CaseMapper(LetterCase target);

  // `text` itself when there is nothing to change, else a view that the next call ends. The text
  // must be UTF-8.
  std::string_view apply(std::string_view text);

 private:
  std::string_view to_title(std::string_view text);
  void map_all(std::string_view text);

  LetterCase target_;
  std::unique_ptr<UCaseMap, decltype(&ucasemap_close)> map_;
  std::string buffer_, lowered_;
};

}  // namespace cdh::text
