// The one entry of ingest: a source's value as the canonical text of a model field.
#pragma once

#include <string>

#include "hub/model/entity.hpp"
#include "hub/model/value.hpp"
#include "hub/normalize/date.hpp"
#include "hub/normalize/number_marks.hpp"

namespace cdh {

// How the source writes what can be written in several ways.
struct FieldContext {
  std::string country;  // ISO 3166-1 alpha-2
  DateOrder date_order = DateOrder::dmy;
  std::string time_zone;  // "Europe/Warsaw"; empty = UTC
  OrderIs date_order_is = OrderIs::usual;
  NumberMarks number_marks;
};

// As is usual in the country.
FieldContext usual_context(std::string country, std::string time_zone);

// Exactly one of the first two is not empty, or both are: the value was blank.
struct FieldResult {
  std::string text;     // as MappedField::text says
  std::string problem;  // why the value is not of that kind: "\"32.13.2020\" is not a date"
  std::string currency_mark = {};  // of an amount whose text names its currency: "zł", "USD"
};

// Text, names, e-mails, phones, URLs and identifiers: as given, trimmed, in NFC; whether an e-mail
// or a phone is one shows when its canonical form is asked for. The other kinds become their
// canonical text, typed values directly; dates never shift with a time zone, and wall clocks become
// instants by the context's zone. Longer values than a kind's limit (names, terms and the
// like 1,000 bytes, URLs 8,000, text 1 MiB) are a problem, as is text that is not UTF-8.
//
//     normalize_field(FieldKind::date, text_value("2 lutego 1984"), {})   {"1984-02-02", ""}
//     normalize_field(FieldKind::boolean, text_value("tak"), {})          {"true", ""}
//     normalize_field(FieldKind::amount, text_value("12 zł"), {})         {"12", "", "zł"}
//
// Throws Error(config) for an unknown time zone only. Any thread.
FieldResult normalize_field(FieldKind kind, const Value& value, const FieldContext& context);

}  // namespace cdh
