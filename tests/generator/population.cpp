#include "tests/generator/population.hpp"

#include <cstdio>
#include <set>

#include "hub/base/time.hpp"
#include "tests/generator/identity_number.hpp"
#include "tests/generator/letters.hpp"

namespace cdh::generator {

namespace {

std::string numbered(char prefix, std::size_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "%c%05zu", prefix, number);
  return text;
}

// Hands out mailboxes, each once.
class Mailboxes {
 public:
  std::string personal(const Person& person, Random& random) {
    const std::string given = slug(person.given);
    const std::string family = slug(family_on(person, 0));
    const int year = civil_from_days(person.birth_days).year;
    std::string local;
    switch (random.below(6)) {
      case 0:
      case 1:
        local = given + "." + family;
        break;
      case 2:
        local = given.substr(0, 1) + family;
        break;
      case 3:
        local = family + "." + given;
        break;
      case 4:
        local = given + std::to_string(year);
        break;
      default:
        local = slug(person.nickname.empty() ? person.given : person.nickname) + "_" + family;
    }
    if (person.country == Country::china && random.percent(40)) local = random.digits(9);
    return unique(local, std::string(random.pick(mail_domains(person.country))), random);
  }

  std::string family(const Person& person, Random& random) {
    return unique("rodzina." + slug(person.family), "poczta.example", random);
  }

  // "meblex.example", or with a number when another company has it.
  std::string company_domain(const std::string& name) {
    std::string domain = name + ".example";
    for (int i = 2; !domains_.insert(domain).second; ++i) {
      domain = name + "-" + std::to_string(i) + ".example";
    }
    return domain;
  }

  std::string unique(const std::string& local, const std::string& at_domain, Random& random) {
    std::string address = local + "@" + at_domain;
    while (!taken_.insert(address).second) {
      address = local + std::to_string(random.between(2, 999)) + "@" + at_domain;
    }
    return address;
  }

