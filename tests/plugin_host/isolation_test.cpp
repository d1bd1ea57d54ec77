// Plugins in child processes: whatever becomes of the child, the host goes on and says what
// happened. That a good plugin is the same in both is in plugin_test.cpp.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/channel.hpp"
#include "hub/plugin_host/child_process.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/plugin_host/plugin_log.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kProgram = CDH_TEST_BIN_DIR "/cdh";
constexpr const char* kLibrary = CDH_TEST_PLUGIN_FOLDER "/cdh-unruly.so";
constexpr const char* kCrash = "crashed (signal 11, Segmentation fault) while ";

Plugin load(const std::string& name, Isolation isolation = {.program = kProgram}) {
  return Plugin::load_isolated(CDH_TEST_PLUGIN_FOLDER "/cdh-" + name + ".so", isolation);
}

Connector unruly(const std::string& then, Isolation isolation = {.program = kProgram}) {
  return load("unruly", std::move(isolation))
      .connect(Setting::map({{"then", Setting::scalar(then)}}));
}

// Reads the stream to its end; how many rows there were.
std::size_t read_all(Connector& connector) {
  connector.start("people", "", 100);
  std::size_t rows = 0;
  while (const std::optional<Batch> batch = connector.read()) rows += batch->row_count();
  return rows;
}

