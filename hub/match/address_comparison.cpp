#include "hub/match/address_comparison.hpp"

#include <algorithm>
#include <array>

#include "hub/match/edit_distance.hpp"
#include "hub/match/overlap.hpp"
#include "hub/match/street.hpp"

namespace cdh {

namespace {

enum class Street : std::uint8_t { unknown, differs, partly, agrees };
enum class House : std::uint8_t { unknown, differs, near, agrees };
enum class Place : std::uint8_t { unknown, differs, near, town, postal_code };

bool contains(std::span<const WordId> words, WordId word) {
  return std::ranges::find(words, word) != words.end();
}

bool contains_all(std::span<const WordId> words, std::span<const WordId> wanted) {
  return std::ranges::all_of(wanted, [&](WordId word) { return contains(words, word); });
}

// A few words, without a trip to the heap.
class FewWords {
 public:
  void add(WordId word) {
    if (size_ < words_.size()) words_[size_++] = word;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  WordId operator[](std::size_t i) const { return words_[i]; }
  operator std::span<const WordId>() const { return {words_.data(), size_}; }  // NOLINT

 private:
  std::array<WordId, 8> words_;
  std::size_t size_ = 0;
};

class AddressPair {
 public:
  AddressPair(WordLikeness& likeness, const WordFrequencies& frequencies, const Signature& a,
              const AddressFeature& of_a, const Signature& b, const AddressFeature& of_b)
      : likeness_(likeness), frequencies_(frequencies), a_(a), b_(b), of_a_(of_a), of_b_(of_b) {
    numbers(a, of_a, of_b.postal_code, numbers_of_a_);
    numbers(b, of_b, of_a.postal_code, numbers_of_b_);
  }

  Level level() {
    const Street street = compare_streets();
    const Place place = compare_places();
    if (street == Street::unknown && place == Place::unknown) return kMissing;
    const House house = compare_houses();
    const bool in_one_place = place >= Place::town;
    if (street == Street::agrees) return level_in_street(house, place);
    if (street != Street::unknown && house == House::agrees && in_one_place) {
      return address_level::number_and_place;
    }
    if (place == Place::postal_code) return address_level::postal_code;
    if (place == Place::town) return address_level::town;
    const bool is_part = street == Street::partly || place == Place::near;
    return is_part ? address_level::part : address_level::differ;
  }

 private:
  // A postal code of the other that is written into the street is no house number.
  static void numbers(const Signature& party, const AddressFeature& address, WordId not_this,
                      FewWords& found) {
    for (const WordId word : party.words_of(address.numbers)) {
      if (word != not_this) found.add(word);
    }
  }

  static Level level_in_street(House house, Place place) {
    if (house == House::agrees) {
      if (place >= Place::town) return address_level::same;
      return place == Place::differs ? address_level::elsewhere
                                     : address_level::same_street_and_number;
    }
    if (house == House::unknown || house == House::near) {
      return place >= Place::town ? address_level::street : address_level::street_only;
    }
    return place == Place::differs ? address_level::part : address_level::neighbour;
  }

  Street compare_streets() {
    const auto words_of_a = a_.words_of(of_a_.street);
    const auto words_of_b = b_.words_of(of_b_.street);
    if (words_of_a.empty() || words_of_b.empty()) return Street::unknown;
    if (is_nameless(a_, of_a_) && is_nameless(b_, of_b_)) return by_numbers();
    if (of_a_.joined_street == of_b_.joined_street) return Street::agrees;
    if (words_of_a.size() == 1 && words_of_b.size() == 1 &&
        !likeness_.are_loosely_alike(words_of_a[0], words_of_b[0])) {
      return is_nameless(a_, of_a_) || is_nameless(b_, of_b_) ? by_numbers() : Street::differs;
    }
    const double shared =
        overlap(likeness_, frequencies_, WordsOf::street, words_of_a, words_of_b).of_smaller;
    constexpr double kAgrees = 0.75;
    constexpr double kPartly = 0.35;
    if (shared >= kAgrees || likeness_.are_close(of_a_.joined_street, of_b_.joined_street)) {
      return Street::agrees;
    }
    const bool is_one_nameless = is_nameless(a_, of_a_) || is_nameless(b_, of_b_);
    if (is_one_nameless && has_same_numbers()) return Street::agrees;
    return shared >= kPartly ? Street::partly : Street::differs;
  }

