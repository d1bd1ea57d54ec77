#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

void check(const std::string& options, const Value& given, const std::string& expected) {
  SCOPED_TRACE(options + " of " + to_text(given));
  EXPECT_EQ(transformed("map_values", "{field: S, " + options + "}", {{"S", given}}), expected);
}

const std::string kValues = "values: {A: active, I: inactive, '-': '', '7': seven, 'true': 'yes'}";

TEST(MapValues, ReplacesKnownValuesOfEveryType) {
  check(kValues, text_value("A"), "S=active");
  check(kValues, text_value("-"), "S=null");
  check(kValues, integer_value(7), "S=seven");
  check(kValues, real_value(7), "S=seven");
  check(kValues, text_value("a"), "S=a");
}

TEST(MapValues, IgnoresCaseInAllOfUnicode) {
  check("values: {Łódź: LDZ}, ignore_case: true", text_value("ŁÓDŹ"), "S=LDZ");
  check("values: {straße: s}, ignore_case: true", text_value("STRASSE"), "S=s");
}

TEST(MapValues, UnknownValuesAreKeptEmptiedReplacedOrQuarantined) {
  check(kValues, text_value("X"), "S=X");
  check(kValues + ", on_unknown: \"null\"", text_value("X"), "S=null");
  check(kValues + ", default: other", text_value("X"), "S=other");
  check(kValues + ", on_unknown: quarantine", text_value("X"),
        "quarantined S: \"S\" is none of the values that map_values knows");
}

TEST(MapValues, EmptyValuesPassUnlessListed) {
  check(kValues + ", on_unknown: quarantine", null_value(), "S=null");
  check(kValues + ", on_unknown: quarantine", text_value(""), "S=");
  check("values: {'': unknown}", text_value(""), "S=unknown");
}

TEST(MapValues, CanFillAnotherColumn) {
  check(kValues + ", into: T", text_value("A"), "S=A, T=active");
  check(kValues + ", into: T", integer_value(9), "S=9, T=9");
}

TEST(MapValues, WrongOptionsNameTheOption) {
  EXPECT_THAT(config_error("map_values", "{field: S, values: {A: a}, on_unknown: default}"),
              HasSubstr("needs a default"));
  EXPECT_THAT(
      config_error("map_values", "{field: S, values: {A: a}, on_unknown: keep, default: b}"),
      HasSubstr("never used with on_unknown: keep"));
  EXPECT_THAT(config_error("map_values", "{field: S, values: {A: a, a: b}, ignore_case: true}"),
              HasSubstr("listed twice"));
  EXPECT_THAT(config_error("map_values", "{field: S, values: {}}"),
              HasSubstr("at least one value"));
}

}  // namespace
}  // namespace cdh
