#include "east_asian_name.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "person_name.hpp"
#include "words.hpp"

namespace cdh::split {

namespace {

constexpr std::string_view kCompoundSurnames[] = {
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方", "独孤",
    "獨孤", "南宫", "南宮", "夏侯", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐",
    "宇文", "长孙", "長孫", "司空", "端木", "百里", "东郭", "呼延", "轩辕", "軒轅", "闻人",
    "남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"};
constexpr std::string_view kTitles[] = {"先生", "女士", "小姐", "太太", "夫人", "教授",
                                        "博士", "医生", "醫生", "老师", "老師", "經理",
                                        "经理", "様",   "님",   "씨"};
constexpr UChar32 kMiddleDots[] = {0x00B7, 0x30FB, 0x2027, 0x2022};

bool is_middle_dot(UChar32 point) {
  return std::find(std::begin(kMiddleDots), std::end(kMiddleDots), point) != std::end(kMiddleDots);
}

bool is_name_character(UChar32 point) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(point, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HANGUL;
}

// The characters of a run without blanks, as views; empty when one is of another script.
std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> out;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto begin = static_cast<std::size_t>(at);
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0 || !is_name_character(point)) return {};
    out.push_back(text.substr(begin, static_cast<std::size_t>(at) - begin));
  }
  return out;
}

// Removes a title from the end, if something is left before it.
void take_title(std::string& text, PersonName& name) {
  for (const std::string_view title : kTitles) {
    if (text.size() <= title.size()) continue;
    if (text.compare(text.size() - title.size(), title.size(), title) != 0) continue;
    name.honorific_prefix = title;
    text = tidy(std::string_view(text).substr(0, text.size() - title.size()));
    return;
  }
}

// Middle dots become blanks; true when there were any.
bool open_middle_dots(std::string& text) {
  std::string out;
  bool found = false;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const auto begin = static_cast<std::size_t>(at);
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (is_middle_dot(point)) {
      out += ' ';
      found = true;
    } else {
      out.append(text, begin, static_cast<std::size_t>(at) - begin);
    }
  }
  text = tidy(out);
  return found;
}

std::size_t surname_length(const std::vector<std::string_view>& parts) {
  if (parts.size() == 1 || parts.size() > 4) return parts.size();
  const std::string two = std::string(parts[0]) + std::string(parts[1]);
  const bool compound = std::find(std::begin(kCompoundSurnames), std::end(kCompoundSurnames),
                                  two) != std::end(kCompoundSurnames);
  return parts.size() == 4 || (compound && parts.size() > 2) ? 2 : 1;
}

}  // namespace

bool split_east_asian_name(const std::string& text, PersonName& name) {
  std::string rest = text;
  const bool foreign = open_middle_dots(rest);
  PersonName found;
  take_title(rest, found);
  const std::vector<std::string_view> runs = words(rest);
  if (runs.empty()) return false;
  for (const std::string_view run : runs) {
    if (characters(run).empty()) return false;
  }
  if (runs.size() > 1 && foreign) {
    found.given_name = runs.front();
    found.additional_name = join(runs, 1, runs.size() - 1);
    found.family_name = runs.back();
  } else if (runs.size() > 1) {
    found.family_name = runs.front();
    for (std::size_t i = 1; i < runs.size(); ++i) found.given_name += runs[i];
  } else {
    const std::vector<std::string_view> parts = characters(runs[0]);
    const std::size_t length = surname_length(parts);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      (i < length ? found.family_name : found.given_name) += parts[i];
    }
  }
  name = found;
  return true;
}

}  // namespace cdh::split
