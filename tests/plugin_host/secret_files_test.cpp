#include "hub/plugin_host/secret_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/config/references.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {
namespace {

std::vector<PluginOption> token_option(bool secret = true) {
  PluginOption option;
  option.name = "token";
  option.secret = secret;
  return {option};
}

class SecretFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // The settings of `config: { token: TEXT }` in a hub.yaml of the folder.
  Setting read(const std::string& text) const {
    ConfigFaults faults;
    const Setting token = resolve_references(text, {"hub.yaml", 3}, folder_, faults);
    return Setting::map({{"token", token}});
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string text_of(const std::string& name) const {
    std::ifstream in(folder_ / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string check(const std::string& token, bool isolated = false) const {
    const std::filesystem::path library =
        std::filesystem::path(CDH_TEST_PLUGIN_FOLDER) / "cdh-rotating.so";
    const Plugin plugin = isolated
                              ? Plugin::load_isolated(library, {.program = CDH_TEST_BIN_DIR "/cdh"})
                              : Plugin::load(library);
    try {
      plugin.connect(read(token)).check();
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

  std::filesystem::path folder_;
};

TEST_F(SecretFilesTest, GiveTheNextRunTheNewSecret) {
  write("shop.token", "a\n");
  EXPECT_EQ(check("${file:shop.token}"), "");
  EXPECT_EQ(check("${file:shop.token}"), "");
  EXPECT_EQ(text_of("shop.token"), "a''\n");
  EXPECT_EQ(std::filesystem::status(folder_ / "shop.token").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(SecretFilesTest, AreKeptForAConnectorInAChildProcess) {
  write("shop.token", "a\n");
  EXPECT_EQ(check("${file:shop.token}", true), "");
  EXPECT_EQ(text_of("shop.token"), "a'\n");
  EXPECT_THAT(check("plain", true), testing::HasSubstr("write ${file:PATH} there in hub.yaml"));
}

TEST_F(SecretFilesTest, ReplaceWhatALinkLeadsTo) {
  write("shop.token", "a\n");
  std::filesystem::create_symlink("shop.token", folder_ / "link");
  EXPECT_EQ(check("${file:link}"), "");
  EXPECT_EQ(text_of("shop.token"), "a'\n");
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link"));
}

TEST_F(SecretFilesTest, RefuseWhatComesFromNoFile) {
  write("shop.token", "a");
  for (const char* token : {"plain", "x${file:shop.token}", "${file:shop.token}x"}) {
    EXPECT_THAT(check(token), testing::HasSubstr("write ${file:PATH} there in hub.yaml")) << token;
  }
  EXPECT_EQ(text_of("shop.token"), "a");
}

TEST_F(SecretFilesTest, SayWhatFailsWithoutTheSecret) {
  write("shop.token", "old");
  const SecretFiles files(read("${file:shop.token}"), token_option());
  std::filesystem::remove(folder_ / "shop.token");
  std::filesystem::create_directories(folder_ / "shop.token");
  try {
    files.keep("token", "brandnew");
    FAIL() << "kept in a folder";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("shop.token is a folder"));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("brandnew")));
  }
}

// What the next run would refuse would stop all its sources.
TEST_F(SecretFilesTest, RefuseWhatWouldNotBeReadBack) {
  write("shop.token", "old");
  const SecretFiles files(read("${file:shop.token}"), token_option());
  const auto check = [&](const std::string& value, const std::string& what) {
    try {
      files.keep("token", value);
      ADD_FAILURE() << "kept, but: " << what;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::source);
      EXPECT_THAT(error.what(), testing::HasSubstr(what));
    }
    EXPECT_EQ(text_of("shop.token"), "old");
  };
  check(std::string(64 * 1024, 'x'), "larger than 64 KiB");
  check("caf\xE9", "not UTF-8");
  check(std::string("a\0b", 3), "not UTF-8");
  check("token\r", "carriage return");
  for (const std::string& value :
       {std::string(64 * 1024 - 1, 'x'), std::string("a\n"), std::string("a\r\n"), std::string()}) {
    files.keep("token", value);
    EXPECT_EQ(read("${file:shop.token}").members[0].second.text, value);
  }
}

TEST_F(SecretFilesTest, AreOnlyThoseOfOptionsDeclaredSecret) {
  write("shop.token", "old");
  const SecretFiles files(read("${file:shop.token}"), token_option(false));
  EXPECT_THROW(files.keep("token", "new"), Error);
  EXPECT_EQ(text_of("shop.token"), "old");
}

// A rotated token maps no record anew.
TEST_F(SecretFilesTest, LeaveTheFingerprintAlone) {
  const Plugin plugin =
      Plugin::load(std::filesystem::path(CDH_TEST_PLUGIN_FOLDER) / "cdh-rotating.so");
  EXPECT_EQ(plugin.fingerprint(read("a")), plugin.fingerprint(read("b")));
}

}  // namespace
}  // namespace cdh
