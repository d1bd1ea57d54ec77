// Pairs that wait for review: found by a run, judged by a steward, gone by the next run.
#include "hub/run/review_settlement.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/review_decision.hpp"
#include "hub/store/review_items.hpp"
#include "hub/store/run_log.hpp"
#include "hub/store/store_check.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail], birth_date: born } } ]
)";
constexpr const char* kHeader = "id,first,last,mail,born\n";
constexpr const char* kAnn = "1,Ann,Lee,ann@example.com,1980-01-02\n";
constexpr const char* kAnna = "2,Ann,Lee,ann@example.com,1980-01-03\n";
constexpr const char* kZoe = "3,Zoe,Brown,zoe@example.com,1990-05-06\n";

class ReviewSettlementTest : public testing::TestWithParam<StoreKind> {
 protected:
  ReviewSettlementTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {
    config_.match.link_score = 1000;  // whatever is alike is left to the steward
  }

  RunEntry run(const std::string& rows, bool full = false) {
    hub_.write("crm.csv", kHeader + rows);
    RunOptions options;
    options.full = full;
    options.accept_changes = true;
    return consolidate(config_, options).run;
  }

  Database& store() {
    if (!store_) store_.emplace(hub_.store(), Database::Mode::existing);
    return *store_;
  }
  std::vector<ReviewedPair> waiting() { return reviewed_pairs(store(), 100); }
  std::vector<ReviewedPair> judge(const std::vector<std::int64_t>& ids, ReviewVerdict verdict) {
    return judge_review_items(store(), ids, verdict, "ada");
  }
  std::int64_t profiles() { return count_profiles(store()); }

  TestHub hub_;
  HubConfig config_;
  std::optional<Database> store_;
};
INSTANTIATE_TEST_SUITE_P(On, ReviewSettlementTest, kEveryStore, store_kind_name);

TEST_P(ReviewSettlementTest, TwoThatMayBeOneWait) {
  EXPECT_EQ(run(std::string(kAnn) + kAnna + kZoe).review_items, 1);
  const auto pairs = waiting();
  ASSERT_THAT(pairs, SizeIs(1));
  const ReviewedPair& pair = pairs.front();
  EXPECT_EQ(pair.a.source + ":" + pair.a.source_key, "crm:1");
  EXPECT_EQ(pair.b.source + ":" + pair.b.source_key, "crm:2");
  EXPECT_EQ(pair.a.display_name, "Ann Lee");
  EXPECT_NE(pair.a.profile_uuid, pair.b.profile_uuid);
  EXPECT_EQ(pair.item.reason, "same given name, family name, e-mail address; similar birth date");
  EXPECT_GT(pair.item.score, 0);
  EXPECT_EQ(pair.item.first_seen_run, 1);
  EXPECT_EQ(pair.decided, "");
  EXPECT_GT(pair.item.id, 0);
  EXPECT_LT(pair.item.id, std::int64_t{1} << 53);
  EXPECT_THAT(check_store(store(), [](std::string_view) { return true; }).faults, IsEmpty());
}

TEST_P(ReviewSettlementTest, APairThatWaitsAlreadyIsLeftAlone) {
  run(std::string(kAnn) + kAnna);
  const std::int64_t id = waiting().front().item.id;
  EXPECT_EQ(run(std::string(kAnn) + kAnna).review_items, 1) << "told also when nothing changed";
  run(std::string(kAnn) + kAnna + kZoe);
  run(std::string(kAnn) + kAnna + kZoe, true);
  ASSERT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(waiting().front().item.id, id);
  EXPECT_EQ(waiting().front().item.first_seen_run, 1);
}

TEST_P(ReviewSettlementTest, APairGoesWithItsRecord) {
  run(std::string(kAnn) + kAnna + kZoe);
  EXPECT_EQ(run(std::string(kAnn) + kZoe).review_items, 0);
  EXPECT_THAT(waiting(), IsEmpty());
}

// Enough others that a night with one change is matched by the index.
std::string others(int first) {
  std::string rows;
  for (int i = first; i <= 30; ++i) {
    const std::string id = std::to_string(i);
    rows += id + ",Given" + id + ",Family" + id + ",mail" + id + "@example.com,\n";
  }
  return rows;
}

