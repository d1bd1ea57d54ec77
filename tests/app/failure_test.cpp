// What fails is told with its cause and the right exit code, and the rest goes on.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/app/program.hpp"
#include "tests/app/store_dump.hpp"

namespace cdh::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string source(const std::string& name, const std::string& connector, const std::string& path,
                   const std::string& field) {
  return "  " + name + ":\n    connector: " + connector + "\n    config: { path: " + path +
         " }\n    streams: { people: { key: No, map: [{ into: person, fields: { family_name: " +
         field + ", emails: [Mail] } }] } }\n";
}

// A hub of one good source and the given one.
void write_hub(const HubFolder& hub, const std::string& other_source,
               const std::string& store = "c.db") {
  hub.write("hub.yaml", "hub: { store: 'sqlite://" + store + "' }\nsources:\n" +
                            source("good", "csv", "people.csv", "Name") + other_source);
  hub.write("people.csv", "No,Name,Mail\n1,Example,ann@mail.example\n");
}

// The run ends as partly failed, says why, and has read the good source.
void expect_only_it_fails(const HubFolder& hub, const std::string& why,
                          const Restrictions& restrictions = {}) {
  const Outcome outcome = hub.run({"run"}, restrictions);
  EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("bad/people failed: "), HasSubstr(why)));
  EXPECT_THAT(hub.run({"profile", "find", "ann@mail.example"}).out, HasSubstr("Example"));
  EXPECT_THAT(hub.run({"status"}).out, HasSubstr(why));
}

TEST(Failure, AMissingFileFailsItsSourceOnly) {
  const HubFolder hub;
  write_hub(hub, source("bad", "csv", "gone.csv", "Name"));
  expect_only_it_fails(hub, "gone.csv");
}

TEST(Failure, APluginThatDoesNotLoadFailsItsSourceOnly) {
  const HubFolder hub;
  write_hub(hub, source("bad", "no_entry", "people.csv", "Name"));
  Restrictions restrictions;
  restrictions.plugin_path = CDH_TEST_PLUGIN_FOLDER;
  expect_only_it_fails(hub, "cannot load plugin " CDH_TEST_PLUGIN_FOLDER "/cdh-no_entry.so",
                       restrictions);
}

TEST(Failure, AnUnknownPluginFailsItsSourceOnly) {
  const HubFolder hub;
  write_hub(hub, source("bad", "partner", "people.csv", "Name"));
  expect_only_it_fails(hub, "there is no plugin \"partner\"");
}

TEST(Failure, AnUnknownFieldInAMappingFailsItsSourceOnly) {
  const HubFolder hub;
  write_hub(hub, source("bad", "csv", "people.csv", "Nmae"));
  expect_only_it_fails(hub, "no field \"Nmae\"; did you mean \"Name\"?");
}

TEST(Failure, AStoreInAFolderThatIsNotThere) {
  const HubFolder hub;
  write_hub(hub, "", "nowhere/c.db");
  const Outcome ran = hub.run({"run"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("nowhere/c.db"), HasSubstr("No such file or directory")));
  const Outcome checked = hub.run({"check"});
  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_THAT(checked.out, HasSubstr("there is no folder"));
}

TEST(Failure, AStoreThatMayNotBeWritten) {
  const HubFolder hub;
  write_hub(hub, "");
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  ASSERT_EQ(::chmod((hub.path() / "c.db").c_str(), 0400), 0);
  hub.write("people.csv", "No,Name,Mail\n2,Other,bo@mail.example\n");
  Restrictions restrictions;
  restrictions.obeys_file_modes = true;
  const Outcome outcome = hub.run({"run"}, restrictions);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr("readonly"));
  ASSERT_EQ(::chmod((hub.path() / "c.db").c_str(), 0600), 0);
  EXPECT_EQ(hub.run({"run"}).exit_code, 0);
  EXPECT_THAT(hub.run({"profile", "find", "bo@mail.example"}).out, HasSubstr("Other"));
}

TEST(Failure, AFileThatIsNoStore) {
  const HubFolder hub;
  write_hub(hub, "");
  hub.write("c.db", std::string(5000, 'x'));
  const Outcome outcome = hub.run({"run"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("c.db"), HasSubstr("not a database")));
  EXPECT_EQ(hub.read("c.db"), std::string(5000, 'x'));
}

const std::vector<std::vector<std::string>> kCommandsOnAStore = {
    {"run"},   {"run", "--dry-run"},      {"status"}, {"store", "migrate"}, {"store", "check"},
    {"check"}, {"profile", "find", "ann"}};

