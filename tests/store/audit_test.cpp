#include "hub/store/audit.hpp"

#include <thread>
#include <vector>

#include "hub/store/membership.hpp"
#include "tests/store/store_test.hpp"

namespace cdh {
namespace {

using AuditTest = StoreTest;
INSTANTIATE_TEST_SUITE_P(On, AuditTest, kEveryStore, store_kind_name);

TEST_P(AuditTest, ActsOfSeveralAtOnceAreAllKept) {
  constexpr int kStewards = 6, kActs = 20;
  StoredDecision decision;
  decision.kind = "pin";
  decision.left = "a profile";
  std::vector<std::string> failures(kStewards);
  const auto act = [&] {
    Database database(hub_.store(), Database::Mode::existing);
    for (int i = 0; i < kActs; ++i) {
      Transaction transaction(database);
      add_decisions(database, {decision, decision});
      add_audit_event(database, {"ada", "set", "a profile"});
      transaction.commit();
    }
  };
  {
    std::vector<std::jthread> stewards;
    for (std::string& failed : failures) {
      stewards.emplace_back([&act, &failed] { failed = failure(act); });
    }
  }
  EXPECT_THAT(failures, testing::Each(""));
  constexpr std::int64_t kAll = kStewards * kActs;
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM decision"), 2 * kAll);
  EXPECT_EQ(database_.number("SELECT MAX(id) FROM decision"), 2 * kAll) << "no gap, none twice";
  EXPECT_EQ(database_.number("SELECT COUNT(*) FROM audit_event"), kAll);
}

}  // namespace
}  // namespace cdh
