// What a transform makes of a record is kept until its version rises: then stored records are mapped
// anew. So a version belongs to an output.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hub/base/hash.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

// Settings for the field N, and what it holds.
struct Sample {
  std::string settings;
  std::vector<std::string> texts;
};

// Each output a line; the field K is the same everywhere.
std::string outputs(const std::string& plugin, const std::vector<Sample>& samples) {
  std::string lines;
  for (const Sample& sample : samples) {
    for (const std::string& text : sample.texts) {
      lines +=
          transformed(plugin, sample.settings,
                      {{"N", text_value(text)}, {"K", text_value(" kept ")}}, testing::TempDir()) +
          "\n";
    }
  }
  return lines;
}

// `expected`: the version, and the hash of the outputs.
void check(const std::string& plugin, const std::string& expected,
           const std::vector<Sample>& samples) {
  const auto library = std::filesystem::path(CDH_TEST_PLUGIN_DIR) / ("cdh-" + plugin + ".so");
  const std::string lines = outputs(plugin, samples);
  char hash[17];
  std::snprintf(hash, sizeof hash, "%016llx", static_cast<unsigned long long>(hash64(lines)));
  EXPECT_EQ(Plugin::load(library).version() + " " + hash, expected)
      << "What " << plugin << " gives has changed. Raise the version in its CDH_PLUGIN_TRANSFORM, "
      << "so that stored records are mapped anew, and write version and hash here. It gives now:\n"
      << lines;
}

const std::vector<std::string> kNames = {"Jan Kowalski",
                                         "Kowalski Jan",
                                         "KOWALSKI Jan Maria",
                                         "Nowak-Zielińska, Anna",
                                         "dr Anna Nowak",
                                         "Ludwig van Beethoven",
                                         "Smith, John F. Jr.",
                                         "Sir Elton John CBE",
                                         "王小明",
                                         "欧阳娜娜",
                                         "Kim Min-su",
                                         "Madonna",
                                         "von der Leyen",
                                         "  Anna   Nowak - X ",
                                         "Wiśniewska Katarzyna Ewa",
                                         "n/a",
                                         "O'Brien Mary",
                                         "MARIA DE LA CRUZ",
                                         "Prof. dr hab. Jan Nowak",
                                         "Zhang Wei"};

const std::vector<std::string> kAddresses = {"ul. Długa 5 m. 3, 00-238 Warszawa",
                                             "10 Downing Street, London SW1A 2AA, UK",
                                             "1600 Pennsylvania Ave NW, Washington, DC 20500",
                                             "北京市朝阳区建国路88号",
                                             "广东省深圳市南山区科技园1栋",
                                             "Rynek 1\n31-042 Kraków\nPolska",
                                             "Flat 2, 221B Baker St, London",
                                             "Somewhere"};

TEST(TransformVersions, Text) {
  const std::vector<std::string> texts = {"  a  B\t c ",       "ŁÓDŹ", "e\u0301",      "(12) 34-56",
                                          "o'neill mc-donald", "",     "\u200Bx\u00A0"};
  check("text", "1.0 be21c8568259aac2",
        {{"{fields: [N], trim: true, collapse: true}", texts},
         {"{fields: ['*'], trim: true, case: upper}", texts},
         {"{fields: [N], case: lower, nfc: true, remove: '()-'}", texts},
         {"{fields: [N], case: title}", texts},
         {"{fields: [N], pattern: '[0-9]+', replace: '#'}", texts},
         {"{fields: [N], match: '[a-z]+', on_mismatch: null}", texts}});
}

TEST(TransformVersions, Split) {
  check("split", "1.1 bdbec352d59d0aea",
        {{"{field: N, kind: name}", kNames},
         {"{field: N, kind: name, order: family_first}", kNames},
         {"{field: N, kind: name, order: given_first}", kNames},
         {"{field: N, kind: address}", kAddresses},
         {"{field: N, kind: address, country: PL}", kAddresses},
         {"{field: N, kind: separator, separator: ';', columns: [A, B]}", {"1; 2 ;3", ";", "1"}}});
}

TEST(TransformVersions, Date) {
  const std::vector<std::string> texts = {"2024-02-29",
                                          "29.02.2024",
                                          "02/29/24",
                                          "3 March 2024",
                                          "3 mar 2024 r.",
                                          "20240229",
                                          "2024年2月9日",
                                          "05/06/2024",
                                          "2024-02-29T13:30:05Z",
                                          "29 lutego 1999",
                                          "0000-00-00",
                                          "45351",
                                          "never",
                                          ""};
  check("date", "1.0 c86a87c16b6c7284",
        {{"{fields: [N], on_error: keep}", texts},
         {"{fields: [N], order: mdy, on_error: null}", texts},
         {"{fields: [N], formats: [dd.MM.yyyy], on_error: quarantine}", texts}});
}

TEST(TransformVersions, MapValues) {
  check("map_values", "1.0 db2bd065d681ea9f",
        {{"{field: N, values: {K: female, M: male}}", {"K", "m", "x", ""}},
         {"{field: N, values: {K: female}, ignore_case: true, into: G, on_unknown: null}",
          {"k", "x"}},
         {"{field: N, values: {K: female}, on_unknown: quarantine}", {"K", "x"}}});
}

TEST(TransformVersions, Derive) {
  check("derive", "1.0 a034c40121cd9e60",
        {{"{into: D, constant: c}", {"x", ""}},
         {"{into: D, join: [N, K], separator: '-'}", {"x", ""}},
         {"{into: D, coalesce: [N, K]}", {"x", ""}},
         {"{into: D, template: '{N} of {K}'}", {"x", ""}}});
}

TEST(TransformVersions, Filter) {
  check("filter", "1.0 a43fbaba55e21fb3",
        {{"{drop_if: {N: test}}", {"test", "Test", "x", ""}},
         {"{keep_if: {N: 't*'}}", {"test", "x"}},
         {"{quarantine_if: {N: test}, reason: why}", {"test", "x"}},
         {"{not_empty: [N]}", {"x", " ", ""}}});
}

TEST(TransformVersions, Lookup) {
  const std::string file = testing::TempDir() + "cdh_regions.csv";
  std::ofstream(file) << "code,name\nN,North\nS,\"South, \"\"deep\"\"\"\nE,\n";
  const std::string settings = "{file: '" + file + "', on: N, key: code, take: {name: R}";
  check("lookup", "1.0 55df60dabffd7546",
        {{settings + "}", {"N", "S", "E", "x", ""}},
         {settings + ", on_missing: null}", {"x"}},
         {settings + ", on_missing: quarantine}", {"x"}}});
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace cdh
