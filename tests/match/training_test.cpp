#include "hub/match/training.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/match/town.hpp"

namespace cdh {
namespace {

// Learns as a first run does.
MatchModel learn(const Parties& parties) {
  return *match(parties.all, parties.words, {}, {}, nullptr).learnt;
}

const FieldShares& shares(const MatchModel& model, PartyKind kind, MatchField field) {
  return model.of(kind).fields[static_cast<std::size_t>(field)];
}

void expect_near(const MatchModel& a, const MatchModel& b, double difference) {
  for (const PartyKind kind : {PartyKind::person, PartyKind::organization}) {
    EXPECT_EQ(a.of(kind).parties, b.of(kind).parties);
    EXPECT_NEAR(a.of(kind).match, b.of(kind).match, difference);
    EXPECT_NEAR(a.of(kind).household, b.of(kind).household, difference);
    EXPECT_NEAR(a.of(kind).namesake, b.of(kind).namesake, difference);
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const FieldShares& x = a.of(kind).fields[field];
      const FieldShares& y = b.of(kind).fields[field];
      for (std::size_t i = 0; i < kMaxLevels; ++i) {
        EXPECT_NEAR(x.match[i], y.match[i], difference) << field << ", " << i;
        EXPECT_NEAR(x.household[i], y.household[i], difference) << field << ", " << i;
        EXPECT_NEAR(x.namesake[i], y.namesake[i], difference) << field << ", " << i;
        EXPECT_NEAR(x.random[i], y.random[i], difference) << field << ", " << i;
      }
    }
  }
}

// Of each kind all levels' shares are shares.
void expect_sound(const MatchModel& model) {
  for (const PartyKind kind : {PartyKind::person, PartyKind::organization}) {
    EXPECT_GT(model.of(kind).match, 0);
    EXPECT_LT(model.of(kind).match, 0.5);
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const std::size_t levels = level_priors(kind, static_cast<MatchField>(field)).size();
      const FieldShares& of_field = model.of(kind).fields[field];
      for (std::size_t i = 0; i < levels; ++i) {
        for (const double share :
             {of_field.match[i], of_field.household[i], of_field.namesake[i], of_field.random[i]}) {
          EXPECT_GT(share, 0) << field << ", " << i;
          EXPECT_LE(share, 1) << field << ", " << i;
        }
      }
    }
  }
}

TEST(Training, LearnsHowMatchesAgree) {
  const MatchModel& model = town_model();
  expect_sound(model);
  // Copies keep the birth date and mailbox as they are; given names have a letter wrong at times.
  EXPECT_GT(shares(model, PartyKind::person, MatchField::birth).match[birth_level::exact], 0.95);
  EXPECT_GT(shares(model, PartyKind::person, MatchField::email).match[email_level::exact], 0.9);
  const FieldShares& given = shares(model, PartyKind::person, MatchField::given);
  EXPECT_GT(given.match[given_level::exact], 0.85);
  EXPECT_LT(given.match[given_level::exact], 0.99);
  EXPECT_LT(given.match[given_level::other_name], 0.01);
}

TEST(Training, LearnsWhatHouseholdsShare) {
  const MatchModel& model = town_model();
  const FieldShares& family = shares(model, PartyKind::person, MatchField::family);
  EXPECT_GT(family.household[family_level::exact], 0.8);
  const FieldShares& given = shares(model, PartyKind::person, MatchField::given);
  EXPECT_LT(given.household[given_level::exact], 0.1);
  EXPECT_GT(given.household[given_level::other_name], 0.5);
  EXPECT_GT(model.of(PartyKind::person).household, 0);
}

TEST(Training, LearnsHowCommonMatchesAre) {
  const std::vector<TownRecord> records = Town(900, 1).records();
  double pairs = 0, matches = 0;
  for (std::size_t a = 0; a < records.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const auto is_person = [&](std::size_t i) {
        return records[i].description.find("org=") == std::string::npos;
      };
      if (!is_person(a) || !is_person(b)) continue;
      ++pairs;
      matches += records[a].customer == records[b].customer;
    }
  }
  EXPECT_NEAR(town_model().of(PartyKind::person).match, matches / pairs, 0.1 * matches / pairs);
}

