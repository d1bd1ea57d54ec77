#include "hub/match/match_model.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

constexpr PartyKind kPerson = PartyKind::person;
constexpr std::array<PartyKind, 2> kKinds = {PartyKind::person, PartyKind::organization};

FieldShares& shares(MatchModel& model, MatchField field) {
  return model.of(kPerson).fields[static_cast<std::size_t>(field)];
}

TEST(MatchModel, BeginsWithSharesThatAddUpToOne) {
  const MatchModel model;
  for (const PartyKind kind : kKinds) {
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const std::size_t levels = level_priors(kind, static_cast<MatchField>(field)).size();
      if (levels > 0) {
        EXPECT_EQ(levels, level_names(static_cast<MatchField>(field)).size());
      }
      if (levels == 0) continue;
      const FieldShares& of_field = model.of(kind).fields[field];
      for (const auto* of_kind :
           {&of_field.match, &of_field.household, &of_field.namesake, &of_field.random}) {
        double sum = 0;
        for (std::size_t i = 0; i < levels; ++i) {
          EXPECT_GT((*of_kind)[i], 0);
          sum += (*of_kind)[i];
        }
        EXPECT_NEAR(sum, 1, 1e-12) << name_of(static_cast<MatchField>(field));
      }
    }
  }
}

// Two fields, worked out by hand.
class ScoreByHand : public ::testing::Test {
 protected:
  ScoreByHand() {
    KindModel& persons = model.of(kPerson);
    persons.match = 1.0 / 1024;
    persons.household = 1.0 / 512;
    persons.namesake = 1.0 / 4096;
    FieldShares& phone = shares(model, MatchField::phone);
    phone.match[phone_level::exact] = 0.5;
    phone.household[phone_level::exact] = 0.25;
    phone.random[phone_level::exact] = 1.0 / 256;
    phone.match[phone_level::differ] = 0.25;
    phone.random[phone_level::differ] = 0.5;
    FieldShares& given = shares(model, MatchField::given);
    given.match[given_level::nickname] = 0.125;
    given.namesake[given_level::nickname] = 0.25;
    given.random[given_level::nickname] = 1.0 / 128;
  }
  MatchModel model;
  Comparison comparison;
};

TEST_F(ScoreByHand, OfNothingIsThePrior) {
  const MatchWeights weights(model);
  EXPECT_EQ(weights.priors(kPerson).match, -10);
  EXPECT_EQ(weights.priors(kPerson).household, -9);
  EXPECT_EQ(weights.priors(kPerson).namesake, -12);
  EXPECT_NEAR(weights.score(kPerson, comparison),
              -10 - std::log2(1 + std::exp2(-9) + std::exp2(-12)), 1e-12);
}

TEST_F(ScoreByHand, AddsUpTheWeights) {
  const MatchWeights weights(model);
  comparison[MatchField::phone] = phone_level::exact;
  comparison[MatchField::given] = given_level::nickname;
  // log2(0.5 * 256), log2(0.125 * 128)
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::phone), 7);
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::given), 4);
  EXPECT_EQ(weights.weight(kPerson, comparison, MatchField::email), 0);
  const MatchWeights::Sums sums = weights.sums(kPerson, comparison);
  EXPECT_DOUBLE_EQ(sums.match, 11);
  EXPECT_DOUBLE_EQ(sums.household, 6) << "a nickname is no likelier in a household";
  EXPECT_DOUBLE_EQ(sums.namesake, 5) << "a phone is no likelier among namesakes";
  // log2 of match against household, namesakes and chance: 2, 2^-3, 2^-7, 1
  EXPECT_NEAR(weights.score(kPerson, comparison), 1 - std::log2(1 + std::exp2(-3) + std::exp2(-7)),
              1e-12);
}

TEST_F(ScoreByHand, TakesTheWeightThatIsChosen) {
  MatchPolicy policy;
  policy.weights = {{MatchField::phone, phone_level::exact, 2.5},
                    {MatchField::phone, phone_level::differ, -20}};
  const MatchWeights weights(model, policy);
  comparison[MatchField::phone] = phone_level::exact;
  comparison.frequencies[static_cast<std::size_t>(MatchField::phone)] = 1.0F / 1024;
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::phone), 2.5) << "however rare";
  EXPECT_LT(weights.most(kPerson, MatchField::phone),
            MatchWeights(model).most(kPerson, MatchField::phone));
  comparison[MatchField::phone] = phone_level::differ;
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::phone), -20);
}

