#include <algorithm>
#include <set>

#include "hub/base/time.hpp"
#include "tests/generator/departments.hpp"
#include "tests/generator/handwriting.hpp"
#include "tests/generator/letters.hpp"

namespace cdh::generator {

namespace {

constexpr WritingHabits kHabits = {
    .nickname = 18, .plain = 30, .slip = 2, .swapped = 2, .capitals = 3, .small = 8, .native = 45};

std::string utc_time(std::int64_t micros) {
  std::string text = format_local_time(micros);
  text[text.find('T')] = ' ';
  return text;
}

class NewsletterFile {
 public:
  NewsletterFile(Random& random, Truth& truth) : random_(random), truth_(truth) {}

  void add_person(const Person& person, const Population& population) {
    const std::int64_t day = some_day(random_);
    WrittenName name = write_name(person, day, kHabits, random_);
    if (random_.percent(15)) name.given.clear();
    if (random_.percent(25)) name.family.clear();
    std::string email = email_on(person, day);
    if (person.company >= 0) {
      const Company& company = population.companies[static_cast<std::size_t>(person.company)];
      email = random_.percent(12) ? company.mailbox : person.work_email;
    }
    std::string phone;
    if (random_.percent(28)) {
      phone = write_phone(person.mobile, person.country != Country::poland, random_);
    } else if (random_.percent(1.5)) {
      phone = phone_placeholder(random_);
    }
    add(write_email(email, random_), name, phone, person.country, day, person.cluster);
  }

  // A company's own mailbox; the form wanted a first name.
  void add_role_mailbox(const Company& company, std::size_t number) {
    WrittenName name;
    if (random_.percent(40)) name.given = company.name;
    // Nobody can tell who reads it: a customer of its own.
    add(company.mailbox, name, "", company.country, some_day(random_),
        "M" + std::to_string(number));
  }

  void add_broken() {
    csv_ +=
        ",jan.bezklucza@poczta.example,Jan,Bezklucza,,PL,pl,2,2024-02-11 09:12:44,"
        "2024-02-11 09:12:44,subscribed\n";
    truth_.add_broken("newsletter", "newsletter", ++line_, "no Member ID");
    csv_ += member_id() +
            ",clarke@mail.example,George,Clarke, Jr,,GB,en,3,2024-05-02 18:30:10,"
            "2024-05-02 18:30:10,subscribed\n";
    truth_.add_broken("newsletter", "newsletter", ++line_, "a comma without quotes: 12 cells");
  }

  const std::string& csv() const { return csv_; }

 private:
  std::string member_id() {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string id;
    do {
      id.clear();
      while (id.size() < 10) id += kHex[random_.below(16)];
    } while (!ids_.insert(id).second);
    return id;
  }

  void add(const std::string& email, const WrittenName& name, const std::string& phone,
           Country country, std::int64_t day, const std::string& cluster) {
    const std::string id = member_id();
    const std::int64_t changed = moment_on(day, random_);
    const std::int64_t opted_in =
        moment_on(std::max(kFirstDay, day - random_.between(0, 500)), random_);
    std::string status = "subscribed";
    if (random_.percent(14)) status = random_.percent(75) ? "unsubscribed" : "cleaned";
    const std::string language = country == Country::poland    ? "pl"
                                 : country == Country::britain ? "en"
                                                               : "zh";
    const std::string rating = std::to_string(random_.between(1, 5));
    for (const std::string& cell :
         {id, email, name.given, name.family, phone, std::string(code_of(country)), language,
          rating, utc_time(std::min(opted_in, changed)), utc_time(changed)}) {
      csv_ += csv_cell(cell, ',') + ",";
    }
    csv_ += status + "\n";
    ++line_;
    truth_.add("newsletter", "newsletter", id, "subscriber", cluster);
  }

  Random& random_;
  Truth& truth_;
  std::set<std::string> ids_;
  std::size_t line_ = 1;  // the header
  std::string csv_ =
      "Member ID,Email Address,First Name,Last "
      "Name,Phone,Country,Language,MEMBER_RATING,OPTIN_TIME,"
      "LAST_CHANGED,MEMBER_STATUS\n";
};

}  // namespace

void write_newsletter(const Market& market, const std::filesystem::path& folder, Random& random,
                      Truth& truth) {
  NewsletterFile file(random, truth);
  const std::vector<Person>& people = market.population.people;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i == people.size() / 2) file.add_broken();
    if (!market.people[i].newsletter) continue;
    file.add_person(people[i], market.population);
    if (random.percent(4)) file.add_person(people[i], market.population);
  }
  const std::vector<Company>& companies = market.population.companies;
  for (std::size_t i = 0; i < companies.size(); ++i) {
    if (random.percent(6)) file.add_role_mailbox(companies[i], i + 1);
  }
  write_file(folder / "newsletter.csv", file.csv());
}

}  // namespace cdh::generator
