#include "hub/config/yaml_reader.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

// A tree in one line: {a: [1, 2], b: ~}; a secret has a star before it.
std::string flat(const Setting& setting) {
  std::string out;
  switch (setting.kind) {
    case Setting::Kind::null:
      return "~";
    case Setting::Kind::scalar:
      return (setting.secret ? "*" : "") + setting.text;
    case Setting::Kind::list:
      for (const Setting& item : setting.items) out += (out.empty() ? "" : ", ") + flat(item);
      return "[" + out + "]";
    case Setting::Kind::map:
      break;
  }
  for (const auto& [key, member] : setting.members) {
    out += (out.empty() ? "" : ", ") + key + ": " + flat(member);
  }
  return "{" + out + "}";
}

// The tree, or the faults, of a file in `folder`.
std::string read(std::string_view yaml, const std::filesystem::path& folder = {}) {
  ConfigFaults faults;
  const std::optional<Setting> setting = read_yaml(yaml, folder / "hub.yaml", faults);
  try {
    faults.throw_if_any();
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.find("hub.yaml") + 8);
  }
  return flat(*setting);
}

TEST(YamlReader, KeepsTextAsWritten) {
  EXPECT_EQ(read("a: NO\nb: 007\nc: 1e3\nd: 'x: y'\ne:\nf: ~\ng: \"~\"\nh: [1, {i: j}]"),
            "{a: NO, b: 007, c: 1e3, d: x: y, e: ~, f: ~, g: ~, h: [1, {i: j}]}");
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a: 王"),
            "{a: 王}");
  EXPECT_EQ(read("# nothing\n"), "~");
}

TEST(YamlReader, KnowsTheLineOfEveryValue) {
  ConfigFaults faults;
  const Setting root = *read_yaml("a:\n  b:\n    - x\n    - y\n", "hub.yaml", faults);
  const Setting& b = *root.find("a")->find("b");
  EXPECT_EQ(to_text(b.where), "hub.yaml:2");
  EXPECT_EQ(to_text(b.items[1].where), "hub.yaml:4");
}

TEST(YamlReader, RepeatsAnchorsAndMergesMaps) {
  EXPECT_EQ(read("a: &x [1, 2]\nb: *x"), "{a: [1, 2], b: [1, 2]}");
  EXPECT_EQ(read("a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}"), "{a: {p: 1, q: 2}, b: {q: 3, p: 1}}");
  EXPECT_EQ(read("a: &x {p: 1}\nb: &y {q: 2}\nc:\n  <<: [*x, *y]"),
            "{a: {p: 1}, b: {q: 2}, c: {p: 1, q: 2}}");
  EXPECT_EQ(read("b: {<<: text}"), ":1: \"<<\" needs a map, such as *name, not \"text\"");
}

TEST(YamlReader, SaysPlainlyWhatIsBroken) {
  struct Case {
    std::string_view yaml, fault;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"a: 1\nb: 2\na: 3", ":3: key \"a\" is given twice, first in line 1"},
           {"hub:\n\tstore: x\n", ":2: the line is indented with a tab; use spaces"},
           {"a: 1\nb: c: d\n",
            ":2: not valid YAML: a \":\" stands where none may; a text that holds \": \" needs "
            "quotes"},
           {"a: [1, 2\nb: 3\n", ":2: not valid YAML: a \"[\" is not closed by \"]\""},
           {"a: {b: 1\n", ":2: not valid YAML: a \"{\" is not closed by \"}\""},
           {"a:\n    b: 1\n  c: 2\n",
            ":3: not valid YAML: this line's indentation fits nothing above it"},
           {"a: *x\n", ":1: not valid YAML: there is no anchor of this name above"},
           {"a: &x [*x]\n", ":1: not valid YAML: an alias stands inside itself"},
           {"[a]: b\n", ":1: not valid YAML: a key must be a plain text"},
           {"a: 1\n---\nb: 2\n",
            ":2: not valid YAML: a second document begins; the file must hold one"},
           {"a: \xB3\n", ": the file is not UTF-8 text; save it as UTF-8"},
       }) {
    EXPECT_EQ(read(c.yaml), c.fault) << c.yaml;
  }
}

