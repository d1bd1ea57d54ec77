#include "hub/store/store_check.hpp"

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using testing::IsEmpty;

using StoreCheckTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(On, StoreCheckTest, kEveryStore, store_kind_name);

TEST_P(StoreCheckTest, AnswersWhileAnotherWrites) {
  Database other(hub_.store(), Database::Mode::existing);
  const Transaction writing(other);
  other.execute("INSERT INTO source (id, name) VALUES (1, 'crm')");
  EXPECT_EQ(probe_store(hub_.store()), current_schema_version());
  EXPECT_THAT(check_store(database_).faults, IsEmpty());
}

}  // namespace
}  // namespace cdh
