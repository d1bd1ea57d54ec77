#include "hub/run/report_files.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "hub/base/error.hpp"
#include "tests/run/told_entry.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ReportFiles : public testing::Test {
 protected:
  void write(std::int64_t id, std::size_t keep = 90) const {
    RunEntry run = told_entry();
    run.id = id;
    write_report({folder_, keep}, run, {run});
  }
  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool is_there(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

  TestHub hub_;
  std::filesystem::path folder_ = hub_.folder() / "ops" / "reports";
};

TEST_F(ReportFiles, ARunLeavesAPageAndJsonAndIsTheLatest) {
  write(12);
  const auto json = nlohmann::json::parse(read("run-12.json"));
  EXPECT_EQ(json["run"], 12);
  EXPECT_EQ(json["status"], "partial");
  EXPECT_EQ(json["sources"][0]["newly_quarantined"], 3);
  EXPECT_THAT(read("run-12.html"), HasSubstr("<title>Run 12: partial</title>"));
  EXPECT_EQ(read("latest.json"), read("run-12.json"));
  EXPECT_EQ(read("latest.html"), read("run-12.html"));
  write(13);
  EXPECT_EQ(read("latest.html"), read("run-13.html"));
}

// What a source says of its failure stands in them.
TEST_F(ReportFiles, OnlyItsGroupMayReadThemAsFarAsTheUmaskAllows) {
  const auto mode_of = [&](const char* name) {
    struct stat status {};
    EXPECT_EQ(::stat((folder_ / name).c_str(), &status), 0) << name;
    return status.st_mode & 0777;
  };
  const mode_t before = ::umask(0022);
  write(11);
  ::umask(0077);
  write(12);
  EXPECT_EQ(::umask(before), 0077U) << "it stays as it was";
  for (const char* name : {"run-11.html", "run-11.json"}) EXPECT_EQ(mode_of(name), 0640U);
  for (const char* name : {"run-12.html", "run-12.json", "latest.html", "latest.json"}) {
    EXPECT_EQ(mode_of(name), 0600U);
  }
}

// What a source or a database says of its failure may be a customer's data.
TEST_F(ReportFiles, HoldsTheHubsOwnWordsAlone) {
  write(12);
  for (const char* name : {"run-12.json", "run-12.html"}) {
    EXPECT_THAT(read(name), AllOf(HasSubstr("`cdh runs show 12` says why"), HasSubstr("told by"),
                                  Not(HasSubstr("orders.csv"))));
  }
  RunEntry failed = told_entry();
  failed.status = "failed";
  write_report({folder_, 90}, failed, {failed});
  EXPECT_THAT(read("latest.html") + read("latest.json"), Not(HasSubstr("told by")));
}

TEST_F(ReportFiles, NothingElseIsLeft) {
  write(12);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 4);
}

TEST_F(ReportFiles, OnlyTheNewestAreKept) {
  for (const std::int64_t id : {8, 9, 10, 11}) write(id, 2);
  EXPECT_FALSE(is_there("run-8.html"));
  EXPECT_FALSE(is_there("run-9.json"));
  EXPECT_TRUE(is_there("run-10.html"));
  EXPECT_TRUE(is_there("run-11.json"));
  EXPECT_TRUE(is_there("latest.html"));
}

TEST_F(ReportFiles, WhatIsNoReportStays) {
  write(1, 1);
  for (const char* name : {"run-.html", "run-2x.json", "notes.html", "run-0.txt"}) {
    std::ofstream(folder_ / name) << "mine";
  }
  write(5, 1);
  for (const char* name : {"run-.html", "run-2x.json", "notes.html", "run-0.txt"}) {
    EXPECT_EQ(read(name), "mine") << name;
  }
  EXPECT_FALSE(is_there("run-1.html"));
}

TEST_F(ReportFiles, AFolderThatCannotBeIsAnErrorThatNamesIt) {
  hub_.write("ops", "a file");
  try {
    write(1);
    FAIL() << "a file is no folder";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(folder_.string()));
  }
}

}  // namespace
}  // namespace cdh