TEST_P(ReviewSettlementTest, APairWaitsOnThroughANightThatReachesNobody) {
  run(std::string(kAnn) + kAnna + others(10));
  ASSERT_THAT(waiting(), SizeIs(1));
  EXPECT_EQ(run(std::string(kAnn) + kAnna + others(11)).review_items, 1)
      << "one of no pair is gone";
  EXPECT_THAT(waiting(), SizeIs(1));
}

TEST_P(ReviewSettlementTest, APairWaitsOnThroughANightOfOrdersAlone) {
  const HubConfig with_orders = hub_.config(R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map: [ { into: person, fields: { given_name: first, family_name: last, emails: [mail], birth_date: born } } ]
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      orders:
        key: id
        map: [ { into: sales_order, fields: { number: id }, refs: { customer: { source: crm, stream: crm, key: customer } } } ]
)");
  config_ = with_orders;
  config_.match.link_score = 1000;
  hub_.write("shop.csv", "id,customer\n1,10\n");
  run(std::string(kAnn) + kAnna + others(10));
  ASSERT_THAT(waiting(), SizeIs(1));
  std::string orders = "id,customer\n";
  for (int i = 1; i <= 40; ++i) orders += std::to_string(i) + ",10\n";
  hub_.write("shop.csv", orders);
  const RunEntry night = run(std::string(kAnn) + kAnna + others(10));
  EXPECT_EQ(night.review_items, 1);
  EXPECT_THAT(waiting(), SizeIs(1));
}

