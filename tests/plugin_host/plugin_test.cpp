#include "hub/plugin_host/plugin.hpp"

#include <atomic>
#include <string_view>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

const std::filesystem::path kFolder = CDH_TEST_PLUGIN_FOLDER;

Plugin load(const std::string& name) { return Plugin::load(kFolder / ("cdh-" + name + ".so")); }

// A plugin is the same in the hub's process and in one of its own.
class AnyHome : public testing::TestWithParam<bool> {
 protected:
  static Plugin load(const std::string& name) {
    const std::filesystem::path library = kFolder / ("cdh-" + name + ".so");
    return GetParam() ? Plugin::load_isolated(library, {.program = CDH_TEST_BIN_DIR "/cdh"})
                      : Plugin::load(library);
  }
};
INSTANTIATE_TEST_SUITE_P(Plugin, AnyHome, testing::Bool(), [](const auto& isolated) {
  return isolated.param ? "ChildProcess" : "SameProcess";
});

Setting settings(std::vector<std::pair<std::string, std::string>> texts) {
  std::vector<std::pair<std::string, Setting>> members;
  for (auto& [name, text] : texts) members.emplace_back(name, Setting::scalar(text));
  Setting map = Setting::map(std::move(members));
  map.where = {"hub.yaml", 7};
  for (auto& [name, member] : map.members) member.where = {"hub.yaml", 8};
  return map;
}

template <typename Body>
void expect_error(ErrorKind kind, const std::string& text, Body&& body) {
  try {
    body();
    FAIL() << "expected: " << text;
  } catch (const Error& error) {
    EXPECT_EQ(name_of(error.kind()), name_of(kind));
    EXPECT_THAT(error.what(), HasSubstr(text));
  }
}

TEST_P(AnyHome, DescribesItself) {
  const Plugin plugin = load("greetings");
  EXPECT_EQ(plugin.name(), "greetings");
  EXPECT_EQ(plugin.version(), "1.0");
  EXPECT_EQ(plugin.kind(), PluginKind::connector);
  ASSERT_EQ(plugin.options().size(), 4U);
  EXPECT_EQ(plugin.options()[2].choices, (std::vector<std::string>{"warm", "cool"}));
  EXPECT_TRUE(plugin.options()[3].secret);
}

TEST_P(AnyHome, ReadsBatchesWithStateAndRejections) {
  Connector connector = load("greetings").connect(settings({{"token", "t"}}));
  EXPECT_EQ(connector.discover().at(0).key, std::vector<std::string>{"id"});
  connector.start("greetings", "", 2);
  std::vector<std::int64_t> ids;
  std::string state;
  int rejected = 0;
  while (const std::optional<Batch> batch = connector.read()) {
    EXPECT_LE(batch->row_count(), 2U);
    EXPECT_EQ(batch->origin(), "memory");
    for (std::size_t i = 0; i < batch->row_count(); ++i) {
      ids.push_back(batch->value(i, 0).integer);
      EXPECT_EQ(batch->value(i, 1).text, "hello");
      if (batch->row(i).rejection == "three is refused") {
        ++rejected;
        EXPECT_EQ(batch->row(i).raw, "3;three");
        EXPECT_EQ(batch->row(i).rejected_field, "id");
      }
    }
    state = batch->resume_state();
  }
  EXPECT_EQ(ids, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(rejected, 1);
  EXPECT_EQ(state, "5");
}

TEST_P(AnyHome, ResumesFromAState) {
  Connector connector = load("greetings").connect(settings({{"token", "t"}}));
  connector.start("greetings", "4", 100);
  const std::optional<Batch> batch = connector.read();
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->row_count(), 1U);
  EXPECT_FALSE(connector.read().has_value());
}

TEST_P(AnyHome, ABatchOutlivesLaterReads) {
  Connector connector = load("greetings").connect(settings({{"token", "t"}}));
  connector.start("greetings", "", 1);
  const std::optional<Batch> first = connector.read();
  while (connector.read()) {
  }
  EXPECT_EQ(first->value(0, 1).text, "hello");
}

