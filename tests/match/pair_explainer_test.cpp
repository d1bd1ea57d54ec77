#include "hub/match/pair_explainer.hpp"

#include <gmock/gmock.h>

#include "hub/match/matching.hpp"
#include "tests/match/memory_index.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

using ::testing::HasSubstr;

// The edges of match() and of the explainer, which have to agree to the last bit.
void check_explained(const Parties& parties, const MatchModel* given) {
  MemoryIndex index;
  const Matching matching = match(parties.all, parties.words, {}, {}, given, &index);
  const MatchModel model = carried_over(given ? *given : *matching.learnt, parties.all);
  ASSERT_GT(matching.edges.size(), 100U);
  const MatchPolicy policy;
  PairExplainer explainer(index, model, policy);
  for (const Edge& edge : matching.edges) {
    const PairEvidence evidence =
        explainer.explain(parties[edge.a].identity.id, parties[edge.b].identity.id).value();
    ASSERT_EQ(static_cast<float>(evidence.score), edge.score)
        << parties[edge.a].identity.key << " and " << parties[edge.b].identity.key;
    double sum = evidence.prior + evidence.other_weight + evidence.identifier_weight;
    for (const FieldEvidence& field : evidence.fields) sum += field.weight;
    ASSERT_NEAR(sum, evidence.score, 1e-9);
    ASSERT_LE(evidence.other_weight, 0);
    ASSERT_GE(evidence.identifier_weight, 0);
  }
}

TEST(PairExplainer, GivesTheScoresOfAMatchingThatLearns) {
  check_explained(parties_of(Town(600, 5).records()), nullptr);
}

TEST(PairExplainer, GivesTheScoresOfAMatchingByAnOldModel) {
  check_explained(parties_of(Town(600, 5).records()), &town_model());
}

// Of the first two of these parties, by the town's model.
std::optional<PairEvidence> explain_first(const Parties& parties) {
  MemoryIndex index;
  match(parties.all, parties.words, {}, {}, &town_model(), &index);
  const MatchModel model = carried_over(town_model(), parties.all);
  const MatchPolicy policy;
  return PairExplainer(index, model, policy)
      .explain(parties[0].identity.id, parties[1].identity.id);
}

// Twelve times the parties that the model was learnt from: it is carried over.
TEST(PairExplainer, GivesTheScoresOfAMatchingThatHasOutgrownItsModel) {
  const Parties few = parties_of(Town(100, 3).records());
  const MatchModel model = *match(few.all, few.words, {}, {}, nullptr).learnt;
  check_explained(parties_of(Town(1200, 5).records()), &model);
}

TEST(PairExplainer, ReadsAStoredModelAlike) {
  const MatchModel model = match_model_from_json(to_json(town_model()));
  const Parties parties = parties_of(Town(600, 5).records());
  MemoryIndex index;
  const Matching matching = match(parties.all, parties.words, {}, {}, &town_model(), &index);
  const MatchModel now = carried_over(model, parties.all);
  const MatchPolicy policy;
  PairExplainer explainer(index, now, policy);
  for (const Edge& edge : matching.edges) {
    const auto evidence =
        explainer.explain(parties[edge.a].identity.id, parties[edge.b].identity.id);
    ASSERT_NEAR(evidence.value().score, static_cast<double>(edge.score), 1e-4);
  }
}

TEST(PairExplainer, CountsWhoElseHasAValue) {
  const std::string phone = "phone=+48605118236; ";
  const std::string anna = "given=Anna; family=Nowak; " + phone;
  const Parties two = {anna, anna};
  Parties office = {anna, anna};
  for (const char* name : {"Jan", "Ewa", "Piotr", "Zofia", "Marek", "Adam"}) {
    office.add("given=" + std::string(name) + "; family=Lis" + name + "; " + phone);
  }
  const auto weight_of_phone = [](const Parties& parties) {
    const PairEvidence evidence = explain_first(parties).value();
    for (const FieldEvidence& field : evidence.fields) {
      if (field.field == MatchField::phone) return field.weight;
    }
    return 0.0;
  };
  EXPECT_GT(weight_of_phone(two), 0);
  EXPECT_LT(weight_of_phone(office), weight_of_phone(two) - 2);
}

TEST(PairExplainer, ExplainsPairsThatAreNotComparedByMatching) {
  const Parties parties = {"given=Anna; family=Nowak; born=1980-01-02",
                           "given=Kurt; family=Berg; born=1955-11-30"};
  const PairEvidence evidence = explain_first(parties).value();
  EXPECT_LT(evidence.score, -15);
  EXPECT_THAT(describe(evidence), HasSubstr("against: "));
}

TEST(PairExplainer, SaysNothingOfOneThatIsNotThereAndOfAPersonAndACompany) {
  EXPECT_FALSE(explain_first({"given=Anna; family=Nowak", "org=Nowak Ltd"}));
  MemoryIndex index;
  const MatchPolicy policy;
  EXPECT_FALSE(PairExplainer(index, town_model(), policy).explain(1, 2));
}

}  // namespace
}  // namespace cdh
