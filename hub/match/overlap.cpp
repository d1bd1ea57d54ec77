#include "hub/match/overlap.hpp"

#include <algorithm>
#include <array>

namespace cdh {

namespace {

constexpr std::size_t kMaxWords = 32;
constexpr double kAlike = 0.85;

// The first kMaxWords words, each once.
class DistinctWords {
 public:
  explicit DistinctWords(std::span<const WordId> words) {
    for (const WordId word : words) {
      if (size_ == kMaxWords) break;
      if (std::find(words_.begin(), words_.begin() + size_, word) == words_.begin() + size_) {
        words_[size_++] = word;
      }
    }
  }
  std::span<const WordId> get() const { return {words_.data(), size_}; }

 private:
  std::array<WordId, kMaxWords> words_;
  std::size_t size_ = 0;
};

bool are_alike(WordLikeness& likeness, WordId a, WordId b) {
  const Word& x = likeness[a];
  const Word& y = likeness[b];
  if (x.has_digit || y.has_digit) return false;
  const std::size_t shorter = std::min(x.text.size(), y.text.size());
  if (shorter < 3) return false;
  if (x.sound == y.sound && x.sound_size > 1) return true;
  if (shorter >= 5 && (x.text.starts_with(y.text) || y.text.starts_with(x.text))) return true;
  return shorter >= 4 && likeness.are_close(a, b);
}

// An order of the two lists that does not depend on which is given first.
bool comes_first(WordLikeness& likeness, std::span<const WordId> a, std::span<const WordId> b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return likeness[a[i]].text < likeness[b[i]].text;
  }
  return true;
}

}  // namespace

Overlap overlap(WordLikeness& likeness, const WordFrequencies& frequencies, WordsOf kind,
                std::span<const WordId> a, std::span<const WordId> b) {
  const auto weight = [&](WordId word) -> double {
    return kind == WordsOf::street ? frequencies.street_rarity(word)
                                   : frequencies.organization_rarity(word);
  };
  if (!comes_first(likeness, a, b)) std::swap(a, b);
  const DistinctWords first(a), second(b);
  const std::span<const WordId> words = first.get(), others = second.get();
  std::array<bool, kMaxWords> taken{};
  double all_of_a = 0, all_of_b = 0, shared = 0;
  for (const WordId other : others) all_of_b += weight(other);
  for (const WordId word : words) {
    all_of_a += weight(word);
    std::size_t found = others.size();
    double likeness_found = 0;
    for (std::size_t j = 0; j < others.size(); ++j) {
      if (taken[j]) continue;
      if (others[j] == word) {
        found = j;
        likeness_found = 1;
        break;
      }
      if (found == others.size() && are_alike(likeness, word, others[j])) {
        found = j;
        likeness_found = kAlike;
      }
    }
    if (found == others.size()) continue;
    taken[found] = true;
    shared += likeness_found * std::min(weight(word), weight(others[found]));
  }
  Overlap result;
  const double smaller = std::min(all_of_a, all_of_b);
  const double united = all_of_a + all_of_b - shared;
  if (smaller > 0) result.of_smaller = shared / smaller;
  if (united > 0) result.of_union = shared / united;
  return result;
}

}  // namespace cdh