// The memory of a released batch becomes that of a later one.
TEST_P(AnyHome, AReleasedBatchLeavesNothingToLaterOnes) {
  Connector connector = load("greetings").connect(settings({{"token", "t"}}));
  connector.start("greetings", "", 1);
  std::vector<std::string> refused;
  while (const std::optional<Batch> batch = connector.read()) {
    ASSERT_EQ(batch->row_count(), 1U);
    refused.emplace_back(batch->row(0).rejection);
    EXPECT_EQ(batch->row(0).raw.empty(), refused.back().empty());
  }
  EXPECT_EQ(refused, (std::vector<std::string>{"", "", "three is refused", "", ""}));
}

TEST_P(AnyHome, AnotherThreadMayReleaseABatchDuringLaterReads) {
  Connector connector = load("greetings").connect(settings({{"token", "t"}}));
  connector.start("greetings", "", 1);
  std::vector<std::thread> releasing;
  std::atomic<std::size_t> bytes = 0;
  while (std::optional<Batch> batch = connector.read()) {
    releasing.emplace_back(
        [&bytes, last = std::move(*batch)]() mutable { bytes += last.value(0, 1).text.size(); });
  }
  for (std::thread& thread : releasing) thread.join();
  EXPECT_EQ(bytes, 5 * std::string_view("hello").size());
}

TEST_P(AnyHome, TransformsDropRefuseAndAddColumns) {
  Transform shout = load("shout").transform(settings({{"field", "word"}}));
  const Batch in = Batch::from_values(
      {{"word"}}, {{text_value("hey")}, {text_value("drop")}, {text_value("refuse")}, {Value{}}});
  const Batch out = shout.apply(in);
  ASSERT_EQ(out.row_count(), 3U);
  EXPECT_EQ(out.columns()[1].name, "length");
  EXPECT_EQ(out.value(0, 0).text, "HEY");
  EXPECT_EQ(out.value(0, 1).integer, 3);
  EXPECT_EQ(out.row(1).source_row, 2U);
  EXPECT_EQ(out.row(1).rejection, "it says refuse");
  EXPECT_EQ(out.value(2, 0).type, ValueType::absent);
}

TEST_P(AnyHome, AnUnknownFieldNamesWhatThereIs) {
  Transform shout = load("shout").transform(settings({{"field", "wrod"}}));
  const Batch in = Batch::from_values({{"word"}, {"other"}}, {{text_value("hey")}});
  expect_error(ErrorKind::config,
               "there is no field \"wrod\"; did you mean \"word\"? There are: word, other",
               [&] { shout.apply(in); });
}

TEST_P(AnyHome, ChecksSettingsAgainstTheOptions) {
  const Plugin plugin = load("greetings");
  expect_error(ErrorKind::config, "hub.yaml:7: plugin \"greetings\" needs the option \"token\"",
               [&] { plugin.connect(settings({})); });
  expect_error(ErrorKind::config,
               "hub.yaml:8: plugin \"greetings\" has no option \"cuont\"; did you mean \"count\"?",
               [&] {
                 plugin.connect(settings({{"token", "t"}, {"cuont", "1"}}));
               });
  expect_error(ErrorKind::config, "hub.yaml:8: option \"count\" must be a whole number", [&] {
    plugin.connect(settings({{"token", "t"}, {"count", "many"}}));
  });
  expect_error(ErrorKind::config, "choose one of: warm, cool", [&] {
    plugin.connect(settings({{"token", "t"}, {"tone", "hot"}}));
  });
  expect_error(ErrorKind::config, "must not be negative (count)", [&] {
    plugin.connect(settings({{"token", "t"}, {"count", "-1"}}));
  });
}

TEST_P(AnyHome, AllFaultsAreReportedAtOnce) {
  try {
    load("greetings").connect(settings({{"tone", "hot"}, {"count", "x"}, {"extra", "1"}}));
    FAIL();
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << text;
  }
}

TEST_P(AnyHome, NoExceptionCrosses) {
  expect_error(ErrorKind::plugin, "boom", [] {
    load("broken").connect(settings({{"how", "throw-in-constructor"}}));
  });
  expect_error(ErrorKind::plugin, "unknown exception", [] {
    load("broken").connect(settings({{"how", "throw-int"}})).discover();
  });
  expect_error(ErrorKind::source, "the server is busy", [] {
    load("broken").connect(settings({{"how", "transient"}})).discover();
  });
}