TEST_F(ScoreByHand, LeavesOutFieldsThatAreNotChosen) {
  MatchPolicy policy;
  policy.fields.reset(static_cast<std::size_t>(MatchField::phone));
  const MatchWeights weights(model, policy);
  const double before = weights.score(kPerson, comparison);
  comparison[MatchField::phone] = phone_level::exact;
  EXPECT_EQ(weights.weight(kPerson, comparison, MatchField::phone), 0);
  EXPECT_EQ(weights.most(kPerson, MatchField::phone), 0);
  EXPECT_EQ(weights.score(kPerson, comparison), before);
}

TEST_F(ScoreByHand, WeighsALevelByItself) {
  const MatchWeights weights(model);
  EXPECT_DOUBLE_EQ(weights.level_weight(kPerson, MatchField::phone, phone_level::exact), 7);
  EXPECT_DOUBLE_EQ(weights.level_weight(kPerson, MatchField::phone, phone_level::differ), -1);
}

TEST_F(ScoreByHand, TakesARareValuesFrequencyInPlaceOfChance) {
  const MatchWeights weights(model);
  comparison[MatchField::phone] = phone_level::exact;
  comparison.frequencies[static_cast<std::size_t>(MatchField::phone)] = 1.0F / 1024;
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::phone), 9);
  EXPECT_DOUBLE_EQ(weights.sums(kPerson, comparison).household, 8) << "a family shares it as well";
  comparison[MatchField::phone] = phone_level::differ;
  EXPECT_DOUBLE_EQ(weights.weight(kPerson, comparison, MatchField::phone), -1)
      << "a level without rarity";
}

TEST_F(ScoreByHand, KeepsAWeightWithinItsLimits) {
  const MatchWeights weights(model);
  comparison[MatchField::phone] = phone_level::exact;
  comparison.frequencies[static_cast<std::size_t>(MatchField::phone)] = 1e-12F;
  const LevelPrior& prior = level_priors(kPerson, MatchField::phone)[phone_level::exact];
  EXPECT_EQ(weights.weight(kPerson, comparison, MatchField::phone), prior.most);
  EXPECT_DOUBLE_EQ(weights.sums(kPerson, comparison).household, prior.most - 1)
      << "the limit holds for both";
}

// What a household shares moves the odds against chance, not against the household.
TEST_F(ScoreByHand, IsLimitedByWhatAHouseholdExplains) {
  shares(model, MatchField::phone).household[phone_level::exact] = 0.5;
  const MatchWeights weights(model);
  comparison[MatchField::phone] = phone_level::exact;
  comparison.frequencies[static_cast<std::size_t>(MatchField::phone)] = 1e-12F;
  EXPECT_LT(weights.score(kPerson, comparison), -1) << "a household is twice as common as a match";
}

void expect_same(const MatchModel& a, const MatchModel& b) {
  for (const PartyKind kind : kKinds) {
    EXPECT_EQ(a.of(kind).match, b.of(kind).match);
    EXPECT_EQ(a.of(kind).household, b.of(kind).household);
    EXPECT_EQ(a.of(kind).namesake, b.of(kind).namesake);
    EXPECT_EQ(a.of(kind).parties, b.of(kind).parties);
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const FieldShares& x = a.of(kind).fields[field];
      const FieldShares& y = b.of(kind).fields[field];
      EXPECT_EQ(x.match, y.match);
      EXPECT_EQ(x.household, y.household);
      EXPECT_EQ(x.namesake, y.namesake);
      EXPECT_EQ(x.random, y.random);
    }
  }
  for (std::size_t i = 0; i < kCountedValues; ++i) {
    const auto kind = static_cast<CountedValue>(i);
    EXPECT_EQ(a.counts.all(kind), b.counts.all(kind));
    EXPECT_EQ(a.counts.counts(kind), b.counts.counts(kind));
  }
}

