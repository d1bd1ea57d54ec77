// A secret is planted in each place where one can stand, and looked for in all that comes out.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.hpp"
#include "tests/run/http_listener.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string> kSecrets = {
    "planted-in-the-environment", "planted-in-a-file",   "planted-as-credential",
    "planted-in-a-header",        "planted-as-api-key",  "planted-in-the-path",
    "planted-for-mail",           "planted-in-the-yaml", "planted-lineage-key"};

class Secrecy : public ::testing::Test {
 protected:
  Secrecy() {
    ::setenv("CDH_TEST_SECRET", "planted-in-the-environment", 1);
    ::setenv("CREDENTIALS_DIRECTORY", hub_.path().c_str(), 1);
    hub_.write("token", "planted-in-a-file\n");
    hub_.write("credential", "planted-as-credential");
    hub_.write("hook", "planted-in-the-path");
    hub_.write("header", "planted-in-a-header");
    hub_.write("lineage", "planted-lineage-key");
    restrictions_.plugin_path = CDH_TEST_PLUGIN_FOLDER;
  }
  ~Secrecy() override {
    ::unsetenv("CDH_TEST_SECRET");
    ::unsetenv("CREDENTIALS_DIRECTORY");
  }

  void write_hub(bool fails, bool isolate) const {
    const std::string source =
        std::string("    connector: telltale\n    isolate: ") + (isolate ? "true" : "false") +
        "\n    streams: { people: { map: [{ into: person, fields: { family_name: Name } }] } }\n"
        "    config: { fails: " +
        (fails ? "true" : "false");
    hub_.write(
        "hub.yaml",
        "hub:\n  store: sqlite://c.db\n  report: reports\n  metrics: cdh.prom\n"
        "  lineage_events: { to: \"" +
            listener_.url("/lineage") +
            "\", headers: { Authorization: \"Bearer ${credential:lineage}\" } }\n"
            "  notify:\n    timeout: 1\n    webhook:\n      url: \"" +
            listener_.url("/") +
            "${file:hook}\"\n      headers: { Authorization: \"Bearer ${credential:header}\","
            " X-Api-Key: planted-as-api-key }\n"
            "    mail: { server: 'smtps://127.0.0.1:1', user: u, password: "
            "planted-for-mail, from: a@b.example, to: c@d.example }\n"
            "sources:\n  one:\n" +
            source + ", token: \"${env:CDH_TEST_SECRET}\", pin: planted-in-the-yaml }\n  two:\n" +
            source + ", token: \"${file:token}\", pin: \"${credential:credential}\" }\n");
  }

  void run_all_commands() {
    for (const char* format : {"table", "json", "csv"}) {
      for (const std::vector<std::string>& command :
           std::vector<std::vector<std::string>>{{"check"},
                                                 {"check", "--explain"},
                                                 {"discover", "one"},
                                                 {"discover", "two", "--suggest"},
                                                 {"run"},
                                                 {"run", "--dry-run"},
                                                 {"status"},
                                                 {"status", "--expect", "1h", "--notify"},
                                                 {"runs"},
                                                 {"runs", "show", "1"},
                                                 {"profile", "find", "Example"},
                                                 {"quarantine", "list"},
                                                 {"quarantine", "show", "1"},
                                                 {"quarantine", "retry"},
                                                 {"review", "list"},
                                                 {"match", "model"},
                                                 {"plugin", "list"},
                                                 {"plugin", "info", "telltale"},
                                                 {"source", "list"},
                                                 {"export", "profiles", "-o", "profiles.csv"},
                                                 {"store", "check"},
                                                 {"store", "dump"}}) {
        for (const char* log : {"text", "json"}) {
          std::vector<std::string> words = command;
          words.insert(words.end(), {"--format", format, "--log-format", log});
          const Outcome outcome = hub_.run(words, restrictions_);
          expect_none_in(outcome.out + outcome.err, "cdh " + command.front());
        }
      }
    }
  }

  static void expect_none_in(const std::string& text, const std::string& where) {
    for (const std::string& secret : kSecrets) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << where;
    }
  }

  // All that the hub made there: store, reports, metrics, exports.
  void expect_none_in_files() const {
    const std::vector<std::string> given = {"hub.yaml", "token",  "credential",
                                            "hook",     "header", "lineage"};
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(hub_.path())) {
      const std::string name = entry.path().filename();
      if (!entry.is_regular_file() || std::ranges::find(given, name) != given.end()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      expect_none_in({std::istreambuf_iterator<char>(file), {}}, name);
      ++files;
    }
    EXPECT_GT(files, 5) << "the store, its lock, reports, metrics, an export";
  }

  const HttpListener listener_;
  const HubFolder hub_;
  Restrictions restrictions_;
};

