// How people and companies come out in a record: each department has its habits, such as family
// name first, no Polish letters, nicknames and slips of the finger.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/generator/population.hpp"
#include "tests/generator/random.hpp"

namespace cdh::generator {

// In how many of 100 records the habit shows.
struct WritingHabits {
  double nickname = 0;      // Bob for Robert
  double plain = 0;         // Lodz for Łódź
  double slip = 0;          // a typing error in the family name, or else in the given name
  double swapped = 0;       // the given name in the field of the family name
  double capitals = 0;      // NOWAK
  double small = 0;         // nowak
  double native = 0;        // 汉字, of those who have them
  double family_first = 0;  // in a full name
};

struct WrittenName {
  std::string given, family;
  bool native = false;
};

// The name as it was on that day, in two fields.
WrittenName write_name(const Person& person, std::int64_t day, const WritingHabits& habits,
                       Random& random);
// The same in one field: "Jan Kowalski", "Kowalski Jan", "王小明", "Xiaoming Wang".
std::string write_full_name(const Person& person, std::int64_t day, const WritingHabits& habits,
                            Random& random);

// With the full legal form, the short one or none.
std::string write_company(const Company& company, const WritingHabits& habits, Random& random);

// The address as typed: now and then with a capital, a blank behind, or a slip.
std::string write_email(std::string_view email, Random& random);

// What people fill a compulsory field with.
std::string email_placeholder(Random& random);
std::string phone_placeholder(Random& random);

// A moment of that day between 7:00 and 21:59, in microseconds since 1970.
std::int64_t moment_on(std::int64_t day, Random& random);
// "05.03.2025" and "05.03.2025 14:22".
std::string dotted_date(std::int64_t day);
std::string dotted_moment(std::int64_t micros);

// The text as a cell of a CSV file, in quotes where it needs them.
std::string csv_cell(std::string_view text, char separator);

}  // namespace cdh::generator
