// The customers as they really are, before any department wrote them down: people in households,
// companies and the people who work there. A record shows the life of its day: the address, surname
// and mailbox a person had when it was written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/generator/contact_data.hpp"
#include "tests/generator/name_pools.hpp"
#include "tests/generator/place_pools.hpp"
#include "tests/generator/random.hpp"

namespace cdh::generator {

// Days since 1970 between which all records are written: 2023-01-02 to 2026-10-30.
inline constexpr std::int64_t kFirstDay = 19359;
inline constexpr std::int64_t kLastDay = 20756;
std::int64_t some_day(Random& random);

struct Person {
  std::string cluster;  // its id in truth.csv, "P00017"
  Country country = Country::poland;
  bool female = false;
  std::string given, family;    // in Latin letters
  std::string nickname;         // a short form, or the Western name of a Chinese; may be empty
  std::string native_name;      // China: 王小明, family name first
  std::string native_nickname;  // China: 小明
  std::size_t native_family_bytes = 0;
  std::int64_t birth_days = 0;
  std::string pesel;  // Poland only
  std::string email, mobile;
  std::string landline;  // of the household; may be empty
  Address home;

  // Before these days (0 = never changed) the former value held.
  std::int64_t renamed_on = 0, moved_on = 0, new_email_on = 0;
  std::string former_family, former_email;
  Address former_home;

  int company = -1;  // index of the employer whose buyer this is; -1: a private customer
  std::string job_title, work_email;
};

struct Company {
  std::string cluster;  // "C00004"
  Country country = Country::poland;
  std::string name;  // without legal form; China: in pinyin and English
  LegalForm legal_form;
  std::string native_name;      // China only, with legal form
  std::string tax_id;           // NIP, USCC, VAT number
  std::string registration_id;  // REGON, company number; empty in China, where the USCC is both
  Address office;
  std::string phone, mailbox, domain;  // the switchboard; info@domain
};

struct Population {
  std::vector<Person> people;
  std::vector<Company> companies;
};

// `customers` parties in all: 70% private people, 15% companies, 15% people who buy for them. Some
// distinct people share their name with another on purpose.
Population make_population(std::size_t customers, Random& random);

const Address& home_on(const Person& person, std::int64_t day);
const std::string& family_on(const Person& person, std::int64_t day);
const std::string& email_on(const Person& person, std::int64_t day);

}  // namespace cdh::generator