TEST(YamlReader, LimitsWhatAFileMayHold) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below;
    for (int k = 1; k < 10; ++k) bomb += ", " + below;
    bomb += "]\n";
  }
  EXPECT_EQ(read(bomb), ":5: not valid YAML: there are more than 100000 values");
  EXPECT_EQ(read("a: " + std::string(5000, '[')),
            ":1: not valid YAML: values are nested deeper than 32 levels");
  EXPECT_EQ(read("a: " + std::string(20, '[') + std::string(20, ']')),
            "{a: " + std::string(20, '[') + std::string(20, ']') + "}");
  EXPECT_EQ(read(std::string(kMaxYamlBytes + 1, '#')), ": the file is larger than 4 MiB");
}

class References : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CDH_TEST_PASSWORD", "s3cr:et # \"x\"", 1);
    ::unsetenv("CDH_TEST_UNSET");
    std::ofstream(folder_ / "token.txt") << "t0ken\n";
    std::ofstream(folder_ / "large.txt") << std::string(65 * 1024, 'x');
    std::ofstream(folder_ / "latin2.txt") << "\xB3";
  }
  std::filesystem::path folder_ = ::testing::TempDir();
};

TEST_F(References, AreReplacedAndSecret) {
  struct Case {
    std::string_view yaml, expected;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"a: ${env:CDH_TEST_PASSWORD}", "{a: *s3cr:et # \"x\"}"},
           {"a: <${env:CDH_TEST_PASSWORD}|${file:token.txt}>", "{a: *<s3cr:et # \"x\"|t0ken>}"},
           {"[plain, '${file:token.txt}']", "[plain, *t0ken]"},
           {"a: $${env:X} $$ $5 {x}", "{a: ${env:X} $$ $5 {x}}"},
           {"a: &x ${file:token.txt}\nb: *x", "{a: *t0ken, b: *t0ken}"},
           {"a: ${env:CDH_TEST_UNSET}",
            ":1: the environment variable of ${env:CDH_TEST_UNSET} is not set"},
           {"\na: ${file:no.txt}", ":2: ${file:no.txt}: there is no such file"},
           {"a: ${file:large.txt}", ":1: ${file:large.txt}: the file is larger than 64 KiB"},
           {"a: ${file:latin2.txt}", ":1: ${file:latin2.txt}: the file is not UTF-8 text"},
           {"a: ${file:/dev/zero}", ":1: ${file:/dev/zero}: there is no such file"},
           {"a: ${PASSWORD}",
            ":1: unknown reference ${PASSWORD}; write ${env:NAME}, ${file:PATH} or "
            "${credential:NAME}, or $${ for a plain ${"},
           {"a: x${env:Y",
            ":1: a \"${\" is not closed by \"}\"; write ${env:NAME}, ${file:PATH} or "
            "${credential:NAME}, or $${ for a plain ${"},
       }) {
    EXPECT_EQ(read(c.yaml, folder_), c.expected) << c.yaml;
  }
}

TEST_F(References, ACredentialIsAFileOfItsFolder) {
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_EQ(read("a: ${credential:token.txt}", folder_),
            ":1: ${credential:token.txt}: CREDENTIALS_DIRECTORY is not set; systemd sets it by "
            "LoadCredential=");
  ::setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
  EXPECT_EQ(read("a: ${credential:token.txt}", "/nowhere"), "{a: *t0ken}");
  EXPECT_EQ(read("a: ${credential:no}", folder_), ":1: ${credential:no}: there is no such file");
  EXPECT_EQ(read("a: ${credential:../x}", folder_),
            ":1: ${credential:../x}: a credential's name is no path");
  ::unsetenv("CREDENTIALS_DIRECTORY");
}

TEST_F(References, NeverShowInFaults) {
  const std::string yaml =
      "hub: { store: '${env:CDH_TEST_PASSWORD}', country: '${env:CDH_TEST_PASSWORD}' }\n"
      "sources: { a: { connector: '${env:CDH_TEST_PASSWORD}', trust: '${env:CDH_TEST_PASSWORD}',\n"
      "  streams: { s: { blank: '${env:CDH_TEST_PASSWORD}',\n"
      "    map: [{ into: '${env:CDH_TEST_PASSWORD}' }, { into: person, required: "
      "'${env:CDH_TEST_PASSWORD}' }] } } } }\n"
      "match: '${env:CDH_TEST_PASSWORD}'\n";
  const std::string faults = faults_of(yaml);
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 7) << faults;
  EXPECT_EQ(faults.find("s3cr"), std::string::npos) << faults;
}

}  // namespace
}  // namespace cdh
