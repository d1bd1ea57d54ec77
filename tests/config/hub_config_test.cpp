#include "hub/config/hub_config.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "hub/config/mapping_text.hpp"
#include "tests/config/config_text.hpp"

namespace cdh {
namespace {

HubConfig example() { return parse_hub_config(kExample, "/etc/cdh/hub.yaml"); }

TEST(HubConfig, ReadsTheHubsOwnSettings) {
  const HubConfig config = example();
  EXPECT_EQ(config.store, "sqlite:///etc/cdh/customers.db");
  EXPECT_EQ(config.country, "PL");
  EXPECT_EQ(config.time_zone, "Europe/Warsaw");
  EXPECT_EQ(config.plugins,
            (std::vector<std::filesystem::path>{"/opt/acme/cdh-plugins", "/etc/cdh/own"}));
  EXPECT_EQ(config.match, MatchPolicy{});
  using enum Survivorship;
  EXPECT_EQ(config.merge.chain,
            (std::vector<Survivorship>{source_priority, most_recent, most_complete}));
  ASSERT_EQ(config.merge.fields.size(), 1U);
  EXPECT_EQ(config.merge.fields[0].first, "email");
  EXPECT_EQ(config.merge.fields[0].second,
            (std::vector<Survivorship>{verified_first, most_recent}));
}

TEST(HubConfig, ReadsSourcesAndStreamsInFileOrder) {
  const HubConfig config = example();
  ASSERT_EQ(config.sources.size(), 2U);
  const SourceConfig& newsletter = config.sources[0];
  EXPECT_EQ(newsletter.name, "newsletter");
  EXPECT_EQ(newsletter.connector, "csv");
  EXPECT_EQ(newsletter.config.find("path")->text, "newsletter.csv");
  EXPECT_EQ(newsletter.trust, 60);
  EXPECT_EQ(newsletter.country, "PL");
  EXPECT_EQ(newsletter.time_zone, "Europe/Warsaw");
  EXPECT_EQ(newsletter.where.line, 8);
  const StreamConfig& members = newsletter.streams[0];
  EXPECT_EQ(members.key, std::vector<std::string>{"Member ID"});
  EXPECT_EQ(members.updated_at, "LAST_CHANGED");
  EXPECT_EQ(members.mode, std::nullopt);
  EXPECT_EQ(members.blank, BlankPolicy::ignore);
  ASSERT_EQ(members.transforms.size(), 1U);
  EXPECT_EQ(members.transforms[0].plugin, "text");
  EXPECT_EQ(members.transforms[0].settings.find("use"), nullptr);
  EXPECT_EQ(members.transforms[0].settings.find("trim")->text, "true");
  EXPECT_EQ(members.transforms[0].where.line, 17);

  const SourceConfig* erp = config.find_source("erp");
  ASSERT_NE(erp, nullptr);
  EXPECT_EQ(erp->trust, SourceConfig{}.trust);
  EXPECT_EQ(erp->country, "DE");
  EXPECT_EQ(erp->streams[0].key, (std::vector<std::string>{"CUSTNO", "BRANCH"}));
  EXPECT_EQ(erp->streams[0].mode, ReadMode::full);
  EXPECT_EQ(erp->streams[0].blank, BlankPolicy::clear);
  EXPECT_EQ(erp->streams[0].date_order, "dmy");
  EXPECT_EQ(erp->streams[0].decimal, "comma");
  EXPECT_EQ(config.find_source("nobody"), nullptr);
}

TEST(HubConfig, ReadsConditionsExtensionsAndReferences) {
  const HubConfig config = example();
  const std::vector<EntityMapping>& map = config.sources[1].streams[0].map;
  ASSERT_EQ(map.size(), 3U);
  EXPECT_EQ(map[0].as, "contact");
  ASSERT_EQ(map[0].when.size(), 1U);
  EXPECT_EQ(map[0].when[0].field, "TYPE");
  EXPECT_EQ(map[0].when[0].any_of, std::vector<std::string>{"P"});
  EXPECT_EQ(map[1].when[0].any_of, (std::vector<std::string>{"O", "C"}));
  EXPECT_EQ(map[0].required, std::vector<FieldId>{find_field(map[0].entity, "family_name")});
  ASSERT_EQ(map[0].ext.size(), 2U);
  EXPECT_EQ(map[0].ext[0].first, "shoe_size");
  EXPECT_EQ(map[0].ext[0].second.from, "SHOE");
  EXPECT_EQ(map[0].ext[1].second.constant, "erp");
  ASSERT_EQ(map[2].refs.size(), 2U);
  EXPECT_EQ(map[2].as, "affiliation");
  EXPECT_EQ(map[2].refs[1].name, "organization");
  EXPECT_EQ(map[2].refs[1].as, "company");
  EXPECT_EQ(map[2].refs[1].stream, "");
  const RefMapping& customer = config.sources[1].streams[1].map[0].refs[0];
  EXPECT_EQ(customer.stream, "customers");
  EXPECT_EQ(customer.key, "CUSTNO");
}

TEST(HubConfig, ATransformIsIsolatedWhereItSaysSo) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db }\n"
      "sources: { a: { connector: csv, streams: { s: { transforms: [\n"
      "  { use: text }, { use: acme, isolate: true, field: x }] } } } }",
      "hub.yaml");
  const std::vector<TransformConfig>& transforms = config.sources[0].streams[0].transforms;
  EXPECT_FALSE(transforms[0].isolate);
  EXPECT_TRUE(transforms[1].isolate);
  EXPECT_EQ(transforms[1].settings.members.size(), 1U) << "the plugin's own options";
}