 private:
  std::set<std::string> taken_, domains_;
};

Country some_country(Random& random) {
  if (random.percent(55)) return Country::poland;
  return random.percent(55) ? Country::britain : Country::china;
}

void name_chinese(Person& person, Random& random) {
  const auto surnames = chinese_surnames();
  const ChineseWord& family = surnames[random.skewed_below(surnames.size())];
  const auto words = chinese_given_words(person.female);
  const ChineseWord& first = random.pick(words);
  person.family = family.pinyin;
  person.given = first.pinyin;
  person.native_name = std::string(family.native) + std::string(first.native);
  person.native_family_bytes = family.native.size();
  std::string_view last = first.native;
  if (random.percent(65)) {
    const ChineseWord& second = random.pick(words);
    person.given += lower(second.pinyin);
    person.native_name += second.native;
    last = second.native;
  }
  person.native_nickname = "小" + std::string(last);
  if (random.percent(50)) person.nickname = random.pick(western_names(person.female));
}

void name_by_pools(Person& person, Random& random) {
  const auto given = given_names(person.country, person.female);
  const GivenName& name = given[random.skewed_below(given.size())];
  const auto families = surnames(person.country);
  const Surname& family = families[random.skewed_below(families.size())];
  person.given = name.formal;
  person.nickname = name.nickname;
  person.family = person.female ? family.female : family.male;
}

Person make_person(Country country, bool female, int born_from, int born_to, Random& random) {
  Person person;
  person.country = country;
  person.female = female;
  person.birth_days = days_from_civil({random.between(born_from, born_to), 1, 1}) +
                      static_cast<std::int64_t>(random.below(365));
  if (country == Country::china) {
    name_chinese(person, random);
  } else {
    name_by_pools(person, random);
  }
  person.mobile = make_mobile(country, random);
  return person;
}

// What changed in the person's life while the departments wrote their records.
void add_history(Person& person, Mailboxes& mailboxes, Random& random) {
  if (person.female && person.country != Country::china && random.percent(5)) {
    const auto families = surnames(person.country);
    person.former_family = families[random.skewed_below(families.size())].female;
    person.renamed_on = some_day(random);
  }
  if (random.percent(12)) {
    person.former_home = make_address(person.country, random);
    person.moved_on = some_day(random);
  }
  if (random.percent(12)) {
    person.former_email = mailboxes.personal(person, random);
    person.new_email_on = some_day(random);
  }
}

void settle(Person& person, const Address& home, const std::string& landline, Mailboxes& mailboxes,
            Random& random) {
  person.home = home;
  person.landline = landline;
  person.email = mailboxes.personal(person, random);
  if (person.country == Country::poland) {
    person.pesel = make_pesel(person.birth_days, person.female, random);
  }
}

// Gives `member` the family name of the household's first.
void take_family_name(Person& member, const Person& first) {
  if (member.country == Country::china) {
    member.native_name = first.native_name.substr(0, first.native_family_bytes) +
                         member.native_name.substr(member.native_family_bytes);
    member.native_family_bytes = first.native_family_bytes;
  }
  member.family = first.family;
  if (member.female == first.female) return;
  for (const Surname& surname : surnames(member.country)) {
    if (surname.male == first.family || surname.female == first.family) {
      member.family = member.female ? surname.female : surname.male;
      return;
    }
  }
}

// Gives the person the name of another of the same country and sex: two Jan Kowalski.
void become_namesake(Person& person, const Person& other) {
  if (other.country != person.country || other.female != person.female) return;
  person.given = other.given;
  person.family = other.family;
  person.nickname = other.nickname;
  person.native_name = other.native_name;
  person.native_nickname = other.native_nickname;
  person.native_family_bytes = other.native_family_bytes;
}

// One to three people at one address: alone, a couple, or with a grown-up child; a father and a son
// may have the same names.
std::vector<Person> make_household(const std::vector<Person>& others, Mailboxes& mailboxes,
                                   Random& random) {
  const Country country = some_country(random);
  std::vector<Person> members = {make_person(country, random.percent(50), 1945, 2004, random)};
  if (!others.empty() && random.percent(6)) {
    become_namesake(members[0], others[random.below(others.size())]);
  }
  const int born = civil_from_days(members[0].birth_days).year;
  if (random.percent(40)) {
    members.push_back(make_person(country, !members[0].female, born - 4, born + 3, random));
    // Chinese wives keep their names.
    if (country != Country::china && random.percent(92)) take_family_name(members[1], members[0]);
  }
  if (born < 1975 && random.percent(30)) {
    members.push_back(make_person(country, random.percent(45), born + 22, born + 30, random));
    take_family_name(members.back(), members[0]);
    const bool named_after = members.back().female == members[0].female && random.percent(25);
    if (named_after && country != Country::china) {
      members.back().given = members[0].given;
      members.back().nickname = members[0].nickname;
    }
  }
  const Address home = make_address(country, random);
  const std::string landline =
      random.percent(45) ? make_landline(country, home.area_code, random) : std::string();
  for (Person& member : members) settle(member, home, landline, mailboxes, random);
  if (members.size() > 1 && random.percent(7)) {
    const std::string shared = mailboxes.family(members[0], random);
    for (Person& member : members) {
      if (random.percent(75)) member.email = shared;
    }
  }
  if (members.size() > 1 && random.percent(8)) members[1].mobile = members[0].mobile;
  for (Person& member : members) add_history(member, mailboxes, random);
  return members;
}

Company make_company(std::size_t number, Mailboxes& mailboxes, Random& random) {
  Company company;
  company.cluster = numbered('C', number);
  company.country = some_country(random);
  const auto forms = legal_forms(company.country);
  company.legal_form = forms[random.skewed_below(forms.size())];
  if (company.country == Country::china) {
    const ChineseWord& word = random.pick(chinese_company_words());
    const ChineseWord& trade = random.pick(chinese_company_trades());
    company.office = make_address(company.country, random);
    company.name =
        company.office.city + " " + std::string(word.pinyin) + " " + std::string(trade.pinyin);
    const std::string_view city = company.office.native;  // 北京市建国路…: the city without 市
    company.native_name = std::string(city.substr(0, 6)) + std::string(word.native) +
                          std::string(trade.native) + std::string(company.legal_form.full);
    company.tax_id = make_uscc(random);
  } else {
    company.name = random.pick(company_words(company.country));
    company.name += " " + std::string(random.pick(company_trades(company.country)));
    company.office = make_address(company.country, random);
    const bool polish = company.country == Country::poland;
    company.tax_id = polish ? make_nip(random) : make_gb_vat(random);
    company.registration_id = polish ? make_regon(random) : make_company_number(random);
  }
  company.phone = make_landline(company.country, company.office.area_code, random);
  constexpr std::string_view kInfo[] = {"info", "biuro", "kontakt", "office", "sales"};
  company.domain = mailboxes.company_domain(slug(company.name));
  company.mailbox = std::string(random.pick(std::span(kInfo))) + "@" + company.domain;
  return company;
}

}  // namespace

Population make_population(std::size_t customers, Random& random) {
  const std::size_t company_count = customers * 15 / 100;
  const std::size_t buyer_count = customers * 15 / 100;
  const std::size_t private_count = customers - company_count - buyer_count;
  Population population;
  Mailboxes mailboxes;
  while (population.people.size() < private_count) {
    for (Person& member : make_household(population.people, mailboxes, random)) {
      if (population.people.size() < private_count) population.people.push_back(std::move(member));
    }
  }
  for (std::size_t i = 0; i < company_count; ++i) {
    population.companies.push_back(make_company(i + 1, mailboxes, random));
  }
  for (std::size_t i = 0; i < buyer_count; ++i) {
    const std::size_t at = random.below(company_count);
    const Company& company = population.companies[at];
    Person person = make_person(company.country, random.percent(50), 1960, 2001, random);
    settle(person, make_address(company.country, random), "", mailboxes, random);
    person.company = static_cast<int>(at);
    person.job_title = random.pick(job_titles(company.country));
    person.work_email = mailboxes.unique(
        slug(person.given).substr(0, random.percent(50) ? 1 : 20) + "." + slug(person.family),
        company.domain, random);
    population.people.push_back(std::move(person));
  }
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    population.people[i].cluster = numbered('P', i + 1);
  }
  return population;
}

std::int64_t some_day(Random& random) {
  return kFirstDay + static_cast<std::int64_t>(random.below(kLastDay - kFirstDay));
}

const Address& home_on(const Person& person, std::int64_t day) {
  return day < person.moved_on ? person.former_home : person.home;
}

const std::string& family_on(const Person& person, std::int64_t day) {
  return day < person.renamed_on ? person.former_family : person.family;
}

const std::string& email_on(const Person& person, std::int64_t day) {
  return day < person.new_email_on ? person.former_email : person.email;
}

}  // namespace cdh::generator
