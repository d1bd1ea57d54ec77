// The demo company's five departments. Each keeps its customers in its own program, in its own way,
// and writes its file or files; what belongs together goes to the truth.
#pragma once

#include <filesystem>
#include <vector>

#include "tests/generator/population.hpp"
#include "tests/generator/random.hpp"
#include "tests/generator/truth.hpp"

namespace cdh::generator {

// Which departments know a customer; everyone is known to at least one.
struct Presence {
  bool newsletter = false, webforms = false, erp = false, sales = false, support = false;
};

struct Market {
  Population population;
  std::vector<Presence> people;     // by index in population.people
  std::vector<Presence> companies;  // erp only; sales knows companies through their people
};

// Marketing: newsletter.csv as a mail service exports it. UTF-8, commas, times in UTC. People type
// their own names; many leave fields empty. Role mailboxes subscribe too.
void write_newsletter(const Market& market, const std::filesystem::path& folder, Random& random,
                      Truth& truth);

// Online shop: webforms.jsonl, one submission a line, the name in one field, times with an offset.
// A quote request names the company as well.
void write_webforms(const Market& market, const std::filesystem::path& folder, Random& random,
                    Truth& truth);

// Accounting: erp.xlsx with the sheets Customers, Orders, Invoices and Payments, each under a
// merged title. Clerks copy from documents: official names, tax and personal numbers.
void write_erp(const Market& market, const std::filesystem::path& folder, Random& random,
               Truth& truth);

// Sales: sales.ods with the sheets Cards (visiting cards: a person and a company in one row) and
// Opportunities.
void write_sales(const Market& market, const std::filesystem::path& folder, Random& random,
                 Truth& truth);

// Support: support.csv (tickets) and satisfaction.csv (scores of tickets), Windows-1250,
// semicolons, Polish headers and dates. Agents write down what they hear on the phone.
void write_support(const Market& market, const std::filesystem::path& folder, Random& random,
                   Truth& truth);

}  // namespace cdh::generator
