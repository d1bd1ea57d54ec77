// The promise "same in, same out": profiles are a pure function of the current records and of the
// match model, not of the order of the sources or of how the records were spread over nights.
#include <set>

#include <gtest/gtest.h>

#include "hub/run/consolidation.hpp"
#include "hub/run/customer_dump.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/changing_sources.hpp"
#include "tests/run/difference.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

std::vector<std::string> dump(const TestHub& hub) {
  Database database(hub.store(), Database::Mode::existing);
  return customer_dump(database, StoreNames(database));
}

// A family name has about as many holders, so that its block is refined in some nights and not in
// others.
constexpr int kBlockLimit = 12;

RunReport run(const TestHub& hub, const RunOptions& options = {}) {
  HubConfig config = hub.config(ChangingSources::yaml());
  config.match.block_limit = kBlockLimit;
  return consolidate(config, options);
}

// Family names with more holders than that.
std::set<std::string> crowded_families(const TestHub& hub) {
  Database database(hub.store(), Database::Mode::existing);
  const auto rows = database.query(
      "SELECT family_name FROM profile WHERE party_type = 'person' AND family_name IS NOT NULL "
      "GROUP BY family_name HAVING SUM(record_count) > " +
      std::to_string(kBlockLimit));
  std::set<std::string> names;
  while (rows->next()) names.emplace(rows->text(0));
  return names;
}

// The model by which the hub's store is matched.
StoredMatchModel model_of(const TestHub& hub) {
  Database database(hub.store(), Database::Mode::existing);
  return current_match_model(database).value();
}

// Makes the hub's store match by this model from its first run on.
void give_model(const TestHub& hub, const StoredMatchModel& model) {
  Database database(hub.store(), Database::Mode::create);
  migrate(database);
  Transaction transaction(database);
  add_match_model(database, model);
  transaction.commit();
}

// The model that a first run with these sources learns.
StoredMatchModel model_learnt_from(const ChangingSources& sources) {
  const TestHub hub;
  sources.write(hub);
  EXPECT_EQ(run(hub).exit, RunExit::done);
  return model_of(hub);
}

// What a store holds that has seen nothing before.
std::vector<std::string> loaded_at_once(const ChangingSources& sources,
                                        const StoredMatchModel& model) {
  const TestHub hub;
  give_model(hub, model);
  sources.write(hub);
  EXPECT_EQ(run(hub).exit, RunExit::done);
  return dump(hub);
}

std::size_t count_with(const std::vector<std::string>& lines, const std::string& text) {
  std::size_t count = 0;
  for (const std::string& line : lines) count += line.find(text) != std::string::npos ? 1 : 0;
  return count;
}

// So small a part that most profiles are passed over.
void expect_small(const std::vector<RunSource>& sources) {
  std::int64_t read = 0, changed = 0;
  for (const RunSource& source : sources) {
    read += source.counts.read;
    changed += source.counts.added + source.counts.changed + source.counts.gone;
  }
  EXPECT_GT(changed, 0);
  EXPECT_LT(changed * 5, read);
}

class SameResultTest : public testing::TestWithParam<StoreKind> {
 protected:
  // Loads night after night and compares each with a store that sees that night only.
  static void check_nights(std::uint64_t seed, std::size_t customers,
                           const std::vector<std::size_t>& team_mailbox_holders) {
    ChangingSources sources(seed, customers);
    const TestHub hub(GetParam());
    sources.write(hub);
    run(hub);
    const StoredMatchModel model = model_of(hub);
    for (const std::size_t holders : team_mailbox_holders) {
      sources.next_night(holders);
      sources.write(hub);
      expect_small(run(hub).run.sources);
      const auto expected = loaded_at_once(sources, model);
      ASSERT_EQ(difference(expected, dump(hub)), "")
          << "seed " << seed << ", a night with " << holders << " holders of the team's mailbox";
    }
  }
};

// The mailbox of a team is crowded from 5 holders on, and crosses that both ways.
TEST_P(SameResultTest, NightByNightAsAtOnce) {
  const bool is_sqlite = GetParam() == StoreKind::sqlite;
  const std::vector<std::size_t> holders = {0, 3, 5, 8, 4, 2, 6, 1};
  check_nights(1, is_sqlite ? 100 : 50, holders);
  if (is_sqlite && !HasFatalFailure()) check_nights(2, 100, holders);
}

TEST_P(SameResultTest, OneSourceAtATimeInAnyOrder) {
  const ChangingSources sources(17, GetParam() == StoreKind::sqlite ? 100 : 40);
  const StoredMatchModel model = model_learnt_from(sources);
  const auto expected = loaded_at_once(sources, model);
  const std::size_t orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 3, 0, 1}};
  for (const auto& order : orders) {
    const TestHub hub(GetParam());
    give_model(hub, model);
    sources.write(hub);
    for (const std::size_t source : order) {
      RunOptions options;
      options.only_sources = {ChangingSources::kSources[source]};
      EXPECT_EQ(run(hub, options).exit, RunExit::done);
    }
    EXPECT_EQ(difference(expected, dump(hub)), "") << "first " << order[0];
  }
}

