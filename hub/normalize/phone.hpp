// Phone numbers in E.164.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cdh {

struct Phone {
  std::string e164;       // "+48601234567"
  std::string extension;  // digits, or empty
  // The number plan has such a number. One that is not valid is kept for people, and identifies
  // nobody.
  bool valid = false;
  friend bool operator==(const Phone&, const Phone&) = default;
};

// Reads numbers as people write them. `country` (ISO 3166-1 alpha-2) is where a number without
// country code belongs; empty: only international numbers are understood.
//
//     PhoneNormalizer phones;
//     phones.normalize("601 234 567 wew. 12", "PL")  ->  {"+48601234567", "12", true}
//
// libphonenumber decides; the common forms of Poland, Britain, China and North America take a short
// way with the same result (phone_plan.hpp), and answers of the long way are remembered, at most
// 65,536 of them. Digits without + or 00, as a spreadsheet leaves them, are read as international
// when only that reading is valid. Nothing: there is no phone number in the text.
//
// One instance a thread.
class PhoneNormalizer {
 public:
  std::optional<Phone> normalize(std::string_view text, std::string_view country);

 private:
  std::unordered_map<std::string, std::optional<Phone>> remembered_;
};

}  // namespace cdh