TEST(HubConfig, MinimalFileHasTheDefaultsOfTheTypes) {
  const HubConfig config = parse_hub_config(
      "hub: { store: 'postgresql://db/c' }\nsources: { a: { connector: csv, streams: { s: } } }",
      "f");
  const HubConfig defaults;
  EXPECT_EQ(config.store, "postgresql://db/c");
  EXPECT_EQ(config.country, defaults.country);
  EXPECT_EQ(config.time_zone, defaults.time_zone);
  EXPECT_EQ(config.match, defaults.match);
  EXPECT_EQ(config.merge, defaults.merge);
  EXPECT_EQ(config.sources[0].trust, defaults.sources.empty() ? SourceConfig{}.trust : -1);
  EXPECT_EQ(config.sources[0].streams[0].blank, StreamConfig{}.blank);
  EXPECT_TRUE(config.sources[0].streams[0].map.empty());
}

TEST(HubConfig, MatchCanBeSpelledOut) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db }\n"
      "sources: { crm: { connector: csv } }\n"
      "match: { max_holders: 7, one_per_source: crm, households: false }\n",
      "hub.yaml");
  EXPECT_EQ(config.match.max_holders, 7);
  EXPECT_EQ(config.match.one_per_source, std::vector<std::string>{"crm"});
  EXPECT_FALSE(config.match.households);
}

TEST(HubConfig, EveryChoiceOfMatchingCanBeMade) {
  const HubConfig config = parse_hub_config(
      "hub: { store: sqlite://c.db }\n"
      "sources: { crm: { connector: csv } }\n"
      "match:\n"
      "  link_score: 2.5\n"
      "  review_score: -1\n"
      "  fields: [given, family, birth]\n"
      "  blocking: names\n"
      "  block_limit: 20\n"
      "  weights: { birth: { swapped: 3, differ: -7.25 } }\n",
      "hub.yaml");
  EXPECT_EQ(config.match.link_score, 2.5);
  EXPECT_EQ(config.match.review_score, -1);
  MatchFields fields;
  for (const MatchField field : {MatchField::given, MatchField::family, MatchField::birth}) {
    fields.set(static_cast<std::size_t>(field));
  }
  EXPECT_EQ(config.match.fields, fields);
  BlockingPasses blocking;
  blocking.set(static_cast<std::size_t>(BlockingPass::names));
  EXPECT_EQ(config.match.blocking, blocking);
  EXPECT_EQ(config.match.block_limit, 20);
  const std::vector<LevelWeight> weights = {{MatchField::birth, 1, 3},
                                            {MatchField::birth, 6, -7.25}};
  EXPECT_EQ(config.match.weights, weights);
}

// One mapped field, as "entity.field=source field" or "entity.field='constant'".
std::string mapped(EntityId id, const FieldMapping& field) {
  const std::string name(entity(id).fields[field.field].name);
  return name +
         (field.value.constant ? "='" + *field.value.constant + "'" : "=" + field.value.from);
}

// The party's fields and contacts in one line.
std::string mapping_of(std::string_view fields) {
  const HubConfig config = parse_hub_config(
      with_mapping("{ into: person, fields: " + std::string(fields) + " }"), "hub.yaml");
  const EntityMapping& mapping = config.sources[0].streams[0].map[0];
  std::string out;
  for (const FieldMapping& field : mapping.fields) out += mapped(mapping.entity, field) + " ";
  for (const ContactMapping& contact : mapping.contacts) {
    out += std::string(entity(contact.entity).name) + "(";
    for (const FieldMapping& field : contact.fields) {
      out += (out.ends_with('(') ? "" : " ") + mapped(contact.entity, field);
    }
    out += ") ";
  }
  return out.empty() ? out : out.substr(0, out.size() - 1);
}

TEST(HubConfig, MapsFieldsAndContactsInEveryForm) {
  struct Case {
    std::string_view fields, expected;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"{ given_name: First Name }", "given_name=First Name"},
           {"{ gender: { value: female } }", "gender='female'"},
           {"{ gender: { from: SEX } }", "gender=SEX"},
           {"{ emails: MAIL }", "email(value=MAIL)"},
           {"{ emails: [A, { from: B, type: work }] }",
            "email(value=A) email(value=B type='work')"},
           {"{ emails: { from: A, type: { from: T }, verified: OK } }",
            "email(value=A type=T verified=OK)"},
           {"{ emails: { from: A, verified: true } }", "email(value=A verified='true')"},
           {"{ phones: { from: TEL, type: mobile } }", "phone(value=TEL type='mobile')"},
           {"{ identifiers: { system: erp, id_type: { value: no }, from: NO, is_unique: true } }",
            "external_identifier(id_value=NO system='erp' id_type='no' is_unique='true')"},
           {"{ online: [{ network: x, handle: X }, { from: B }] }",
            "online(network='x' handle=X) online(handle=B)"},
           {"{ addresses: [{ street_address: S, postal_code: ZIP, type: { value: home } }] }",
            "postal_address(street_address=S postal_code=ZIP type='home')"},
           {"{ addresses: S }", "postal_address(street_address=S)"},
           {"{ street_address: S, given_name: G, address_country: { value: PL } }",
            "given_name=G postal_address(street_address=S address_country='PL')"},
       }) {
    EXPECT_EQ(mapping_of(c.fields), c.expected) << c.fields;
  }
}