TEST_F(Secrecy, NoSecretComesOutOfAHubThatGoesWell) {
  write_hub(false, false);
  run_all_commands();
  expect_none_in_files();
}

TEST_F(Secrecy, NorOfOneWhoseSourcesFail) {
  write_hub(true, false);
  run_all_commands();
  expect_none_in_files();
  EXPECT_THAT(hub_.run({"runs", "show", "1"}, restrictions_).out,
              HasSubstr("the service refuses *** and ***"));
}

TEST_F(Secrecy, NorOfOneWithPluginsInProcessesOfTheirOwn) {
  write_hub(true, true);
  run_all_commands();
  expect_none_in_files();
  EXPECT_THAT(hub_.run({"runs", "show", "1"}, restrictions_).out,
              HasSubstr("the service refuses *** and ***"));
}

TEST_F(Secrecy, WhoIsToldGetsItsOwnSecretOnly) {
  write_hub(true, false);
  EXPECT_EQ(hub_.run({"run"}, restrictions_).exit_code, 3);
  int hooks = 0, events = 0;
  for (const HttpListener::Request& request : listener_.requests()) {
    expect_none_in(request.body, request.path);
    const bool is_hook = request.path == "/planted-in-the-path";
    EXPECT_EQ(request.authorization,
              is_hook ? "Bearer planted-in-a-header" : "Bearer planted-lineage-key");
    ++(is_hook ? hooks : events);
  }
  EXPECT_EQ(hooks, 1);
  EXPECT_EQ(events, 2);
}

TEST_F(Secrecy, WhoNeedsTheStoreAloneNeedsNoOtherSecret) {
  write_hub(false, false);
  ASSERT_EQ(hub_.run({"run"}, restrictions_).exit_code, 6);
  ::unsetenv("CREDENTIALS_DIRECTORY");
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"profile", "find", "Example"},
                                             {"runs"},
                                             {"review", "list"},
                                             {"status"},
                                             {"status", "--expect", "1h"},
                                             {"quarantine", "list"},
                                             {"source", "list"}}) {
    const Outcome outcome = hub_.run(command, restrictions_);
    EXPECT_EQ(outcome.exit_code, 0) << command.front() << ": " << outcome.err;
  }
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"run"}, {"check"}, {"status", "--expect", "1h", "--notify"}, {"runs", "undo", "1"}}) {
    const Outcome outcome = hub_.run(command, restrictions_);
    EXPECT_EQ(outcome.exit_code, 2) << command.front();
    EXPECT_THAT(outcome.err, HasSubstr("CREDENTIALS_DIRECTORY is not set")) << command.front();
  }
  hub_.write("hub.yaml", "hub: { store: \"sqlite://${credential:credential}\" }\nsources: {}\n");
  EXPECT_THAT(hub_.run({"runs"}, restrictions_).err, HasSubstr("CREDENTIALS_DIRECTORY is not set"));
}

TEST_F(Secrecy, TheStoresPasswordIsNeverSaid) {
  ::setenv("CDH_TEST_SECRET", "pass%40word-planted", 1);
  for (const auto& password :
       std::vector<std::string>{"${env:CDH_TEST_SECRET}", "pass%40word-planted"}) {
    for (const auto& url :
         std::vector<std::string>{"postgresql://ann:" + password + "@127.0.0.1:1/customers",
                                  "mariadb://ann:" + password + "@127.0.0.1:1/customers",
                                  "postgresql://127.0.0.1:1/customers?user=a&password=" + password,
                                  "nonsense://ann:" + password + "@127.0.0.1"}) {
      hub_.write("hub.yaml", "hub: { store: \"" + url + "\" }\nsources: {}\n");
      for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
               {"check"}, {"check", "--explain"}, {"run"}, {"status"}, {"store", "migrate"}}) {
        const Outcome outcome = hub_.run(words);
        EXPECT_THAT(outcome.out + outcome.err, Not(HasSubstr("word-planted"))) << words.back();
      }
    }
  }
}

}  // namespace
}  // namespace cdh::test