// What is thrown, with its kind in front.
template <typename Body>
std::string failure_of(Body&& body) {
  try {
    body();
    return "nothing failed";
  } catch (const Error& error) {
    return std::string(name_of(error.kind())) + ": " + error.what();
  }
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator descriptors("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

bool has_children() { return ::waitpid(-1, nullptr, WNOHANG) >= 0 || errno != ECHILD; }

TEST(Isolation, TellsWhatBecameOfTheConnector) {
  const auto check = [](const std::string& then, const std::string& what) {
    Connector connector = unruly(then);
    connector.start("people", "", 100);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(connector.read()->row_count(), 1U);
    EXPECT_EQ(failure_of([&] { connector.read(); }),
              "plugin: plugin unruly: " + what + " while reading stream people");
    EXPECT_THAT(failure_of([&] { connector.start("people", "", 100); }), HasSubstr(what))
        << "it stays so";
  };
  check("crash", "crashed (signal 11, Segmentation fault)");
  check("be-killed", "was killed (signal 9, Killed), perhaps for want of memory,");
  check("exit", "ended its process (exit code 7)");
}

TEST(Isolation, DoesNotInventWhatNobodyTells) {
  std::signal(SIGCHLD, SIG_IGN);
  Connector connector = unruly("crash");
  const std::string failure = failure_of([&] { read_all(connector); });
  std::signal(SIGCHLD, SIG_DFL);
  EXPECT_EQ(failure, "plugin: plugin unruly: ended while reading stream people");
}

TEST(Isolation, TellsWhatTheConnectorWasDoing) {
  EXPECT_EQ(failure_of([] { unruly("crash-at-creation"); }),
            std::string("plugin: plugin unruly: ") + kCrash + "it was created");
  EXPECT_EQ(failure_of([] { unruly("crash-at-check").check(); }),
            std::string("plugin: plugin unruly: ") + kCrash + "its source was checked");
  EXPECT_THAT(failure_of([] {
                Plugin::load_isolated(CDH_TEST_PLUGIN_FOLDER "/crashing/cdh-crashing.so",
                                      {.program = kProgram});
              }),
              AllOf(HasSubstr("cdh-crashing.so"), HasSubstr(kCrash), HasSubstr("was loaded")));
}

TEST(Isolation, AProgramThatIsNotThere) {
  EXPECT_THAT(failure_of([] { load("unruly", {.program = "/nowhere/cdh"}); }),
              AllOf(HasSubstr("/nowhere/cdh"), HasSubstr("No such file")));
  EXPECT_THAT(failure_of([] { load("unruly", {.program = "/bin/true"}); }),
              HasSubstr("ended its process (exit code 0)"));
}

Setting stumble_at(const std::string& value) {
  return Setting::map({{"field", Setting::scalar("word")}, {"at", Setting::scalar(value)}});
}

Batch words(const std::vector<std::string>& texts) {
  auto kept = std::make_shared<const std::vector<std::string>>(texts);
  std::vector<std::vector<Value>> rows;
  for (const std::string& text : *kept) {
    Value value;
    value.type = ValueType::text;
    value.text = text;
    rows.push_back({value});
  }
  return Batch::from_values({{"word"}}, rows, kept);
}

TEST(Isolation, TellsWhatBecameOfATransform) {
  Transform transform = load("stumble").transform(stumble_at("stone"));
  EXPECT_EQ(transform.apply(words({"path", "road"})).row_count(), 2U);
  const std::string crash = std::string("plugin: plugin stumble: ") + kCrash + "changing records";
  EXPECT_EQ(failure_of([&] { transform.apply(words({"path", "stone"})); }), crash);
  EXPECT_EQ(failure_of([&] { transform.apply(words({"path"})); }), crash) << "it stays so";
  EXPECT_EQ(failure_of([] { load("stumble").fingerprint(stumble_at("fingerprint")); }),
            std::string("plugin: plugin stumble: ") + kCrash + "its fingerprint was taken");
  EXPECT_THAT(failure_of([] { load("stumble").connect({}); }),
              HasSubstr("is a transform, not a connector"));
}

TEST(Isolation, ATransformsBatchOutlivesItsInputAndItsProcess) {
  std::optional<Batch> out;
  {
    Transform transform = load("stumble").transform(stumble_at("stone"));
    out = transform.apply(words({"path"}));
  }
  EXPECT_EQ(out->value(0, 0).text, "path");
  EXPECT_FALSE(has_children());
}

TEST(Isolation, AReadThatHangsEndsWhenItIsCancelled) {
  Connector connector = unruly("hang");
  connector.cancel();  // it reaches the call that comes
  EXPECT_EQ(failure_of([&] { read_all(connector); }), "source: plugin unruly: cancelled");
}

TEST(Isolation, OneThatIgnoresItIsKilled) {
  Connector connector =
      unruly("hang-for-ever", {.program = kProgram, .grace = std::chrono::milliseconds(20)});
  connector.start("people", "", 100);
  for (int i = 0; i < 3; ++i) connector.read();
  connector.cancel();
  EXPECT_EQ(failure_of([&] { connector.read(); }),
            "plugin: plugin unruly: did not stop when it was cancelled, and was killed, while "
            "reading stream people");
}

// Talking is no sign of stopping.
TEST(Isolation, OneThatKeepsTalkingIsKilled) {
  for (const char* then : {"chatter", "nothing-for-ever"}) {
    Connector connector =
        unruly(then, {.program = kProgram, .grace = std::chrono::milliseconds(20)});
    connector.start("people", "", 100);
    for (int i = 0; i < 3; ++i) connector.read();
    connector.cancel();
    EXPECT_EQ(failure_of([&] { connector.read(); }),
              "plugin: plugin unruly: did not stop when it was cancelled, and was killed, while "
              "reading stream people");
  }
  unruly("chatter-at-the-end", {.program = kProgram, .grace = std::chrono::milliseconds(20)});
  EXPECT_FALSE(has_children());
}

TEST(Isolation, OneThatTalksNonsenseIsNotBelievedAgain) {
  Connector connector = unruly("nonsense");
  connector.start("people", "", 100);
  for (int i = 0; i < 3; ++i) connector.read();
  const std::string what = "sent a broken message (it ends too early) while reading stream people";
  EXPECT_THAT(failure_of([&] { connector.read(); }), HasSubstr(what));
  EXPECT_FALSE(has_children());
  EXPECT_THAT(failure_of([&] { connector.read(); }), HasSubstr(what)) << "it stays so";
  EXPECT_THAT(failure_of([&] { connector.check(); }), HasSubstr(what));
}

TEST(Isolation, ALibraryThatHangsWhenLoadedIsKilled) {
  EXPECT_THAT(
      failure_of([] {
        Plugin::load_isolated(CDH_TEST_PLUGIN_FOLDER "/hanging/cdh-hanging.so",
                              {.program = kProgram, .load_limit = std::chrono::milliseconds(20)});
      }),
      AllOf(HasSubstr("cdh-hanging.so"), HasSubstr("did not load within 1 s, and was killed")));
  EXPECT_FALSE(has_children());
}

TEST(Isolation, APluginThatHangsKeepsNoOtherWaiting) {
  const std::filesystem::path gate = std::filesystem::path(testing::TempDir()) / "loading-gate";
  std::filesystem::remove(gate);
  ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
  ::setenv("CDH_TEST_LOADING_GATE", gate.c_str(), 1);
  PluginRegistry plugins({CDH_TEST_PLUGIN_FOLDER, CDH_TEST_PLUGIN_FOLDER "/hanging"},
                         {.program = kProgram});
  std::atomic<bool> is_through{false};
  std::thread loading([&] {
    EXPECT_THAT(failure_of([&] { plugins.any("hanging", true); }),
                HasSubstr("cdh-hanging.so does not describe itself"));
    is_through = true;
  });
  {
    const std::ofstream hanging(gate);  // opens as soon as the library waits for it
    EXPECT_EQ(plugins.any("greetings", true).name(), "greetings");
    EXPECT_FALSE(is_through);
  }
  loading.join();
  ::unsetenv("CDH_TEST_LOADING_GATE");
  std::filesystem::remove(gate);
}

TEST(Isolation, LeavesNoProcessAndNoDescriptor) {
  const std::size_t before = open_descriptors();
  for (const char* then : {"end", "crash", "exit", "hang-at-the-end"}) {
    Connector connector =
        unruly(then, {.program = kProgram, .grace = std::chrono::milliseconds(20)});
    failure_of([&] { read_all(connector); });
  }
  failure_of([] { unruly("crash-at-creation"); });
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_FALSE(has_children());
}

// The host's death is the end of the connection, also for a plugin that is in a call.
TEST(Isolation, TheProcessEndsWithItsHost) {
  SocketPair sockets = make_socket_pair();
  ChildProcess process(kProgram, {"cdh", "plugin-host", kLibrary}, std::move(sockets.theirs), {});
  {
    Channel host(std::move(sockets.ours));
    EXPECT_EQ(host.receive()->kind, MessageKind::described);
    MessageWriter create(MessageKind::create);
    create.number(1);
    create.text("then");
    create.number(1);
    create.number(CDH_TEXT);
    create.text("hang");
    host.send(create);
    EXPECT_EQ(host.receive()->kind, MessageKind::done);
    host.send(MessageWriter(MessageKind::read));
  }
  EXPECT_EQ(process.wait(std::chrono::minutes(1)), "ended its process (exit code 0)");
}

TEST(Isolation, ABatchOutlivesTheProcess) {
  std::optional<Batch> batch;
  {
    Connector connector = unruly("end");
    connector.start("people", "", 100);
    batch = connector.read();
  }
  EXPECT_EQ(batch->columns()[2].name, "Mail");
  EXPECT_EQ(batch->value(0, 2).text, "mail1@mail.example");
  EXPECT_EQ(batch->resume_state(), "1");
}

TEST(Isolation, SecretsAreNotToBeSeen) {
  ::setenv("CDH_TEST_PASSWORD", "open-sesame", 1);
  ::setenv("CDH_TEST_HARMLESS", "fine", 1);
  const std::string home = "HOME=" + std::string(std::getenv("HOME"));
  Connector connector =
      load("unruly", {.program = kProgram, .secrets = {"open-sesame", home.substr(5)}})
          .connect(Setting::map({{"then", Setting::scalar("tell-what-is-visible")},
                                 {"rows", Setting::scalar("0")},
                                 {"password", Setting::scalar("open-sesame")}}));
  ::unsetenv("CDH_TEST_PASSWORD");
  ::unsetenv("CDH_TEST_HARMLESS");
  connector.start("people", "", 100);
  const std::optional<Batch> batch = connector.read();
  EXPECT_THAT(std::string(batch->value(0, 0).text),
              AllOf(HasSubstr("plugin-host"), Not(HasSubstr("sesame"))));
  EXPECT_THAT(
      std::string(batch->value(0, 1).text),
      AllOf(HasSubstr("CDH_TEST_HARMLESS=fine"), HasSubstr(home), Not(HasSubstr("sesame"))));
}

// What is logged while the body runs.
template <typename Body>
std::string log_of(Body&& body) {
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  body();
  spdlog::set_default_logger(before);
  return log.str();
}

TEST(Isolation, LogsThroughTheHost) {
  const std::string log = log_of([] {
    Connector connector = unruly("log");
    EXPECT_EQ(read_all(connector), 3U);
  });
  EXPECT_THAT(log, HasSubstr("plugin unruly: the service is slow"));
}

TEST(Isolation, ATransformLogsThroughTheHost) {
  const std::string log = log_of([] { load("stumble").transform(stumble_at("stone")); });
  EXPECT_THAT(log, HasSubstr("plugin stumble: it may stumble"));
}

TEST(PluginLog, IsBoundedPrintableAndWithoutSecrets) {
  PluginLog lines("shop", {"open-sesame"});
  const auto written = [&](std::string_view line) {
    return log_of([&] { lines.write(CDH_LOG_INFO, line); });
  };
  EXPECT_THAT(written("a\x1B[2Jb\nerror: c caf\xE9"),
              HasSubstr("plugin shop: a?[2Jb error: c caf\uFFFD"));
  EXPECT_THAT(written("token open-sesame, rotated"), HasSubstr("token ***, rotated"));
  lines.add_secret("brand-new");
  EXPECT_THAT(written("now brand-new"), HasSubstr("now ***"));
  const std::string cut = written(std::string(kLongestLogLine - 4, 'x') + "open-sesame" +
                                  std::string(kLongestLogLine, 'y'));
  EXPECT_THAT(cut, AllOf(HasSubstr("x***y"), Not(HasSubstr("yy")), Not(HasSubstr("open"))));
}

TEST(PluginLog, SaysAWarningOnce) {
  const std::string log = log_of([] {
    PluginLog lines("shop", {});
    for (int i = 0; i < 3; ++i) {
      lines.write(CDH_LOG_WARNING, "shop.csv is empty");
      lines.write(CDH_LOG_WARNING, "line " + std::to_string(i) + " is odd");
      lines.write(CDH_LOG_INFO, "reading");
    }
    PluginLog("shop", {}).write(CDH_LOG_WARNING, "shop.csv is empty");
  });
  const auto count = [&](const std::string& text) {
    std::size_t found = 0;
    for (auto at = log.find(text); at != log.npos; at = log.find(text, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count("shop.csv is empty"), 2) << "another source's is its own";
  EXPECT_EQ(count("is odd"), 3);
  EXPECT_EQ(count("reading"), 3);
}

TEST(PluginLog, TellsTheWholeRunANewSecret) {
  const SecretMask run = {"open-sesame"};
  PluginLog lines("shop", run);
  EXPECT_EQ(run.mask("brand-new and abc"), "brand-new and abc");
  lines.add_secret("brand-new");
  lines.add_secret("abc");
  EXPECT_EQ(run.mask("brand-new and abc"), "*** and abc") << "three bytes are no secret";
  EXPECT_EQ(run.mask("open-sesame"), "***");
}

TEST(PluginLog, KnowsTheSecretsOfTheRun) {
  const std::string log = log_of([] {
    Connector connector = unruly("log", {.program = kProgram, .secrets = {"service"}});
    read_all(connector);
  });
  EXPECT_THAT(log, HasSubstr("plugin unruly: the *** is slow"));
}

TEST(Isolation, WhatItPrintsIsNotSeen) {
  testing::internal::CaptureStdout();
  Connector connector = unruly("print");
  EXPECT_EQ(read_all(connector), 3U);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace cdh
