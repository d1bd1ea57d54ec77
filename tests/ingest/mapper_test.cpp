#include "hub/ingest/mapper.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"

namespace cdh {
namespace {

using Row = std::vector<std::pair<std::string, Value>>;

Value typed(ValueType type, std::int64_t integer = 0) {
  Value value;
  value.type = type;
  value.integer = integer;
  return value;
}

// A row of texts: row("id", "1", "name", "Ann").
template <typename... Texts>
Row row(const Texts&... texts) {
  const std::vector<std::string_view> list = {texts...};
  Row out;
  for (std::size_t i = 0; i < list.size(); i += 2) {
    out.emplace_back(std::string(list[i]), text_value(list[i + 1]));
  }
  return out;
}

// "KEY JSON", "KEY TIME JSON", or "refused FIELD: REASON"; `stream` is the stream's part of
// hub.yaml.
std::string mapped(const std::string& stream, const Row& values) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db, country: PL, time_zone: Europe/Warsaw }\n"
      "sources: { erp: { connector: csv, config: { path: x.csv }, streams: { items: " +
          stream +
          " } }\n"
          "  , crm: { connector: csv, config: { path: y.csv }, streams: { people: { key: id,"
          " map: [ { into: person, fields: { family_name: name } } ] } } } }\n",
      "/etc/hub.yaml");
  const SourceConfig& source = config.sources.front();
  Mapper mapper(source.streams.front(), source, {"id"});
  std::vector<Column> columns;
  std::vector<std::vector<Value>> rows(1);
  for (const auto& [name, value] : values) {
    columns.push_back({name, value.type});
    rows[0].push_back(value);
  }
  mapper.bind(columns);
  const auto result = mapper.map(Batch::from_values(columns, rows), 0);
  if (const auto* rejection = std::get_if<Rejection>(&result)) {
    return "refused " + rejection->field + ": " + rejection->reason;
  }
  const auto& out = std::get<MappedRow>(result);
  return out.source_key + (out.updated_at ? " " + format_instant(*out.updated_at) : "") + " " +
         to_json(out.record);
}

void check(const std::string& stream, const Row& values, const std::string& expected) {
  EXPECT_EQ(mapped(stream, values), expected) << stream;
}

constexpr const char* kPerson =
    "{ map: [ { into: person, fields: { given_name: first, family_name: last } } ] }";

TEST(Mapper, KeysAreTrimmedAndJoined) {
  check("{ map: [] }", row("id", " 7 "), "7 []");
  check("{ map: [] }", row("id", R"(a|b\c)"), R"(a|b\c [])");
  check("{ key: [a, b], map: [] }", row("a", "7", "b", "x"), "7|x []");
  check("{ key: [a, b], map: [] }", row("a", "7|", "b", "x"), R"(7\||x [])");
  check("{ key: [a, b], map: [] }", row("a", "7", "b", "|x"), R"(7|\|x [])");
  check("{ key: [a, b], map: [] }", row("a", "", "b", "x"), "|x []");
  check("{ key: n, map: [] }", {{"n", typed(ValueType::integer, 42)}}, "42 []");
}

TEST(Mapper, ARecordWithoutAKeyIsRefused) {
  check(kPerson, row("id", " ", "first", "Ann", "last", "Lee"),
        "refused id: the record has no key: id is empty");
  check("{ key: [a, b], map: [] }", row("a", "", "b", " "),
        "refused a: the record has no key: a, b is empty");
}

TEST(Mapper, TheSourcesTimeIsAnInstant) {
  const std::string stream = "{ updated_at: at, map: [] }";
  check(stream, row("id", "1", "at", "2026-01-02T03:04:05Z"), "1 2026-01-02T03:04:05Z []");
  check(stream, row("id", "1", "at", "2026-01-02 03:04:05"), "1 2026-01-02T02:04:05Z []");
  check(stream, row("id", "1", "at", ""), "1 []");
  EXPECT_THAT(mapped(stream, row("id", "1", "at", "yesterday")),
              testing::StartsWith("refused at: "));
}

