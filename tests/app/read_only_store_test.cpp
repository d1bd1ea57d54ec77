// Who may read the store and not write it sees all that is in it; what a later version wrote, only
// that version reads.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>
#include <sys/stat.h>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHub = R"(
hub: { store: sqlite://store/c.db }
sources:
  shop:
    connector: csv
    config: { path: shop.csv }
    streams:
      shop:
        key: No
        map:
          - { into: person, fields: { given_name: First, family_name: Name, emails: [Mail] } }
)";

const std::vector<std::vector<std::string>> kViews = {{"profile", "find", "Example"},
                                                      {"status"},
                                                      {"runs"},
                                                      {"export", "profiles", "-o", "-"},
                                                      {"quarantine", "list"},
                                                      {"source", "list"},
                                                      {"review", "list"}};

class ReadOnlyStore : public testing::Test {
 protected:
  void SetUp() override {
    hub_.write("hub.yaml", kHub);
    hub_.write("shop.csv",
               "No,First,Name,Mail\n1,Ann,Example,ann@example.com\n"
               "2,Ann,Example,ann@example.com\n");
    std::filesystem::create_directory(folder());
    ASSERT_EQ(hub_.run({"run"}).exit_code, 0);
    who_may_only_read_.obeys_file_modes = true;
  }
  void TearDown() override { allow(0755, 0644); }

  std::filesystem::path folder() const { return hub_.path() / "store"; }
  std::filesystem::path file() const { return folder() / "c.db"; }
  void allow(mode_t of_folder, mode_t of_file) const {
    ASSERT_EQ(::chmod(folder().c_str(), of_folder), 0);
    ASSERT_EQ(::chmod(file().c_str(), of_file), 0);
  }
  void expect_all_views() const {
    for (const auto& words : kViews) {
      const Outcome outcome = hub_.run(words, who_may_only_read_);
      EXPECT_EQ(outcome.exit_code, 0) << words.front() << ": " << outcome.err;
    }
    EXPECT_THAT(hub_.run({"profile", "find", "Example"}, who_may_only_read_).out,
                HasSubstr("Example"));
    const std::string id = nlohmann::json::parse(
        hub_.run({"profile", "find", "Example", "--format", "json"}, who_may_only_read_)
            .out)[0]["profile"];
    const Outcome why =
        hub_.run({"profile", "explain", id, "shop:1", "shop:2"}, who_may_only_read_);
    EXPECT_EQ(why.exit_code, 0) << why.err;
    for (const char* suffix : {"-wal", "-shm"}) {
      EXPECT_FALSE(std::filesystem::exists(file().string() + suffix)) << suffix;
    }
  }

  HubFolder hub_;
  Restrictions who_may_only_read_;
};

TEST_F(ReadOnlyStore, AFileThatCannotBeWrittenIsViewed) {
  allow(0755, 0444);
  expect_all_views();
}

TEST_F(ReadOnlyStore, AFolderThatCannotBeWrittenIsViewed) {
  allow(0555, 0644);
  expect_all_views();
  allow(0555, 0444);
  expect_all_views();
}

TEST_F(ReadOnlyStore, NothingIsWrittenIntoIt) {
  allow(0555, 0444);
  const Outcome outcome =
      hub_.run({"profile", "set", "shop:1", "family_name", "Other"}, who_may_only_read_);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr("cannot open the store"));
}

// Without the log the file may lack what was written last.
TEST_F(ReadOnlyStore, ALogThatIsLeftMustBeTakenInFirst) {
  hub_.write("store/c.db-wal", "what a writer that was killed left");
  allow(0555, 0444);
  const Outcome outcome = hub_.run({"status"}, who_may_only_read_);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr("c.db-wal"));
  allow(0755, 0644);
  EXPECT_EQ(hub_.run({"status"}).exit_code, 0);
}

TEST_F(ReadOnlyStore, WhatALaterVersionWroteIsRefused) {
  sqlite3* store = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &store), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(store, "INSERT INTO schema_version VALUES (99, '2999-01-01T00:00:00Z')",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(store);
  for (const auto& words : kViews) {
    const Outcome outcome = hub_.run(words);
    EXPECT_EQ(outcome.exit_code, 1) << words.front();
    EXPECT_THAT(outcome.err, HasSubstr("schema version 99")) << words.front();
    EXPECT_THAT(outcome.err, HasSubstr("use the newer cdh")) << words.front();
    EXPECT_THAT(outcome.out, IsEmpty()) << words.front();
  }
}

}  // namespace
}  // namespace cdh::test