TEST_P(AnyHome, ABrokenContractIsFoundBeforeItHurts) {
  const auto check = [](const std::string& how, const std::string& message) {
    Connector connector = load("broken").connect(settings({{"how", how}}));
    connector.start("s", "", 10);
    expect_error(ErrorKind::plugin, message, [&] { connector.read(); });
  };
  check("unknown-type", "a value of an unknown type in row 1 of a batch, column 1");
  check("text-without-bytes", "a text without its bytes in row 1 of a batch, column 1");
}

// PostgreSQL would refuse it, and with it everything that the run has to say.
TEST_P(AnyHome, TextThatIsNotUtf8IsMendedAtTheBoundary) {
  Connector connector = load("broken").connect(settings({{"how", "latin-1"}}));
  connector.start("s", "", 10);
  const std::optional<Batch> batch = connector.read();
  EXPECT_EQ(batch->origin(), "caf\uFFFD.csv");
  EXPECT_EQ(batch->position_unit(), "z\uFFFDro");
  EXPECT_EQ(batch->row(0).rejection, "");
  EXPECT_EQ(batch->row(1).rejection, "caf\uFFFD");
  EXPECT_EQ(batch->row(1).rejected_field, "pr\uFFFDnom");
  Connector failing = load("broken").connect(settings({{"how", "latin-1-message"}}));
  failing.start("s", "", 10);
  expect_error(ErrorKind::source, "caf\uFFFD", [&] { failing.read(); });
}

TEST_P(AnyHome, ARowWithADoubleThatIsNoNumberIsRejected) {
  Connector connector = load("broken").connect(settings({{"how", "no-number"}}));
  connector.start("s", "", 10);
  const std::optional<Batch> batch = connector.read();
  EXPECT_EQ(batch->row(0).rejection, "\"nan\" is not a number that can be kept");
  EXPECT_EQ(batch->row(0).rejected_field, "a");
  EXPECT_EQ(batch->row(1).rejection, "\"-inf\" is not a number that can be kept");
  EXPECT_EQ(batch->row(2).rejection, "");
  EXPECT_EQ(batch->row(3).rejection, "") << "a deletion needs no more than its key";
}

TEST_P(AnyHome, ALongMessageIsCut) {
  Connector wordy = load("broken").connect(settings({{"how", "long-message"}}));
  wordy.start("s", "", 10);
  expect_error(ErrorKind::source, std::string(1000, 'x'), [&] { wordy.read(); });
}

TEST_P(AnyHome, LoadFailuresKeepTheLoadersReason) {
  expect_error(ErrorKind::plugin, "No such file", [] { load("missing"); });
  expect_error(ErrorKind::plugin, "it is a library without cdh_plugin_entry, so no plugin",
               [] { load("no_entry"); });
}

TEST_P(AnyHome, APluginOfAnOlderMinorVersionWorks) {
  const Plugin plugin = load("older");
  EXPECT_EQ(plugin.about().boundary, (BoundaryVersion{0, 1}));
  EXPECT_EQ(plugin.fingerprint({}), load("older").fingerprint({}));
  Connector connector = plugin.connect({});
  EXPECT_NO_THROW(connector.check());
  const std::vector<StreamInfo> streams = connector.discover();
  ASSERT_EQ(streams.size(), 1U);
  EXPECT_EQ(streams[0].columns, (std::vector<Column>{{"id"}}));
  EXPECT_EQ(streams[0].key, std::vector<std::string>{"id"});
  EXPECT_FALSE(streams[0].open) << "0.1 has no such member";
  connector.start("old", "", 10);
  const std::optional<Batch> batch = connector.read();
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->value(0, 0).text, "seven");
  EXPECT_FALSE(connector.read().has_value());
  connector.cancel();
}

TEST_P(AnyHome, OtherVersionsOfTheBoundaryAreRefusedWithWhatToDo) {
  const auto check = [](const std::string& version, const std::string& age,
                        const std::string& advice) {
    expect_error(ErrorKind::plugin,
                 "cdh-of_" + version + ".so was built for version " + version +
                     " of the plugin boundary, " + age + " than this cdh takes (0.1 to 0.2): " +
                     advice + "build the plugin with the SDK of this one",
                 [&] { load("of_" + version); });
  };
  check("0.0", "older", "");
  check("0.3", "newer", "install a newer cdh, or ");
  check("1.0", "newer", "install a newer cdh, or ");
}

