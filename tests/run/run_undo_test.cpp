#include "hub/run/run_undo.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/maintenance.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/run/store_dump.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/schema.hpp"
#include "tests/run/difference.hpp"
#include "tests/run/old_store.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using ::testing::HasSubstr;

constexpr const char* kYaml = R"(
sources:
  crm:
    connector: csv
    config: { path: crm.csv }
    streams:
      crm:
        key: id
        map:
          - { into: person, as: contact, fields: { given_name: first, family_name: last, birth_date: born, emails: [mail] } }
          - { into: note, refs: { customer: { as: contact } }, fields: { text: note } }
)";
constexpr const char* kHeader = "id,first,last,born,mail,note\n";
const std::string kFirst =
    "1,Ann,Lee,1984-02-29,ann@example.com,likes tea\n"
    "2,Anna,Lee,,ann@example.com,\n"
    "3,Bob,Ray,,bob@example.com,\n"
    "4,Cy,Fox,soon,cy@example.com,\n";
// One changed, and thereby another customer; one gone, one new, one refused, one not any more.
const std::string kSecond =
    "1,Ann,Lee,1984-02-29,ann@example.com,likes tea\n"
    "2,Zoe,Brown,1999-01-01,zoe@example.com,likes milk\n"
    "4,Cy,Fox,,cy@example.com,\n"
    "5,Dee,Poe,,dee@example.com,\n"
    "6,Eve,Orr,soon,eve@example.com,\n";

class RunUndoTest : public testing::TestWithParam<StoreKind> {
 protected:
  RunUndoTest() : hub_(GetParam()), config_(hub_.config(kYaml)) {}

  // Returns the run's number.
  std::int64_t run(const std::string& rows, RunOptions options = {}) {
    hub_.write("crm.csv", kHeader + rows);
    return consolidate(config_, options).run.id;
  }
  UndoResult undo(std::int64_t run) {
    Database database(hub_.store(), Database::Mode::existing);
    return undo_run(database, config_, run, "ada");
  }
  // So many that a safety limit stops a run that finds them gone.
  static std::string many_customers() {
    std::string many;
    for (int i = 10; i < 400; ++i) {
      many += std::to_string(i) + ",Ann" + std::to_string(i) + ",Lee,,a" + std::to_string(i) +
              "@example.com,\n";
    }
    return many;
  }
  UndoPlan plan(std::int64_t run) {
    Database database(hub_.store(), Database::Mode::existing);
    return plan_undo(database, config_, run);
  }
  static std::string without_birth_date() {
    std::string yaml = kYaml;
    const std::string_view field = "birth_date: born, ";
    return yaml.erase(yaml.find(field), field.size());
  }
  void expect_refused(std::int64_t run, const std::string& why) {
    try {
      undo(run);
      ADD_FAILURE() << "run " << run << " was undone";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      EXPECT_THAT(error.what(), HasSubstr(why));
    }
  }
  std::vector<std::string> dump() {
    Database database(hub_.store(), Database::Mode::existing);
    return store_dump(database);
  }
  std::string status(std::int64_t run) {
    Database database(hub_.store(), Database::Mode::existing);
    return find_run(database, run)->status;
  }
  std::vector<std::string> profile_ids() {
    Database database(hub_.store(), Database::Mode::existing);
    std::vector<std::string> ids;
    for (ProfileRow& profile : all_profiles(database)) ids.push_back(std::move(profile.uuid));
    std::ranges::sort(ids);
    return ids;
  }
  void pin(const std::string& key, const std::string& field, const std::string& value) {
    Database database(hub_.store(), Database::Mode::existing);
    std::string uuid;
    {
      const auto row = database.query_text(
          "SELECT p.uuid FROM source_record r JOIN link l ON l.party_id = r.id * 16 "
          "JOIN profile p ON p.id = l.profile_id WHERE r.source_key = ?",
          {key});
      ASSERT_TRUE(row->next());
      uuid = row->text(0);
    }
    pin_value(database, config_, uuid, field, value, "ada");
  }
  std::int64_t number(const std::string& sql) {
    return Database(hub_.store(), Database::Mode::existing).number(sql);
  }

  TestHub hub_;
  HubConfig config_;
};

