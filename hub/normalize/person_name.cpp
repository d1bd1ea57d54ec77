#include "hub/normalize/person_name.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/transliterate.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// Where a word that is written beside names is surely no name. Elsewhere it is kept as one: of two
// people who differ by that name only, one would be lost.
enum class Place : std::uint8_t {
  anywhere,       // nobody's name
  in_front,       // at the front, or after a comma; at the end "Herr" is a family name
  before_name,    // before given and family name, or abbreviated with a dot: Pan Wei has two words
  behind_name,    // behind given and family name: Md Rahman, Junior Silva
  set_off_behind  // there, and after a comma or with a dot: Anil Sen, Li Wei Jun, Léon Mba
};

// A courtesy or academic title, or a generation.
struct Addition {
  std::string_view word;
  Place place = Place::anywhere;
  std::string_view generation = {};  // as FoldedName::suffix says it
  Sex sex = Sex::unknown;
};

constexpr Addition kAdditions[] = {
    {"dipl"},
    {"doc", Place::before_name},
    {"doktor", Place::in_front},
    {"dr"},
    {"drs"},
    {"frau", Place::in_front, {}, Sex::female},
    {"hab"},
    {"herr", Place::in_front, {}, Sex::male},
    {"ii", Place::anywhere, "ii"},
    {"iii", Place::anywhere, "iii"},
    {"ing", Place::before_name},
    {"inz"},
    {"iv", Place::anywhere, "iv"},
    {"jr", Place::anywhere, "jr"},
    {"jun", Place::set_off_behind, "jr"},
    {"junior", Place::behind_name, "jr"},
    {"lek", Place::before_name},
    {"lic"},
    {"mag", Place::before_name},
    {"mba", Place::set_off_behind},
    {"md", Place::behind_name},
    {"mgr"},
    {"miss", Place::in_front, {}, Sex::female},
    {"mr", Place::anywhere, {}, Sex::male},
    {"mrs", Place::anywhere, {}, Sex::female},
    {"ms", Place::anywhere, {}, Sex::female},
    {"mx"},
    {"pan", Place::before_name, {}, Sex::male},
    {"pani", Place::in_front, {}, Sex::female},
    {"phd"},
    {"prof"},
    {"sen", Place::set_off_behind, "sr"},
    {"senior", Place::behind_name, "sr"},
    {"sir", Place::in_front, {}, Sex::male},
    {"sr", Place::anywhere, "sr"},
    {"sra", Place::anywhere, {}, Sex::female},
    {"techn"},
};

// Sorted.
constexpr std::string_view kParticles[] = {
    "abd", "af",    "al",  "ap",  "auf", "av",  "bin", "bint", "binti", "da",  "das", "de",
    "del", "della", "den", "der", "di",  "do",  "dos", "du",   "el",    "ibn", "la",  "las",
    "le",  "los",   "mac", "mc",  "ten", "ter", "van", "vom",  "von",   "zu",  "zum", "zur"};

// Chinese surnames of two characters, most of them from the Hundred Family Surnames (百家姓);
// simplified, and traditional where it differs.
constexpr std::string_view kDoubleSurnames[] = {
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟",
    "尉遲", "公孙", "公孫", "令狐", "宇文", "长孙", "長孫", "慕容", "司徒", "轩辕", "軒轅",
    "夏侯", "南宫", "南宮", "端木", "呼延", "百里", "东郭", "東郭", "西门", "西門", "申屠",
    "独孤", "獨孤", "澹台", "澹臺", "公冶", "太史", "淳于", "单于", "單于", "濮阳", "濮陽",
    "钟离", "鍾離", "闻人", "聞人", "赫连", "赫連", "拓跋", "万俟", "司空", "仲孙", "仲孫",
    "鲜于", "鮮于", "闾丘", "亓官", "梁丘", "左丘", "第五", "纳兰", "納蘭", "完颜"};

struct ChineseTitle {
  std::string_view text;
  Sex sex = Sex::unknown;
};

