#include "tests/generator/demo.hpp"

#include <array>

#include "hub/base/error.hpp"
#include "tests/generator/departments.hpp"

namespace cdh::generator {

namespace {

// Who deals with which department. A private customer knows two of the five on average.
Presence presence_of(const Person& person, Random& random) {
  Presence known;
  const bool buyer = person.company >= 0;
  do {
    known.newsletter = random.percent(buyer ? 40 : 50);
    known.webforms = random.percent(buyer ? 30 : 32);
    known.erp = !buyer && random.percent(55);
    known.sales = buyer && random.percent(85);
    known.support = random.percent(buyer ? 25 : 30);
  } while (!known.newsletter && !known.webforms && !known.erp && !known.sales && !known.support);
  return known;
}

Market make_market(std::size_t customers, Random& random) {
  Market market;
  market.population = make_population(customers, random);
  std::vector<bool> seen(market.population.companies.size());
  for (const Person& person : market.population.people) {
    const Presence& known = market.people.emplace_back(presence_of(person, random));
    const bool names_company = known.sales || known.webforms;
    if (person.company >= 0 && names_company) seen[static_cast<std::size_t>(person.company)] = true;
  }
  for (const bool known_elsewhere : seen) {
    market.companies.push_back({.erp = !known_elsewhere || random.percent(80)});
  }
  return market;
}

}  // namespace

DemoCounts write_demo(const DemoOptions& options) {
  if (options.customers < 20 || options.customers > 1'000'000) {
    throw Error(ErrorKind::config, "--customers must be from 20 to 1000000");
  }
  std::error_code failure;
  std::filesystem::create_directories(options.folder, failure);
  if (failure) {
    throw Error(ErrorKind::source,
                "cannot create " + options.folder.string() + ": " + failure.message());
  }
  Random random(options.seed);
  const Market market = make_market(options.customers, random);
  Truth truth;
  constexpr std::array kDepartments = {write_newsletter, write_webforms, write_erp, write_sales,
                                       write_support};
  for (std::size_t i = 0; i < kDepartments.size(); ++i) {
    // A stream of its own: what one department writes does not change another's file.
    Random of_department(mix(options.seed, i + 1));
    kDepartments[i](market, options.folder, of_department, truth);
  }
  truth.write(options.folder);
  return {market.population.people.size() + market.population.companies.size(), truth.parties(),
          truth.broken()};
}

}  // namespace cdh::generator
