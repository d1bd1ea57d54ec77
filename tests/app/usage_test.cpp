// Help texts, wrong usage, exit codes.
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;

using Words = std::vector<std::string>;

std::string joined(const Words& words) {
  std::string text = "cdh";
  for (const std::string& word : words) text += " " + word;
  return text;
}

Words with(Words words, const std::string& next) {
  words.push_back(next);
  return words;
}

// One entry of a help text: "  --samples UINT:... [3]     How many values of each field".
struct HelpEntry {
  std::string section, name, text;
};

// Entries are indented by two blanks; a description stands from column 30 on, beside its entry or
// below.
std::vector<HelpEntry> parse_help(const std::string& help) {
  constexpr std::size_t kDescription = 30;
  std::vector<HelpEntry> entries;
  std::istringstream lines(help);
  std::string line, section;
  while (std::getline(lines, line)) {
    if (line.ends_with(':') && !line.starts_with(' ')) {
      section = line.substr(0, line.size() - 1);
    } else if (line.starts_with("  ") && line.size() > 2 && line[2] != ' ' && !section.empty()) {
      HelpEntry entry{section, line.substr(2, line.find_first_of(" ,", 2) - 2), ""};
      if (line.size() > kDescription && line[kDescription - 1] == ' ') {
        entry.text = line.substr(kDescription);
      }
      entries.push_back(entry);
    } else if (line.starts_with(std::string(kDescription, ' ')) && !entries.empty()) {
      entries.back().text += line.substr(kDescription);
    } else if (!line.empty() && !line.starts_with(' ')) {
      section.clear();
    }
  }
  return entries;
}

// Goes through a command's help and those of all below it; returns how many there were.
int check_help(const HubFolder& hub, const Words& command) {
  SCOPED_TRACE(joined(command));
  const Outcome outcome = hub.run(with(command, "--help"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_FALSE(outcome.out.empty());
  EXPECT_NE(outcome.out.find_first_not_of(' '), outcome.out.find("Usage")) << "no description";
  int helps = 1;
  for (const HelpEntry& entry : parse_help(outcome.out)) {
    EXPECT_NE(entry.text, "") << entry.section << " " << entry.name << " is not described";
    if (entry.section == "Subcommands") helps += check_help(hub, with(command, entry.name));
  }
  return helps;
}

TEST(Usage, EveryCommandAndEveryOptionIsDescribed) {
  const HubFolder hub;
  EXPECT_GE(check_help(hub, {}), 20);
}

TEST(Usage, WrongUsageIsToldWithAHint) {
  const HubFolder hub;
  const auto check = [&](const Words& words, const std::string& expected) {
    SCOPED_TRACE(joined(words));
    const Outcome outcome = hub.run(words);
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr(expected));
  };
  check({}, "--help");
  check({"rnu"}, "did you mean \"run\"?");
  check({"profile"}, "--help");
  check({"profile", "fnd"}, "did you mean \"find\"?");
  check({"run", "--ful"}, "--ful");
  check({"discover"}, "SOURCE");
  check({"discover", "shop", "--samples", "many"}, "--samples");
  check({"runs", "--format", "xml"}, "\"xml\" is none of table, json, csv");
  check({"run"}, "hub.yaml");
  check({"run", "-c", "other.yaml"}, "other.yaml");
}

TEST(Usage, ASourceThatIsNotThereIsToldBeforeAnythingIsAsked) {
  const HubFolder hub;
  hub.run({"init", "."});
  hub.run({"run"});
  const Outcome far = hub.run({"source", "remove", "nosuch"});
  EXPECT_EQ(far.exit_code, 2);
  EXPECT_EQ(far.err, "error: the store has no source \"nosuch\"; known: newsletter, shop\n");
  const Outcome near = hub.run({"source", "remove", "newsleter"});
  EXPECT_EQ(near.exit_code, 2);
  EXPECT_THAT(near.err, HasSubstr("did you mean \"newsletter\"?"));
}

TEST(Usage, AConfigurationFaultNamesFileAndLine) {
  const HubFolder hub;
  hub.write("hub.yaml", "hub:\n  store: sqlite://c.db\n  contry: PL\nsources: {}\n");
  for (const char* command : {"run", "check", "status"}) {
    const Outcome outcome = hub.run({command});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.err, HasSubstr("hub.yaml:3"));
    EXPECT_THAT(outcome.err, HasSubstr("did you mean \"country\"?"));
  }
}

TEST(Usage, PrintsItsVersion) {
  EXPECT_THAT(HubFolder().run({"--version"}).out, ::testing::ContainsRegex("[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace cdh::test