constexpr ChineseTitle kChineseTitles[] = {{"先生", Sex::male},
                                           {"女士", Sex::female},
                                           {"小姐", Sex::female},
                                           {"太太", Sex::female},
                                           {"老师"},
                                           {"老師"},
                                           {"经理"},
                                           {"經理"},
                                           {"总经理"},
                                           {"博士"},
                                           {"教授"},
                                           {"医生"},
                                           {"同志"}};

// A folded word, and how the text sets it off.
struct WrittenWord {
  std::string text;
  bool is_after_comma = false;
  bool is_run_on = false;      // a letter right after a dot: the D of "Ph.D."
  bool is_hyphenated = false;  // to the word before it
  bool has_dot = false;
  const Addition* addition = nullptr;  // what it may be besides a name
};

const Addition* find_addition(std::string_view word) {
  const auto* const found = std::ranges::find(kAdditions, word, &Addition::word);
  return found == std::end(kAdditions) ? nullptr : found;
}

// "John Roe, Ph.D., M.D.": "ph" and "d" are one word. Before a name they are initials: "J.M.D. Roe".
void join_degrees(std::vector<WrittenWord>& words) {
  for (std::size_t i = words.size(); i-- > 1;) {
    if (i == 1 && !words[0].is_after_comma) return;
    const bool is_last = i + 1 == words.size() || words[i + 1].is_after_comma;
    if (!is_last || !words[i].is_run_on) continue;
    const std::string joined = words[i - 1].text + words[i].text;
    if (joined != "phd" && joined != "md") continue;
    words[i - 1].text = joined;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

std::vector<std::string_view> split_at_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string_view> tokens;
  while ((text = text.substr(std::min(text.find_first_not_of(kBlanks), text.size()))) != "") {
    const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
    tokens.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return tokens;
}

std::vector<WrittenWord> read_words(std::string_view text, bool is_after_comma = false) {
  std::vector<WrittenWord> words;
  bool is_after_dot = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(",."), text.size());
    is_after_dot = is_after_dot && end == 1;
    const auto add = [&](std::string_view token, bool is_in_one) {
      bool is_hyphenated = false;
      for (std::string& word : fold_words(token)) {
        words.push_back({.text = std::move(word),
                         .is_after_comma = std::exchange(is_after_comma, false),
                         .is_run_on = is_after_dot,
                         .is_hyphenated = std::exchange(is_hyphenated, is_in_one)});
      }
    };
    const std::string_view part = text.substr(0, end);
    if (part.find('-') == part.npos) {
      add(part, false);
    } else {
      for (const std::string_view token : split_at_blanks(part)) {
        add(token, token.find('-') != token.npos);
      }
    }
    if (end == text.size()) break;
    if (text[end] == ',') is_after_comma = true;
    is_after_dot = text[end] == '.';
    if (is_after_dot && !words.empty()) words.back().has_dot = true;
    text.remove_prefix(end + 1);
  }
  join_degrees(words);
  for (WrittenWord& word : words) word.addition = find_addition(word.text);
  return words;
}

// Wherever it stands.
bool is_surely_none_of_the_name(const WrittenWord& word) {
  if (word.addition == nullptr) return false;
  const Place place = word.addition->place;
  return place == Place::anywhere || (place == Place::in_front && word.is_after_comma) ||
         (place == Place::before_name && word.has_dot);
}

bool is_addition_behind(const WrittenWord& word) {
  if (word.addition == nullptr) return false;
  const bool is_set_off = word.is_after_comma || word.has_dot;
  return word.addition->place == Place::behind_name ||
         (word.addition->place == Place::set_off_behind && is_set_off);
}

// How many words before a title or generation make a name: in a field of its own one.
enum class NameSize : std::size_t { of_part = 1, of_whole = 2 };

// What it says besides a name.
void note_addition(const WrittenWord& word, FoldedName& name) {
  const auto& [text, place, generation, sex] = *word.addition;
  if (!generation.empty()) name.suffix.emplace_back(generation);
  if (name.sex == Sex::unknown) name.sex = sex;
}