TEST_P(ReviewSettlementTest, TwoProfilesAreOneQuestion) {
  config_.match.link_score = 14;  // what is equal throughout is linked, and nothing else
  const std::string twice = std::string(kAnn) + "4,Ann,Lee,ann@example.com,1980-01-02\n" +
                            "5,Ann,Lee,,1980-01-03\n6,Ann,Lee,,1980-01-03\n";
  run(twice);
  std::vector<std::pair<std::string, std::string>> seen;
  for (const ReviewedPair& pair : waiting()) {
    seen.emplace_back(std::min(pair.a.profile_uuid, pair.b.profile_uuid),
                      std::max(pair.a.profile_uuid, pair.b.profile_uuid));
  }
  ASSERT_FALSE(seen.empty());
  std::ranges::sort(seen);
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

TEST_P(ReviewSettlementTest, WhatIsAcceptedIsOneFromTheNextRunOn) {
  run(std::string(kAnn) + kAnna + kZoe);
  const std::int64_t id = waiting().front().item.id;
  EXPECT_EQ(judge({id}, ReviewVerdict::accept).front().decided, "accepted");
  EXPECT_EQ(waiting().front().decided, "accepted") << "waits for the run";
  EXPECT_EQ(profiles(), 3);
  for (const bool full : {false, true}) {
    EXPECT_EQ(run(std::string(kAnn) + kAnna + kZoe, full).review_items, 0);
    EXPECT_EQ(profiles(), 2);
  }
  const auto audit =
      store().query("SELECT who, action, subject FROM audit_event WHERE action LIKE 'review %'");
  ASSERT_TRUE(audit->next());
  EXPECT_EQ(audit->text(0), "ada");
  EXPECT_EQ(audit->text(1), "review accept");
  EXPECT_THAT(std::string(audit->text(2)), HasSubstr(std::to_string(id) + " "));
}

TEST_P(ReviewSettlementTest, AVerdictIsOnAllRecordsOfTheTwoCustomers) {
  config_.match.link_score = 18;  // what is equal throughout is linked, and nothing else
  const std::string twice = std::string(kAnn) + "4,Ann,Lee,ann@example.com,1980-01-02\n" + kAnna +
                            "6,Ann,Lee,ann@example.com,1980-01-03\n";
  run(twice);
  const auto sizes = store().query("SELECT record_count FROM profile");
  while (sizes->next()) ASSERT_EQ(sizes->integer(0), 2);
  ASSERT_EQ(profiles(), 2);
  const std::int64_t id = waiting().front().item.id;
  judge({id}, ReviewVerdict::reject);
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM decision WHERE kind = 'apart'"), 4);
  judge({id}, ReviewVerdict::accept);
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM decision WHERE kind = 'together'"), 4);
  EXPECT_EQ(run(twice).review_items, 0);
  EXPECT_EQ(profiles(), 1);
}

TEST_P(ReviewSettlementTest, WhatIsRejectedStaysApartAndIsNotAskedAgain) {
  run(std::string(kAnn) + kAnna + kZoe);
  judge({waiting().front().item.id}, ReviewVerdict::reject);
  EXPECT_EQ(waiting().front().decided, "rejected");
  config_.match.link_score = 1;  // by itself it would be one customer now
  for (const bool full : {false, true}) {
    EXPECT_EQ(run(std::string(kAnn) + kAnna + kZoe, full).review_items, 0);
    EXPECT_EQ(profiles(), 3);
  }
}

TEST_P(ReviewSettlementTest, TheLastWordCounts) {
  run(std::string(kAnn) + kAnna + kZoe);
  const std::int64_t id = waiting().front().item.id;
  judge({id}, ReviewVerdict::reject);
  judge({id}, ReviewVerdict::accept);
  EXPECT_EQ(waiting().front().decided, "accepted");
  run(std::string(kAnn) + kAnna + kZoe);
  EXPECT_EQ(profiles(), 2);
}

// Of the two words a run could follow one only, and nobody would hear of the other.
TEST_P(ReviewSettlementTest, AWordAgainstOthersIsRefused) {
  const std::string rows = std::string(kAnn) + kAnna + "4,Ann,Lee,ann@example.com,1980-01-04\n";
  run(rows);
  ASSERT_THAT(waiting(), SizeIs(3));
  const auto id_of = [&](const std::string& one, const std::string& other) {
    for (const ReviewedPair& pair : waiting()) {
      if (pair.a.source_key == one && pair.b.source_key == other) return pair.item.id;
    }
    ADD_FAILURE() << one << " and " << other << " do not wait";
    return std::int64_t{0};
  };
  judge({id_of("1", "2")}, ReviewVerdict::reject);
  judge({id_of("1", "4")}, ReviewVerdict::accept);
  try {
    judge({id_of("2", "4")}, ReviewVerdict::accept);
    FAIL() << "four would be one with both, whom the first word holds apart";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.what(), HasSubstr("crm/crm/1/"));
    EXPECT_THAT(error.what(), HasSubstr("crm/crm/2/"));
    EXPECT_THAT(error.what(), HasSubstr("by a decision of ada"));
  }
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM decision"), 2);
  judge({id_of("2", "4")}, ReviewVerdict::reject);
  EXPECT_THROW(judge({id_of("1", "2")}, ReviewVerdict::accept), Error);
  judge({id_of("1", "4")}, ReviewVerdict::reject);
  judge({id_of("1", "2")}, ReviewVerdict::accept);
  run(rows);
  EXPECT_EQ(profiles(), 2);
}

TEST_P(ReviewSettlementTest, APairNamedTwiceIsJudgedOnce) {
  const std::string zoes = std::string(kZoe) + "4,Zoe,Brown,zoe@example.com,1990-05-07\n";
  run(std::string(kAnn) + kAnna + zoes);
  ASSERT_THAT(waiting(), SizeIs(2));
  const std::int64_t first = waiting()[0].item.id, second = waiting()[1].item.id;
  judge({first}, ReviewVerdict::reject);
  const auto judged = judge({second, first, second}, ReviewVerdict::accept);
  ASSERT_THAT(judged, SizeIs(2));
  EXPECT_EQ(judged[0].item.id, second);
  EXPECT_EQ(judged[1].item.id, first);
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM decision"), 3);
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM audit_event WHERE action LIKE 'review %'"), 3);
}

TEST_P(ReviewSettlementTest, OfSeveralWithOneThatIsNotThereNoneIsJudged) {
  run(std::string(kAnn) + kAnna + kZoe);
  try {
    judge({waiting().front().item.id, 12345}, ReviewVerdict::accept);
    FAIL() << "12345 was judged";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.what(), HasSubstr("no pair 12345 waits for review"));
  }
  EXPECT_EQ(waiting().front().decided, "");
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM decision"), 0);
  EXPECT_EQ(store().number("SELECT COUNT(*) FROM audit_event WHERE action LIKE 'review %'"), 0);
}

}  // namespace
}  // namespace cdh
