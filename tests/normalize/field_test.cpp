#include "hub/normalize/field.hpp"

#include <gtest/gtest.h>

#include "hub/base/time.hpp"

namespace cdh {
namespace {

const FieldContext kWarsaw = usual_context("PL", "Europe/Warsaw");

void check(FieldKind kind, std::string_view text, std::string_view expected) {
  const FieldResult result = normalize_field(kind, text_value(text), kWarsaw);
  EXPECT_EQ(result.text, expected) << text;
  EXPECT_EQ(result.problem, "") << text;
}

void check_problem(FieldKind kind, std::string_view text, std::string_view expected) {
  const FieldResult result = normalize_field(kind, text_value(text), kWarsaw);
  EXPECT_EQ(result.text, "") << text;
  EXPECT_EQ(result.problem, expected) << text;
}

Value typed(ValueType type, std::int64_t integer, std::string_view text = {}) {
  Value value;
  value.type = type;
  value.integer = integer;
  value.text = text;
  return value;
}

void check_value(FieldKind kind, const Value& value, std::string_view expected) {
  const FieldResult result = normalize_field(kind, value, kWarsaw);
  EXPECT_EQ(result.text, expected);
  EXPECT_EQ(result.problem, "");
}

TEST(Field, TextIsKeptAsGiven) {
  check(FieldKind::text, "  Ann  Lee ", "Ann  Lee");
  check(FieldKind::person_name, "\u00A0Zo\u0308e", "Zöe");
  check(FieldKind::email, " Ann@X.org ", "Ann@X.org");
  check(FieldKind::phone, "601 234 567 wew. 12", "601 234 567 wew. 12");
  check(FieldKind::identifier, " 00123 ", "00123");
  check(FieldKind::identifier, "00-950", "00-950");
  check(FieldKind::text, "   ", "");
}

// So that they fit the store's keys, in which they stand in folded case.
TEST(Field, ATermIsShort) {
  check(FieldKind::term, " News ", "News");
  const std::string longest(1000, 'x'), quoted = "\"" + std::string(60, 'x') + "…\"";
  check(FieldKind::term, longest, longest);
  check_problem(FieldKind::term, longest + "x", quoted + " has 1001 bytes; at most 1000 are taken");
  check_problem(FieldKind::term, std::string(998, 'x') + "İ",
                quoted + " has 1001 bytes; at most 1000 are taken");
}

TEST(Field, Kinds) {
  check(FieldKind::country, "Polska", "PL");
  check(FieldKind::currency, "zł", "PLN");
  check(FieldKind::gender, "K", "female");
  check(FieldKind::date, "13.02.1984", "1984-02-13");
  check(FieldKind::date, "1984-02-13T23:30:00-08:00", "1984-02-13");
  check(FieldKind::instant, "22.11.2026 10:00", "2026-11-22T09:00:00Z");
  check(FieldKind::integer, "1 234", "1234");
  check(FieldKind::integer, "12.0", "12");
  check(FieldKind::amount, "1 234,50 zł", "1234.5");
  check(FieldKind::boolean, "Tak", "true");
}

TEST(Field, Problems) {
  check_problem(FieldKind::date, "32.13.2020",
                "\"32.13.2020\" is not a date; write it as YYYY-MM-DD, such as 1984-02-29");
  check_problem(FieldKind::integer, "1.5", "\"1.5\" is not a whole number");
  check_problem(FieldKind::boolean, "maybe", "\"maybe\" is not yes or no; write true or false");
  check_problem(FieldKind::country, "Nowhere",
                "\"Nowhere\" is not a country; write its ISO 3166 code, such as PL");
  check_problem(FieldKind::text, "\xB3ukasz",
                "the bytes are not UTF-8 text; set the source's encoding");
  check_problem(FieldKind::text, std::string_view("a\0b", 3),
                "the bytes are not UTF-8 text; set the source's encoding");
  EXPECT_NE(normalize_field(FieldKind::email, text_value(std::string(1001, 'a')), {}).problem, "");
  EXPECT_EQ(normalize_field(FieldKind::text, text_value(std::string(1001, 'a')), {}).problem, "");
  EXPECT_NE(
      normalize_field(FieldKind::text, text_value(std::string((1 << 20) + 1, 'a')), {}).problem,
      "");
}

TEST(Field, TypedValues) {
  const std::int64_t day = 20'779;  // 2026-11-22
  const std::int64_t noon = day * 86'400'000'000 + 12 * 3'600'000'000;
  check_value(FieldKind::date, typed(ValueType::date, day), "2026-11-22");
  check_value(FieldKind::date, typed(ValueType::local_time, noon), "2026-11-22");
  check_value(FieldKind::instant, typed(ValueType::instant, noon), "2026-11-22T12:00:00Z");
  check_value(FieldKind::instant, typed(ValueType::local_time, noon), "2026-11-22T11:00:00Z");
  check_value(FieldKind::instant, typed(ValueType::date, day), "2026-11-21T23:00:00Z");
  check_value(FieldKind::integer, typed(ValueType::integer, 42), "42");
  check_value(FieldKind::integer, typed(ValueType::integer, 0), "0");
  check_value(FieldKind::amount, typed(ValueType::decimal, 0, "12.50"), "12.5");
  check_value(FieldKind::boolean, typed(ValueType::boolean, 1), "true");
  check_value(FieldKind::identifier, typed(ValueType::integer, 35'391'555'000), "35391555000");
  check_value(FieldKind::text, typed(ValueType::null, 0), "");
  Value real;
  real.type = ValueType::real;
  real.real = 35'391'555'000.0;
  check_value(FieldKind::phone, real, "35391555000");
  real.real = 0.00001;
  check_value(FieldKind::amount, real, "0");
  real.real = 0.1 + 0.2;
  check_value(FieldKind::amount, real, "0.3");
}

TEST(Field, OnlyTextsAreReadAsIsUsualInTheCountry) {
  check(FieldKind::number, "2,500", "2.5");
  check(FieldKind::amount, "2,500", "2.5");
  check(FieldKind::integer, "1,000", "1");
  check_value(FieldKind::number, typed(ValueType::decimal, 0, "2.500"), "2.5");
  FieldContext german = usual_context("DE", "Europe/Berlin");
  EXPECT_EQ(normalize_field(FieldKind::amount, text_value("2.500"), german).text, "2500");
  EXPECT_EQ(normalize_field(FieldKind::amount, typed(ValueType::decimal, 0, "2.500"), german).text,
            "2.5");
}

TEST(Field, AnAmountNamesItsCurrencyAndANumberMayBeAPercentage) {
  EXPECT_EQ(normalize_field(FieldKind::amount, text_value("7 zł"), kWarsaw).currency_mark, "zł");
  check(FieldKind::number, "50 %", "50");
  check_problem(FieldKind::amount, "5%",
                "\"5%\" is not an amount of at most 14 digits before the point; write it as "
                "1234.56");
  check_problem(FieldKind::number, "5 zł",
                "\"5 zł\" is not a number of at most 14 digits before the point; write it as "
                "1234.56");
}

TEST(Field, AGivenDateOrderBinds) {
  FieldContext given = kWarsaw;
  given.date_order_is = OrderIs::given;
  EXPECT_EQ(normalize_field(FieldKind::date, text_value("05/13/2024"), kWarsaw).text, "2024-05-13");
  EXPECT_EQ(normalize_field(FieldKind::date, text_value("05/13/2024"), given).problem,
            "\"05/13/2024\" is not a date in the order dmy of its stream; write it as YYYY-MM-DD, "
            "such as 1984-02-29");
  EXPECT_EQ(normalize_field(FieldKind::instant, text_value("05/13/2024 10:00"), given).problem,
            "\"05/13/2024 10:00\" is not a date and time in the order dmy of its stream; write it "
            "as YYYY-MM-DDThh:mm:ss and the zone, such as 1984-02-29T10:00:00+01:00");
}

// A date never shifts with a time zone: an instant's day is that of its own offset.
TEST(Field, TheDayOfAnInstantIsTheOneWritten) {
  Value late = typed(ValueType::instant, 23 * 3'600'000'000LL);  // 1970-01-02T01:00+02:00
  late.offset_minutes = 120;
  check_value(FieldKind::date, late, "1970-01-02");
}

}  // namespace
}  // namespace cdh
