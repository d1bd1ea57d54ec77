#include "hub/normalize/transliterate.hpp"

#include <cstdint>
#include <memory>
#include <unordered_map>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "hub/base/error.hpp"
#include "hub/normalize/script_rules.hpp"
#include "hub/normalize/utf8.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxRemembered = 1 << 16;
constexpr std::size_t kMaxRememberedBytes = 64;  // longer words do not come again

// A transliterator of this thread. Loading the rules takes up to 150 ms, so it happens once; the
// threads work with copies, which share the rules.
class Transliterator {
 public:
  explicit Transliterator(const std::string& rules) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    icu_.reset(icu::Transliterator::createFromRules("latin", icu::UnicodeString::fromUTF8(rules),
                                                    UTRANS_FORWARD, place, status));
    if (U_FAILURE(status) || icu_ == nullptr) {
      throw Error(ErrorKind::internal,
                  "ICU's data lacks a transliteration; install the full ICU data (Debian: "
                  "libicu72): " +
                      std::string(u_errorName(status)));
    }
  }
  Transliterator(const Transliterator& other) : icu_(other.icu_->clone()) {}
  Transliterator& operator=(const Transliterator&) = delete;

  std::string apply(std::string_view text) const {
    icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    icu_->transliterate(wide);
    std::string out;
    wide.toUTF8String(out);
    return out;
  }

 private:
  std::unique_ptr<icu::Transliterator> icu_;
};

const Transliterator& any_to_ascii() {
  static const Transliterator prototype(latin_rules());
  thread_local const Transliterator own(prototype);
  return own;
}

const Transliterator& chinese_names_to_ascii() {
  static const Transliterator prototype("::Han-Latin/Names; ::Latin-ASCII;");
  thread_local const Transliterator own(prototype);
  return own;
}

const Transliterator& to_simplified() {
  static const Transliterator prototype("::Traditional-Simplified;");
  thread_local const Transliterator own(prototype);
  return own;
}

std::string lower_letters(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += c;
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

std::string latin_word(std::string_view word) {
  thread_local std::unordered_map<std::string, std::string> remembered;
  if (word.size() > kMaxRememberedBytes) return any_to_ascii().apply(word);
  if (const auto found = remembered.find(std::string(word)); found != remembered.end()) {
    return found->second;
  }
  if (remembered.size() >= kMaxRemembered) remembered.clear();
  return remembered.emplace(word, any_to_ascii().apply(word)).first->second;
}

std::string_view han_reading(char32_t character) {
  thread_local std::unordered_map<char32_t, std::string> remembered;
  const auto [entry, is_new] = remembered.try_emplace(character);
  if (is_new) {
    std::string text;
    append_utf8(character, text);
    entry->second = lower_letters(any_to_ascii().apply(text));
  }
  return entry->second;
}

std::string_view simplified_han(char32_t character) {
  thread_local std::unordered_map<char32_t, std::string> remembered;
  const auto [entry, is_new] = remembered.try_emplace(character);
  if (is_new) {
    std::string text;
    append_utf8(character, text);
    entry->second = to_simplified().apply(text);
  }
  return entry->second;
}

std::string surname_reading(std::string_view surname) {
  thread_local std::unordered_map<std::string, std::string> remembered;
  if (surname.size() > kMaxRememberedBytes) {
    return lower_letters(chinese_names_to_ascii().apply(surname));
  }
  if (remembered.size() >= kMaxRemembered) remembered.clear();
  const auto [entry, is_new] = remembered.try_emplace(std::string(surname));
  if (is_new) entry->second = lower_letters(chinese_names_to_ascii().apply(surname));
  return entry->second;
}

}  // namespace cdh