TEST_P(SameResultTest, RecordsInAnyOrderOverAnyNumberOfRuns) {
  const ChangingSources sources(37, GetParam() == StoreKind::sqlite ? 100 : 40);
  const StoredMatchModel model = model_learnt_from(sources);
  const auto expected = loaded_at_once(sources, model);
  for (const std::size_t nights : {2, 7}) {
    const TestHub hub(GetParam());
    give_model(hub, model);
    for (std::size_t night = 1; night <= nights; ++night) {
      sources.write_part(hub, night, nights);
      EXPECT_EQ(run(hub).exit, RunExit::done);
    }
    EXPECT_EQ(difference(expected, dump(hub)), "") << "over " << nights << " nights";
  }
}

// What a mishap may do to everything that follows from records and decisions, but for who has which
// id: each profile still has one record.
void damage(const TestHub& hub) {
  Database database(hub.store(), Database::Mode::existing);
  Transaction transaction(database);
  for (const EntitySpec& spec : entities()) {
    if (spec.role != EntityRole::party) database.execute("DELETE FROM " + std::string(spec.name));
  }
  for (const char* statement :
       {"DELETE FROM effective_consent", "DELETE FROM unresolved_ref", "DELETE FROM household",
        "DELETE FROM link WHERE joined_to IS NOT NULL", "UPDATE link SET reason = 'no reason'",
        "UPDATE profile SET display_name = 'somebody', family_name = NULL, lineage = 'none'",
        "INSERT INTO sales_order (id, number) VALUES (1, 'nobody''s')"}) {
    database.execute(statement);
  }
  transaction.commit();
}

std::vector<std::string> identities(const TestHub& hub) {
  Database database(hub.store(), Database::Mode::existing);
  std::vector<std::string> out;
  const auto rows =
      database.query("SELECT id, uuid, created_run, changed_run FROM profile ORDER BY id");
  while (rows->next()) {
    std::string& line = out.emplace_back(rows->text(1));
    for (const int column : {0, 2, 3}) line += " " + std::to_string(rows->integer(column));
  }
  return out;
}

TEST_P(SameResultTest, DerivedAnewAsBefore) {
  ChangingSources sources(23, 60);
  const TestHub hub(GetParam());
  sources.write(hub);
  run(hub);
  sources.next_night(5);
  sources.write(hub);
  run(hub);
  const auto before = dump(hub);
  const auto identities_before = identities(hub);
  damage(hub);
  RunOptions options;
  options.full = true;
  const ProfileCounts counts = run(hub, options).run.profiles;
  EXPECT_EQ(counts, (ProfileCounts{.total = counts.total})) << "none differs";
  EXPECT_EQ(difference(before, dump(hub)), "");
  EXPECT_EQ(identities(hub), identities_before);
}

TEST_P(SameResultTest, ANightWithoutChangesWritesNothing) {
  const ChangingSources sources(29, 60);
  const TestHub hub(GetParam());
  sources.write(hub);
  run(hub);
  const auto before = dump(hub);
  const RunReport second = run(hub);
  for (const RunSource& source : second.run.sources) {
    EXPECT_EQ(source.counts.unchanged, source.counts.read) << source.source;
  }
  EXPECT_EQ(second.run.profiles, (ProfileCounts{.total = second.run.profiles.total}));
  EXPECT_EQ(difference(before, dump(hub)), "");
}

TEST_P(SameResultTest, ADryRunKeepsNothing) {
  ChangingSources sources(31, 60);
  const TestHub hub(GetParam());
  sources.write(hub);
  run(hub);
  const auto before = dump(hub);
  sources.next_night(6);
  sources.write(hub);
  RunOptions dry;
  dry.dry_run = true;
  EXPECT_EQ(run(hub, dry).run.status, "dry run");
  EXPECT_EQ(difference(before, dump(hub)), "");
  run(hub);
  EXPECT_EQ(difference(loaded_at_once(sources, model_of(hub)), dump(hub)), "");
}

INSTANTIATE_TEST_SUITE_P(On, SameResultTest, kEveryStore, store_kind_name);

// The nights must contain what they are to show.
TEST(ChangingSources, HoldWhatTheTestsAreAbout) {
  ChangingSources sources(1, 100);
  const StoredMatchModel model = model_learnt_from(sources);
  const auto first = loaded_at_once(sources, model);
  EXPECT_GT(count_with(first, " joined "), 60);
  EXPECT_GT(count_with(first, ": organization "), 10);
  EXPECT_GT(count_with(first, "waiting: sales_order"), 5);
  EXPECT_GT(count_with(first, "customer=crm/crm/"), 20);
  EXPECT_GT(count_with(first, ": household "), 20);
  EXPECT_GT(count_with(first, ": works_for "), 5);
  EXPECT_GT(count_with(first, ": subsidiary "), 3);
  EXPECT_EQ(count_with(first, "no such party"), 0);
  sources.next_night(8);
  EXPECT_EQ(count_with(loaded_at_once(sources, model), "canonical=team@shop.example"), 8);
}

TEST(ChangingSources, NightsCrossTheLimitOfABlockBothWays) {
  ChangingSources sources(1, 100);
  const TestHub hub;
  sources.write(hub);
  run(hub);
  std::size_t refined = 0, whole = 0;
  for (int night = 0; night < 8; ++night) {
    const auto before = crowded_families(hub);
    sources.next_night(0);
    sources.write(hub);
    run(hub);
    const auto after = crowded_families(hub);
    for (const std::string& name : after) refined += before.contains(name) ? 0 : 1;
    for (const std::string& name : before) whole += after.contains(name) ? 0 : 1;
  }
  EXPECT_GT(refined, 0);
  EXPECT_GT(whole, 0);
}

}  // namespace
}  // namespace cdh
