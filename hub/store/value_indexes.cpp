#include "hub/store/value_indexes.hpp"

#include <array>
#include <string>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// As the schema makes them, in the same words: by values that come in no order.
struct ValueIndex {
  const char *name, *on;
};
constexpr std::array<ValueIndex, 4> kValueIndexes = {
    {{"email_canonical", "email (canonical)"},
     {"phone_e164", "phone (e164)"},
     {"postal_address_home", "postal_address (home)"},
     {"link_profile", "link (profile_id)"}}};

// A report may read for hours, and whoever comes after the one who waits for it waits, too.
constexpr const char* kWaitForReaders = "SET LOCAL lock_timeout = '2s'";
// As the session was before; its default is the role's.
constexpr const char* kWaitAsLongAsItTakes = "SET LOCAL lock_timeout = 0";

}  // namespace

bool drop_value_indexes(Database& database) {
  if (!database.has_transactional_ddl()) return false;
  const bool waits_for_readers = database.dialect() == "postgresql";
  Savepoint before(database);
  try {
    if (waits_for_readers) database.execute(kWaitForReaders);
    for (const auto& [name, on] : kValueIndexes) {
      database.execute("DROP INDEX " + std::string(name));
    }
    if (waits_for_readers) database.execute(kWaitAsLongAsItTakes);
  } catch (const Error&) {
    before.roll_back();  // fails in turn where more than a lock is amiss
    return false;
  }
  before.release();
  return true;
}

void make_value_indexes(Database& database) {
  for (const auto& [name, on] : kValueIndexes) {
    database.execute("CREATE INDEX " + std::string(name) + " ON " + on);
  }
}

}  // namespace cdh
