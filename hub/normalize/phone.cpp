#include "hub/normalize/phone.hpp"

#include <algorithm>

#include <phonenumbers/phonenumberutil.h>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/phone_plan.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kMaxTextBytes = 100;
constexpr std::size_t kMaxRemembered = 1 << 16;
constexpr std::size_t kMaxExtensionDigits = 7;
constexpr std::size_t kMinDigitsBeforeExtension = 5;

// What stands before an extension, lower case: English, Polish, German, Russian, Chinese.
constexpr std::string_view kExtensionMarks[] = {
    "x",    "ext",   "ext.",       "extn", "extension", ";ext=",     "#",   "wew",  "wew.",
    "wewn", "wewn.", "wewnętrzny", "w.",   "dw",        "durchwahl", "nst", "nst.", "доб",
    "доб.", "转",    "轉",         "分机", "分機",      "int",       "int."};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Dialled {
  std::string_view number;
  std::string_view extension;
};

// "601 234 567 wew. 12" -> {"601 234 567", "12"}
Dialled part_extension(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  const std::string_view extension = text.substr(begin);
  const std::string lower = ascii_lower(trim(text.substr(0, begin)));
  if (extension.empty() || extension.size() > kMaxExtensionDigits) return {text, {}};
  std::string_view before = lower;
  while (before.ends_with(':')) before = trim(before.substr(0, before.size() - 1));
  std::size_t mark_size = 0;
  for (const std::string_view mark : kExtensionMarks) {
    if (before.ends_with(mark)) mark_size = std::max(mark_size, mark.size());
  }
  before.remove_suffix(mark_size);
  while (!before.empty() && (before.back() == ',' || before.back() == ' ')) before.remove_suffix(1);
  const auto digits = std::count_if(before.begin(), before.end(), is_digit);
  const bool is_whole_word = !before.empty() && !(before.back() >= 'a' && before.back() <= 'z');
  if (mark_size == 0 || !is_whole_word ||
      static_cast<std::size_t>(digits) < kMinDigitsBeforeExtension) {
    return {text, {}};
  }
  return {text.substr(0, before.size()), extension};
}

struct Reading {
  PhoneNumber number;
  bool is_number = false;
  bool is_valid = false;
};

Reading read(const std::string& text, const std::string& country) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  Reading reading;
  reading.is_number =
      util.Parse(text, country, &reading.number) == PhoneNumberUtil::NO_PARSING_ERROR;
  reading.is_valid = reading.is_number && util.IsValidNumber(reading.number);
  return reading;
}

// A number cell has lost the plus, and may have gained ".0".
std::string without_plus_lost(std::string text) {
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  if (text.size() < 9 || text.size() > 17) return {};
  if (!std::all_of(text.begin(), text.end(), is_digit)) return {};
  return "+" + (text.starts_with("00") ? text.substr(2) : text);
}

std::optional<Phone> ask_libphonenumber(std::string_view text, std::string_view country) {
  const std::string plain = plain_width(text);
  const std::string region = country.empty() ? std::string("ZZ") : std::string(country);
  Reading reading = read(plain, region);
  if (!reading.is_valid) {
    if (const std::string recovered = without_plus_lost(plain); !recovered.empty()) {
      if (Reading other = read(recovered, region); other.is_valid) reading = std::move(other);
    }
  }
  if (!reading.is_number) return std::nullopt;
  Phone phone;
  PhoneNumberUtil::GetInstance()->Format(reading.number, PhoneNumberUtil::E164, &phone.e164);
  phone.extension = reading.number.extension();
  phone.valid = reading.is_valid;
  return phone;
}

}  // namespace

std::optional<Phone> PhoneNormalizer::normalize(std::string_view text, std::string_view country) {
  text = trim(text);
  if (text.empty() || text.size() > kMaxTextBytes) return std::nullopt;
  if (std::string e164 = e164_by_plan(text, country); !e164.empty()) {
    return Phone{std::move(e164), {}, true};
  }
  const Dialled dialled = part_extension(text);
  if (!dialled.extension.empty()) {
    std::optional<Phone> phone = normalize(dialled.number, country);
    if (phone) phone->extension = dialled.extension;
    return phone;
  }
  std::string key(country);
  key += ' ';
  key += text;
  if (const auto found = remembered_.find(key); found != remembered_.end()) return found->second;
  if (remembered_.size() >= kMaxRemembered) remembered_.clear();
  return remembered_.emplace(std::move(key), ask_libphonenumber(text, country)).first->second;
}

}  // namespace cdh
