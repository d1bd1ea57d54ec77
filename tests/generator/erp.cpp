#include <algorithm>
#include <cstdio>

#include "tests/generator/departments.hpp"
#include "tests/generator/handwriting.hpp"
#include "tests/generator/letters.hpp"
#include "tests/generator/spreadsheet.hpp"

namespace cdh::generator {

namespace {

constexpr WritingHabits kHabits = {.plain = 6, .slip = 2.5, .swapped = 2, .capitals = 10};
constexpr WritingHabits kCompanyHabits = {.plain = 6, .slip = 1.5, .capitals = 15};

std::string_view currency_of(Country country) {
  switch (country) {
    case Country::poland:
      return "PLN";
    case Country::britain:
      return "GBP";
    case Country::china:
      return "CNY";
  }
  return "";
}

// Hundredths as a plain decimal: 123450 is "1234.50".
std::string decimal(std::int64_t hundredths) {
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%02d", static_cast<long long>(hundredths / 100),
                static_cast<int>(hundredths % 100));
  return text;
}

// "PL5252248481", "525-224-84-81" or the bare digits.
std::string write_tax_id(const Company& company, Random& random) {
  const std::string& id = company.tax_id;
  if (company.country != Country::poland) return id;
  if (random.percent(15)) return "PL" + id;
  if (random.percent(50)) return id;
  return id.substr(0, 3) + "-" + id.substr(3, 3) + "-" + id.substr(6, 2) + "-" + id.substr(8);
}

class ErpBook {
 public:
  ErpBook(Random& random, Truth& truth) : random_(random), truth_(truth) {}

  void add_person(const Person& person) {
    const std::int64_t day = some_day(random_);
    const WrittenName name = write_name(person, day, kHabits, random_);
    const bool abroad = person.country != Country::poland;
    const bool document_shown = random_.percent(45);
    std::vector<Cell> row = {next_customer(), text_cell("P"), text_cell(name.family),
                             text_cell(name.given)};
    row.push_back(text_cell(random_.percent(60) ? person.native_name : ""));
    row.push_back({});
    row.push_back({});
    row.push_back(text_cell(document_shown ? person.pesel : ""));
    row.push_back(document_shown || random_.percent(20) ? date_cell(person.birth_days) : Cell{});
    add_address(row, home_on(person, day));
    const std::string& phone =
        !person.landline.empty() && random_.percent(40) ? person.landline : person.mobile;
    row.push_back(phone_cell(phone, abroad));
    std::string email;
    if (random_.percent(60)) {
      email = write_email(person.company >= 0 ? person.work_email : email_on(person, day), random_);
    } else if (random_.percent(5)) {
      email = email_placeholder(random_);
    }
    row.push_back(text_cell(email));
    row.push_back({});
    finish(row, day, person.country, "contact", person.cluster);
  }

  void add_company(const Company& company) {
    const std::int64_t day = some_day(random_);
    const bool abroad = company.country != Country::poland;
    std::vector<Cell> row = {next_customer(),
                             text_cell("O"),
                             text_cell(write_company(company, kCompanyHabits, random_)),
                             {}};
    row.push_back(text_cell(random_.percent(50) ? company.native_name : ""));
    row.push_back(text_cell(random_.percent(85) ? write_tax_id(company, random_) : ""));
    row.push_back(text_cell(random_.percent(50) ? company.registration_id : ""));
    row.push_back({});
    row.push_back({});
    add_address(row, company.office);
    row.push_back(phone_cell(company.phone, abroad));
    row.push_back(text_cell(random_.percent(70) ? company.mailbox : ""));
    row.push_back(number_cell(std::to_string(random_.between(1, 40) * 5000)));
    finish(row, day, company.country, "company", company.cluster);
  }

  // A row that somebody cleared but for the name, and the empty row left behind by a deletion.
  void add_broken() {
    customers_.rows.push_back({{}, text_cell("P"), text_cell("Beznumeru"), text_cell("Anna")});
    truth_.add_broken("erp", "customers", customers_.row_number(customers_.rows.size() - 1),
                      "no CUSTNO");
    customers_.rows.emplace_back();
  }

  std::vector<Sheet> sheets() const { return {customers_, orders_, invoices_, payments_}; }

