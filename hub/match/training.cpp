#include "hub/match/training.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "hub/base/hash.hpp"
#include "hub/match/work_sharing.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kRandomPairs = 300'000;
constexpr double kSampledPairs = 500'000;
constexpr int kMostRounds = 30;
constexpr double kLargest = 200;   // bits: beyond it nothing changes
constexpr double kSettled = 1e-3;  // of the share of matches, between two rounds

// Pairs that the priors weigh as much as.
constexpr double kPriorMatches = 60;
constexpr double kPriorNamesakes = 100;
constexpr double kPriorRandom = 30;
constexpr double kPriorShare = 20;

constexpr double kLargestShare = 0.4;

using LevelSums = std::array<std::array<double, kMaxLevels>, kMatchFields>;

void count_levels(const Comparison& comparison, double weight, LevelSums& sums) {
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const Level level = comparison.levels[field];
    if (level != kMissing) sums[field][static_cast<std::size_t>(level)] += weight;
  }
}

double sum_of(const std::array<double, kMaxLevels>& shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

// How much of each kind of pair the candidate pairs hold, by the weights of one round.
struct Expectation {
  double match = 0, household = 0, namesake = 0;
  LevelSums matches{}, households{}, namesakes{};
};

// How many of a household have one given name (father and son), one birth date (twins) or one number
// is known, and not to be learnt: the damaged records of one customer would pass for it.
bool is_learnt_of_households(MatchField field) {
  return field != MatchField::given && field != MatchField::birth &&
         field != MatchField::identifier;
}

// Learns the model of one kind of party.
class KindTrainer {
 public:
  // `marks`: of each signature, a hash of its key text.
  KindTrainer(PartyKind kind, std::span<const Signature> signatures,
              std::span<const std::uint64_t> marks, std::vector<std::uint32_t> parties)
      : kind_(kind), signatures_(signatures), parties_(std::move(parties)) {
    const auto n = static_cast<double>(parties_.size());
    all_pairs_ = n * (n - 1) / 2;
    // Ids and order must not matter: the random pairs are drawn from the parties by their marks.
    std::ranges::sort(parties_, [&](std::uint32_t a, std::uint32_t b) {
      if (marks[a] != marks[b]) return marks[a] < marks[b];
      return signatures_[a].identity.key < signatures_[b].identity.key;
    });
  }

  void learn(std::span<const Comparison> candidates, double rate, const MatchContext& context,
             MatchModel& model) {
    KindModel& learnt = model.of(kind_);
    learnt.parties = std::ssize(parties_);
    if (parties_.size() < 2) return;
    count_random_pairs(context);
    set_usual_shares(learnt.parties, learnt);
    const KindModel start = learnt;
    const MatchModel priors;
    settle_random(priors.of(kind_), learnt);
    for (int round = 0; round < kMostRounds; ++round) {
      const Expectation expected = expect(candidates, rate, model);
      const double before = learnt.match;
      maximise(expected, start, priors.of(kind_), learnt);
      settle_random(priors.of(kind_), learnt);
      if (std::abs(learnt.match - before) < kSettled * before) break;
    }
  }

 private:
  void count_random_pairs(const MatchContext& context) {
    Comparer comparer(context);
    const auto count = [&](std::uint32_t a, std::uint32_t b) {
      count_levels(comparer.compare(signatures_[a], signatures_[b]), 1, random_levels_);
    };
    if (all_pairs_ <= static_cast<double>(kRandomPairs)) {
      for (std::size_t i = 0; i < parties_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) count(parties_[i], parties_[j]);
      }
      return;
    }
    std::mt19937_64 random(7);  // any fixed seed: the same pairs every time
    for (std::int64_t drawn = 0; drawn < kRandomPairs;) {
      const std::uint32_t a = parties_[random() % parties_.size()];
      const std::uint32_t b = parties_[random() % parties_.size()];
      if (a == b) continue;
      count(a, b);
      ++drawn;
    }
  }

  // Of a pair to be each kind, against a random one.
  struct Odds {
    double match = 0, household = 0, namesake = 0;
  };

  std::vector<Odds> odds_of(std::span<const Comparison> candidates, const MatchModel& model) const {
    const MatchWeights weights(model);
    const KindModel& learnt = model.of(kind_);
    const auto odds = [](double share, double sum) {
      return std::exp2(std::min(kLargest, std::log2(share) + sum));
    };
    return gather<Odds>(
        candidates.size(), [] { return 0; },
        [&](int, std::size_t i, std::vector<Odds>& found) {
          const MatchWeights::Sums sums = weights.sums(kind_, candidates[i]);
          found.push_back({odds(learnt.match, sums.match), odds(learnt.household, sums.household),
                           odds(learnt.namesake, sums.namesake)});
        });
  }

  Expectation expect(std::span<const Comparison> candidates, double rate,
                     const MatchModel& model) const {
    const std::vector<Odds> odds = odds_of(candidates, model);
    Expectation expected;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      constexpr double kNothing = 1e-4;
      const auto& [match, household, namesake] = odds[i];
      const double all = match + household + namesake + 1;
      expected.match += match / all;
      expected.household += household / all;
      expected.namesake += namesake / all;
      if ((all - 1) / all < kNothing) continue;
      count_levels(candidates[i], match / all, expected.matches);
      count_levels(candidates[i], household / all, expected.households);
      count_levels(candidates[i], namesake / all, expected.namesakes);
    }
    const auto scale = [&](LevelSums& sums) {
      for (auto& field : sums) {
        for (double& sum : field) sum /= rate;
      }
    };
    for (double* sum : {&expected.match, &expected.household, &expected.namesake}) *sum /= rate;
    scale(expected.matches);
    scale(expected.households);
    scale(expected.namesakes);
    return expected;
  }

  void maximise(const Expectation& expected, const KindModel& usual, const KindModel& prior,
                KindModel& learnt) const {
    const auto share = [&](double sum, double start) {
      return std::min(kLargestShare, (sum + kPriorShare * start) / (all_pairs_ + kPriorShare));
    };
    learnt.match = share(expected.match, usual.match);
    learnt.household = share(expected.household, usual.household);
    learnt.namesake = share(expected.namesake, usual.namesake);
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const std::size_t levels = level_priors(kind_, static_cast<MatchField>(field)).size();
      const auto blend = [&](const std::array<double, kMaxLevels>& sums,
                             const std::array<double, kMaxLevels>& priors, double weight,
                             std::array<double, kMaxLevels>& shares) {
        const double all = sum_of(sums);
        for (std::size_t i = 0; i < levels; ++i) {
          shares[i] = (sums[i] + weight * priors[i]) / (all + weight);
        }
      };
      FieldShares& shares = learnt.fields[field];
      const FieldShares& start = prior.fields[field];
      blend(expected.matches[field], start.match, kPriorMatches, shares.match);
      if (is_learnt_of_households(static_cast<MatchField>(field))) {
        blend(expected.households[field], start.household, kPriorMatches, shares.household);
      }
      const bool tells_namesakes = !namesake_priors(kind_, static_cast<MatchField>(field)).empty();
      if (tells_namesakes) {
        blend(expected.namesakes[field], start.namesake, kPriorNamesakes, shares.namesake);
      }
    }
  }

  // The random pairs without the matches and households among them: otherwise a number that nobody
  // shares would seem to agree by chance as often as customers have duplicates.
  void settle_random(const KindModel& prior, KindModel& learnt) const {
    for (std::size_t field = 0; field < kMatchFields; ++field) {
      const auto priors = level_priors(kind_, static_cast<MatchField>(field));
      FieldShares& shares = learnt.fields[field];
      const double all = sum_of(random_levels_[field]);
      std::array<double, kMaxLevels> left{};
      for (std::size_t i = 0; i < priors.size(); ++i) {
        const double of_households = priors[i].household < 0 ? 0 : shares.household[i];
        const double explained =
            all * (learnt.match * shares.match[i] + learnt.household * of_households);
        left[i] = std::max(0.0, random_levels_[field][i] - explained);
      }
      const double sum = sum_of(left);
      double household_told = 0, random_untold = 0;
      for (std::size_t i = 0; i < priors.size(); ++i) {
        shares.random[i] =
            (left[i] + kPriorRandom * prior.fields[field].random[i]) / (sum + kPriorRandom);
        (priors[i].household >= 0 ? household_told : random_untold) +=
            priors[i].household >= 0 ? shares.household[i] : shares.random[i];
      }
      const bool tells_namesakes = !namesake_priors(kind_, static_cast<MatchField>(field)).empty();
      if (!tells_namesakes) shares.namesake = shares.random;
      if (random_untold <= 0) continue;
      // On the other levels a household is as random pairs are.
      constexpr double kSmallest = 1e-9;
      constexpr double kMostTold = 0.999;
      for (std::size_t i = 0; i < priors.size(); ++i) {
        if (priors[i].household >= 0) continue;
        shares.household[i] = std::max(kSmallest, (1 - std::min(household_told, kMostTold)) *
                                                      shares.random[i] / random_untold);
      }
    }
  }

  const PartyKind kind_;
  std::span<const Signature> signatures_;
  std::vector<std::uint32_t> parties_;
  double all_pairs_ = 0;
  LevelSums random_levels_{};
};

constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15U;

// The share of the candidate pairs that is learnt from. Some fifty thousand parties stand for all;
// which, their marks say, so that their order does not matter.
double sampling_rate(const CandidatePairs& pairs, std::span<const std::uint64_t> marks) {
  const std::size_t step = std::max<std::size_t>(1, pairs.parties() / 50'000);
  double estimated = 0;
  std::vector<std::uint32_t> others;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] % step != 0) continue;
    pairs.find_others(static_cast<std::uint32_t>(i), others);
    estimated += static_cast<double>(others.size() * step) / 2;
  }
  return estimated <= kSampledPairs ? 1 : kSampledPairs / estimated;
}

// Whether the pair is the first party's, by a toss that comes out alike for both.
bool is_owner(std::uint64_t mark, std::uint64_t other) {
  const bool has_smaller = ((mark ^ other) * kMix) >> 63 != 0;
  return has_smaller == (mark < other);
}

}  // namespace

MatchModel train(std::span<const Signature> signatures, const CandidatePairs& pairs,
                 const MatchContext& context) {
  std::vector<std::uint64_t> marks;
  marks.reserve(signatures.size());
  for (const Signature& signature : signatures) marks.push_back(hash64(signature.identity.key));
  // So large a share of the parties is taken, each with half its pairs: all pairs are as likely.
  const double rate = sampling_rate(pairs, marks);
  const auto limit = static_cast<std::uint64_t>(rate * 0x1p63) * 2 - 1;

  struct Worker {
    Comparer comparer;
    std::vector<std::uint32_t> others;
  };
  struct Compared {
    std::uint64_t mark;
    PartyKind kind;
    Comparison comparison;
  };
  std::vector<Compared> compared = gather<Compared>(
      signatures.size(),
      [&] {
        return Worker{Comparer(context), {}};
      },
      [&](Worker& worker, std::size_t party, std::vector<Compared>& found) {
        const auto a = static_cast<std::uint32_t>(party);
        if (rate < 1 && marks[a] * kMix > limit) return;
        pairs.find_others(a, worker.others);
        for (const std::uint32_t b : worker.others) {
          if (!is_owner(marks[a], marks[b])) continue;
          found.push_back(
              {(marks[a] ^ marks[b]) * kMix, signatures[a].kind,
               worker.comparer.compare(signatures[std::min(a, b)], signatures[std::max(a, b)])});
        }
      });
  // In an order that is not the parties', so that sums over them are the same to the last bit.
  std::ranges::sort(compared, {}, &Compared::mark);

  MatchModel model;
  model.counts = context.counts;
  for (const PartyKind kind : {PartyKind::person, PartyKind::organization}) {
    std::vector<std::uint32_t> parties;
    for (std::size_t i = 0; i < signatures.size(); ++i) {
      if (signatures[i].kind == kind) parties.push_back(static_cast<std::uint32_t>(i));
    }
    std::vector<Comparison> candidates;
    for (const Compared& pair : compared) {
      if (pair.kind == kind) candidates.push_back(pair.comparison);
    }
    KindTrainer(kind, signatures, marks, std::move(parties))
        .learn(candidates, rate, context, model);
  }
  return model;
}

}  // namespace cdh