// Former ids stay for whoever still has them.
std::vector<std::string> without_former_ids(std::vector<std::string> lines) {
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("former "); });
  return lines;
}

TEST_P(RunUndoTest, GivesBackWhatWasThereBefore) {
  run(kFirst);
  const std::vector<std::string> before = dump();
  const std::vector<std::string> ids = profile_ids();
  const std::int64_t second = run(kSecond);
  EXPECT_NE(dump(), before);
  const UndoResult result = undo(second);
  EXPECT_EQ(result.landed.restored, 2) << "2 and 3";
  EXPECT_EQ(result.landed.withdrawn, 2) << "4 and 5";
  EXPECT_EQ(result.landed.refused_before, 1) << "4";
  EXPECT_EQ(result.landed.refused_since, 1) << "6";
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
  EXPECT_EQ(profile_ids(), ids);
  EXPECT_EQ(status(second), "undone");
}

TEST_P(RunUndoTest, LetsTheNextRunLandTheSameAgain) {
  run(kFirst);
  const std::int64_t second = run(kSecond);
  const std::vector<std::string> after = dump();
  undo(second);
  run(kSecond);
  EXPECT_EQ(difference(without_former_ids(after), without_former_ids(dump())), "");
}

TEST_P(RunUndoTest, GoesFromTheNewestBackToTheEmptyStore) {
  const std::int64_t first = run(kFirst);
  const std::vector<std::string> before = dump();
  const std::int64_t second = run(kSecond), third = run(kFirst);
  expect_refused(second, "run 3 came after it and must be undone before");
  undo(third);
  undo(second);
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
  undo(first);
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM source_record"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM stream_state"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM quarantine"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM quarantine_version"), 0);
  expect_refused(second, "it is already");
}

TEST_P(RunUndoTest, KeepsDecisions) {
  const std::int64_t first = run(kFirst);
  const std::int64_t second = run(kSecond);
  pin("1", "family_name", "Leigh");
  expect_refused(first, "run 2 came after it");
  undo(second);
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile WHERE family_name = 'Leigh'"), 1);
}

TEST_P(RunUndoTest, TakesBackWhatASafetyLimitStopped) {
  run(many_customers());
  const std::vector<std::string> before = dump();
  hub_.write("crm.csv", kHeader + kFirst);
  const RunReport stopped = consolidate(config_, {});
  ASSERT_EQ(stopped.exit, RunExit::stopped);
  undo(stopped.run.id);
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
  EXPECT_EQ(status(stopped.run.id), "undone");
}

TEST_P(RunUndoTest, GivesBackASourceThatWasRemoved) {
  run(kFirst);
  const std::vector<std::string> before = dump();
  {
    Database database(hub_.store(), Database::Mode::existing);
    remove_source(database, config_, "crm", "ada");
  }
  EXPECT_EQ(number("SELECT COUNT(*) FROM profile"), 0);
  undo(2);
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
}

TEST_P(RunUndoTest, IsKeptForSoManyRuns) {
  config_.undo_runs = 1;
  run(kFirst);
  run(kSecond);
  const std::int64_t third = run(kFirst);
  EXPECT_EQ(number("SELECT COUNT(*) FROM record_version WHERE run_id < 3"), 0);
  undo(third);
  expect_refused(2, "what it replaced is not kept, or not any more; `hub: undo_runs` says");
}

// What an administrator does to be rid of what was removed.
TEST_P(RunUndoTest, KeepsNothingForNoRuns) {
  run(kFirst);
  {
    Database database(hub_.store(), Database::Mode::existing);
    remove_source(database, config_, "crm", "ada");
  }
  const std::vector<std::string> tables = {"record_version", "quarantine_version",
                                           "stream_state_version", "profile_version"};
  for (const std::string& table : tables) {
    EXPECT_GT(number("SELECT COUNT(*) FROM " + table), 0) << table;
  }
  config_.undo_runs = 0;
  run(kSecond);
  for (const std::string& table : tables) {
    EXPECT_EQ(number("SELECT COUNT(*) FROM " + table), 0) << table;
  }
}

