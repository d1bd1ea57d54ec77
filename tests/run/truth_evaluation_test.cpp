#include "hub/run/truth_evaluation.hpp"

#include <optional>
#include <set>
#include <sstream>

#include "hub/base/error.hpp"
#include "tests/run/small_hub.hpp"

namespace cdh {
namespace {

// The store holds crm:1 and shop:7 as one customer, Ann, and crm:2, Bob.
class TruthEvaluation : public SmallHub {
 protected:
  void SetUp() override {
    SmallHub::SetUp();
    run(config());
    database_.emplace(config().store, Database::Mode::existing);
  }
  void TearDown() override {
    database_.reset();
    SmallHub::TearDown();
  }

  TruthReport against(const std::string& truth, std::size_t worst = 5) {
    std::istringstream in(truth);
    return evaluate_against_truth(*database_, MatchPolicy{}, in, "truth.csv", worst);
  }
  std::string failure_of(const std::string& truth) {
    try {
      against(truth);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      return error.what();
    }
    return "";
  }

  std::optional<Database> database_;
};

TEST_F(TruthEvaluation, TakesRecordsByAnyOfTheirNames) {
  for (const char* truth : {
           "record_id,cluster_id\ncrm:1,A\nshop:7,A\ncrm:2,B\n",
           "record_id,cluster_id\nCRM:1,A\nShop:7,A\ncrm:2,B\n",
           "record_id,cluster_id\n1,A\n7,A\n2,B\n",
           "record_id,cluster_id\ncrm:1,A\nshop:7#buyer,A\ncrm:2,B\n",
           "source,stream,source_key,as,profile_id\n"
           "crm,crm,1,person,A\nshop,shop,7,buyer,A\ncrm,crm,2,person,B\n",
       }) {
    const TruthReport report = against(truth);
    EXPECT_EQ(report.figures.records, 3U) << truth;
    EXPECT_EQ(report.missing, 0U) << truth;
    EXPECT_EQ(report.figures.found_clusters, 2U) << truth;
    EXPECT_EQ(report.figures.pairwise.f1(), 1) << truth;
    EXPECT_EQ(report.figures.b_cubed.f1(), 1) << truth;
    EXPECT_TRUE(report.wrong_joins.empty());
    EXPECT_TRUE(report.missed_pairs.empty());
  }
}

TEST_F(TruthEvaluation, RecordsTheStoreLacksAreReportedAndCostRecall) {
  const TruthReport report = against("record_id,cluster_id\ncrm:1,A\nshop:7,A\ncrm:9,A\ncrm:2,B\n");
  EXPECT_EQ(report.missing, 1U);
  EXPECT_EQ(report.unknown, std::vector<std::string>{"crm:9"});
  EXPECT_EQ(report.figures.found_clusters, 3U);
  EXPECT_EQ(report.figures.pairwise.precision, 1);
  EXPECT_DOUBLE_EQ(report.figures.pairwise.recall, 1.0 / 3);
}

TEST_F(TruthEvaluation, NamesWrongJoinsWithTheirReasonAndMissedPairs) {
  const TruthReport report = against("record_id,cluster_id\ncrm:1,A\nshop:7,B\ncrm:2,A\n");
  ASSERT_EQ(report.wrong_joins.size(), 1U);
  const MatchFault& wrong = report.wrong_joins[0];
  EXPECT_EQ(wrong.pairs, 1);
  EXPECT_EQ(std::set<std::string>({wrong.record, wrong.other}),
            (std::set<std::string>{"crm:1", "shop:7"}));
  EXPECT_NE(wrong.reason.find("e-mail"), std::string::npos) << wrong.reason;
  ASSERT_EQ(report.missed_pairs.size(), 1U);
  EXPECT_EQ(report.missed_pairs[0].record, "crm:2");
  EXPECT_EQ(report.missed_pairs[0].other, "crm:1");
}

// crm:1 and shop:7 share a mailbox; crm:2 shares no key with either.
TEST_F(TruthEvaluation, SaysHowManyTruePairsAreComparedAtAll) {
  const auto all = against("record_id,cluster_id\ncrm:1,A\nshop:7,A\ncrm:2,B\n").blocking;
  ASSERT_TRUE(all);
  EXPECT_EQ(all->true_pairs, 1);
  EXPECT_EQ(all->compared, 1);
  EXPECT_EQ(all->passes[static_cast<std::size_t>(BlockingPass::email)].pairs, 1);
  EXPECT_EQ(all->passes[static_cast<std::size_t>(BlockingPass::phone)].pairs, 0);
  const auto some = against("record_id,cluster_id\ncrm:1,A\nshop:7,A\ncrm:2,A\n").blocking;
  ASSERT_TRUE(some);
  EXPECT_DOUBLE_EQ(some->recall(), 1.0 / 3);
}

TEST_F(TruthEvaluation, TheWorstFaultsComeWithTheirEvidence) {
  const TruthReport report = against("record_id,cluster_id\ncrm:1,A\nshop:7,B\ncrm:2,A\n");
  ASSERT_EQ(report.wrong_joins.size(), 1U);
  EXPECT_NE(report.wrong_joins[0].evidence.find("e-mail address +"), std::string::npos)
      << report.wrong_joins[0].evidence;
  ASSERT_EQ(report.missed_pairs.size(), 1U);
  EXPECT_NE(report.missed_pairs[0].evidence.find("against: "), std::string::npos)
      << report.missed_pairs[0].evidence;
}

TEST_F(TruthEvaluation, RefusesATruthThatContradictsItself) {
  EXPECT_EQ(failure_of("record_id,cluster_id\ncrm:1,A\ncrm:1,B\n"),
            "truth.csv:3: the record crm:1 stands in two clusters");
  EXPECT_EQ(failure_of("record_id,cluster_id\n"), "truth.csv holds no record");
  EXPECT_EQ(failure_of("id,cluster\n1,A\n"),
            "truth.csv needs the columns record_id and cluster_id; record_id is SOURCE:KEY");
}

TEST_F(TruthEvaluation, RefusesANameThatMeansSeveralRecords) {
  write("shop.csv", "no,name,surname,mail,total\n1,Cid,Fox,cid@example.com,1\n");
  run(config());
  EXPECT_NE(failure_of("record_id,cluster_id\n1,A\n").find("means several in the store"),
            std::string::npos);
}

}  // namespace
}  // namespace cdh
