#include "hub/normalize/person_name.hpp"

#include <algorithm>
#include <iterator>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/transliterate.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

// Sorted. Courtesy and academic titles as they are written before or after names.
constexpr std::string_view kTitles[] = {"dipl", "doktor", "dr",  "drs", "frau", "hab",  "herr",
                                        "inz",  "lic",    "mba", "md",  "mgr",  "miss", "mr",
                                        "mrs",  "ms",     "mx",  "phd", "prof", "sra",  "techn"};
// Those that are names as well (Pan Wei, Nguyen Ing): titles only before a name, or after a comma.
constexpr std::string_view kLeadingTitles[] = {"doc", "ing", "lek", "mag", "pan", "pani", "sir"};
constexpr std::string_view kSuffixes[] = {"ii", "iii", "iv", "jr", "junior", "senior", "sr"};
// Those that are names as well (Jun Wang, Anil Sen): generations only as abbreviations at the end.
constexpr std::string_view kAbbreviatedSuffixes[] = {"jun", "sen"};

// Small words that belong to the family name after them.
constexpr std::string_view kParticles[] = {
    "af",    "al",    "ap",  "auf", "av",  "bin", "bint", "da", "das", "de",  "degli", "del",
    "della", "delle", "den", "der", "di",  "do",  "dos",  "du", "el",  "ibn", "la",    "las",
    "le",    "los",   "ten", "ter", "van", "vom", "von",  "zu", "zum", "zur"};

// Chinese surnames of two characters, most of them from the Hundred Family Surnames (百家姓);
// simplified, and traditional where it differs.
constexpr std::string_view kDoubleSurnames[] = {
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "东方", "東方", "皇甫", "尉迟",
    "尉遲", "公孙", "公孫", "令狐", "宇文", "长孙", "長孫", "慕容", "司徒", "轩辕", "軒轅",
    "夏侯", "南宫", "南宮", "端木", "呼延", "百里", "东郭", "東郭", "西门", "西門", "申屠",
    "独孤", "獨孤", "澹台", "澹臺", "公冶", "太史", "淳于", "单于", "單于", "濮阳", "濮陽",
    "钟离", "鍾離", "闻人", "聞人", "赫连", "赫連", "拓跋", "万俟", "司空", "仲孙", "仲孫",
    "鲜于", "鮮于", "闾丘", "亓官", "梁丘", "左丘", "第五", "纳兰", "納蘭", "完颜"};

constexpr std::string_view kChineseTitles[] = {"先生", "女士", "小姐", "太太",   "老师",
                                               "老師", "经理", "經理", "总经理", "博士",
                                               "教授", "医生", "同志"};

template <std::size_t N>
bool contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool is_surely_no_name(std::string_view word) {
  return contains(kTitles, word) || contains(kSuffixes, word);
}

bool may_be_no_name(std::string_view word) {
  return is_surely_no_name(word) || contains(kLeadingTitles, word) ||
         contains(kAbbreviatedSuffixes, word);
}

void put_suffix(std::string word, FoldedName& name) {
  if (word == "jun" || word == "junior") word = "jr";
  if (word == "sen" || word == "senior") word = "sr";
  name.suffix.push_back(std::move(word));
}

// Moves titles out and generations to their place; a name of nothing but titles keeps them. A word
// that may be a name is one where fewer than `least` others would stay.
void put_words(std::string_view text, std::size_t least, std::vector<std::string>& to,
               FoldedName& name) {
  std::vector<std::string> words = fold_words(text);
  if (std::ranges::all_of(words, may_be_no_name)) {
    std::ranges::move(words, std::back_inserter(to));
    return;
  }
  std::erase_if(words, [](const std::string& word) { return contains(kTitles, word); });
  // "Sr. Silva" in Spanish and Portuguese.
  if (words.size() > 1 && words.front() == "sr") words.erase(words.begin());
  while (words.size() > least && contains(kLeadingTitles, words.front())) {
    words.erase(words.begin());
  }
  const bool is_abbreviated = words.size() > least && trim(text).ends_with('.') &&
                              contains(kAbbreviatedSuffixes, words.back());
  if (is_abbreviated) {
    put_suffix(std::move(words.back()), name);
    words.pop_back();
  }
  for (std::string& word : words) {
    if (contains(kSuffixes, word)) {
      put_suffix(std::move(word), name);
    } else {
      to.push_back(std::move(word));
    }
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
  if (std::string word = joined_reading(text); !word.empty()) name.given.push_back(std::move(word));
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
  for (const std::string_view title : kChineseTitles) {
    if (text.size() > title.size() && text.ends_with(title)) {
      text = trim(text.substr(0, text.size() - title.size()));
    }
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

void put_whole_latin(std::string_view text, FoldedName& name) {
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
    const std::string_view before = text.substr(0, comma), after = text.substr(comma + 1);
    const std::vector<std::string> words = fold_words(after);
    // "Wang, Jun", but "Jan Nowak, jun."
    const bool is_family_alone = fold_words(before).size() == 1;
    const bool is_no_name =
        std::ranges::all_of(words, is_family_alone ? is_surely_no_name : may_be_no_name);
    if (!is_no_name) {
      put_words(before, 1, name.family, name);
      put_words(after, 1, name.given, name);
      return;
    }
    for (const std::string& word : words) {
      if (contains(kSuffixes, word) || contains(kAbbreviatedSuffixes, word)) put_suffix(word, name);
    }
    text = trim(before);
  }
  // The last blank-separated word, whole: "Anna Nowak-Kowalska".
  std::vector<std::string> words;
  put_words(text, 2, words, name);
  if (words.empty()) return;
  std::size_t family = words.size() - 1;
  const std::size_t hyphens = [&] {
    const std::string_view last = text.substr(text.find_last_of(" \t") + 1);
    return static_cast<std::size_t>(std::count(last.begin(), last.end(), '-'));
  }();
  family -= std::min(hyphens, family);
  while (family > 1 && contains(kParticles, words[family - 1])) --family;
  const auto split_at = words.begin() + static_cast<std::ptrdiff_t>(family);
  name.given.assign(std::make_move_iterator(words.begin()), std::make_move_iterator(split_at));
  name.family.assign(std::make_move_iterator(split_at), std::make_move_iterator(words.end()));
}

}  // namespace

bool is_name_particle(std::string_view word) { return contains(kParticles, word); }

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
      put_words(given, 1, name.given, name);
    }
    if (has_han(family)) {
      put_han_family(family, name);
    } else {
      put_words(family, 1, name.family, name);
    }
  }
  put_words(additional, 1, name.given, name);
  return name;
}

}  // namespace cdh
