#include <algorithm>
#include <cstdio>

#include "tests/generator/departments.hpp"
#include "tests/generator/handwriting.hpp"
#include "tests/generator/spreadsheet.hpp"

namespace cdh::generator {

namespace {

constexpr WritingHabits kHabits = {.nickname = 3,
                                   .plain = 10,
                                   .slip = 2,
                                   .swapped = 0,
                                   .capitals = 10,
                                   .small = 0,
                                   .native = 50,
                                   .family_first = 5};
constexpr WritingHabits kCompanyHabits = {.plain = 8, .slip = 1.5, .capitals = 12, .native = 50};

// The demo company's own people.
constexpr std::string_view kOwners[] = {"sales1", "sales2", "sales3"};

class SalesBook {
 public:
  SalesBook(Random& random, Truth& truth) : random_(random), truth_(truth) {}

  void add_card(const Person& person, const Company& company) {
    const std::int64_t day = some_day(random_);
    char key[32];
    std::snprintf(key, sizeof key, "V%04zu", ++card_count_);
    const bool abroad = person.country != Country::poland;
    const std::string& mail = random_.percent(10) ? company.mailbox : person.work_email;
    cards_.rows.push_back(
        {text_cell(key), text_cell(write_full_name(person, day, kHabits, random_)),
         text_cell(random_.percent(85) ? person.job_title : ""),
         text_cell(write_company(company, kCompanyHabits, random_)), text_cell(mail),
         text_cell(random_.percent(70) ? write_phone(company.phone, abroad, random_) : ""),
         text_cell(random_.percent(75) ? write_phone(person.mobile, abroad, random_) : ""),
         text_cell(random_.percent(80) ? one_line(company.office) : ""),
         text_cell(std::string(code_of(company.country))), date_cell(day)});
    if (card_count_ % 60 == 0) cards_.rows.emplace_back();  // a blank row between two fairs
    truth_.add_beside("sales", "cards", key, "contact", person.cluster);
    truth_.add_beside("sales", "cards", key, "company", company.cluster);
    const std::size_t count = random_.skewed_below(4);
    for (std::size_t i = 0; i < count; ++i) add_opportunity(key, company, day);
  }

  std::vector<Sheet> sheets() const { return {opportunities_, cards_}; }

 private:
  void add_opportunity(const std::string& card, const Company& company, std::int64_t met_on) {
    constexpr std::string_view kStages[] = {
        "qualification", "demo", "needs_analysis", "quotation", "objection_handling", "contract"};
    constexpr std::string_view kLost[] = {"price", "timing", "competitor"};
    const std::int64_t created = std::min(kLastDay, met_on + random_.between(1, 90));
    const std::int64_t expected = created + random_.between(30, 200);
    const std::size_t stage = random_.below(std::size(kStages));
    const bool closed = expected < kLastDay - 60 || random_.percent(20);
    const bool won = closed && random_.percent(45);
    std::string reason;
    if (closed && !won) reason = random_.pick(std::span(kLost));
    opportunities_.rows.push_back(
        {text_cell("S-" + std::to_string(1000 + ++opportunity_count_)),
         text_cell("Offer for " + company.name), text_cell(card),
         text_cell(closed ? "contract" : std::string(kStages[stage])),
         number_cell(std::to_string(random_.between(2, 400) * 500)), text_cell("PLN"),
         number_cell(std::to_string(closed ? (won ? 100 : 0) : 10 + 15 * static_cast<int>(stage))),
         date_cell(created), date_cell(expected),
         closed ? date_cell(std::min(kLastDay, expected)) : Cell{},
         text_cell(closed ? (won ? "won" : "lost") : ""), text_cell(reason),
         text_cell(std::string(random_.pick(std::span(kOwners))))});
  }

  Random& random_;
  Truth& truth_;
  std::size_t card_count_ = 0, opportunity_count_ = 0;
  Sheet cards_ = {"Cards",
                  "",
                  {"CARD", "PERSON", "JOB_TITLE", "COMPANY", "MAIL", "PHONE", "MOBILE", "ADDRESS",
                   "COUNTRY", "MET_ON"},
                  {}};
  Sheet opportunities_ = {
      "Opportunities",
      "",
      {"OPP", "TITLE", "CARD", "STAGE", "AMOUNT", "CUR", "PROBABILITY", "CREATED", "EXPECTED_CLOSE",
       "CLOSED", "OUTCOME", "LOST_REASON", "OWNER"},
      {}};
};

}  // namespace

void write_sales(const Market& market, const std::filesystem::path& folder, Random& random,
                 Truth& truth) {
  SalesBook book(random, truth);
  const Population& population = market.population;
  for (std::size_t i = 0; i < population.people.size(); ++i) {
    if (!market.people[i].sales) continue;
    const Person& person = population.people[i];
    const Company& company = population.companies[static_cast<std::size_t>(person.company)];
    book.add_card(person, company);
    if (random.percent(10)) book.add_card(person, company);
  }
  write_ods(folder / "sales.ods", book.sheets());
}

}  // namespace cdh::generator
