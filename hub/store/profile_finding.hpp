// Finding customers: by their ids, contacts, numbers, records and names.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct ProfileSummary {
  std::string uuid;
  std::string party_type;
  std::string display_name;
  std::string email;  // the first of each, or empty
  std::string phone;
  std::string town;
  std::int64_t record_count = 0;
  // "Lee Ann (shop:1001)": the name by which one of its records was found, where its own does not fit.
  std::string found_as;
};

// By profile id or a former one, e-mail address or phone number (also as they are shown), number by
// which another system knows the customer, record ("KEY", "SOURCE:KEY" or "SOURCE/STREAM/KEY", the
// key also in capitals or small letters throughout), part of its name, or part of a name that one of its
// records has. At most `most`, the best fitting kind first. `email`, `e164`: the text as a canonical
// address or number, when it is one. `fits` is asked of every display name and native name, and of all
// names of a record as one text: SQL cannot fold letters.
std::vector<ProfileSummary> find_profiles(Database& database, const std::string& text,
                                          const std::string& email, const std::string& e164,
                                          const std::function<bool(std::string_view)>& fits,
                                          std::size_t most);

// Those that a record named so belongs to: "KEY", "SOURCE:KEY" or "SOURCE/STREAM/KEY". At most `most`, by
// name.
std::vector<ProfileSummary> find_by_record(Database& database, const std::string& record,
                                           std::size_t most);

}  // namespace cdh
