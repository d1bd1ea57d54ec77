#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/transform_run.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;

const TestRecord kRecord = {{"S", text_value("deleted")},
                            {"M", text_value("ann@test.example")},
                            {"N", integer_value(7)},
                            {"B", text_value(" ")},
                            {"E", Value{}}};

// What becomes of the record: kept, dropped, or why it is quarantined.
void check(const std::string& options, const std::string& expected) {
  SCOPED_TRACE(options);
  const std::string text = transformed("filter", "{" + options + "}", kRecord);
  EXPECT_EQ(text.compare(0, 2, "S=") == 0 ? "kept" : text, expected);
}

TEST(Filter, DropsWhatMeetsTheWholeCondition) {
  check("drop_if: {S: deleted}", "dropped");
  check("drop_if: {S: archived|deleted}", "dropped");
  check("drop_if: {S: delete}", "kept");
  check("drop_if: {S: deleted, N: 7}", "dropped");
  check("drop_if: {S: deleted, N: 8}", "kept");
}

TEST(Filter, KeepsOnlyWhatMeetsTheCondition) {
  check("keep_if: {N: '7|8'}", "kept");
  check("keep_if: {N: '8'}", "dropped");
}

TEST(Filter, StarsMatchAnyCharacters) {
  check("drop_if: {M: '*@test.example'}", "dropped");
  check("drop_if: {M: 'ann*'}", "dropped");
  check("drop_if: {M: 'a*@*e'}", "dropped");
  check("drop_if: {M: 'ann*@*ann*'}", "kept");
  check("drop_if: {M: '*exam'}", "kept");
  check(R"(drop_if: {M: 'ann\*'})", "kept");
  check("drop_if: {S: '*'}", "dropped");
}

TEST(Filter, NothingMatchesABlankField) {
  check("drop_if: {B: ''}", "dropped");
  check("drop_if: {E: ''}", "dropped");
  check("drop_if: {S: ''}", "kept");
  check("drop_if: {S: '', N: '*'}", "kept");
}

TEST(Filter, QuarantinesWithTheRuleOrTheGivenReason) {
  check("quarantine_if: {M: '*@test.example'}",
        "quarantined M: \"M\" has a value that the filter refuses");
  check("quarantine_if: {M: '*@test.example'}, reason: test account",
        "quarantined M: test account");
  check("not_empty: [S, B]", "quarantined B: \"B\" must not be empty");
  check("empty: [E, B, N]", "quarantined N: \"N\" must be empty");
  check("not_empty: [S], empty: [E]", "kept");
}

TEST(Filter, DroppingComesBeforeQuarantine) {
  check("drop_if: {S: deleted}, not_empty: [B]", "dropped");
}

TEST(Filter, WrongOptionsNameTheOption) {
  EXPECT_THAT(config_error("filter", "{}"), HasSubstr("at least one of drop_if"));
  EXPECT_THAT(config_error("filter", "{drop_if: {S: x}, reason: y}"), HasSubstr("needs no reason"));
  EXPECT_THAT(config_error("filter", "{drop_if: {}}"), HasSubstr("at least one field"));
  EXPECT_THAT(config_error("filter", "{drop_if: {X: x}}", kRecord), HasSubstr("no field \"X\""));
}

}  // namespace
}  // namespace cdh