TEST(Mapper, OneRowGivesSeveralEntities) {
  check(
      "{ map: [ { as: contact, into: person, fields: { given_name: first, emails: [mail] } },"
      " { as: company, into: organization, fields: { name: firm } },"
      " { into: affiliation, refs: { person: { as: contact }, organization: { as: company } } } ] "
      "}",
      row("id", "1", "first", "Ann", "mail", "Ann@Example.com", "firm", "Lee Ltd"),
      R"(1 [{"e":"person","as":"contact","f":{"given_name":"Ann"}},)"
      R"({"e":"email","of":0,"f":{"value":"Ann@Example.com","canonical":"ann@example.com"}},)"
      R"({"e":"organization","as":"company","f":{"name":"Lee Ltd"}},)"
      R"({"e":"affiliation","as":"affiliation","f":{},)"
      R"("r":[{"name":"person","as":"contact"},{"name":"organization","as":"company"}]}])");
}

TEST(Mapper, WhenChoosesByTheRecord) {
  const std::string stream =
      "{ map: [ { into: person, when: { TYPE: P }, fields: { family_name: name } },"
      " { into: organization, when: { TYPE: [O, C] }, fields: { name: name } } ] }";
  check(stream, row("id", "1", "TYPE", "P", "name", "Lee"),
        R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"}}])");
  check(stream, row("id", "1", "TYPE", " C ", "name", "Lee"),
        R"(1 [{"e":"organization","as":"organization","f":{"name":"Lee"}}])");
  check(stream, row("id", "1", "TYPE", "X", "name", "Lee"), "1 []");
}

TEST(Mapper, RefsNameAnotherRecordOrOneOfThisRecord) {
  const std::string stream =
      "{ map: [ { into: sales_order,"
      " refs: { customer: { source: crm, stream: people, key: CUST } }, fields: { number: no } } ] "
      "}";
  check(stream, row("id", "1", "CUST", " 9 ", "no", "A1"),
        R"(1 [{"e":"sales_order","as":"sales_order","f":{"number":"A1"},)"
        R"("r":[{"name":"customer","source":"crm","stream":"people","key":"9"}]}])");
  check(stream, row("id", "1", "CUST", "", "no", "A1"),
        R"(1 [{"e":"sales_order","as":"sales_order","f":{"number":"A1"}}])");
}

TEST(Mapper, ConstantsAloneMakeNoEntity) {
  const std::string stream =
      "{ map: [ { into: consent, fields: { purpose: { value: news }, status: s } } ] }";
  check(stream, row("id", "1", "s", "granted"),
        R"(1 [{"e":"consent","as":"consent","f":{"purpose":"news","status":"granted"}}])");
  check(stream, row("id", "1", "s", ""), "1 []");
}

TEST(Mapper, ContactsMayRepeatAndBlankOnesAreLeftOut) {
  check(
      "{ map: [ { into: person, fields: { emails: [a, { from: b, type: work }] } } ] }",
      row("id", "1", "a", "", "b", "b@example.com"),
      R"(1 [{"e":"person","as":"person","f":{}},)"
      R"({"e":"email","of":0,"f":{"value":"b@example.com","canonical":"b@example.com","type":"work"}}])");
  check(
      "{ map: [ { into: person, fields: { phones: [a, b] } } ] }",
      row("id", "1", "a", "22 555 01 00 ext. 5", "b", "000000"),
      R"(1 [{"e":"person","as":"person","f":{}},)"
      R"({"e":"phone","of":0,"f":{"value":"22 555 01 00 ext. 5","e164":"+48225550100","extension":"5"}},)"
      R"({"e":"phone","of":0,"f":{"value":"000000"}}])");
}

TEST(Mapper, BlankMeansNotKnownUnlessTheStreamSaysOtherwise) {
  const Row blank = row("id", "1", "first", "Ann", "last", " ");
  check(kPerson, blank, R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann"}}])");
  check(
      "{ blank: clear, map: [ { into: person, fields: { given_name: first, family_name: last } } ] "
      "}",
      blank, R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann","family_name":""}}])");
  check(
      "{ blank: clear, map: [ { into: person, fields: { given_name: first, family_name: last } } ] "
      "}",
      {{"id", text_value("1")}, {"first", text_value("Ann")}, {"last", typed(ValueType::absent)}},
      R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann"}}])");
}