// Nights that were stopped, dry runs and one that is undone cost none of the runs that can be undone.
TEST_P(RunUndoTest, IsKeptForSoManyRunsThatPublished) {
  config_.undo_runs = 2;
  const std::string many = many_customers();
  run(many);
  const std::vector<std::string> before = dump();
  const std::int64_t second = run(many + kFirst);
  RunOptions dry;
  dry.dry_run = true;
  for (int night = 0; night < 3; ++night) {
    run(many, dry);
    EXPECT_EQ(status(run(kFirst)), "stopped");
  }
  undo(run(many + kSecond));
  undo(run(many + kSecond));
  undo(second);
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
}

// The run reads on after it: the entry was the only copy of the record.
TEST_P(RunUndoTest, GivesBackWhatARetryTookOutOfQuarantine) {
  run(kFirst);
  const std::vector<std::string> before = dump();
  config_ = hub_.config(without_birth_date());
  std::int64_t retried = 0;
  {
    Database database(hub_.store(), Database::Mode::existing);
    EXPECT_EQ(retry_quarantine(database, config_, {}, "ada").counts.landed, 1);
    retried = list_runs(database, 1).front().id;
  }
  EXPECT_EQ(number("SELECT COUNT(*) FROM quarantine"), 0);
  EXPECT_EQ(undo(retried).landed.refused_before, 1);
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
}

TEST_P(RunUndoTest, TellsWhatItWouldDo) {
  run(kFirst);
  const std::int64_t second = run(kSecond);
  const std::vector<std::string> before = dump();
  const UndoPlan told = plan(second);
  EXPECT_EQ(told.landed.restored, 2);
  EXPECT_EQ(told.landed.withdrawn, 2);
  EXPECT_EQ(told.landed.refused_before, 1);
  EXPECT_EQ(told.landed.refused_since, 1);
  EXPECT_THAT(told.runs, testing::ElementsAre(second));
  EXPECT_THAT(told.unknown_sources, testing::IsEmpty());
  EXPECT_FALSE(told.rules_differ);
  EXPECT_EQ(difference(before, dump()), "") << "nothing is done yet";
}

TEST_P(RunUndoTest, TellsThatTheConfigurationIsAnother) {
  run(kFirst);
  const std::int64_t second = run(kSecond);
  config_.sources.front().name = "erp";
  const UndoPlan told = plan(second);
  EXPECT_THAT(told.unknown_sources, testing::ElementsAre("crm"));
  EXPECT_TRUE(told.rules_differ);
}

// What version 9 kept does not tell all that undoing gives back.
TEST_P(RunUndoTest, RefusesRunsOfAnOlderProgram) {
  run(kFirst);
  run(kSecond);
  {
    Database database(hub_.store(), Database::Mode::existing);
    take_back_to_version_9(database);
    EXPECT_EQ(migrate(database), 9);
  }
  expect_refused(2, "what it replaced is not kept");
  const std::vector<std::string> before = without_former_ids(dump());
  undo(run(kFirst));
  EXPECT_EQ(difference(before, without_former_ids(dump())), "");
}

TEST_P(RunUndoTest, RefusesWhatItCannotUndo) {
  run(kFirst);
  expect_refused(7, "there is none");
  pin("1", "family_name", "Leigh");
  expect_refused(2, "it landed nothing; what a steward decided is undone by deciding otherwise");
  RunOptions dry;
  dry.dry_run = true;
  expect_refused(run(kSecond, dry), "it was a dry run, of which nothing is kept");
  run(kFirst);
  expect_refused(run(kFirst), "no record, no state of a stream and nothing in quarantine");
  hub_.write("crm.csv", kHeader + kSecond);
  undo(consolidate(config_, {}).run.id);
  Database database(hub_.store(), Database::Mode::existing);
  expect_refused(list_runs(database, 1).front().id, "it undid another one");
}

// A killed run that landed nothing was not undone by anybody.
TEST_P(RunUndoTest, LeavesRunsAloneThatLandedNothing) {
  run(kFirst);
  std::int64_t died = 0;
  {
    Database database(hub_.store(), Database::Mode::existing);
    died = begin_run(database);
  }
  const std::int64_t third = run(kSecond);
  expect_refused(died, "run 3 came after it");
  undo(third);
  EXPECT_EQ(status(died), "died");
  expect_refused(died, "it landed nothing before it ended as \"died\"");
}

INSTANTIATE_TEST_SUITE_P(On, RunUndoTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