TEST(MatchWeights, KnowTheMostThatAFieldCanSay) {
  const MatchWeights weights(town_model());
  for (const PartyKind kind : kKinds) {
    for (std::size_t i = 0; i < kMatchFields; ++i) {
      const auto field = static_cast<MatchField>(i);
      double most = 0;
      for (std::size_t level = 0; level < level_priors(kind, field).size(); ++level) {
        for (const float frequency : {0.0F, 1e-12F, 1e-4F, 1.0F}) {
          Comparison comparison;
          comparison[field] = static_cast<Level>(level);
          comparison.frequencies[i] = frequency;
          most = std::max(most, weights.weight(kind, comparison, field));
        }
      }
      EXPECT_EQ(weights.most(kind, field), most) << name_of(field);
    }
  }
}

TEST(MatchModelJson, ReadsWhatItWroteToTheLastBit) {
  for (const MatchModel& model : {MatchModel(), town_model()}) {
    const std::string json = to_json(model);
    const MatchModel read = match_model_from_json(json);
    expect_same(read, model);
    EXPECT_EQ(to_json(read), json);
  }
  EXPECT_GT(town_model().counts.counts(CountedValue::given_name).size(), 10U);
}

TEST(MatchModelJson, KeepsTheOrdersOfNames) {
  MatchModel model;
  EXPECT_EQ(match_model_from_json(to_json(model)).name_orders, NameOrders{});
  model.name_orders = {{1, NameOrder::family_first}, {4, NameOrder::given_first}};
  EXPECT_EQ(match_model_from_json(to_json(model)).name_orders, model.name_orders);
}

// The store's model outlives the program that learnt it.
TEST(MatchModelJson, OfBeforeHasNoOrdersOfNames) {
  const std::string orders = R"("name_orders":{"given_first":[],"family_first":[]},)";
  std::string json = to_json(MatchModel());
  ASSERT_NE(json.find(orders), std::string::npos);
  json.erase(json.find(orders), orders.size());
  EXPECT_EQ(match_model_from_json(json).name_orders, NameOrders{});
}

TEST(MatchModelJson, NamesNobody) {
  EXPECT_EQ(to_json(town_model()).find("anna"), std::string::npos);
}

TEST(MatchModelJson, OfAnythingElseIsAnError) {
  const std::string good = to_json(MatchModel());
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("{}"), std::string("null"),
        good.substr(0, good.size() / 2)}) {
    try {
      match_model_from_json(text);
      ADD_FAILURE() << "was read: " << text.substr(0, 60);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::store);
      EXPECT_THAT(error.what(), ::testing::HasSubstr("cdh match train --activate"));
    }
  }
  const auto with = [&](const std::string& old_text, const std::string& new_text) {
    std::string text = good;
    return text.replace(text.find(old_text), old_text.size(), new_text);
  };
  EXPECT_THROW(match_model_from_json(with("\"namesake\"", "\"namesakes\"")), Error);
  EXPECT_THROW(match_model_from_json(with("\"parties\":0", "\"parties\":\"none\"")), Error);
  EXPECT_THROW(match_model_from_json(with("\"parties\":0", "\"parties\":-1")), Error);
  for (const std::string no_share : {"0", "0.0", "-0.5", "1.5", "1e999", "null"}) {
    EXPECT_THROW(match_model_from_json(with("\"match\":1e-06", "\"match\":" + no_share)), Error)
        << no_share;
    EXPECT_THROW(match_model_from_json(with("\"exact\":[", "\"exact\":[" + no_share + ",")), Error)
        << no_share;
  }
  const std::string none = R"({"all":0,"values":[]})";
  EXPECT_THROW(match_model_from_json(with("\"given_first\":[]", "\"given_first\":[-1]")), Error);
  EXPECT_NO_THROW(match_model_from_json(with(none, R"({"all":9,"values":[77,2]})")));
  for (const std::string no_counts :
       {R"({"all":-1,"values":[]})", R"({"all":9,"values":[77]})", R"({"all":9,"values":[77,0]})",
        R"({"all":9,"values":[77,-2]})", R"({"all":9,"values":[-77,2]})",
        R"({"all":9,"values":[77,2.5]})", R"({"all":9,"values":[77,4294967296]})"}) {
    EXPECT_THROW(match_model_from_json(with(none, no_counts)), Error) << no_counts;
  }
}

}  // namespace
}  // namespace cdh