// Takes titles out, and generations to their place. A name of nothing but such words keeps them.
std::vector<WrittenWord> take_name(std::vector<WrittenWord> words, NameSize size,
                                   FoldedName& name) {
  const auto least = static_cast<std::size_t>(size);
  // "Sr. Silva" in Spanish and Portuguese.
  if (words.size() > 1 && words.front().text == "sr") words.erase(words.begin());
  if (!std::ranges::all_of(words, is_surely_none_of_the_name)) {
    std::erase_if(words, [&](const WrittenWord& word) {
      const bool is_out = is_surely_none_of_the_name(word);
      if (is_out) note_addition(word, name);
      return is_out;
    });
  }
  const auto is_title_in_front = [&] {
    if (words.size() < 2 || words.front().addition == nullptr) return false;
    const Place place = words.front().addition->place;
    return place == Place::in_front || (place == Place::before_name && words.size() > least);
  };
  while (is_title_in_front()) {
    note_addition(words.front(), name);
    words.erase(words.begin());
  }
  while (words.size() > least && is_addition_behind(words.back())) {
    note_addition(words.back(), name);
    words.pop_back();
  }
  return words;
}

// One field of a name.
void put_part(std::string_view text, std::vector<std::string>& to, FoldedName& name) {
  for (WrittenWord& word : take_name(read_words(text), NameSize::of_part, name)) {
    to.push_back(std::move(word.text));
  }
}

std::string joined_reading(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const char32_t point = next_code_point(text, i); is_han(point)) out += han_reading(point);
  }
  return out;
}

void put_han_given(std::string_view text, FoldedName& name) {
  std::string word = joined_reading(text);
  if (word.empty()) return;
  name.given.push_back(std::move(word));
  for (std::size_t i = 0; i < text.size();) {
    const char32_t point = next_code_point(text, i);
    if (is_han(point)) name.given_characters += simplified_han(point);
  }
}

void put_han_family(std::string_view text, FoldedName& name) {
  std::string only_han;
  for (std::size_t i = 0; i < text.size();) {
    if (const char32_t point = next_code_point(text, i); is_han(point))
      append_utf8(point, only_han);
  }
  if (!only_han.empty()) name.family.push_back(surname_reading(only_han));
}

// How many bytes at the front are the surname.
std::size_t surname_size(std::string_view han) {
  for (const std::string_view surname : kDoubleSurnames) {
    if (han.starts_with(surname)) return surname.size();
  }
  std::size_t size = 0;
  if (!han.empty()) next_code_point(han, size);
  return size;
}

void put_whole_han(std::string_view text, FoldedName& name) {
  for (const auto& [title, sex] : kChineseTitles) {
    if (text.size() <= title.size() || !text.ends_with(title)) continue;
    text = trim(text.substr(0, text.size() - title.size()));
    if (name.sex == Sex::unknown) name.sex = sex;
  }
  // A middle dot stands between the given and the father's name of other peoples of China.
  for (const std::string_view dot : {"·", "•", "・", "‧"}) {
    if (const std::size_t at = text.find(dot); at != std::string_view::npos) {
      put_han_given(text.substr(0, at), name);
      put_han_family(text.substr(at + dot.size()), name);
      return;
    }
  }
  const std::size_t blank = text.find_first_of(" \t");
  const std::size_t surname = blank == std::string_view::npos ? surname_size(text) : blank;
  put_han_family(text.substr(0, surname), name);
  put_han_given(text.substr(surname), name);
}

