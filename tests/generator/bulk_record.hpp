// One record of the bulk data set, computed from numbers alone: nothing is kept between records, so
// that ten million of them take no memory.
#pragma once

#include <cstdint>
#include <string>

#include "tests/generator/name_pools.hpp"
#include "tests/generator/random.hpp"

namespace cdh::generator {

struct BulkRecord {
  std::string given_name, family_name, birth_date, email, phone, street, postal_code, city;
  Country country = Country::poland;
  std::string national_id;
  std::int64_t updated_at = 0;  // seconds since 1970

  bool female = false;  // not written
  std::string nickname;
};

// The person number `entity`, as it is.
BulkRecord make_bulk_record(std::uint64_t seed, std::uint64_t entity);

// The same person written down elsewhere: mostly light noise, now and then another phone, mailbox
// or address, a nickname, a slip of the finger, and gaps.
void blur(BulkRecord& record, Random& random);

// Something happened to the person: a new phone, address or mailbox.
void change(BulkRecord& record, Random& random);

}  // namespace cdh::generator
