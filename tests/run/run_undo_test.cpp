#include "hub/run/run_undo.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/maintenance.hpp"
#include "hub/run/stewardship.hpp"
#include "hub/run/store_dump.hpp"
#include "hub/store/membership.hpp"
#include "tests/run/difference.hpp"
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
  void expect_refused(std::int64_t run, const std::string& why) {
    try {
      undo(run);
      ADD_FAILURE() << "run " << run << " was undone";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      EXPECT_THAT(error.what(), HasSubstr(why));
    }
  }
  // Without the quarantine, where what a run removed is not kept.
  std::vector<std::string> dump() {
    Database database(hub_.store(), Database::Mode::existing);
    std::vector<std::string> lines = store_dump(database);
    std::erase_if(lines, [](const std::string& line) { return line.starts_with("quarantine:"); });
    return lines;
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
  EXPECT_EQ(result.landed.quarantined, 1) << "6";
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
  std::string many;
  for (int i = 10; i < 400; ++i) {
    many += std::to_string(i) + ",Ann" + std::to_string(i) + ",Lee,,a" + std::to_string(i) +
            "@example.com,\n";
  }
  run(many);
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
  expect_refused(2, "what it replaced is not kept any more");
}

TEST_P(RunUndoTest, RefusesWhatItCannotUndo) {
  run(kFirst);
  expect_refused(7, "there is none");
  pin("1", "family_name", "Leigh");
  expect_refused(2, "it landed nothing");
}

INSTANTIATE_TEST_SUITE_P(On, RunUndoTest, kEveryStore, store_kind_name);

}  // namespace
}  // namespace cdh
