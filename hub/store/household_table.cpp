#include "hub/store/household_table.hpp"

#include "hub/store/affected_ids.hpp"

namespace cdh {

std::vector<HomeAddress> addresses_of_homes(Database& database,
                                            const std::vector<std::int64_t>& homes) {
  std::vector<HomeAddress> addresses;
  note_affected(database, homes);
  const auto rows = database.query(
      "SELECT a.home, a.profile_id, a.position, a.postal_code, a.address_locality "
      "FROM affected f CROSS JOIN postal_address a WHERE a.home = f.id "
      "ORDER BY a.home, a.profile_id, a.position");
  while (rows->next()) {
    addresses.push_back({rows->integer(0), rows->integer(1), rows->integer(2),
                         std::string(rows->text(3)), std::string(rows->text(4))});
  }
  return addresses;
}

std::vector<std::int64_t> shared_homes(Database& database) {
  std::vector<std::int64_t> homes;
  const auto rows = database.query(
      "SELECT home FROM postal_address WHERE home IS NOT NULL GROUP BY home HAVING COUNT(*) > 1 "
      "ORDER BY home");
  while (rows->next()) homes.push_back(rows->integer(0));
  return homes;
}

void remove_households(Database& database, const std::vector<std::int64_t>& homes) {
  note_affected(database, homes);
  database.execute("{delete household} WHERE home IN (SELECT id FROM affected)");
}

void remove_all_households(Database& database) { database.execute("DELETE FROM household"); }

HouseholdWriter::HouseholdWriter(Database& database)
    : rows_(database.bulk_insert("household", {"home", "id", "profile_id", "position"})) {}

void HouseholdWriter::add(const std::string& household_id, const HomeAddress& address) {
  rows_->add(address.home);
  rows_->add(std::string_view(household_id));
  rows_->add(address.profile_id);
  rows_->add(address.position);
  rows_->end_row();
}

}  // namespace cdh