TEST(HubConfig, StorePathsBelongToTheFilesFolder) {
  struct Case {
    std::string_view store, expected;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"sqlite://customers.db", "sqlite:///etc/cdh/customers.db"},
           {"sqlite://../data/c.db", "sqlite:///etc/data/c.db"},
           {"sqlite:///var/lib/c.db", "sqlite:///var/lib/c.db"},
           {"postgresql://u:p@db/c", "postgresql://u:p@db/c"},
           {"mariadb://u:p@db/c", "mariadb://u:p@db/c"},
       }) {
    const std::string yaml = "hub: { store: '" + std::string(c.store) + "' }\nsources: {}";
    EXPECT_EQ(parse_hub_config(yaml, "/etc/cdh/hub.yaml").store, c.expected);
  }
}

TEST(HubConfig, LoadsAFileAndNamesTheOneItCannotOpen) {
  const std::filesystem::path folder = ::testing::TempDir();
  std::ofstream(folder / "hub.yaml") << kMinimal;
  const HubConfig config = load_hub_config(folder / "hub.yaml");
  EXPECT_EQ(config.file, folder / "hub.yaml");
  EXPECT_EQ(config.store, "sqlite://" + (folder / "c.db").lexically_normal().string());
  try {
    load_hub_config("no/such/hub.yaml");
    ADD_FAILURE() << "a missing file was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    EXPECT_TRUE(std::string(error.what()).starts_with("no/such/hub.yaml: cannot be opened"));
  }
  EXPECT_THROW(load_hub_config(folder), Error);
}

std::string mapping_text_of(std::string_view stream) {
  const HubConfig config = parse_hub_config(with_stream(stream), "hub.yaml");
  return mapping_text(config.sources[0].streams[0], config.sources[0]);
}

TEST(MappingText, ChangesWithWhateverChangesTheResult) {
  const std::string base =
      mapping_text_of("{ map: [{ into: person, fields: { given_name: A } }] }");
  for (const std::string_view other : {
           "{ key: ID, map: [{ into: person, fields: { given_name: A } }] }",
           "{ updated_at: T, map: [{ into: person, fields: { given_name: A } }] }",
           "{ blank: clear, map: [{ into: person, fields: { given_name: A } }] }",
           "{ decimal: comma, map: [{ into: person, fields: { given_name: A } }] }",
           "{ date_order: dmy, map: [{ into: person, fields: { given_name: A } }] }",
           "{ map: [{ into: person, fields: { given_name: B } }] }",
           "{ map: [{ into: person, fields: { given_name: { value: A } } }] }",
           "{ map: [{ into: person, as: p, fields: { given_name: A } }] }",
           "{ map: [{ into: person, when: { T: P }, fields: { given_name: A } }] }",
           "{ map: [{ into: person, required: given_name, fields: { given_name: A } }] }",
           "{ map: [{ into: person, ext: { x: A }, fields: { given_name: A } }] }",
           "{ map: [{ into: person, fields: { given_name: A, emails: A } }] }",
           "{ map: [{ into: person, fields: { given_name: A } }, { into: note }] }",
       }) {
    EXPECT_NE(mapping_text_of(other), base) << other;
  }
  HubConfig config = example();
  const std::string polish = mapping_text(config.sources[0].streams[0], config.sources[0]);
  config.sources[0].country = "CZ";
  EXPECT_NE(mapping_text(config.sources[0].streams[0], config.sources[0]), polish);
}

TEST(MappingText, IsTheSameForOtherWordsOfTheSameMapping) {
  EXPECT_EQ(mapping_text_of("{ map: [{ into: person, when: { B: x, A: [y, z] },"
                            " fields: { given_name: G, family_name: F, emails: [M] } }] }"),
            mapping_text_of("{ blank: ignore, map: [{ as: person, when: { A: [z, y], B: [x] },"
                            " fields: { emails: { from: M }, family_name: F, given_name: { from: G"
                            " } }, into: person }] }"));
  HubConfig config = example();
  const std::string before = mapping_text(config.sources[0].streams[0], config.sources[0]);
  config.sources[0].trust = 1;
  config.sources[0].streams[0].transforms.clear();
  EXPECT_EQ(mapping_text(config.sources[0].streams[0], config.sources[0]), before);
}

}  // namespace
}  // namespace cdh
