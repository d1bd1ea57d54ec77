#include "hub/match/incremental_matching.hpp"

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "hub/match/signature_code.hpp"
#include "tests/match/memory_index.hpp"
#include "tests/match/town.hpp"

namespace cdh {
namespace {

// Of each party, by its id, with whom it is one customer: the smallest id among them.
using Customers = std::map<std::int64_t, std::int64_t>;

void note(std::span<const Signature> signatures, const Clustering& clustering,
          Customers& customers) {
  for (std::size_t i = 0; i < clustering.size(); ++i) {
    std::int64_t smallest = signatures[clustering[i].front()].identity.id;
    for (const std::uint32_t member : clustering[i]) {
      smallest = std::min(smallest, signatures[member].identity.id);
    }
    for (const std::uint32_t member : clustering[i]) {
      customers[signatures[member].identity.id] = smallest;
    }
  }
}

constexpr const char* kEqual = "given=Xenia; family=Quist; street=Mila 5; town=York";

MatchPolicy town_policy() {
  MatchPolicy policy;
  policy.block_limit = 6;
  policy.max_holders = 4;
  return policy;
}

// Records come, go and change in rounds. Blocks and values cross their limits in both directions.
class ChangingTown {
 public:
  // So many of the first records have everything equal.
  explicit ChangingTown(std::uint32_t seed, const MatchPolicy& policy = town_policy(),
                        std::size_t equals = 0)
      : random_(seed), records_(Town(160, seed).records()), policy_(policy) {
    const Town other(160, seed + 1000);
    others_ = other.records();
    for (std::size_t i = 0; i < equals; ++i) records_[i].description = kEqual;
    for (std::size_t i = 0; i < records_.size(); ++i) present_.push_back(pick(3) != 0);
  }

  void begin() {
    const Parties parties = now();
    const Matching all = match(parties.all, words_, {}, policy_, &town_model(), &index_);
    note(parties.all, all.clustering, customers_);
  }

  // Some records change, matched by the index; compared with matching all of them.
  void next_round() {
    std::set<std::int64_t> touched;
    for (int i = 0; i < 6; ++i) {
      const std::size_t record = pick(records_.size());
      const bool was_present = present_[record];
      present_[record] = pick(3) != 0;
      if (was_present && present_[record]) {
        records_[record].description =
            pick(4) == 0 ? kEqual : others_[pick(others_.size())].description;
      }
      touched.insert(id_of(record));
    }
    Parties parties = now();
    PartyChanges changes;
    for (const std::int64_t id : touched) {
      const auto at = std::ranges::find(
          parties.all, id, [](const Signature& signature) { return signature.identity.id; });
      if (at == parties.all.end()) {
        changes.gone.push_back(id);
        customers_.erase(id);
      } else {
        changes.present.push_back(*at);
      }
    }
    const MatchModel model = carried_over(town_model(), parties.all);
    const TouchedParties found = match_changes(
        index_, std::move(changes), words_, {},
        [](std::span<const std::int64_t>) { return std::vector<std::int64_t>(); }, policy_, model);
    note(found.signatures, found.matching.clustering, customers_);

    MemoryIndex anew;
    const Matching all = match(parties.all, words_, {}, policy_, &town_model(), &anew);
    Customers expected;
    note(parties.all, all.clustering, expected);
    EXPECT_EQ(customers_, expected);
    EXPECT_EQ(index_.all_blocks(), anew.all_blocks());
    EXPECT_EQ(index_.all_edges(), anew.all_edges());
    EXPECT_LT(found.signatures.size(), parties.all.size()) << "not all of the town";
  }

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }
  static std::int64_t id_of(std::size_t record) { return static_cast<std::int64_t>(record + 1); }