TEST(Failure, AShortTextIsNoStore) {
  const HubFolder hub;
  write_hub(hub, "");
  hub.write("c.db", "name,mail\n");
  for (const auto& words : kCommandsOnAStore) {
    const Outcome outcome = hub.run(words);
    EXPECT_NE(outcome.exit_code, 0) << words.front();
    EXPECT_THAT(outcome.out + outcome.err, AllOf(HasSubstr("c.db"), HasSubstr("not a database")));
    EXPECT_EQ(hub.read("c.db"), "name,mail\n") << words.front();
  }
}

TEST(Failure, TheDatabaseOfAnotherProgramIsLeftAsItIs) {
  for (const char* tables : {"CREATE TABLE photo (id INTEGER PRIMARY KEY, name TEXT)",
                             "CREATE TABLE photo (id INTEGER); CREATE TABLE schema_version (v)"}) {
    const HubFolder hub;
    write_hub(hub, "");
    hub.write("c.db", "");
    tamper(hub.path() / "c.db", tables);
    const std::string before = hub.read("c.db");
    for (const auto& words : kCommandsOnAStore) {
      const Outcome outcome = hub.run(words);
      EXPECT_NE(outcome.exit_code, 0) << words.front();
      EXPECT_THAT(outcome.out + outcome.err, HasSubstr("database of another program"));
      EXPECT_TRUE(hub.read("c.db") == before) << words.front();
    }
  }
}

TEST(Failure, ARunThatIsAlreadyGoing) {
  const HubFolder hub;
  write_hub(hub, "");
  ASSERT_EQ(hub.run({"run"}).exit_code, 0);
  const int lock = ::open((hub.path() / "c.db.lock").c_str(), O_RDWR);
  struct flock whole_file = {};
  whole_file.l_type = F_WRLCK;
  ASSERT_EQ(::fcntl(lock, F_OFD_SETLK, &whole_file), 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"run"}, {"store", "migrate"}}) {
    const Outcome outcome = hub.run(words);
    EXPECT_EQ(outcome.exit_code, 4);
    EXPECT_THAT(outcome.err, HasSubstr("run"));
  }
  EXPECT_EQ(hub.run({"status"}).exit_code, 0) << "looking is always allowed";
  ::close(lock);
  EXPECT_EQ(hub.run({"run"}).exit_code, 0);
}

TEST(Failure, NewlyQuarantinedRecordsAreToldOnce) {
  const HubFolder hub;
  write_hub(hub, "");
  hub.write("people.csv", "No,Name,Mail\n1,Example,ann@mail.example\n,Keyless,bo@mail.example\n");
  const Outcome first = hub.run({"run"});
  EXPECT_EQ(first.exit_code, 6);
  EXPECT_THAT(first.out, HasSubstr("1 newly quarantined"));
  EXPECT_EQ(hub.run({"run"}).exit_code, 0);
}

// Also where a plugin words it, or names a file by it; and nothing steers the terminal.
TEST(Failure, NoCommandShowsASecret) {
  const HubFolder hub;
  hub.write("word.txt", "s3cretvalue77");
  hub.write("s3cretvalue77.csv", "No,Name\n,Example\n");
  hub.write("hub.yaml",
            "hub: { store: 'sqlite://c.db' }\nsources:\n"
            "  talker:\n    connector: unruly\n"
            "    config: { then: \"say ${file:word.txt} \\e[31m\", rows: 0 }\n"
            "    streams: { people: { key: No, map: [] } }\n"
            "  shop:\n    connector: csv\n"
            "    config: { path: \"${file:word.txt}.csv\", stream: people }\n"
            "    streams: { people: { key: No, map: [] } }\n");
  Restrictions restrictions;
  restrictions.plugin_path = CDH_TEST_PLUGIN_FOLDER;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"check"},
           {"discover", "talker"},
           {"discover", "talker", "--format", "json"},
           {"run"},
           {"status"},
           {"quarantine", "list"},
           {"quarantine", "show", "1"},
       }) {
    const Outcome outcome = hub.run(words, restrictions);
    EXPECT_THAT(outcome.out + outcome.err,
                AllOf(HasSubstr("***"), Not(HasSubstr("s3cretvalue77")), Not(HasSubstr("\x1b"))))
        << words.front();
  }
}

}  // namespace
}  // namespace cdh::test
