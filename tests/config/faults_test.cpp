// What is said about a wrong hub.yaml: exact lines, each beginning with the line of the file.
#include <gtest/gtest.h>

#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

struct Case {
  std::string yaml, faults;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(faults_of(c.yaml), c.faults) << c.yaml;
}

std::string with_hub(std::string_view settings) {
  return "hub:\n  store: sqlite://c.db\n  " + std::string(settings) + "\nsources: {}\n";
}

TEST(ConfigFaults, ShapeOfTheFile) {
  check({
      {std::string(kMinimal), ""},
      {"", "1: hub is missing\n1: sources is missing"},
      {"just text", "1: the file must be a map of options, not \"just text\""},
      {"hub: { store: sqlite://c.db }\nsources: {}\nmerg: {}",
       "3: unknown key \"merg\"; did you mean \"merge\"?"},
      {"hub: [a]\nsources: {}", "1: hub must be a map of options, not a list"},
      {"hub: {}\nsources: {}", "1: hub: store is missing"},
      {"hub: { store: sqlite://c.db }\nsources: { a: { conector: csv } }",
       "2: source a: connector is missing\n"
       "2: unknown key \"conector\" in source; did you mean \"connector\"?"},
      {"hub: { store: sqlite://c.db }\nsources:\n  a:\n", "3: source a: connector is missing"},
  });
}

TEST(ConfigFaults, ValuesOfTheHub) {
  check({
      {with_hub("country: PL"), ""},
      {with_hub("country: pl"),
       "3: country must be an ISO 3166 country code of two capitals, such as PL; it is \"pl\""},
      {with_hub("country: ZZ"),
       "3: country must be an ISO 3166 country code of two capitals, such as PL; it is \"ZZ\""},
      {with_hub("country: NO"), ""},
      {with_hub("time_zone: Europe/Warsaw"), ""},
      {with_hub("time_zone: America/Argentina/Buenos_Aires"), ""},
      {with_hub("time_zone: CET summer"),
       "3: time_zone must be a time zone such as Europe/Warsaw, or UTC; it is \"CET summer\""},
      {with_hub("time_zone: ../etc/passwd"),
       "3: time_zone must be a time zone such as Europe/Warsaw, or UTC; it is \"../etc/passwd\""},
      {with_hub("plugins: { a: b }"), "3: plugins must be a text, not a map"},
      {"hub: { store: oracle://db }\nsources: {}",
       "1: store must begin with sqlite://, postgresql:// or mariadb:// and go on; it is "
       "\"oracle://db\""},
      {"hub: { store: 'sqlite://' }\nsources: {}",
       "1: store must begin with sqlite://, postgresql:// or mariadb:// and go on; it is "
       "\"sqlite://\""},
  });
}

TEST(ConfigFaults, ValuesOfASource) {
  const auto with_source = [](std::string_view settings) {
    return "hub: { store: sqlite://c.db }\nsources:\n  a:\n    connector: csv\n    " +
           std::string(settings) + "\n";
  };
  check({
      {with_source("isolate: true"), ""},
      {with_source("isolate: maybe"), "5: isolate cannot be \"maybe\"; known: true, false"},
      {with_source("trust: 0"), ""},
      {with_source("trust: 100"), ""},
      {with_source("trust: 101"), "5: trust must be a whole number from 0 to 100, not \"101\""},
      {with_source("trust: high"), "5: trust must be a whole number from 0 to 100, not \"high\""},
      {with_source("trust: [1]"), "5: trust must be a whole number from 0 to 100, not a list"},
      {with_source("streams: { Klienci 2026: { map: [] } }"), ""},
      {with_source("streams: { a/b: }"),
       "5: the name of stream \"a/b\" may hold no / and at most 100 bytes of text without outer "
       "blanks"},
      {with_source("config: path.csv"),
       "5: config must be a map of names to values, not \"path.csv\""},
      {"hub: { store: sqlite://c.db }\nsources:\n  My CRM: { connector: csv }\n",
       "3: the name of source \"My CRM\" may hold only a-z, 0-9, _ and -, at most 60 of them"},
      {with_stream("{ blank: keep }"), "3: blank cannot be \"keep\"; known: ignore, clear"},
      {with_stream("{ drift: stop }"),
       "3: drift cannot be \"stop\"; known: evolve, freeze, quarantine"},
      {with_stream("{ mode: increment }"),
       "3: mode cannot be \"increment\"; did you mean \"incremental\"?"},
      {with_stream("{ date_order: dym }"),
       "3: date_order cannot be \"dym\"; did you mean \"ymd\"?"},
      {with_stream("{ key: '' }"), "3: key must not be empty"},
      {with_stream("{ transforms: [{ fields: [a] }] }"), "3: transforms: use is missing"},
      {with_stream("{ transforms: [{ use: text, isolate: maybe }] }"),
       "3: isolate cannot be \"maybe\"; known: true, false"},
  });
}