 private:
  Cell next_customer() {
    customer_ = std::to_string(100'000 + ++customer_count_);
    return number_cell(customer_);
  }

  void add_address(std::vector<Cell>& row, const Address& address) {
    const bool blank = random_.percent(6);
    const bool plain = random_.percent(8);
    const auto written = [&](const std::string& text) {
      return text_cell(blank ? std::string() : plain ? without_diacritics(text) : text);
    };
    row.push_back(written(address.street));
    row.push_back(written(address.postal_code));
    row.push_back(written(address.city));
    row.push_back(text_cell(std::string(code_of(address.country))));
  }

  Cell phone_cell(const std::string& e164, bool abroad) {
    if (random_.percent(16)) return {};
    if (random_.percent(2)) return text_cell(phone_placeholder(random_));
    // Typed with a plus and made a number by the spreadsheet.
    if (random_.percent(4)) return number_cell(e164.substr(1));
    return text_cell(write_phone(e164, abroad, random_));
  }

  void finish(std::vector<Cell>& row, std::int64_t day, Country country, std::string_view as,
              const std::string& cluster) {
    row.push_back(date_cell(day));
    customers_.rows.push_back(std::move(row));
    truth_.add("erp", "customers", customer_, as, cluster);
    const std::size_t orders = random_.skewed_below(as == "company" ? 12 : 6);
    for (std::size_t i = 0; i < orders; ++i) add_order(country);
  }

  void add_order(Country country) {
    const std::int64_t day = some_day(random_);
    const std::string number = "ZS/" + std::to_string(++order_count_);
    const std::string currency(currency_of(country));
    const std::int64_t total = random_.between(2'000, 900'000);
    constexpr std::string_view kChannels[] = {"shop", "web", "phone", "sales"};
    const bool cancelled = random_.percent(6);
    orders_.rows.push_back({text_cell(number), number_cell(customer_), date_cell(day),
                            text_cell(cancelled ? "cancelled" : "shipped"),
                            number_cell(decimal(total)), text_cell(currency),
                            text_cell(std::string(random_.pick(std::span(kChannels))))});
    if (!cancelled) add_invoice(number, day, total, currency);
  }

  void add_invoice(const std::string& order, std::int64_t day, std::int64_t total,
                   const std::string& currency) {
    const std::string number = "FV/" + std::to_string(++invoice_count_);
    const std::int64_t tax = total - total * 100 / 123;  // 23% is in the total
    const bool paid = random_.percent(88);
    invoices_.rows.push_back({text_cell(number), number_cell(customer_), text_cell(order),
                              date_cell(day + 1), date_cell(day + 15), number_cell(decimal(total)),
                              number_cell(decimal(tax)), text_cell(currency),
                              text_cell(paid ? "paid" : "open")});
    if (!paid) return;
    constexpr std::string_view kMethods[] = {"transfer", "card", "cash"};
    const std::int64_t paid_on = std::min(kLastDay, day + random_.between(1, 40));
    payments_.rows.push_back({text_cell("PL/" + std::to_string(++payment_count_)),
                              number_cell(customer_), text_cell(number), date_cell(paid_on),
                              number_cell(decimal(total)), text_cell(currency),
                              text_cell(std::string(random_.pick(std::span(kMethods))))});
  }

  Random& random_;
  Truth& truth_;
  std::string customer_;
  std::size_t customer_count_ = 0, order_count_ = 0, invoice_count_ = 0, payment_count_ = 0;
  Sheet customers_ = {
      "Customers",
      "Kartoteka kontrahentów",
      {"CUSTNO", "TYPE", "NAME1", "NAME2", "LOCAL_NAME", "TAXNO", "REGNO", "PESEL", "BIRTHDATE",
       "STREET", "ZIP", "CITY", "COUNTRY", "PHONE", "MAIL", "CREDIT_LIMIT", "CHANGED"},
      {}};
  Sheet orders_ = {"Orders",
                   "Zamówienia",
                   {"ORDERNO", "CUSTNO", "DATE", "STATUS", "TOTAL", "CUR", "CHANNEL"},
                   {}};
  Sheet invoices_ = {
      "Invoices",
      "Faktury",
      {"INVNO", "CUSTNO", "ORDERNO", "ISSUED", "DUE", "AMOUNT", "TAX", "CUR", "STATUS"},
      {}};
  Sheet payments_ = {
      "Payments", "Wpłaty", {"PAYNO", "CUSTNO", "INVNO", "PAID", "AMOUNT", "CUR", "METHOD"}, {}};
};

}  // namespace

void write_erp(const Market& market, const std::filesystem::path& folder, Random& random,
               Truth& truth) {
  ErpBook book(random, truth);
  const std::vector<Person>& people = market.population.people;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (i == people.size() / 4) book.add_broken();
    if (!market.people[i].erp) continue;
    book.add_person(people[i]);
    if (random.percent(4)) book.add_person(people[i]);
  }
  const std::vector<Company>& companies = market.population.companies;
  for (std::size_t i = 0; i < companies.size(); ++i) {
    if (!market.companies[i].erp) continue;
    book.add_company(companies[i]);
    if (random.percent(5)) book.add_company(companies[i]);
  }
  write_xlsx(folder / "erp.xlsx", book.sheets());
}

}  // namespace cdh::generator
