#include "tests/run/changing_sources.hpp"

#include <iterator>
#include <utility>

#include "hub/base/hash.hpp"

namespace cdh {

namespace {

constexpr std::size_t kCrm = 0, kShop = 1, kOrders = 3;
constexpr const char* kTeamMailbox = "team@shop.example";

constexpr const char* kGiven[] = {"Anna",  "Robert", "Bob",   "Maria", "Jan",    "Zofia",
                                  "Piotr", "Kate",   "Elena", "Omar",  "Sophie", "Li"};
constexpr const char* kFamily[] = {"Kowalski", "Miller",  "Novak", "Brown",   "Garcia",  "Jensen",
                                   "Rossi",    "Weber",   "Young", "Almeida", "Fischer", "Lund",
                                   "O'Neill",  "Schmidt", "Wang",  "Dubois"};

std::string digits(std::size_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

}  // namespace

const char* ChangingSources::yaml() {
  return R"(
match: { max_holders: 4 }
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    trust: 80
    streams:
      crm:
        key: id
        updated_at: changed
        map:
          - as: contact
            into: person
            when: { kind: [P, B] }
            fields:
              { given_name: first, family_name: last, birth_date: born, emails: [mail], phones: [phone],
                street_address: street, postal_code: zip, address_locality: town }
          - as: company
            into: organization
            when: { kind: [O, B] }
            fields: { name: company, tax_id: tax, phones: [phone] }
          - into: affiliation
            when: { kind: B }
            refs: { person: { as: contact }, organization: { as: company } }
            fields: { job_title: status }
          - into: relationship
            when: { kind: [O, B] }
            refs: { from: { as: company }, to: { stream: crm, key: parent, as: company } }
            fields: { kind: { value: parent } }
  shop:
    connector: csv
    config: { path: shop.csv }
    trust: 40
    streams:
      shop:
        key: id
        map:
          - into: person
            fields:
              { given_name: first, family_name: last, birth_date: born, emails: [mail], phones: [phone],
                street_address: street, postal_code: zip, address_locality: town }
          - into: consent
            fields: { purpose: { value: offers }, status: status }
  newsletter:
    connector: csv
    config: { path: newsletter.csv }
    streams:
      newsletter:
        key: id
        updated_at: changed
        map:
          - into: person
            fields: { given_name: first, family_name: last, birth_date: born, emails: [mail], phones: [phone] }
            ext: { rating: status }
          - into: consent
            fields: { purpose: { value: offers }, channel: { value: email }, status: status, captured_at: changed }
  orders:
    connector: csv
    config: { path: orders.csv }
    streams:
      orders:
        key: id
        map:
          - into: sales_order
            refs: { customer: { source: crm, stream: crm, key: customer } }
            fields: { number: id, total: total }
          - into: invoice
            refs:
              customer: { source: crm, stream: crm, key: customer, as: company }
              order: { stream: orders, key: parent }
            fields: { number: id, amount: total }
          - into: consent
            refs: { customer: { source: crm, stream: crm, key: customer } }
            fields: { purpose: { value: offers }, status: { value: granted } }
)";
}

ChangingSources::ChangingSources(std::uint64_t seed, std::size_t customers)
    : random_(seed), customers_(customers) {
  const std::string person = "id,first,last,born,mail,phone,changed,status,street,zip,town";
  sources_[0].header = person + ",kind,company,tax,parent";
  sources_[1].header = person;
  sources_[2].header = person;
  sources_[3].header = "id,customer,total,parent";
  for (std::size_t customer = 0; customer < customers_; ++customer) {
    if (chance(80)) add_row(kCrm, customer);
    if (chance(60)) add_row(kShop, customer);
    if (chance(60)) add_row(2, customer);
    while (chance(60)) add_row(kOrders, customer);
  }
}

// splitmix64, https://prng.di.unimi.it/splitmix64.c
std::size_t ChangingSources::below(std::size_t limit) {
  std::uint64_t z = random_ += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return (z ^ (z >> 31)) % limit;
}

std::string ChangingSources::changed_at() const {
  return "2026-03-" + digits(static_cast<std::size_t>(night_), 2) + "T01:00:00Z";
}

// What a source may know of a customer: now and then less, or written otherwise. Three customers in
// a row are a family with one telephone and one address; every fifth of them shares the family's mailbox.
ChangingSources::Row ChangingSources::person_columns(std::size_t customer) {
  const std::size_t family = customer / 3;
  const std::string last = kFamily[family % std::size(kFamily)];
  std::string first = kGiven[(customer * 7 + family) % std::size(kGiven)];
  std::string mail = customer % 5 == 0 ? "family" + std::to_string(family) + "@example.com"
                                       : "c" + std::to_string(customer) + "@example.com";
  std::string phone = "415-555-" + digits(family % 10000, 4);
  if (chance(30)) phone = "+1 (415) 555 " + digits(family % 10000, 4);
  if (chance(15)) phone.clear();
  if (chance(15)) mail.clear();
  if (chance(10)) first = first.substr(0, 1);
  const std::string born = chance(50) ? "19" + digits(50 + customer % 50, 2) + "-0" +
                                            std::to_string(1 + family % 9) + "-1" +
                                            std::to_string(customer % 10)
                                      : "";
  const std::string house = std::to_string(1 + family % 40);
  const std::string street = chance(50) ? house + " Mill Lane" : "Mill Ln. " + house;
  return {first,
          last,
          born,
          mail,
          phone,
          changed_at(),
          chance(70) ? "granted" : "refused",
          chance(80) ? street : "",
          chance(70) ? "1000" + std::to_string(family % 2) : "",
          chance(80) ? "Springfield" : ""};
}

ChangingSources::Row ChangingSources::crm_row(std::size_t customer) {
  Row row = person_columns(customer);
  const char* kind = chance(60) ? "P" : chance(50) ? "O" : "B";
  const std::size_t company = customer / 4;
  row.insert(row.end(), {kind, std::string(kFamily[company % std::size(kFamily)]) + " Works Ltd",
                         chance(80) ? "9" + digits(company, 8) : "",
                         chance(90) ? std::to_string(101 + below(customers_)) : ""});
  return row;
}

void ChangingSources::add_row(std::size_t source, std::size_t customer) {
  std::string key = std::to_string(++next_key_);
  Row row;
  if (source == kOrders) {
    // Also customers that come later or never do, and parents of the same kind.
    const std::string total = std::to_string(below(500)) + ".5";
    row = {std::to_string(101 + below(next_key_ - 95)), total,
           std::to_string(101 + below(next_key_ - 95))};
  } else {
    row = source == kCrm ? crm_row(customer) : person_columns(customer);
  }
  row.insert(row.begin(), key);
  sources_[source].rows.emplace(std::move(key), std::move(row));
}

void ChangingSources::change_row(Source& source, Row& row) {
  const std::size_t customer = below(customers_);
  const std::string key = row.front();
  if (&source == &sources_[kOrders]) {
    row[1] = std::to_string(101 + below(next_key_ - 95));
    return;
  }
  Row other = &source == &sources_[kCrm] ? crm_row(customer) : person_columns(customer);
  other.insert(other.begin(), key);
  // All of it is another customer's, or one column is: an address, a number, the kind.
  if (chance(40)) {
    row = other;
  } else {
    const std::size_t column = 1 + below(row.size() - 1);
    row[column] = other[column];
  }
  if (row.size() > 7) row[6] = changed_at();
}

void ChangingSources::next_night(std::size_t team_mailbox_holders) {
  ++night_;
  for (std::size_t index = 0; index < sources_.size(); ++index) {
    Source& source = sources_[index];
    for (auto at = source.rows.begin(); at != source.rows.end();) {
      const auto here = at++;
      if (!chance(4)) continue;
      if (chance(35)) {
        source.deleted.insert(source.rows.extract(here));
      } else {
        change_row(source, here->second);
      }
    }
    for (auto at = source.deleted.begin(); at != source.deleted.end();) {
      const auto here = at++;
      if (chance(20)) source.rows.insert(source.deleted.extract(here));
    }
    add_row(index, below(customers_));
  }
  for (auto& [key, row] : sources_[kShop].rows) {
    if (team_mailbox_holders > 0) {
      row[4] = kTeamMailbox;
      --team_mailbox_holders;
    } else if (row[4] == kTeamMailbox) {
      row[4] = "c" + key + "@example.com";
    }
  }
}

void ChangingSources::write_part(const TestHub& hub, std::size_t parts, std::size_t of) const {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    std::string text = sources_[i].header + "\n";
    for (const auto& [key, row] : sources_[i].rows) {
      if (hash64(key, of) % of >= parts) continue;
      for (std::size_t column = 0; column < row.size(); ++column) {
        text += (column == 0 ? "" : ",") + row[column];
      }
      text += "\n";
    }
    hub.write(std::string(kSources[i]) + ".csv", text);
  }
}

}  // namespace cdh
