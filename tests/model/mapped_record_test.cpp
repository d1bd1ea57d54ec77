#include "hub/model/mapped_record.hpp"

#include <gtest/gtest.h>

#include "hub/base/error.hpp"

namespace cdh {
namespace {

TEST(MappedRecord, ComesBackFromJsonAsItWas) {
  const KnownEntities& known = known_entities();
  MappedRecord record;
  MappedEntity person{known.person, "contact", -1, {}, {}, {}};
  person.fields = {{find_field(known.person, "given_name"), "Zoë \"Z\"\n"},
                   {find_field(known.person, "family_name"), "王"}};
  person.ext = {{"shoe_size", "44"}};
  MappedEntity email{known.email, "", 0, {{0, "a@b.example"}}, {}, {}};
  MappedEntity order{find_entity("sales_order"), "order", -1, {{0, "007"}}, {}, {}};
  order.refs = {{"customer", "", "customers", "C-1", ""}};
  record.entities = {person, email, order};
  EXPECT_EQ(mapped_record_from_json(to_json(record)), record);
}

TEST(MappedRecord, HasACompactJsonForm) {
  MappedRecord record;
  record.entities.push_back({known_entities().email, "", 0, {{0, "a@b"}}, {}, {}});
  EXPECT_EQ(to_json(record), R"([{"e":"email","of":0,"f":{"value":"a@b"}}])");
}

TEST(MappedRecord, SkipsWhatALaterVersionAdded) {
  const MappedRecord record = mapped_record_from_json(
      R"([{"e":"hologram","f":{}},{"e":"email","of":0,"f":{"colour":"red"}}])");
  ASSERT_EQ(record.entities.size(), 1U);
  EXPECT_TRUE(record.entities[0].fields.empty());
}

TEST(MappedRecord, RefusesBrokenJson) { EXPECT_THROW(mapped_record_from_json("[{"), Error); }

}  // namespace
}  // namespace cdh
