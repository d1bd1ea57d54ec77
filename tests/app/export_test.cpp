// What `cdh export` writes to, and what it leaves alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.hpp"

namespace cdh::test {
namespace {

using ::testing::HasSubstr;

// Two months' files, read by a pattern, and a table that a transform looks towns up in.
void write_hub(const HubFolder& hub) {
  std::filesystem::create_directory(hub.path() / "in");
  hub.write("in/2024-04.csv", "No,Name,Code\n1,Example,A\n");
  hub.write("in/2024-05.csv", "No,Name,Code\n2,Sample,B\n");
  hub.write("towns.csv", "Code,Town\nA,Rome\nB,Bari\n");
  hub.write(
      "hub.yaml",
      "hub: { store: 'sqlite://c.db' }\n"
      "sources:\n"
      "  crm:\n"
      "    connector: csv\n"
      "    config: { path: 'in/2024-*.csv', stream: people }\n"
      "    streams:\n"
      "      people:\n"
      "        key: No\n"
      "        transforms:\n"
      "          - { use: lookup, file: towns.csv, on: Code, key: Code, take: { Town: Town } }\n"
      "        map: [{ into: person, fields: { family_name: Name, address_locality: Town } }]\n");
}

TEST(Export, OverwritesNothingThatTheHubNeeds) {
  const HubFolder hub;
  write_hub(hub);
  const Outcome ran = hub.run({"run"});
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  for (const char* file : {"hub.yaml", "c.db", "in/2024-04.csv", "in/2024-05.csv",
                           "in/../in/2024-05.csv", "in/2024-06.csv", "towns.csv"}) {
    const Outcome outcome = hub.run({"export", "profiles", "-o", file});
    EXPECT_EQ(outcome.exit_code, 2) << file;
    EXPECT_THAT(outcome.err, HasSubstr("write to another file")) << file;
  }
  EXPECT_EQ(hub.read("in/2024-05.csv"), "No,Name,Code\n2,Sample,B\n");
  EXPECT_FALSE(std::filesystem::exists(hub.path() / "in/2024-06.csv"))
      << "the next run would read it";
  for (const char* file : {"in/profiles.csv", "2024-04.csv"}) {
    EXPECT_EQ(hub.run({"export", "profiles", "-o", file}).exit_code, 0) << file;
    EXPECT_THAT(hub.read(file), HasSubstr("Example"));
  }
}

}  // namespace
}  // namespace cdh::test