TEST(ConfigFaults, EntitiesAndFields) {
  check({
      {with_mapping("{ fields: { given_name: A } }"), "3: map: into is missing"},
      {with_mapping("{ into: persn }"), "3: into cannot be \"persn\"; did you mean \"person\"?"},
      {with_mapping("{ into: email }"),
       "3: into cannot be \"email\"; map it among a party's fields, as emails"},
      {with_mapping("{ into: person, fields: { givenname: A } }"),
       "3: person has no field \"givenname\"; did you mean \"given_name\"?"},
      {with_mapping("{ into: person, fields: { email: A } }"),
       "3: person has no field \"email\"; did you mean \"emails\"?"},
      {with_mapping("{ into: person, fields: { emails: { from: A, canonical: B } } }"),
       "3: email has no field \"canonical\"; known: from, type, verified"},
      {with_mapping("{ into: person, fields: { emails: { value: A } } }"),
       "3: email has no field \"value\"; known: from, type, verified\n"
       "3: email needs a source field, such as { from: FIELD }"},
      {with_mapping("{ into: person, fields: { emails: [{ type: work }] } }"),
       "3: email needs a source field, such as { from: FIELD }"},
      {with_mapping("{ into: person, fields: { online: { from: A, handle: B } } }"),
       "3: online: from and handle mean the same; keep one"},
      {with_mapping("{ into: person, fields: { given_name: [A] } }"),
       "3: given_name must be a map of options, not a list"},
      {with_mapping("{ into: person, fields: { given_name: { from: A, value: B } } }"),
       "3: given_name needs either from or value"},
      {with_mapping("{ into: person, fields: { given_name: {} } }"),
       "3: given_name needs either from or value"},
      {with_mapping("{ into: note, fields: { emails: A } }"),
       "3: note has no field \"emails\"; known: author, text, created_at"},
      {with_mapping("{ into: person, refs: { customer: { as: x } } }"),
       "3: unknown key \"refs\" in mapping of person; known: into, as, when, fields, "
       "ext, required"},
      {with_mapping("{ into: person, ext: { given_name: A } }"),
       "3: ext: given_name is a field of person; put it under fields"},
      {with_mapping("{ into: person, required: [given_name], fields: { family_name: A } }"),
       "3: required: given_name is not mapped, so every record would be quarantined"},
      {with_mapping("{ into: person, required: givenname }"),
       "3: required cannot be \"givenname\"; did you mean \"given_name\"?"},
      {with_mapping("{ into: person, when: { TYPE: [] } }"),
       "3: when TYPE needs a text to compare with"},
      {with_mapping("{ into: person }, { into: person }"),
       "3: stream people maps \"person\" twice; tell them apart by as"},
      {with_mapping("{ into: person }, { into: person, as: partner }"), ""},
  });
}

// The ids of a record's parties and events have room for 16.
TEST(ConfigFaults, EntitiesOfARecordAreLimited) {
  const auto with_notes = [](int count) {
    std::string text =
        "hub: { store: sqlite://c.db }\nsources: { crm: { connector: csv, streams: { people: { "
        "map: [";
    for (int i = 0; i < count; ++i) text += "\n{ into: note, as: n" + std::to_string(i) + " },";
    return text + "] } } } }\n";
  };
  check({
      {with_notes(16), ""},
      {with_notes(17), "19: stream people maps a record to more than 16 entities"},
  });
}

TEST(ConfigFaults, References) {
  const auto with_ref = [](std::string_view ref) {
    return "hub: { store: sqlite://c.db }\n"
           "sources:\n"
           "  crm: { connector: csv, streams: { people: { map: [{ into: person }] }, raw: } }\n"
           "  shop:\n"
           "    connector: csv\n"
           "    streams:\n"
           "      orders: { map: [{ into: sales_order, refs: { customer: " +
           std::string(ref) + " } }, { into: note }] }\n";
  };
  const std::string needs =
      "7: reference customer needs stream and key for another record, or as for the same record";
  check({
      {with_ref("{ source: crm, stream: people, key: NO }"), ""},
      {with_ref("{ source: crm, stream: people, key: NO, as: person }"), ""},
      {with_ref("{}"), needs},
      {with_ref("{ key: NO }"), needs},
      {with_ref("{ as: note, key: NO }"), needs},
      {with_ref("{ source: crm, stream: people }"), needs},
      {with_ref("{ source: cmr, stream: people, key: NO }"),
       "7: reference customer names an unknown source \"cmr\"; did you mean \"crm\"?"},
      {with_ref("{ stream: people, key: NO }"),
       "7: reference customer names a stream \"people\" that source shop does not have; known: "
       "orders"},
      {with_ref("{ source: crm, stream: people, key: NO, as: persona }"),
       "7: reference customer names an unknown as \"persona\" in stream people; did you mean "
       "\"person\"?"},
      {with_ref("{ source: crm, stream: raw, key: NO }"),
       "7: reference customer finds no person or organization in stream raw"},
      {with_ref("{ as: note }"),
       "7: reference customer must be a person or organization, and \"note\" is not"},
      {with_ref("{ as: nobody }"),
       "7: reference customer names an unknown as \"nobody\" in stream orders; known: sales_order, "
       "note"},
      {with_mapping("{ into: note, refs: { custmer: { as: x } } }"),
       "3: note has no reference \"custmer\"; did you mean \"customer\"?"},
  });
}

