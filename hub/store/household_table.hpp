// The table of households, and the addresses that it follows from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// An address of a person's profile.
struct HomeAddress {
  std::int64_t home = 0;  // PublishedContact::home
  std::int64_t profile_id = 0;
  std::int64_t position = 0;  // among the profile's addresses
  std::string postal_code, town;
};

// All addresses with these homes: by home, profile and position.
std::vector<HomeAddress> addresses_of_homes(Database& database,
                                            const std::vector<std::int64_t>& homes);

// The homes that more than one address has. Ascending.
std::vector<std::int64_t> shared_homes(Database& database);

void remove_households(Database& database, const std::vector<std::int64_t>& homes);
void remove_all_households(Database& database);

// Writes who lives in which household.
class HouseholdWriter {
 public:
  explicit HouseholdWriter(Database& database);

  void add(const std::string& household_id, const HomeAddress& address);
  void flush() { rows_->flush(); }

 private:
  std::unique_ptr<BulkInsert> rows_;
};

}  // namespace cdh
