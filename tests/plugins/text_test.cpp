// The transform "text": what it makes of one field A.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/plugin_host/plugin.hpp"
#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

void check(const std::string& options, const std::string& given, const std::string& expected) {
  SCOPED_TRACE(options + " of \"" + given + "\"");
  EXPECT_EQ(transformed("text", "{fields: [A], " + options + "}", {{"A", text_value(given)}}),
            expected);
}

TEST(Text, TrimsBlanksOfEveryKindAtTheEnds) {
  check("trim: true", "  Ann \t\r\n", "A=Ann");
  check("trim: true",
        "\xC2\xA0"
        "Ann\xE3\x80\x80",
        "A=Ann");  // no-break, ideographic space
  check("trim: true",
        "\xEF\xBB\xBF"
        "Ann\xE2\x80\x8B",
        "A=Ann");  // byte order mark, zero width
  check("trim: true", "Ann  Lee", "A=Ann  Lee");
  check("trim: true", "żółw", "A=żółw");
  check("trim: true", "   ", "A=");
  check("trim: false", " Ann ", "A= Ann ");
}

TEST(Text, CollapsesBlanksInside) {
  check("collapse: true", "Ann   Lee", "A=Ann Lee");
  check("collapse: true", "Ann\t\nLee", "A=Ann Lee");
  check("collapse: true", "Łódź\xC2\xA0 Centrum", "A=Łódź Centrum");
  check("collapse: true, trim: true", " a  b ", "A=a b");
}

TEST(Text, ChangesCaseInAllOfUnicode) {
  check("case: upper", "ann", "A=ANN");
  check("case: upper", "łukasz straße", "A=ŁUKASZ STRASSE");
  check("case: lower", "ŁUKASZ Ann", "A=łukasz ann");
  check("case: lower", "ΟΔΥΣΣΕΥΣ", "A=οδυσσευς");
  check("case: upper", "already 1", "A=ALREADY 1");
}

TEST(Text, TitleCaseIsForNames) {
  check("case: title", "ANNA NOWAK-ZIELIŃSKA", "A=Anna Nowak-Zielińska");
  check("case: title", "łukasz żak", "A=Łukasz Żak");
  check("case: title", "LUDWIG VAN BEETHOVEN", "A=Ludwig van Beethoven");
  check("case: title", "DE LA CRUZ", "A=De la Cruz");
  check("case: title", "O'BRIEN", "A=O'Brien");
  check("case: title", "customer's choice", "A=Customer's Choice");
  check("case: title", "Ronald McDonald", "A=Ronald McDonald");
  check("case: title", "IBM polska", "A=IBM Polska");
  check("case: title", "iPhone", "A=iPhone");
  check("case: title", "HENRY VIII", "A=Henry VIII");
  check("case: title", "王小明", "A=王小明");
}

TEST(Text, ComposesAccents) {
  check("nfc: true", "Zo\x65\xCC\x88", "A=Zo\xC3\xAB");
  check("nfc: true", "Zo\xC3\xAB", "A=Zo\xC3\xAB");
}

TEST(Text, RemovesCharacters) {
  check("remove: ' ()-'", "(12) 345-67", "A=1234567");
  check("remove: '€·'", "5 €·", "A=5 ");
}

TEST(Text, ReplacesEveryMatch) {
  check(R"(pattern: '(\w+)@old\.example', replace: '$1@new.example')",
        "a@old.example b@old.example", "A=a@new.example b@new.example");
  check(R"(pattern: '\p{Lu}', replace: '')", "ŁaŻb", "A=ab");
  check(R"(pattern: 'x', replace: 'y')", "abc", "A=abc");
}

TEST(Text, StepsComeInTheWrittenOrder) {
  check(R"(trim: true, case: lower, remove: '.', pattern: '\s*kowalski', replace: '')"
        ", match: '[a-z]+'",
        " JAN kowalski. ", "A=jan");
}