TEST(ConfigFaults, MatchAndMerge) {
  const std::string minimal(kMinimal);
  check({
      {minimal + "match: auto", ""},
      {minimal + "match: manual", "3: match must be a map of options, or auto, not \"manual\""},
      {minimal + "match: { max_holders: 0 }",
       "3: max_holders must be a whole number from 1 to 1000000, not \"0\""},
      {minimal + "match: { link_score: high }",
       "3: link_score must be a number from -99 to 99, not \"high\""},
      {minimal + "match: { link_score: 100 }",
       "3: link_score must be a number from -99 to 99, not \"100\""},
      {minimal + "match: { link_score: -4 }",
       "3: review_score must not be above link_score: what is linked needs no review"},
      {minimal + "match: { fields: [] }", "3: fields must not be empty"},
      {minimal + "match: { weights: { brth: { differ: -2 } } }",
       "3: matching has no field \"brth\"; did you mean \"birth\"?"},
      {minimal + "match: { weights: { birth: { other: -2 } } }",
       "3: the field has no level \"other\"; known: exact, swapped, digit, two_parts, year, "
       "two_digits, differ, generation, mailbox_year"},
      {minimal + "match: { one_per_source: [crm] }",
       "3: one_per_source names an unknown source \"crm\""},
      {minimal + "merge: { default: [newest] }",
       "3: default cannot be \"newest\"; known: source_priority, most_recent, most_frequent, "
       "most_complete, verified_first, furthest_stage, most_restrictive, pinned"},
      {minimal + "merge: { fields: { family_nam: [most_recent] } }",
       "3: a profile has no field \"family_nam\"; did you mean \"family_name\"?"},
      {minimal + "merge: { default: [] }", "3: default must not be empty"},
      {minimal + "merge: { fields: { email: [] } }", "3: email must not be empty"},
      {minimal + "merge: { fields: { consent: most_restrictive } }", ""},
      {minimal + "merge: { fields: { consent: [most_recent, source_priority, most_frequent] } }",
       ""},
      {minimal + "merge:\n  fields:\n    consent: [verified_first, most_recent]",
       "5: consent cannot be \"verified_first\"; known: source_priority, most_recent, "
       "most_frequent, most_restrictive"},
      {minimal + "merge: { fields: { consent: furthest_stage } }",
       "3: consent cannot be \"furthest_stage\"; known: source_priority, most_recent, "
       "most_frequent, most_restrictive"},
      {minimal + "merge: { fields: { email: [verified_first] } }", ""},
  });
}

TEST(ConfigFaults, AllAreToldInTheOrderOfTheFile) {
  EXPECT_EQ(
      faults_of("hub:\n"
                "  store: file.db\n"
                "  country: Poland\n"
                "sources:\n"
                "  crm:\n"
                "    trust: 999\n"
                "    streams:\n"
                "      people:\n"
                "        map:\n"
                "          - into: person\n"
                "            fields: { emils: E }\n"
                "          - into: note\n"
                "            refs: { customer: { stream: nobody, key: K } }\n"),
      "2: store must begin with sqlite://, postgresql:// or mariadb:// and go on; it is "
      "\"file.db\"\n"
      "3: country must be an ISO 3166 country code of two capitals, such as PL; it is "
      "\"Poland\"\n"
      "5: source crm: connector is missing\n"
      "6: trust must be a whole number from 0 to 100, not \"999\"\n"
      "11: person has no field \"emils\"; did you mean \"emails\"?\n"
      "13: reference customer names a stream \"nobody\" that source crm does not have; known: "
      "people");
}

TEST(ConfigFaults, AFloodIsCut) {
  std::string yaml(kMinimal);
  for (int i = 0; i < 150; ++i) yaml += "wrong" + std::to_string(i) + ": 1\n";
  const std::string faults = faults_of(yaml);
  EXPECT_EQ(std::count(faults.begin(), faults.end(), '\n'), 100);
  EXPECT_TRUE(faults.ends_with("\nand 50 more"));
}

}  // namespace
}  // namespace cdh
