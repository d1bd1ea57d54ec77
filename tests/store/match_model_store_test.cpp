#include "hub/store/match_model_store.hpp"

#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

class MatchModelStoreTest : public StoreTest {
 protected:
  void add(std::int64_t run_id, const std::string& content) {
    StoredMatchModel model;
    model.run_id = run_id;
    model.parties = 250;
    model.content = content;
    Transaction transaction(database_);
    add_match_model(database_, model);
    transaction.commit();
  }
};
INSTANTIATE_TEST_SUITE_P(On, MatchModelStoreTest, kEveryStore, store_kind_name);

TEST_P(MatchModelStoreTest, BeforeTheFirstRunThereIsNone) {
  EXPECT_FALSE(current_match_model(database_).has_value());
}

TEST_P(MatchModelStoreTest, TheLastOneCountsAndTheOthersAreKept) {
  add(1, R"({"first":"O'Neill 王"})");
  const auto first = current_match_model(database_);
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->id, 1);
  EXPECT_EQ(first->run_id, 1);
  EXPECT_EQ(first->parties, 250);
  EXPECT_EQ(first->content, R"({"first":"O'Neill 王"})");
  EXPECT_NE(first->created_at, "");

  add(7, "{}");
  const auto second = current_match_model(database_);
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->id, 2);
  EXPECT_EQ(second->run_id, 7);
  EXPECT_EQ(second->content, "{}");
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM match_model"), 2);
}

// The counts of values of millions of customers.
TEST_P(MatchModelStoreTest, ALargeModelIsReadAsItWasWritten) {
  const std::string content(3'000'000, 'x');
  add(1, content);
  EXPECT_TRUE(current_match_model(database_)->content == content);
}

}  // namespace
}  // namespace cdh