// The loader would map pages that the file has not, and die of the first touch.
TEST(Plugin, ALibraryCopiedInPartIsRefused) {
  const std::filesystem::path whole = kFolder / "cdh-greetings.so";
  const std::filesystem::path part = std::filesystem::path(testing::TempDir()) / "cdh-part.so";
  for (const std::uintmax_t share : {2, 3, 20}) {
    std::filesystem::remove(part);
    std::filesystem::copy_file(whole, part);
    std::filesystem::resize_file(part, std::filesystem::file_size(whole) / share);
    expect_error(ErrorKind::plugin, "the file is cut off", [&] { Plugin::load(part); });
  }
}

TEST_P(AnyHome, FingerprintFollowsTheSettings) {
  const Plugin plugin = load("shout");
  EXPECT_EQ(plugin.fingerprint(settings({{"field", "a"}})),
            plugin.fingerprint(settings({{"field", "a"}})));
  EXPECT_NE(plugin.fingerprint(settings({{"field", "a"}})),
            plugin.fingerprint(settings({{"field", "b"}})));
}

// So that isolating a transform maps no record anew.
TEST(Plugin, FingerprintIsTheSameInAChildProcess) {
  for (const char* name : {"shout", "stumble"}) {
    const Setting given = std::string_view(name) == "shout"
                              ? settings({{"field", "a"}})
                              : settings({{"field", "a"}, {"at", "b"}});
    const std::filesystem::path library = kFolder / ("cdh-" + std::string(name) + ".so");
    const Plugin isolated = Plugin::load_isolated(library, {.program = CDH_TEST_BIN_DIR "/cdh"});
    EXPECT_EQ(isolated.fingerprint(given), load(name).fingerprint(given)) << name;
  }
}

TEST_P(AnyHome, ATransformSeesBatchesOfChangingColumns) {
  Transform unfold = load("unfold").transform(
      Setting::map({{"key", Setting::scalar("id")}, {"parts", Setting::list({"home", "work"})}}));
  for (const std::vector<Column>& columns :
       {std::vector<Column>{{"id"}}, {{"id"}, {"city"}}, {{"city"}, {"id"}}}) {
    const std::vector<Value> row(columns.size(), text_value("7"));
    const Batch out = unfold.apply(Batch::from_values(columns, {row, row}));
    ASSERT_EQ(out.row_count(), 4U);
    ASSERT_EQ(out.column_count(), columns.size() + 1);
    EXPECT_EQ(out.columns()[columns.size()].name, "part");
    const std::size_t key = columns[0].name == "id" ? 0 : 1;
    EXPECT_EQ(out.value(3, key).text, "7-work");
    EXPECT_EQ(out.row(3).source_row, 1U);
  }
}

// An empty part would be the working directory, whose plugins nobody chose.
TEST(PluginRegistry, PassesOverEmptyPartsOfThePath) {
  const char* const before = std::getenv("CDH_PLUGIN_PATH");
  const std::string kept = before != nullptr ? before : "";
  ::setenv("CDH_PLUGIN_PATH", ":/a::/b:", 1);
  const std::vector<std::filesystem::path> folders = plugin_folders({"/c"});
  ::setenv("CDH_PLUGIN_PATH", kept.c_str(), 1);
  ASSERT_GE(folders.size(), 3U);
  EXPECT_EQ(std::vector(folders.begin(), folders.begin() + 3),
            (std::vector<std::filesystem::path>{"/a", "/b", "/c"}));
}

TEST(PluginRegistry, FindsByNameAndSaysWhereItLooked) {
  PluginRegistry plugins({"/nowhere", kFolder});
  EXPECT_EQ(plugins.connector("greetings").name(), "greetings");
  EXPECT_THAT(plugins.names(), testing::Contains("shout"));
  expect_error(ErrorKind::config, "did you mean \"greetings\"?",
               [&] { plugins.connector("greeting"); });
  expect_error(ErrorKind::config, "tried /nowhere/cdh-greeting.so",
               [&] { plugins.connector("greeting"); });
  expect_error(ErrorKind::config, "is a transform", [&] { plugins.connector("shout"); });
}

}  // namespace
}  // namespace cdh