TEST(Mapper, NothingKnownMakesNoEntity) {
  check(kPerson, row("id", "1", "first", "", "last", ""), "1 []");
}

// Nothing is dropped in silence: what a name cannot hold is refused.
TEST(Mapper, ANameThatIsTooLongOrNoTextIsRefused) {
  check(kPerson, row("id", "1", "first", std::string(1001, 'x'), "last", "Lee"),
        "refused first: \"" + std::string(60, 'x') + "…\" has 1001 bytes; at most 1000 are taken");
  check(kPerson, row("id", "1", "first", "Jo\xff", "last", "Lee"),
        "refused first: the bytes are not UTF-8 text; set the source's encoding");
}

TEST(Mapper, PlaceholdersSayNothing) {
  check(kPerson, row("id", "1", "first", "n/a", "last", "Lee"),
        R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"}}])");
  check("{ map: [ { into: person, fields: { family_name: last, birth_date: born } } ] }",
        row("id", "1", "last", "Lee", "born", "n/a"),
        R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"}}])");
}

// What people write to try a form: nobody is known by it, but it is kept beside what is known.
TEST(Mapper, DummiesAreKeptButMakeNobody) {
  const std::string stream =
      "{ map: [ { into: person, fields: { given_name: first, family_name: last,"
      " emails: [ { from: mail, type: home } ], phones: [tel] } } ] }";
  const auto person = [](const char* first, const char* last, const char* mail, const char* tel) {
    return row("id", "1", "first", first, "last", last, "mail", mail, "tel", tel);
  };
  check(stream, person("Test", "Test", "test@test.pl", "000000000"), "1 []");
  check(stream, person("Ann", "Test", "test@test.pl", "000000000"),
        R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann","family_name":"Test"}},)"
        R"({"e":"email","of":0,"f":{"value":"test@test.pl","type":"home"}},)"
        R"({"e":"phone","of":0,"f":{"value":"000000000"}}])");
  check(stream, person("Test", "", "ann@x.example", ""),
        R"(1 [{"e":"person","as":"person","f":{"given_name":"Test"}},)"
        R"({"e":"email","of":0,"f":{"value":"ann@x.example","canonical":"ann@x.example",)"
        R"("type":"home"}}])");
  check(stream, person("Ann", "", "noreply@x.example", "+48 111 111 111"),
        R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann"}},)"
        R"({"e":"email","of":0,"f":{"value":"noreply@x.example","type":"home"}},)"
        R"({"e":"phone","of":0,"f":{"value":"+48 111 111 111"}}])");
}

TEST(Mapper, ADayThatCannotBeRefusesTheRecord) {
  const std::string person =
      "{ map: [ { into: person, fields: { family_name: last, birth_date: born } } ] }";
  const auto born = [](const char* day) { return row("id", "1", "last", "Lee", "born", day); };
  check(person, born("2999-05-01"), "refused born: \"2999-05-01\" is yet to come");
  check(person, born("1.2.0024"),
        "refused born: \"0024-02-01\" is too long ago; was the year written with two digits?");
  check(person, born("1871-01-01"),
        R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee","birth_date":"1871-01-01"}}])");
  const std::string company =
      "{ map: [ { into: organization, fields: { name: n, founding_date: d } } ] }";
  check(company, row("id", "1", "n", "Merck", "d", "1668-08-26"),
        R"(1 [{"e":"organization","as":"organization",)"
        R"("f":{"name":"Merck","founding_date":"1668-08-26"}}])");
  check(company, row("id", "1", "n", "Merck", "d", "2999-05-01"),
        "refused d: \"2999-05-01\" is yet to come");
  check("{ map: [ { into: invoice, fields: { due_date: d } } ] }",
        row("id", "1", "d", "2999-05-01"),
        R"(1 [{"e":"invoice","as":"invoice","f":{"due_date":"2999-05-01"}}])");
}

// What programs write where no date is known.
TEST(Mapper, ADayThatStandsForNoneIsBlank) {
  for (const char* day : {"0000-00-00", "01.01.0001", "9999-12-31"}) {
    check("{ map: [ { into: person, fields: { family_name: last, birth_date: born } } ] }",
          row("id", "1", "last", "Lee", "born", day),
          R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"}}])");
  }
  check("{ map: [ { into: note, fields: { text: t, created_at: at } } ] }",
        row("id", "1", "t", "Hi", "at", "0000-00-00 00:00:00"),
        R"(1 [{"e":"note","as":"note","f":{"text":"Hi"}}])");
}

