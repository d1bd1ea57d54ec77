#include "hub/run/profile_search.hpp"

#include <algorithm>
#include <string_view>

#include "hub/base/text.hpp"
#include "hub/normalize/email.hpp"
#include "hub/normalize/fold.hpp"
#include "hub/normalize/phone.hpp"

namespace cdh {

namespace {

bool holds_all(std::string_view name, const std::vector<std::string>& words) {
  return std::ranges::all_of(
      words, [&](const std::string& word) { return name.find(word) != std::string_view::npos; });
}

// Tells whether a name fits what is looked for.
class NameFilter {
 public:
  explicit NameFilter(const std::string& text) : is_han_(has_han(text)) {
    if (is_han_) {
      const std::string composed = nfc(text);
      for (const std::string_view word : split(composed, ' ')) {
        if (!word.empty()) words_.emplace_back(word);
      }
    } else {
      words_ = fold_words(text);
    }
  }

  bool operator()(std::string_view name) const {
    if (words_.empty()) return false;
    if (is_han_) return holds_all(name, words_);
    std::string folded = fold(name);
    if (holds_all(folded, words_)) return true;
    if (!has_han(name)) return false;
    // Pinyin is written with and without blanks: "xiao ming", "xiaoming".
    std::erase(folded, ' ');
    return holds_all(folded, words_);
  }

 private:
  bool is_han_;
  std::vector<std::string> words_;
};

}  // namespace

std::vector<ProfileSummary> search_profiles(Database& database, const HubConfig& config,
                                            const std::string& text, std::size_t most) {
  PhoneNormalizer phones;
  const auto phone = phones.normalize(text, config.country);
  return find_profiles(database, text, normalize_email(text).value_or(""), phone ? phone->e164 : "",
                       NameFilter(text), most);
}

}  // namespace cdh