  // The records that are there; all rounds share one vocabulary.
  Parties now() {
    Parties parties;
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (!present_[i]) continue;
      const TownRecord& record = records_[i];
      parties.add(id_of(i), record.key, record.description);
    }
    for (Signature& signature : parties.all) {
      ByteWriter bytes;
      encode(signature, parties.words, bytes);
      signature = decode_signature(bytes.bytes(), signature.identity.id, words_);
    }
    return parties;
  }

  std::mt19937 random_;
  std::vector<TownRecord> records_, others_;
  std::vector<bool> present_;
  MatchPolicy policy_;
  Vocabulary words_;
  MemoryIndex index_;
  Customers customers_;
};

void run(ChangingTown town, std::uint32_t seed) {
  town.begin();
  for (int round = 0; round < 12; ++round) {
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round));
    town.next_round();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(IncrementalMatching, LeavesWhatMatchingEverythingFinds) {
  MatchPolicy chosen = town_policy();
  chosen.link_score = 3;
  chosen.fields.reset(static_cast<std::size_t>(MatchField::phone));
  chosen.blocking.reset(static_cast<std::size_t>(BlockingPass::email));
  chosen.blocking.reset(static_cast<std::size_t>(BlockingPass::names));
  chosen.weights = {{MatchField::birth, birth_level::differ, -4}};
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    run(ChangingTown(seed, seed <= 4 ? town_policy() : chosen), seed);
  }
}

// Where one pass alone compares, what its blocks' limits part and bring together is seen.
TEST(IncrementalMatching, LeavesTheSameWhereOnePassCompares) {
  for (const BlockingPass pass : {BlockingPass::family_name, BlockingPass::names,
                                  BlockingPass::street, BlockingPass::name_and_place}) {
    SCOPED_TRACE(name_of(pass));
    MatchPolicy policy = town_policy();
    policy.block_limit = 3;
    policy.blocking.reset();
    policy.blocking.set(static_cast<std::size_t>(pass));
    for (std::uint32_t seed = 1; seed <= 2; ++seed) run(ChangingTown(seed, policy), seed);
  }
}

// What is a name the model says, not the night: of all Modits but one it knows nothing.
TEST(IncrementalMatching, CountsCustomersByTheNamesOfTheModel) {
  Parties parties = parties_of(Town(160, 1).records());
  for (const std::string name : {"Lodit", "Modit"}) {
    for (int i = 0; i < 6; ++i) {
      parties.add("given=" + name + "; family=" + name + std::string(i + 2, 'a'));
    }
  }
  const std::string home = "; family=Quist; phone=+48605118236; street=Mila 5; town=York";
  parties.add("given=Lodit" + home);
  MemoryIndex index;
  const Matching first = match(parties.all, parties.words, {}, {}, nullptr, &index);
  parties.add("given=Modit" + home);
  const Signature modit = parties.all.back();
  PartyChanges changes;
  changes.present.push_back(modit);
  match_changes(
      index, std::move(changes), parties.words, {},
      [](std::span<const std::int64_t>) { return std::vector<std::int64_t>(); }, {}, *first.learnt);
  const KeyBlock& phone = index.all_blocks().at(phone_key(modit.kind, modit.phones()[0]));
  EXPECT_EQ(phone.customers, 2);
  MemoryIndex anew;
  match(parties.all, parties.words, {}, {}, &*first.learnt, &anew);
  EXPECT_EQ(index.all_blocks(), anew.all_blocks());
  EXPECT_EQ(index.all_edges(), anew.all_edges());
}

// Two thirds of sixty are there at first: about as many as are held together.
TEST(IncrementalMatching, LeavesTheSameOfEqualRecordsAboutTheirLimit) {
  MatchPolicy policy = town_policy();
  policy.block_limit = 1;
  for (std::uint32_t seed = 1; seed <= 2; ++seed) run(ChangingTown(seed, policy, 60), seed);
  policy.one_per_source = {"b"};
  run(ChangingTown(3, policy, 60), 3);
}

}  // namespace
}  // namespace cdh