  // "No 321, Street 128": the street has no name, so two equal numbers are as good.
  bool has_same_numbers() const {
    return numbers_of_a_.size() >= 2 && numbers_of_b_.size() >= 2 &&
           contains_all(numbers_of_a_, numbers_of_b_) && contains_all(numbers_of_b_, numbers_of_a_);
  }

  Street by_numbers() const { return has_same_numbers() ? Street::agrees : Street::differs; }

  bool is_nameless(const Signature& party, const AddressFeature& address) const {
    return std::ranges::all_of(party.words_of(address.street),
                               [&](WordId word) { return is_street_word(likeness_[word].text); });
  }

  House compare_houses() const {
    if (numbers_of_a_.empty() || numbers_of_b_.empty()) return House::unknown;
    if (numbers_of_a_[0] == numbers_of_b_[0] || contains_all(numbers_of_a_, numbers_of_b_) ||
        contains_all(numbers_of_b_, numbers_of_a_)) {
      return House::agrees;
    }
    const std::string_view x = likeness_[numbers_of_a_[0]].text;
    const std::string_view y = likeness_[numbers_of_b_[0]].text;
    const bool is_near = std::max(x.size(), y.size()) >= 3 && edit_distance(x, y, 1) == 1;
    return is_near ? House::near : House::differs;
  }

  Place compare_places() {
    // 10115 is in Berlin, and in New York.
    const bool both_countries = of_a_.country != kNoWord && of_b_.country != kNoWord;
    if (both_countries && of_a_.country != of_b_.country) return Place::differs;
    const WordId code_of_a = of_a_.postal_code;
    const WordId code_of_b = of_b_.postal_code;
    if (code_of_a != kNoWord && code_of_a == code_of_b) return Place::postal_code;
    if (is_written_in(code_of_a, b_, of_b_) || is_written_in(code_of_b, a_, of_a_)) {
      return Place::postal_code;
    }
    const auto town_of_a = a_.words_of(of_a_.town);
    const auto town_of_b = b_.words_of(of_b_.town);
    if (!town_of_a.empty() && !town_of_b.empty()) {
      if (are_one_town(of_a_.joined_town, of_b_.joined_town)) return Place::town;
    } else if ((!town_of_a.empty() && contains_all(b_.words_of(of_b_.all), town_of_a)) ||
               (!town_of_b.empty() && contains_all(a_.words_of(of_a_.all), town_of_b))) {
      return Place::town;
    }
    const bool both_codes = code_of_a != kNoWord && code_of_b != kNoWord;
    if (!both_codes && (town_of_a.empty() || town_of_b.empty())) return Place::unknown;
    const bool is_near =
        both_codes && edit_distance(likeness_[code_of_a].text, likeness_[code_of_b].text, 1) == 1;
    return is_near ? Place::near : Place::differs;
  }

  bool is_written_in(WordId code, const Signature& party, const AddressFeature& address) const {
    constexpr std::size_t kShortest = 4;
    return likeness_[code].text.size() >= kShortest && contains(party.words_of(address.all), code);
  }

  bool are_one_town(WordId a, WordId b) {
    constexpr std::size_t kShortest = 5;
    if (a == b || likeness_.are_close(a, b)) return true;
    const std::string_view x = likeness_[a].text;
    const std::string_view y = likeness_[b].text;
    return std::min(x.size(), y.size()) >= kShortest && (x.starts_with(y) || y.starts_with(x));
  }

  WordLikeness& likeness_;
  const WordFrequencies& frequencies_;
  const Signature& a_;
  const Signature& b_;
  const AddressFeature& of_a_;
  const AddressFeature& of_b_;
  FewWords numbers_of_a_, numbers_of_b_;
};

}  // namespace

Level compare_address(WordLikeness& likeness, const WordFrequencies& frequencies,
                      const Signature& a, const AddressFeature& of_a, const Signature& b,
                      const AddressFeature& of_b) {
  return AddressPair(likeness, frequencies, a, of_a, b, of_b).level();
}

}  // namespace cdh
