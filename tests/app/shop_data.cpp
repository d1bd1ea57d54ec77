#include "tests/app/shop_data.hpp"

#include <string>

namespace cdh::test {

namespace {

// A name a number, pronounceable and far from the next one.
std::string name_of(int number) {
  static constexpr const char* kSyllables[] = {"ba", "do", "fe", "gi", "ku", "la", "mo", "ne",
                                               "pi", "ru", "sa", "to", "ve", "wi", "zu", "ka"};
  std::string name;
  for (unsigned rest = static_cast<unsigned>(number) * 2654435761U; name.size() < 8; rest >>= 4) {
    name += kSyllables[rest & 15U];
  }
  name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// Every second shop has no e-mail addresses, so that its customers are known by phone and birth
// date.
std::string customer_row(int shop, int row) {
  const int person = shop * (kRowsPerShop / 2) + row;
  const std::string given = name_of(person * 7 + 3), family = name_of(person);
  const std::string mail = given + "." + family + std::to_string(person) + "@mail.example";
  const std::string born = row % 500 == 499 ? "soon"
                                            : std::to_string(1940 + person % 60) + "-" +
                                                  two_digits(1 + person % 12) + "-" +
                                                  two_digits(1 + person % 28);
  return "C" + std::to_string(row) + "," + given + "," + family + "," +
         (shop % 2 == 0 ? mail : "") + ",212" + std::to_string(5'550'000 + person) + "," + born +
         "\n";
}

}  // namespace

void write_shops(const HubFolder& hub, int rows) {
  std::string yaml = "hub: { store: sqlite://c.db, country: US }\nsources:\n";
  for (int shop = 0; shop < kShops; ++shop) {
    const std::string name = "shop" + std::to_string(shop);
    yaml += "  " + name + ":\n    connector: csv\n    config: { path: " + name +
            ".csv }\n    streams:\n      " + name +
            ":\n        key: No\n        map:\n          - into: person\n"
            "            fields: { given_name: Given, family_name: Family, emails: [Mail], "
            "phones: [Phone], birth_date: Born }\n";
    std::string csv = "No,Given,Family,Mail,Phone,Born\n";
    for (int row = 0; row < rows; ++row) csv += customer_row(shop, row);
    hub.write(name + ".csv", csv);
  }
  yaml +=
      "  orders:\n    connector: csv\n    config: { path: orders.csv }\n    streams:\n"
      "      orders:\n        key: Order\n        map:\n          - into: sales_order\n"
      "            fields: { number: Order, order_date: Date, total: Total }\n"
      "            refs: { customer: { source: shop0, stream: shop0, key: Customer } }\n";
  std::string orders = "Order,Customer,Date,Total\n";
  for (int order = 0; order < kOrders; ++order) {
    orders += "O" + std::to_string(order) + ",C" + std::to_string(order * 3 % rows) + ",2026-" +
              two_digits(1 + order % 12) + "-" + two_digits(1 + order % 28) + "," +
              std::to_string(order % 900) + ".50\n";
  }
  hub.write("orders.csv", orders);
  hub.write("hub.yaml", yaml);
}

}  // namespace cdh::test