Value json(std::string_view text) {
  Value value = text_value(text);
  value.type = ValueType::json;
  return value;
}

TEST(Mapper, AListOfPhonesOrEmailsIsSeveralContacts) {
  const std::string stream =
      "{ map: [ { into: person, fields: { family_name: name, emails: [mail], "
      "phones: [ { from: tel, type: work } ] } } ] }";
  const auto person = [](const Value& mail, const Value& tel) {
    return Row{{"id", text_value("1")}, {"name", text_value("Lee")}, {"mail", mail}, {"tel", tel}};
  };
  const std::string name = R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"}})";
  check(stream, person(json(R"(["a@x.example",null," "])"), json("[]")),
        name + R"(,{"e":"email","of":0,"f":{"value":"a@x.example","canonical":"a@x.example"}}])");
  check(stream, person(json("null"), json(R"(["22 123 45 67",221234568])")),
        name + R"(,{"e":"phone","of":0,"f":{"value":"22 123 45 67","e164":"+48221234567",)" +
            R"("type":"work"}},{"e":"phone","of":0,"f":{"value":"221234568",)" +
            R"("e164":"+48221234568","type":"work"}}])");
  check(stream, person(text_value(R"(["a@x.example"])"), json("[]")),
        name + R"(,{"e":"email","of":0,"f":{"value":"[\"a@x.example\"]"}}])");
  for (const char* other : {R"([{"type":"home","value":"1"}])", R"({"a":1})", R"([["1"]])", "7"}) {
    check(stream, person(json("null"), json(other)),
          "refused tel: the value is JSON, but no list of texts: name the path of what is meant in "
          "the connector's option `fields`, such as tel: tel.0.value");
  }
  std::string many = "[0";
  for (int i = 0; i < 100; ++i) many += ",1";
  many += "]";
  check(stream, person(json("[]"), json(many)), "refused tel: the list has more than 100 values");
}

TEST(Mapper, ARequiredFieldThatIsEmptyRefusesTheRecord) {
  const std::string stream =
      "{ map: [ { into: person, required: [family_name],"
      " fields: { given_name: first, family_name: last } } ] }";
  check(stream, row("id", "1", "first", "Ann", "last", "Lee"),
        R"(1 [{"e":"person","as":"person","f":{"given_name":"Ann","family_name":"Lee"}}])");
  check(stream, row("id", "1", "first", "Ann", "last", ""),
        "refused family_name: the required field family_name of person is empty");
}

TEST(Mapper, AValueOfAnotherKindRefusesTheRecord) {
  const std::string stream =
      "{ map: [ { into: sales_order, fields: { order_date: d, total: t, currency: c } } ] }";
  check(stream, row("id", "1", "d", "2026-02-28", "t", "1 234,50", "c", "PLN"),
        R"(1 [{"e":"sales_order","as":"sales_order",)"
        R"("f":{"order_date":"2026-02-28","total":"1234.5","currency":"PLN"}}])");
  EXPECT_THAT(mapped(stream, row("id", "1", "d", "2026-02-30", "t", "1", "c", "PLN")),
              testing::StartsWith("refused d: \"2026-02-30\""));
  EXPECT_THAT(mapped(stream, row("id", "1", "d", "2026-02-28", "t", "much", "c", "PLN")),
              testing::StartsWith("refused t: \"much\""));
}

