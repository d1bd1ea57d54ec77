#include "hub/run/household_settlement.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "hub/match/household.hpp"
#include "hub/store/household_table.hpp"

namespace cdh {

namespace {

// Homes whose addresses are in memory at one time.
constexpr std::size_t kChunk = 20'000;

void add_households(std::span<const HomeAddress> at_home, HouseholdWriter& writer) {
  if (at_home.size() < 2) return;
  std::vector<Resident> residents;
  residents.reserve(at_home.size());
  for (const HomeAddress& address : at_home) {
    residents.push_back({address.profile_id, address.postal_code, address.town});
  }
  for (const Household& household : households_of(at_home.front().home, residents)) {
    for (const std::size_t resident : household.residents) {
      writer.add(household.id, at_home[resident]);
    }
  }
}

void add_households_at(Database& database, const std::vector<std::int64_t>& homes,
                       HouseholdWriter& writer) {
  const std::vector<HomeAddress> addresses = addresses_of_homes(database, homes);
  for (auto begin = addresses.begin(); begin != addresses.end();) {
    const auto end = std::find_if(begin, addresses.end(), [&](const HomeAddress& address) {
      return address.home != begin->home;
    });
    add_households({begin, end}, writer);
    begin = end;
  }
  writer.flush();
}

}  // namespace

void settle_households(Database& database, Publication& publication, const MatchPolicy& policy,
                       bool everything) {
  if (everything) remove_all_households(database);
  if (!policy.households) return;
  const std::vector<std::int64_t> homes =
      everything ? shared_homes(database) : publication.changed_homes();
  HouseholdWriter writer(database);
  for (std::size_t begin = 0; begin < homes.size(); begin += kChunk) {
    const std::size_t end = std::min(homes.size(), begin + kChunk);
    const std::vector<std::int64_t> chunk(homes.begin() + static_cast<std::ptrdiff_t>(begin),
                                          homes.begin() + static_cast<std::ptrdiff_t>(end));
    if (!everything) remove_households(database, chunk);
    add_households_at(database, chunk, writer);
  }
}

}  // namespace cdh
