#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

// The column R of a record with A = "Ann", B = 7, C = blank, D = null, E = absent, R as given.
void check(const std::string& options, const std::string& expected) {
  SCOPED_TRACE(options);
  const std::string text = transformed("derive", "{into: R, " + options + "}",
                                       {{"A", text_value("Ann")},
                                        {"B", integer_value(7)},
                                        {"C", text_value(" ")},
                                        {"D", null_value()},
                                        {"E", Value{}},
                                        {"R", text_value("old")}});
  EXPECT_EQ(text, "A=Ann, B=7, C= , D=null, R=" + expected);
}

TEST(Derive, SetsAConstant) {
  check("constant: shop", "shop");
  check("constant: ''", "");
}

TEST(Derive, JoinsFields) {
  check("join: [A, B]", "Ann 7");
  check("join: [B, A], separator: '-'", "7-Ann");
  check("join: [A, C, D, E, B]", "Ann 7");
  check("join: [A, D, B], separator: ';', skip_empty: false", "Ann;;7");
  check("join: [C, D, E]", "null");
}

TEST(Derive, TakesTheFirstThatIsKnown) {
  check("coalesce: [E, D, C, B, A]", "7");
  check("coalesce: [C, D]", "null");
}

TEST(Derive, FillsATemplate) {
  check("template: '{A} no. {B}'", "Ann no. 7");
  check("template: '{D} {A} {C}'", "Ann");
  check("template: '{{{A}}}'", "{Ann}");
  check("template: '{C}{D}!'", "null");
}

TEST(Derive, AddsTheColumn) {
  EXPECT_EQ(transformed("derive", "{into: N, constant: x}", {{"A", text_value("a")}}), "A=a, N=x");
}

TEST(Derive, WrongOptionsNameTheOption) {
  EXPECT_THAT(config_error("derive", "{into: R}"), HasSubstr("exactly one of constant, join"));
  EXPECT_THAT(config_error("derive", "{into: R, constant: a, join: [A]}"),
              HasSubstr("exactly one"));
  EXPECT_THAT(config_error("derive", "{into: R, constant: a, separator: b}"),
              HasSubstr("belongs to join"));
  EXPECT_THAT(config_error("derive", "{into: R, template: '{A'}"), HasSubstr("write {{ or }}"));
  EXPECT_THAT(config_error("derive", "{into: R, template: 'A'}"), HasSubstr("use constant"));
  EXPECT_THAT(config_error("derive", "{into: R, join: [X]}", {{"A", text_value("a")}}),
              HasSubstr("there is no field \"X\""));
}

}  // namespace
}  // namespace cdh
