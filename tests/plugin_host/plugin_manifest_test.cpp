// Manifests as cdh_add_plugin writes them beside the test plugins, and spoilt ones.
#include "hub/plugin_host/plugin_manifest.hpp"

#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/library_file.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {
namespace {

const std::filesystem::path kBuilt = CDH_TEST_PLUGIN_FOLDER;

// A folder of its own with copies of what was built.
class PluginManifest : public testing::Test {
 protected:
  PluginManifest() {
    const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / "cdh-manifest" / test.name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~PluginManifest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  std::filesystem::path copy(const std::filesystem::path& built) const {
    std::filesystem::copy_file(kBuilt / built, file(built.filename()));
    return file(built.filename());
  }
  nlohmann::json manifest_of(const std::string& plugin) const {
    return nlohmann::json::parse(std::ifstream(kBuilt / ("cdh-" + plugin + ".json")));
  }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(file(name)) << content;
  }
  PluginDescription describe(const std::string& plugin) const {
    return PluginRegistry({folder_}, {.program = CDH_TEST_BIN_DIR "/cdh"}).describe(plugin);
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(PluginManifest, SaysWhatThePluginSays) {
  for (const char* name : {"greetings", "feed", "shout", "unruly", "older"}) {
    const std::filesystem::path library = kBuilt / ("cdh-" + std::string(name) + ".so");
    const std::optional<PluginDescription> manifest = read_manifest(library);
    ASSERT_TRUE(manifest.has_value()) << name;
    EXPECT_EQ(*manifest, Plugin::load(library).about()) << name;
  }
}

TEST_F(PluginManifest, NoCodeIsLoadedWhereThereIsOne) {
  const std::filesystem::path library = copy("crashing/cdh-crashing.so");
  EXPECT_THROW(describe("crashing"), Error) << "it crashes when it is loaded";
  nlohmann::json manifest = manifest_of("greetings");
  manifest["plugin"] = "crashing";
  manifest["build_id"] = build_id_of(library);
  write("cdh-crashing.json", manifest.dump());
  EXPECT_EQ(describe("crashing").name, "crashing");
  EXPECT_EQ(describe("crashing").options.size(), 4U);
}

TEST_F(PluginManifest, OfAnotherLibraryIsNotBelieved) {
  const std::filesystem::path library = copy("cdh-shout.so");
  write("cdh-shout.json", manifest_of("greetings").dump());
  EXPECT_FALSE(read_manifest(library).has_value());
  EXPECT_EQ(describe("shout").name, "shout") << "the library tells";
}

TEST_F(PluginManifest, ABrokenOneIsNotBelieved) {
  const std::filesystem::path library = copy("cdh-greetings.so");
  const auto is_believed = [&](const std::string& content) {
    write("cdh-greetings.json", content);
    return read_manifest(library).has_value();
  };
  const auto with = [&](const std::string& pointer, const nlohmann::json& value) {
    nlohmann::json manifest = manifest_of("greetings");
    manifest[nlohmann::json::json_pointer(pointer)] = value;
    return manifest.dump();
  };
  const std::string good = manifest_of("greetings").dump();
  EXPECT_FALSE(read_manifest(library).has_value()) << "there is none yet";
  EXPECT_TRUE(is_believed(good));
  EXPECT_FALSE(is_believed(""));
  EXPECT_FALSE(is_believed(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(is_believed("[]"));
  EXPECT_FALSE(is_believed(good + std::string(1024 * 1024, ' '))) << "too large";
  EXPECT_FALSE(is_believed(with("/manifest", 2)));
  EXPECT_FALSE(is_believed(with("/kind", "filter")));
  EXPECT_FALSE(is_believed(with("/boundary/minor", "two")));
  EXPECT_FALSE(is_believed(with("/description", "caf") + "\xE9"));
  EXPECT_FALSE(is_believed(with("/options", 3)));
  EXPECT_FALSE(is_believed(with("/options/0/type", "colour")));
  EXPECT_FALSE(is_believed(with("/options/0", {{"option", "count"}})));
  EXPECT_EQ(describe("greetings").name, "greetings") << "the library tells";
}

TEST_F(PluginManifest, OfAPluginOfAnotherNameIsRefused) {
  copy("cdh-greetings.so");
  nlohmann::json manifest = manifest_of("greetings");
  manifest["plugin"] = "csv";
  write("cdh-greetings.json", manifest.dump());
  try {
    describe("greetings");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                testing::HasSubstr("cdh-greetings.json is of the plugin \"csv\", not of "
                                   "\"greetings\"; take it away"));
  }
}

// Opening it would wait for who writes into it.
TEST_F(PluginManifest, AFifoInPlaceOfTheLibraryIsNotOpened) {
  ASSERT_EQ(::mkfifo(file("cdh-pipe.so").c_str(), 0600), 0);
  write("cdh-pipe.json", manifest_of("greetings").dump());
  try {
    describe("pipe");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("cdh-pipe.so: it is no regular file; take it"));
  }
}

// Then the child that loads it says what to do.
TEST_F(PluginManifest, AnotherVersionOfTheBoundaryIsRefusedAsEver) {
  const std::filesystem::path library = copy("cdh-of_0.3.so");
  nlohmann::json manifest = manifest_of("greetings");
  manifest["build_id"] = build_id_of(library);
  manifest["boundary"]["minor"] = 3;
  write("cdh-of_0.3.json", manifest.dump());
  try {
    describe("of_0.3");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("was built for version 0.3"));
  }
}

TEST_F(PluginManifest, ALibraryCopiedInPartIsLookedAtItself) {
  const std::filesystem::path library = copy("cdh-greetings.so");
  copy("cdh-greetings.json");
  EXPECT_TRUE(read_manifest(library).has_value());
  std::filesystem::resize_file(library, std::filesystem::file_size(library) / 2);
  EXPECT_FALSE(read_manifest(library).has_value());
  EXPECT_THROW(describe("greetings"), Error);
}

TEST(LibraryFile, HasTheLinkersBuildId) {
  const std::string shout = build_id_of(kBuilt / "cdh-shout.so");
  EXPECT_THAT(shout, testing::MatchesRegex("[0-9a-f]{16,}"));
  EXPECT_NE(shout, build_id_of(kBuilt / "cdh-greetings.so"));
  EXPECT_EQ(build_id_of(kBuilt / "cdh-shout.json"), "");
  EXPECT_EQ(build_id_of("/nowhere/cdh-shout.so"), "");
}

}  // namespace
}  // namespace cdh
