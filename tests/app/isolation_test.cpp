// A connector that crashes in its own process costs its source, not the run.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSegfault = "crashed (signal 11, Segmentation fault)";

// A hub of a good source and one that is isolated.
void write_hub(const HubFolder& hub, const std::string& connector, const std::string& config) {
  const std::string map = "map: [{ into: person, fields: { family_name: Name, emails: [Mail] } }]";
  hub.write("hub.yaml",
            "hub: { store: 'sqlite://c.db' }\nsources:\n"
            "  shop:\n    connector: " +
                connector + "\n    isolate: true\n    config: " + config +
                "\n    streams: { people: { key: No, mode: incremental, " + map +
                " } }\n"
                "  good:\n    connector: csv\n    isolate: true\n    config: { path: people.csv }\n"
                "    streams: { people: { key: No, " +
                map + " } }\n");
  hub.write("people.csv", "No,Name,Mail\n1,Example,ann@mail.example\n");
}

Restrictions with_test_plugins() {
  Restrictions restrictions;
  restrictions.plugin_path = CDH_TEST_PLUGIN_FOLDER ":" CDH_TEST_PLUGIN_FOLDER "/crashing";
  return restrictions;
}

bool is_there(const HubFolder& hub, const std::string& mail) {
  return hub.run({"profile", "find", mail}).out.find("Example") != std::string::npos;
}

TEST(Isolation, ACrashFailsItsSourceOnlyAndTheNextRunGoesOn) {
  const HubFolder hub;
  write_hub(hub, "unruly", "{ then: crash, rows: 3 }");
  const Outcome outcome = hub.run({"run"}, with_test_plugins());
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("shop/people failed: plugin unruly: "),
                                 HasSubstr(kSegfault), HasSubstr("while reading stream people")));
  EXPECT_TRUE(is_there(hub, "ann@mail.example")) << "the other source";
  EXPECT_TRUE(is_there(hub, "mail3@mail.example")) << "what was read before the crash";

  write_hub(hub, "unruly", "{ then: print, rows: 4 }");
  const Outcome next = hub.run({"run", "--format", "csv"}, with_test_plugins());
  EXPECT_EQ(next.exit_code, 0) << next.out << next.err;
  EXPECT_THAT(next.out, AllOf(HasSubstr("shop,people,1,1,"), Not(HasSubstr("must not be seen"))));
  EXPECT_TRUE(is_there(hub, "mail4@mail.example"));
}

TEST(Isolation, ATransformsCrashFailsItsSourceOnly) {
  const HubFolder hub;
  const std::string stream =
      "map: [{ into: person, fields: { family_name: Name, emails: [Mail] } }]";
  const auto write = [&](const std::string& at) {
    hub.write("hub.yaml",
              "hub: { store: 'sqlite://c.db' }\nsources:\n"
              "  shop:\n    connector: csv\n    config: { path: shop.csv }\n"
              "    streams: { shop: { key: No, transforms: [{ use: stumble, isolate: true, "
              "field: Name, at: " +
                  at + " }], " + stream +
                  " } }\n"
                  "  good:\n    connector: csv\n    config: { path: people.csv }\n"
                  "    streams: { people: { key: No, " +
                  stream + " } }\n");
  };
  hub.write("people.csv", "No,Name,Mail\n1,Example,ann@mail.example\n");
  hub.write("shop.csv", "No,Name,Mail\n1,Example,bob@mail.example\n");
  write("Example");
  const Outcome outcome = hub.run({"run"}, with_test_plugins());
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("shop/shop failed: "), HasSubstr("plugin stumble: "),
                                 HasSubstr(kSegfault), HasSubstr("while changing records")));
  EXPECT_TRUE(is_there(hub, "ann@mail.example")) << "the other source";
  EXPECT_FALSE(is_there(hub, "bob@mail.example"));

  write("Nobody");
  const Outcome next = hub.run({"run"}, with_test_plugins());
  EXPECT_EQ(next.exit_code, 0) << next.out << next.err;
  EXPECT_TRUE(is_there(hub, "bob@mail.example"));
}

TEST(Isolation, APluginThatEndsTheProgramDoesNotMakeItLookDone) {
  const HubFolder hub;
  hub.write("hub.yaml",
            "hub: { store: 'sqlite://c.db' }\nsources:\n  shop:\n    connector: unruly\n"
            "    config: { then: quit, rows: 3 }\n    streams: { people: { key: No, map: [] } }\n");
  const Outcome outcome = hub.run({"run"}, with_test_plugins());
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("a plugin ended the program"));
}

// As under a parent that ignores the ends of its children: a container's first process, nohup.
TEST(Isolation, ACrashIsToldWhateverSignalsTheParentIgnores) {
  const HubFolder hub;
  write_hub(hub, "unruly", "{ then: crash, rows: 3 }");
  std::signal(SIGCHLD, SIG_IGN);
  RunningProgram program = hub.start({"run"}, with_test_plugins());
  std::signal(SIGCHLD, SIG_DFL);
  EXPECT_THAT(program.wait().out, HasSubstr(kSegfault));
}

TEST(Isolation, EachCommandSurvivesAPluginThatCrashesWhenLoaded) {
  const HubFolder hub;
  write_hub(hub, "crashing", "{}");
  EXPECT_EQ(hub.run({"run"}, with_test_plugins()).exit_code, 3);
  EXPECT_TRUE(is_there(hub, "ann@mail.example"));
  const Outcome checked = hub.run({"check"}, with_test_plugins());
  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_THAT(checked.out, AllOf(HasSubstr(kSegfault), HasSubstr("3 fields")));
  EXPECT_THAT(hub.run({"check", "--explain"}, with_test_plugins()).out, HasSubstr("isolate: true"));
  const Outcome discovered = hub.run({"discover", "shop"}, with_test_plugins());
  EXPECT_EQ(discovered.exit_code, 1);
  EXPECT_THAT(discovered.err, AllOf(HasSubstr("source shop: "), HasSubstr(kSegfault)));
}

TEST(Isolation, TheCommandOfTheChildIsNotForPeople) {
  const HubFolder hub;
  EXPECT_THAT(hub.run({"--help"}).out, Not(HasSubstr("plugin-host")));
  const Outcome outcome = hub.run({"plugin-host", "cdh-csv.so"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("isolate: true"));
}

}  // namespace
}  // namespace cdh::test