// "Kowalska, Anna", and not "Anna Kowalska, MD". What may be both, as in "Wang, Jun", is an
// addition where given and family name stand before the comma already.
bool has_family_before_comma(std::string_view before, std::string_view after) {
  const std::vector<WrittenWord> first = read_words(before);
  const bool is_whole = 2 <= std::ranges::count_if(first, [](const WrittenWord& word) {
                          return !is_surely_none_of_the_name(word) && !is_name_particle(word.text);
                        });
  std::vector<WrittenWord> second = read_words(after, true);
  for (WrittenWord& word : second) word.is_after_comma = true;
  return std::ranges::any_of(second, [&](const WrittenWord& word) {
    return !is_surely_none_of_the_name(word) && !(is_whole && is_addition_behind(word));
  });
}

void put_whole_latin(std::string_view text, FoldedName& name) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
    const std::string_view before = text.substr(0, comma), after = text.substr(comma + 1);
    if (has_family_before_comma(before, after)) {
      put_part(before, name.family, name);
      put_part(after, name.given, name);
      return;
    }
  }
  std::vector<WrittenWord> words = take_name(read_words(text), NameSize::of_whole, name);
  if (words.empty()) return;
  std::size_t family = words.size() - 1;
  while (family > 0 && words[family].is_hyphenated) --family;  // "Anna Nowak-Kowalska"
  while (family > 1 && is_name_particle(words[family - 1].text)) --family;
  name.may_be_reversed = family > 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    (i < family ? name.given : name.family).push_back(std::move(words[i].text));
  }
}

// One initial consonant or none, vowels, and one of the few that may end it, without diacritics.
bool is_vietnamese_syllable(std::string_view word) {
  constexpr std::string_view kInitials[] = {"ngh", "ng", "nh", "gh", "ch", "kh", "ph", "qu", "th",
                                            "tr",  "b",  "c",  "d",  "g",  "h",  "k",  "l",  "m",
                                            "n",   "p",  "q",  "r",  "s",  "t",  "v",  "x"};
  constexpr std::string_view kFinals[] = {"ng", "nh", "ch", "c", "m", "n", "p", "t"};
  const auto* const initial = std::ranges::find_if(
      kInitials, [&](std::string_view text) { return word.starts_with(text); });
  if (initial != std::end(kInitials)) word.remove_prefix(initial->size());
  const auto* const final =
      std::ranges::find_if(kFinals, [&](std::string_view text) { return word.ends_with(text); });
  if (final != std::end(kFinals)) word.remove_suffix(final->size());
  constexpr std::size_t kMostVowels = 3;
  return !word.empty() && word.size() <= kMostVowels &&
         word.find_first_not_of("aeiouy") == word.npos;
}

}  // namespace

bool is_name_particle(std::string_view word) {
  static_assert(std::ranges::is_sorted(kParticles));
  return std::ranges::binary_search(kParticles, word);
}

Sex sex_of_middle_name(std::string_view word, std::string_view next) {
  if (word == "thi") return Sex::female;
  const bool is_van_anh = next == "anh";  // cloud, a woman's name
  return word == "van" && !is_name_particle(next) && !is_van_anh ? Sex::male : Sex::unknown;
}

bool is_vietnamese_name(std::span<const std::string_view> words) {
  return std::ranges::all_of(words, is_vietnamese_syllable);
}

FoldedName fold_person_name(std::string_view given, std::string_view additional,
                            std::string_view family, std::string_view native) {
  FoldedName name;
  given = trim(given);
  family = trim(family);
  if (given.empty() && family.empty()) {
    native = trim(native);
    if (has_han(native)) {
      put_whole_han(native, name);
    } else {
      put_whole_latin(native, name);
    }
  } else {
    if (has_han(given)) {
      put_han_given(given, name);
    } else {
      put_part(given, name.given, name);
    }
    if (has_han(family)) {
      put_han_family(family, name);
    } else {
      put_part(family, name.family, name);
    }
  }
  if (name.given.size() > 1) {
    const Sex told = sex_of_middle_name(name.given[0], name.given[1]);
    if (told != Sex::unknown) name.given.erase(name.given.begin());
    if (name.sex == Sex::unknown) name.sex = told;
  }
  put_part(additional, name.given, name);
  return name;
}

}  // namespace cdh