TEST(Mapper, ACurrencyWrittenAtAnAmountIsTheRecords) {
  const auto order = [](const std::string& currency) {
    return "{ map: [ { into: sales_order, fields: { total: t, currency: " + currency + " } } ] }";
  };
  const auto is = [](const std::string& fields) {
    return R"(1 [{"e":"sales_order","as":"sales_order","f":{)" + fields + "}}]";
  };
  const std::string in_zloty = is(R"("total":"99","currency":"PLN")");
  check(order("{ value: PLN }"), row("id", "1", "t", "99 zł"), in_zloty);
  check(order("{ value: PLN }"), row("id", "1", "t", "99"), in_zloty);
  check(order("c"), row("id", "1", "t", "99 PLN", "c", ""), in_zloty);
  check(order("{ value: CAD }"), row("id", "1", "t", "$99"),
        is(R"("total":"99","currency":"CAD")"));
  check(order("{ value: PLN }"), row("id", "1", "t", "1 200,00 €"),
        "refused t: \"1 200,00 €\" is in EUR, but the currency of the sales_order is PLN");
  check(order("c"), row("id", "1", "t", "USD 99", "c", "zł"),
        "refused t: \"USD 99\" is in USD, but the currency of the sales_order is PLN");
  check("{ map: [ { into: order_line, fields: { unit_price: t } } ] }", row("id", "1", "t", "5 €"),
        R"(1 [{"e":"order_line","as":"order_line","f":{"unit_price":"5"}}])");
}

TEST(Mapper, TheDecimalMarkOfTheStreamOrOfItsCountryDecides) {
  const auto line = [](const std::string& decimal) {
    return "{ " + decimal + "map: [ { into: order_line, fields: { quantity: q } } ] }";
  };
  const auto is = [](const std::string& quantity) {
    return R"(1 [{"e":"order_line","as":"order_line","f":{"quantity":")" + quantity + "\"}}]";
  };
  check(line(""), row("id", "1", "q", "2,500"), is("2.5"));
  check(line(""), row("id", "1", "q", "2.500"), is("2.5"));
  check(line("decimal: comma, "), row("id", "1", "q", "2,500"), is("2.5"));
  check(line("decimal: comma, "), row("id", "1", "q", "2.500"), is("2500"));
  check(line("decimal: point, "), row("id", "1", "q", "2,500"), is("2500"));
  check(line("decimal: point, "), row("id", "1", "q", "1.234,5"), is("1234.5"));
}

TEST(Mapper, TheStreamsDateOrderDecides) {
  const auto born = [](const std::string& order) {
    return "{ date_order: " + order + ", map: [ { into: person, fields: { birth_date: born } } ] }";
  };
  check(born("dmy"), row("id", "1", "born", "03/04/1980"),
        R"(1 [{"e":"person","as":"person","f":{"birth_date":"1980-04-03"}}])");
  check(born("mdy"), row("id", "1", "born", "03/04/1980"),
        R"(1 [{"e":"person","as":"person","f":{"birth_date":"1980-03-04"}}])");
  check(born("dmy"), row("id", "1", "born", "05/13/1980"),
        "refused born: \"05/13/1980\" is not a date in the order dmy of its stream; write it as "
        "YYYY-MM-DD, such as 1984-02-29");
}

TEST(Mapper, IdentifiersKeepTheirLeadingZeros) {
  check(
      "{ map: [ { into: organization, fields: { name: n, tax_id: t, addresses: [{ postal_code: z "
      "}] } } ] }",
      row("id", "007", "n", "Lee Ltd", "t", "0012", "z", "02134"),
      R"(007 [{"e":"organization","as":"organization","f":{"name":"Lee Ltd","tax_id":"0012"}},)"
      R"({"e":"postal_address","of":0,"f":{"postal_code":"02134"}}])");
}

TEST(Mapper, ExtensionFieldsAreKeptAsTheyAre) {
  check(
      "{ map: [ { into: person, fields: { family_name: last }, ext: { shoe: s, from: { value: erp "
      "} } } ] }",
      row("id", "1", "last", "Lee", "s", " 43 "),
      R"(1 [{"e":"person","as":"person","f":{"family_name":"Lee"},"x":{"shoe":"43","from":"erp"}}])");
}

TEST(Mapper, AnExtensionFieldAloneIsKnown) {
  const std::string stream =
      "{ map: [ { into: product, fields: { name: n }, ext: { shoe: s, from: { value: erp } } } ] }";
  check(stream, row("id", "1", "n", "", "s", "45"),
        R"(1 [{"e":"product","as":"product","f":{},"x":{"shoe":"45","from":"erp"}}])");
  check(stream, row("id", "1", "n", "", "s", " "), "1 []");
}

