#include "tests/generator/handwriting.hpp"

#include <cstdio>
#include <utility>

#include "hub/base/time.hpp"
#include "tests/generator/letters.hpp"

namespace cdh::generator {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

// The habits that change letters, the same for both parts of a name.
void restyle(std::string& given, std::string& family, const WritingHabits& habits, Random& random) {
  if (random.percent(habits.slip)) {
    std::string& slipped = random.percent(60) ? family : given;
    slipped = typing_error(slipped, random);
  }
  if (random.percent(habits.plain)) {
    given = without_diacritics(given);
    family = without_diacritics(family);
  }
  if (random.percent(habits.capitals)) {
    given = upper(given);
    family = upper(family);
  } else if (random.percent(habits.small)) {
    given = lower(given);
    family = lower(family);
  }
}

}  // namespace

WrittenName write_name(const Person& person, std::int64_t day, const WritingHabits& habits,
                       Random& random) {
  const bool nickname = random.percent(habits.nickname);
  if (!person.native_name.empty() && random.percent(habits.native)) {
    const std::string family = person.native_name.substr(0, person.native_family_bytes);
    const std::string given = person.native_name.substr(person.native_family_bytes);
    return {nickname ? person.native_nickname : given, family, true};
  }
  WrittenName name = {person.given, family_on(person, day)};
  if (!person.nickname.empty() && nickname) name.given = person.nickname;
  restyle(name.given, name.family, habits, random);
  if (random.percent(habits.swapped)) std::swap(name.given, name.family);
  return name;
}

std::string write_full_name(const Person& person, std::int64_t day, const WritingHabits& habits,
                            Random& random) {
  const WrittenName name = write_name(person, day, habits, random);
  if (name.native) return name.family + name.given;
  // In pinyin both orders are about as common.
  const double family_first = person.country == Country::china ? 50 : habits.family_first;
  return random.percent(family_first) ? name.family + " " + name.given
                                      : name.given + " " + name.family;
}

std::string write_company(const Company& company, const WritingHabits& habits, Random& random) {
  if (!company.native_name.empty() && random.percent(habits.native)) return company.native_name;
  std::string name = company.name;
  std::string form;
  const bool full = company.country != Country::china && random.percent(25);
  if (!random.percent(15)) form = full ? company.legal_form.full : company.legal_form.brief;
  restyle(form, name, habits, random);
  return form.empty() ? name : name + " " + form;
}

std::string write_email(std::string_view email, Random& random) {
  std::string text(email);
  if (random.percent(1)) {
    const std::size_t at = text.find('@');
    text = typing_error(text.substr(0, at), random) + text.substr(at);
  }
  if (random.percent(4) && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 32);
  if (random.percent(2)) text += ' ';
  return text;
}

std::string email_placeholder(Random& random) {
  constexpr std::string_view kTexts[] = {"test@test.pl", "n/a",  "brak@brak.pl",
                                         "a@a.pl",       "none", "-"};
  return std::string(random.pick(std::span(kTexts)));
}

std::string phone_placeholder(Random& random) {
  constexpr std::string_view kTexts[] = {"000000000", "111111111", "123456789", "000-000-000",
                                         "brak"};
  return std::string(random.pick(std::span(kTexts)));
}

std::int64_t moment_on(std::int64_t day, Random& random) {
  const int second = random.between(7 * 3600, 22 * 3600 - 1);
  return (day * 86'400 + second) * kMicrosPerSecond;
}

std::string dotted_date(std::int64_t day) {
  const CivilDate date = civil_from_days(day);
  char text[32];
  std::snprintf(text, sizeof text, "%02d.%02d.%04d", date.day, date.month, date.year);
  return text;
}

std::string dotted_moment(std::int64_t micros) {
  const std::int64_t minutes = micros / kMicrosPerSecond / 60;
  const int of_day = static_cast<int>(minutes % 1440);
  char text[32];
  std::snprintf(text, sizeof text, " %02d:%02d", of_day / 60, of_day % 60);
  return dotted_date(minutes / 1440) + text;
}

std::string csv_cell(std::string_view text, char separator) {
  if (text.find_first_of("\"\r\n") == text.npos && text.find(separator) == text.npos) {
    return std::string(text);
  }
  std::string cell = "\"";
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

}  // namespace cdh::generator