TEST(Text, AMismatchIsKeptEmptiedOrQuarantined) {
  check(R"(match: '\d\d-\d{3}', on_mismatch: keep)", "xx", "A=xx");
  check(R"(match: '\d\d-\d{3}', on_mismatch: "null")", "xx", "A=null");
  check(R"(match: '\d\d-\d{3}')", "00-238 ",
        R"(quarantined A: "A" does not match the pattern \d\d-\d{3})");
  check(R"(match: '\d\d-\d{3}')", "00-238", "A=00-238");
  check(R"(match: '\d+')", "", "A=");
}

TEST(Text, APatternThatExplodesCostsTheRecordNotTheRun) {
  check("match: '(a+)+b'", std::string(40, 'a') + "c",
        R"(quarantined A: "A" takes too long to compare with the pattern; simplify it)");
}

TEST(Text, TextOfAnotherEncodingIsQuarantined) {
  check("case: upper", "Z\xF3\xB3w",
        R"(quarantined A: "A" is not UTF-8; set the encoding of the source)");
}

TEST(Text, TouchesOnlyTextOfItsFields) {
  EXPECT_EQ(transformed("text", "{fields: ['*'], trim: true}",
                        {{"A", text_value(" x ")},
                         {"B", integer_value(7)},
                         {"C", null_value()},
                         {"D", Value{}},
                         {"E", text_value(" y")}}),
            "A=x, B=7, C=null, E=y");
  EXPECT_EQ(transformed("text", "{fields: [B], trim: true}",
                        {{"A", text_value(" x ")}, {"B", text_value(" y ")}}),
            "A= x , B=y");
}

Transform text_transform(const std::string& options) {
  const auto library = std::filesystem::path(CDH_TEST_PLUGIN_DIR) / "cdh-text.so";
  return Plugin::load(library).transform(settings_of("{" + options + "}"));
}

TEST(Text, OneBadRecordDoesNotStopTheOthers) {
  Transform transform = text_transform("fields: [A], trim: true, match: '[0-9]+'");
  const Batch in = Batch::from_values(
      {{"A"}}, {{text_value(" 007 ")}, {text_value("none")}, {text_value("00238")}});
  const Batch out = transform.apply(in);
  ASSERT_EQ(out.row_count(), 3U);
  EXPECT_EQ(out.value(0, 0).text, "007");
  EXPECT_EQ(out.row(0).rejection, "");
  EXPECT_EQ(out.row(1).rejected_field, "A");
  EXPECT_EQ(out.value(2, 0).text, "00238");
  EXPECT_EQ(out.row(2).rejection, "");
}

TEST(Text, FollowsASchemaThatChanges) {
  Transform transform = text_transform("fields: [A], trim: true");
  const Batch first = Batch::from_values({{"A"}}, {{text_value(" x ")}});
  EXPECT_EQ(transform.apply(first).value(0, 0).text, "x");
  const Batch second =
      Batch::from_values({{"NEW"}, {"A"}}, {{text_value(" new "), text_value(" y ")}});
  const Batch out = transform.apply(second);
  EXPECT_EQ(out.value(0, 0).text, " new ");
  EXPECT_EQ(out.value(0, 1).text, "y");
}

TEST(Text, WrongOptionsNameTheOption) {
  const TestRecord record = {{"A", text_value("x")}};
  EXPECT_THAT(config_error("text", "{fields: [A], pattern: x}", record), HasSubstr("replace"));
  EXPECT_THAT(config_error("text", "{fields: [A], pattern: '(', replace: x}", record),
              HasSubstr("\"(\" is not a regular expression"));
  EXPECT_THAT(config_error("text", "{fields: [A], pattern: 'x', replace: '$2'}", record),
              HasSubstr("names a group that the pattern does not have"));
  EXPECT_THAT(config_error("text", "{fields: [A], on_mismatch: keep}", record), HasSubstr("match"));
  EXPECT_THAT(config_error("text", "{fields: [A, '*']}", record), HasSubstr("must stand alone"));
  EXPECT_THAT(config_error("text", "{fields: [a]}", record), HasSubstr("there is no field \"a\""));
}

}  // namespace
}  // namespace cdh
