#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/plugin_host/plugin.hpp"
#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

const std::string kOptions = "file: t.csv, on: REGION, key: code, take: {name: region_name}";

class Lookup : public testing::Test {
 protected:
  Lookup() {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        std::filesystem::path(testing::TempDir()) / (std::string("cdh-lookup-") + test->name());
    std::filesystem::create_directories(folder_);
    write("code,name,manager\nN,North,ann\nS,\"South, \"\"deep\"\"\",\n7,Seven,bob\n");
  }
  ~Lookup() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& content) const {
    std::ofstream(folder_ / "t.csv", std::ios::binary) << content;
  }
  std::string run(const std::string& options, const Value& region) const {
    return transformed("lookup", "{" + options + "}", {{"REGION", region}}, folder_.string());
  }
  std::string error(const std::string& options) const {
    return config_error("lookup", "{" + options + "}", {{"REGION", text_value("N")}},
                        folder_.string());
  }
  std::uint64_t fingerprint(const std::string& options) const {
    const auto library = std::filesystem::path(CDH_TEST_PLUGIN_DIR) / "cdh-lookup.so";
    return Plugin::load(library).fingerprint(settings_of("{" + options + "}", folder_.string()));
  }

  std::filesystem::path folder_;
};

TEST_F(Lookup, TakesColumnsByTheKey) {
  EXPECT_EQ(run(kOptions, text_value("N")), "REGION=N, region_name=North");
  EXPECT_EQ(run(kOptions, text_value("S")), "REGION=S, region_name=South, \"deep\"");
  EXPECT_EQ(run(kOptions, integer_value(7)), "REGION=7, region_name=Seven");
  EXPECT_EQ(
      run("file: t.csv, on: REGION, key: code, take: {name: REGION, manager: m}", text_value("S")),
      "REGION=South, \"deep\", m=null");
}

TEST_F(Lookup, MissingValuesAreKeptEmptiedOrQuarantined) {
  EXPECT_EQ(run(kOptions, text_value("X")), "REGION=X");
  EXPECT_EQ(run(kOptions + ", on_missing: 'null'", text_value("X")), "REGION=X, region_name=null");
  EXPECT_EQ(run(kOptions + ", on_missing: quarantine", text_value("X")),
            "quarantined REGION: \"REGION\" has a value that is not in t.csv");
}

TEST_F(Lookup, BlankValuesPass) {
  EXPECT_EQ(run(kOptions + ", on_missing: quarantine", null_value()), "REGION=null");
  EXPECT_EQ(run(kOptions + ", on_missing: quarantine", text_value(" ")), "REGION= ");
}

TEST_F(Lookup, ReadsWhatSpreadsheetsWrite) {
  write(
      "\xEF\xBB\xBF"
      "code;name\r\nN;\"No\r\nrth\"\r\n;\r\n");
  EXPECT_EQ(run(kOptions + ", separator: ;", text_value("N")), "REGION=N, region_name=No\r\nrth");
  write("code\tname\nN\tŁódź");
  EXPECT_EQ(run(kOptions + ", separator: tab", text_value("N")), "REGION=N, region_name=Łódź");
}

TEST_F(Lookup, AFaultyFileNamesTheLine) {
  write("code,name\nN,North\n\nS,South\nN,Again\n");
  EXPECT_THAT(error(kOptions), HasSubstr("t.csv line 5: the key \"N\" stands already in line 2"));
  write("code,name\nN,North,x\n");
  EXPECT_THAT(error(kOptions), HasSubstr("line 2: the row has 3 fields, the header 2"));
  write("code,name\n,North\n");
  EXPECT_THAT(error(kOptions), HasSubstr("line 2: the key \"code\" is empty"));
  write("code,name\nN,\"North\n");
  EXPECT_THAT(error(kOptions), HasSubstr("line 2: a quote is opened and not closed"));
  write("code,name\nN,\xA3\n");
  EXPECT_THAT(error(kOptions), HasSubstr("line 2: the text is not UTF-8"));
  write("code,title\n");
  EXPECT_THAT(error(kOptions), HasSubstr("no column \"name\"; there are: code, title"));
  write("");
  EXPECT_THAT(error(kOptions), HasSubstr("is empty; it needs a header"));
}

TEST_F(Lookup, AMissingFileIsNamed) {
  EXPECT_THAT(error("file: u.csv, on: REGION, key: code, take: {name: n}"), HasSubstr("u.csv"));
}

TEST_F(Lookup, TheFingerprintFollowsContentAndSettings) {
  const std::uint64_t first = fingerprint(kOptions);
  EXPECT_EQ(fingerprint(kOptions), first);
  EXPECT_NE(fingerprint(kOptions + ", on_missing: quarantine"), first);
  write("code,name\nN,Norden\n");
  EXPECT_NE(fingerprint(kOptions), first);
}

}  // namespace
}  // namespace cdh
