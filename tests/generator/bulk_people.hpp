// The bulk data set for measuring: any number of person records in one CSV file of twelve fields
//     id,given_name,family_name,birth_date,email,phone,street,postal_code,city,country,national_id,
//     updated_at
// and their truth (record_id,cluster_id; the record_id is the id). Duplicates stand anywhere in the
// file. Memory does not grow with the number.
#pragma once

#include <cstdint>
#include <filesystem>

namespace cdh::generator {

struct BulkOptions {
  std::filesystem::path file = {}, truth = {};
  std::uint64_t count = 100'000;  // records, 1 to 1,000,000,000
  double duplicates = 0.25;       // share of records that repeat another's person, 0 to 0.9
  std::uint64_t seed = 1;
  // The same set as it is on a later night: on each night from the second on, this share of the
  // records changed. Night 1 is the set itself; night 3 holds the changes of nights 2 and 3.
  double changed = 0;
  int night = 1;  // 1 to 1000
};

struct BulkCounts {
  std::uint64_t people = 0;
  std::uint64_t changed_tonight = 0;  // against the night before
};

// The same options give the same bytes. Throws Error(config) for options out of bounds,
// Error(source) when a file cannot be written.
BulkCounts write_bulk_people(const BulkOptions& options);

}  // namespace cdh::generator