// A mailbox that nobody shares does not seem to agree by chance as often as customers are twice
// there.
TEST(Training, TakesTheMatchesOutOfRandomPairs) {
  const FieldShares& email = shares(town_model(), PartyKind::person, MatchField::email);
  EXPECT_LT(email.random[email_level::exact], 2e-4);
}

TEST(Training, IsDeterministic) {
  const Parties parties = parties_of(Town(300, 4).records());
  EXPECT_EQ(to_json(learn(parties)), to_json(learn(parties)));
}

TEST(Training, DoesNotDependOnTheOrderOfParties) {
  std::vector<TownRecord> records = Town(500, 4).records();  // more pairs than are all counted
  const MatchModel expected = learn(parties_of(records));
  std::mt19937 random(1);
  std::ranges::shuffle(records, random);
  expect_near(learn(parties_of(records)), expected, 1e-9);
}

// From all pairs of two of a kind: more than are all learnt from.
MatchModel learn_of_all_pairs(std::span<const TownRecord> records) {
  const Parties parties = parties_of(records);
  const ValueCounts counts = count_values(parties.all, parties.words);
  const WordFrequencies frequencies(parties.words, counts);
  const SharedValues shared;
  std::vector<Posting> postings;
  for (std::uint32_t i = 0; i < parties.all.size(); ++i) {
    postings.push_back({static_cast<BlockKey>(parties[i].kind), i});
  }
  std::ranges::sort(postings);
  Blocks blocks;
  MatchPolicy policy;
  policy.block_limit = 1'000'000;
  blocks.add(postings, {}, policy);
  return train(parties.all, CandidatePairs(parties.all.size(), std::move(blocks)),
               {parties.words, counts, frequencies, shared});
}

TEST(Training, LearnsFromASampleAsFromAll) {
  std::vector<TownRecord> records = Town(1000, 1).records();
  const MatchModel model = learn_of_all_pairs(records);
  const MatchModel expected = learn(parties_of(records));
  EXPECT_NEAR(model.of(PartyKind::person).match, expected.of(PartyKind::person).match,
              0.1 * expected.of(PartyKind::person).match);
  std::mt19937 random(1);
  std::ranges::shuffle(records, random);
  expect_near(learn_of_all_pairs(records), model, 1e-9);
}

TEST(Training, CountsTheValuesOfAllParties) {
  const Parties parties = parties_of(Town(100, 4).records());
  const MatchModel model = learn(parties);
  const ValueCounts counts = count_values(parties.all, parties.words);
  EXPECT_EQ(model.counts.counts(CountedValue::given_name), counts.counts(CountedValue::given_name));
  EXPECT_EQ(model.counts.all(CountedValue::phone), counts.all(CountedValue::phone));
  for (const auto& [value, count] : counts.counts(CountedValue::family_name)) EXPECT_GE(count, 2U);
}

TEST(Training, OfFewPartiesStaysNearThePriors) {
  const std::vector<TownRecord> records = Town(100, 8).records();  // some 150 records
  const MatchModel model = learn(parties_of(records));
  expect_sound(model);
  const FieldShares& given = shares(model, PartyKind::person, MatchField::given);
  EXPECT_NEAR(given.match[given_level::exact], 0.8, 0.15);
  EXPECT_GT(given.match[given_level::nickname], 0.01) << "though the town has no nicknames";
}

TEST(Training, OfOnePartyOrNone) {
  expect_sound(learn(Parties{}));
  expect_sound(learn(Parties{"given=Anna"}));
  expect_sound(learn(Parties{"given=Anna", "org=Acme"}));
  EXPECT_EQ(learn(Parties{"given=Anna"}).of(PartyKind::person).parties, 1);
}

TEST(Training, OfPartiesThatAreAllAlike) {
  Parties parties;
  for (int i = 0; i < 300; ++i) parties.add("given=Anna; family=Nowak; email=anko@x.zz");
  expect_sound(learn(parties));
}

}  // namespace
}  // namespace cdh