TEST(Mapper, WhatBelongsToAnotherRecordIsKnownByItsKey) {
  const std::string stream =
      "{ map: [ { into: note, fields: { text: t }, "
      "refs: { customer: { source: crm, stream: people, key: c } } } ] }";
  check(stream, row("id", "1", "c", "9", "t", ""),
        R"(1 [{"e":"note","as":"note","f":{},)"
        R"("r":[{"name":"customer","source":"crm","stream":"people","key":"9"}]}])");
  check(stream, row("id", "1", "c", "", "t", ""), "1 []");
  check(
      "{ map: [ { as: p, into: person, fields: { family_name: n } }, "
      "{ into: note, fields: { text: t }, refs: { customer: { as: p } } } ] }",
      row("id", "1", "n", "Lee", "t", ""),
      R"(1 [{"e":"person","as":"p","f":{"family_name":"Lee"}}])");
}

// Whether its parties stand before or after it.
TEST(Mapper, AnAffiliationIsKnownByBothItsEnds) {
  const std::string parties =
      "{ as: p, into: person, fields: { family_name: n, phones: [tel] } }, "
      "{ as: o, into: organization, fields: { name: firm } }";
  const std::string joint =
      "{ into: affiliation, fields: { job_title: t }, refs: { person: { as: p }, organization: { "
      "as: o } } }";
  const std::string last = "{ map: [ " + parties + ", " + joint + " ] }";
  const std::string first = "{ map: [ " + joint + ", " + parties + " ] }";
  const Row card = row("id", "1", "n", "Lee", "tel", "", "firm", "Acme", "t", "");
  const std::string person = R"({"e":"person","as":"p","f":{"family_name":"Lee"}})";
  const std::string company = R"({"e":"organization","as":"o","f":{"name":"Acme"}})";
  const std::string joins = R"({"e":"affiliation","as":"affiliation","f":{},)"
                            R"("r":[{"name":"person","as":"p"},{"name":"organization","as":"o"}]})";
  check(last, card, "1 [" + person + "," + company + "," + joins + "]");
  check(first, card, "1 [" + joins + "," + person + "," + company + "]");
  for (const std::string& stream : {last, first}) {
    check(stream, row("id", "1", "n", "Lee", "tel", "555", "firm", "", "t", ""),
          "1 [" + person + R"(,{"e":"phone","of":0,"f":{"value":"555"}}])");
  }
}

TEST(Mapper, AnAffiliationToNothingIsNone) {
  const std::string stream =
      "{ map: [ { as: o, into: organization, fields: { name: n } }, "
      "{ into: affiliation, fields: { is_decision_maker: { value: yes } }, refs: { "
      "person: { source: crm, stream: people, key: p }, organization: { as: o } } } ] }";
  const std::string company = R"({"e":"organization","as":"o","f":{"name":"Acme"}})";
  check(stream, row("id", "1", "n", "Acme", "p", ""), "1 [" + company + "]");
  check(stream, row("id", "1", "n", "Acme", "p", "7"),
        "1 [" + company +
            R"(,{"e":"affiliation","as":"affiliation","f":{"is_decision_maker":"true"},"r":[)"
            R"({"name":"person","source":"crm","stream":"people","key":"7"},)"
            R"({"name":"organization","as":"o"}]}])");
}

TEST(Mapper, MissingFieldsAreAllNamed) {
  try {
    mapped(
        "{ key: no, map: [ { into: person, fields: { given_name: fist, family_name: last, "
        "occupation: id } } ] }",
        row("id", "1", "first", "Ann", "last", "Lee"));
    FAIL() << "nothing was missed";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.what(), testing::HasSubstr("the stream has no field \"no\""));
    EXPECT_THAT(error.what(),
                testing::HasSubstr(
                    "/etc/hub.yaml:2: the stream has no field \"fist\"; did you mean \"first\"?"));
  }
}

TEST(Mapper, AStreamWithoutAKeyIsRefused) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db }\n"
      "sources: { erp: { connector: csv, config: { path: x.csv }, streams: { items: { map: [] } } "
      "} }\n",
      "/etc/hub.yaml");
  const SourceConfig& source = config.sources.front();
  try {
    Mapper mapper(source.streams.front(), source, {});
    FAIL() << "it has no key";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_THAT(error.what(), testing::HasSubstr("stream items has no key"));
  }
}

}  // namespace
}  // namespace cdh
