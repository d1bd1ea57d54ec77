#include "hub/normalize/possible_day.hpp"

#include <gtest/gtest.h>

#include "hub/base/time.hpp"
#include "hub/normalize/instant.hpp"

namespace cdh {
namespace {

const std::int64_t kToday = *parse_date("2026-11-22");

std::string fault(const char* party, const char* field, const char* day) {
  const EntityId id = find_entity(party);
  return fault_of_day(entity(id).fields[find_field(id, field)], day, kToday);
}

TEST(PossibleDay, ABirthLiesBehindUsButNotTooFar) {
  EXPECT_EQ(fault("person", "birth_date", "2026-11-22"), "");
  EXPECT_EQ(fault("person", "birth_date", "2026-11-23"), "\"2026-11-23\" is yet to come");
  EXPECT_EQ(fault("person", "birth_date", "1870-01-01"), "");
  EXPECT_EQ(fault("person", "birth_date", "1869-12-31"),
            "\"1869-12-31\" is too long ago; was the year written with two digits?");
}

TEST(PossibleDay, ACompanyMayBeOlder) {
  EXPECT_EQ(fault("organization", "founding_date", "1288-06-16"), "");
  EXPECT_NE(fault("organization", "founding_date", "0001-02-03"), "");
  EXPECT_NE(fault("organization", "founding_date", "2027-01-01"), "");
}

TEST(PossibleDay, OtherFieldsMayHoldAnyDay) {
  EXPECT_EQ(fault("invoice", "due_date", "2999-01-01"), "");
  EXPECT_EQ(fault("person", "gender", "female"), "");
  EXPECT_EQ(fault("person", "birth_date", ""), "");
}

TEST(PossibleDay, TodayIsThatOfTheZone) {
  const std::int64_t late = *parse_instant("2026-11-22T23:30:00Z");
  EXPECT_EQ(day_in(late, "UTC"), kToday);
  EXPECT_EQ(day_in(late, "Europe/Warsaw"), kToday + 1);
  EXPECT_EQ(day_in(-1, "UTC"), -1);
}

}  // namespace
}  // namespace cdh
