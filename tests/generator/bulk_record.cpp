#include "tests/generator/bulk_record.hpp"

#include <string_view>

#include "hub/base/time.hpp"
#include "tests/generator/contact_data.hpp"
#include "tests/generator/identity_number.hpp"
#include "tests/generator/letters.hpp"
#include "tests/generator/place_pools.hpp"
#include "tests/generator/population.hpp"

namespace cdh::generator {

namespace {

// Surnames by composition, for the variety that millions of people have.
constexpr std::string_view kPolishStems[] = {
    "Bor",  "Bart", "Bied", "Błaż",  "Bron",  "Brzoz", "Bug",   "Chmiel", "Choj", "Cis",  "Czar",
    "Czub", "Dąbr", "Dęb",  "Dob",   "Dom",   "Drozd", "Dziub", "Fil",    "Gaj",  "Gal",  "Gib",
    "Głow", "Godl", "Gór",  "Graj",  "Grab",  "Grom",  "Grzyb", "Hal",    "Jag",  "Jan",  "Jas",
    "Jaw",  "Jęd",  "Jod",  "Kal",   "Kam",   "Karp",  "Kas",   "Klim",   "Kłos", "Kob",  "Kol",
    "Kon",  "Kos",  "Krus", "Krzem", "Kub",   "Kul",   "Lech",  "Leśn",   "Lip",  "Lub",  "Łap",
    "Łuk",  "Mac",  "Mal",  "Mar",   "Mich",  "Mil",   "Mod",   "Mros",   "Nied", "Now",  "Olch",
    "Ort",  "Osin", "Pal",  "Pasz",  "Piech", "Pil",   "Pias",  "Rad",    "Raj",  "Rog",  "Rom",
    "Rud",  "Ryb",  "Sad",  "Sęk",   "Sier",  "Skib",  "Sob",   "Stan",   "Szym", "Świd", "Tar",
    "Tom",  "Trz",  "Walk", "Wit",   "Wron",  "Zab",   "Ziel",  "Żur"};
constexpr Surname kPolishEndings[] = {
    {"owski", "owska"}, {"ewski", "ewska"},   {"iński", "ińska"}, {"ecki", "ecka"},
    {"icki", "icka"},   {"ak", "ak"},         {"ek", "ek"},       {"ik", "ik"},
    {"czyk", "czyk"},   {"iak", "iak"},       {"owicz", "owicz"}, {"ewicz", "ewicz"},
    {"uk", "uk"},       {"asz", "asz"},       {"ura", "ura"},     {"oń", "oń"},
    {"ala", "ala"},     {"eńczuk", "eńczuk"}, {"arz", "arz"},     {"och", "och"}};
constexpr std::string_view kBritishStems[] = {
    "Ash",   "Barn",  "Beck", "Black", "Brad", "Brook", "Burn", "Chad", "Clif", "Cob",
    "Cot",   "Crow",  "Dal",  "Dun",   "East", "Elm",   "Fair", "Fern", "Ford", "Gold",
    "Green", "Hal",   "Ham",  "Hart",  "Hath", "Hazel", "High", "Hol",  "Kirk", "Lang",
    "Law",   "Lin",   "Long", "Mar",   "Med",  "Mid",   "Mil",  "Mor",  "Nor",  "Oak",
    "Ox",    "Pem",   "Pres", "Rad",   "Red",  "Rock",  "Row",  "Shel", "Stan", "Strat",
    "Sut",   "Thorn", "Wal",  "War",   "Wel",  "Wes",   "Whit", "Wil",  "Win",  "Wood"};
constexpr std::string_view kBritishEndings[] = {
    "ton",   "ley",   "ford",  "field",  "ham",  "well",   "worth", "wood", "by",    "shaw",
    "combe", "croft", "stead", "bourne", "burn", "bridge", "more",  "land", "hurst", "man"};

std::string composed_surname(Country country, bool female, Random& random) {
  if (country == Country::poland) {
    const Surname& ending = kPolishEndings[random.skewed_below(std::size(kPolishEndings))];
    std::string name(random.pick(std::span(kPolishStems)));
    return name += female ? ending.female : ending.male;
  }
  std::string name(random.pick(std::span(kBritishStems)));
  return name += kBritishEndings[random.skewed_below(std::size(kBritishEndings))];
}

void name_record(BulkRecord& record, Random& random) {
  if (record.country == Country::china) {
    const auto words = chinese_given_words(record.female);
    record.given_name = random.pick(words).pinyin;
    if (random.percent(75)) record.given_name += lower(random.pick(words).pinyin);
    const auto families = chinese_surnames();
    record.family_name = families[random.skewed_below(families.size())].pinyin;
    return;
  }
  const auto given = given_names(record.country, record.female);
  const GivenName& name = given[random.skewed_below(given.size())];
  record.given_name = name.formal;
  record.nickname = name.nickname;
  if (random.percent(70)) {
    record.family_name = composed_surname(record.country, record.female, random);
  } else {
    const auto families = surnames(record.country);
    const Surname& family = families[random.skewed_below(families.size())];
    record.family_name = record.female ? family.female : family.male;
  }
}

void house(BulkRecord& record, Random& random) {
  Address address = make_address(record.country, random);
  record.street = std::move(address.street);
  record.postal_code = std::move(address.postal_code);
  record.city = std::move(address.city);
}

std::string mailbox(const BulkRecord& record, Random& random) {
  std::string email = slug(record.given_name);
  email += random.percent(70) ? "." : "";
  email += slug(record.family_name);
  email += std::to_string(random.between(1, 99'999));
  email += '@';
  return email += random.pick(mail_domains(record.country));
}

}  // namespace

BulkRecord make_bulk_record(std::uint64_t seed, std::uint64_t entity) {
  Random random(mix(seed, entity));
  BulkRecord record;
  record.country = random.percent(55)   ? Country::poland
                   : random.percent(75) ? Country::britain
                                        : Country::china;
  record.female = random.percent(51);
  name_record(record, random);
  const std::int64_t born = days_from_civil({random.between(1940, 2005), 1, 1}) +
                            static_cast<std::int64_t>(random.below(365));
  record.birth_date = format_date(born);
  if (random.percent(90)) record.email = mailbox(record, random);
  if (random.percent(85)) record.phone = make_mobile(record.country, random);
  house(record, random);
  if (record.country == Country::poland && random.percent(60)) {
    record.national_id = make_pesel(born, record.female, random);
  }
  record.updated_at = some_day(random) * 86'400 + static_cast<std::int64_t>(random.below(86'400));
  return record;
}

void blur(BulkRecord& record, Random& random) {
  if (!record.nickname.empty() && random.percent(8)) record.given_name = record.nickname;
  if (random.percent(5)) record.given_name = typing_error(record.given_name, random);
  if (random.percent(8)) record.family_name = typing_error(record.family_name, random);
  if (random.percent(15)) {
    record.given_name = without_diacritics(record.given_name);
    record.family_name = without_diacritics(record.family_name);
  }
  if (random.percent(6)) record.family_name = upper(record.family_name);
  if (random.percent(2)) std::swap(record.given_name, record.family_name);
  if (random.percent(10)) record.birth_date.clear();
  if (random.percent(20)) record.email.clear();
  if (random.percent(12)) record.phone.clear();
  if (random.percent(35)) record.national_id.clear();
  if (random.percent(10)) change(record, random);
  if (random.percent(10)) record.street = without_diacritics(record.street);
  if (random.percent(4)) record.street = typing_error(record.street, random);
  record.updated_at = some_day(random) * 86'400 + static_cast<std::int64_t>(random.below(86'400));
}

void change(BulkRecord& record, Random& random) {
  switch (random.below(5)) {
    case 0:
    case 1:
      record.phone = make_mobile(record.country, random);
      break;
    case 2:
    case 3:
      house(record, random);
      break;
    default:
      record.email = mailbox(record, random);
  }
}

}  // namespace cdh::generator
