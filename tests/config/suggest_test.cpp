#include "hub/config/suggest.hpp"

#include <gtest/gtest.h>

#include "hub/config/field_words.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {
namespace {

HubConfig parse_suggestion(const std::vector<SuggestedStream>& streams) {
  return parse_hub_config("hub: { store: sqlite://c.db }\nsources:\n  crm:\n    connector: csv\n" +
                              suggest_mapping("crm", streams),
                          "hub.yaml");
}

TEST(FieldWords, KnowsTheWordsOfFourLanguages) {
  struct Case {
    std::string_view name, field;
  };
  for (const Case& c : std::initializer_list<Case>{
           {"E-mail", "emails"},
           {"Email Address", "emails"},
           {"Adres e-mail", "emails"},
           {"MAIL2", "emails"},
           {"customer_email", "emails"},
           {"电子邮箱", "emails"},
           {"Telefon", "phones"},
           {"Phone 1", "phones"},
           {"Telefon komórkowy", "phones"},
           {"手机", "phones"},
           {"Imię", "given_name"},
           {"IMIĘ", "given_name"},
           {"firstName", "given_name"},
           {"Vorname", "given_name"},
           {"Nazwisko", "family_name"},
           {"Nachname", "family_name"},
           {"姓名", "native_name"},
           {"DOB", "birth_date"},
           {"Data urodzenia", "birth_date"},
           {"出生日期", "birth_date"},
           {"Płeć", "gender"},
           {"NIP", "tax_id"},
           {"USt-IdNr.", "tax_id"},
           {"Nazwa firmy", "name"},
           {"PESEL", "identifiers"},
           {"Kod pocztowy", "postal_code"},
           {"PLZ", "postal_code"},
           {"Straße", "street_address"},
           {"Miasto", "address_locality"},
           {"billing_city", "address_locality"},
           {"Województwo", "address_region"},
           {"Numer zamówienia", "number"},
           {"Währung", "currency"},
           {"shoe size", ""},
           {"email_opt_in", ""},
           {"valid", ""},
           {"", ""},
           {"123", ""},
       }) {
    EXPECT_EQ(guess_field(c.name).field, c.field) << c.name;
  }
}

TEST(Suggest, WritesACommentedMapping) {
  EXPECT_EQ(suggest_mapping("crm", {{"people",
                                     {{"Member ID", {}},
                                      {"Imię", {}},
                                      {"Nazwisko", {}},
                                      {"E-mail", {"a@x.pl", ""}},
                                      {"KONTAKT", {"b@y.pl"}},
                                      {"Telefon", {}},
                                      {"PESEL", {}},
                                      {"Kod pocztowy", {}},
                                      {"Miasto", {}},
                                      {"DOB", {"01.02.1990"}},
                                      {"Signed up", {"2020-01-02 10:00"}},
                                      {"Shoe: size", {"42"}}},
                                     {}}}),
            R"(    # Paste below crm in hub.yaml. Guessed from names and samples: check it first.
    streams:
      people:
        key: Member ID
        map:
          - into: person
            fields:
              given_name: Imię
              family_name: Nazwisko
              birth_date: DOB
              emails: [E-mail, KONTAKT]
              phones: [Telefon]
              identifiers: { id_type: PESEL, from: PESEL, is_unique: true }
              postal_code: Kod pocztowy
              address_locality: Miasto
        # not mapped: Signed up (looks like dates)
        # not mapped: "Shoe: size"
)");
}

TEST(Suggest, TellsPersonsCompaniesAndOrders) {
  struct Case {
    std::vector<std::string> fields;
    std::string entities;
  };
  for (const Case& c : std::initializer_list<Case>{
           {{"Name", "NIP", "Telefon"}, "organization"},
           {{"Name", "Telefon"}, "person"},
           {{"Email"}, "person"},
           {{"First Name", "Company", "Email"}, "person organization affiliation"},
           {{"Order No", "Order date", "Total"}, "sales_order"},
           {{"Order No", "Total", "Email"}, "person sales_order"},
           {{"X", "Y"}, ""},
       }) {
    SuggestedStream stream{"s", {}, {}};
    for (const std::string& field : c.fields) stream.fields.push_back({field, {}});
    std::string entities;
    const HubConfig config = parse_suggestion({stream});
    for (const EntityMapping& mapping : config.sources[0].streams[0].map) {
      entities += (entities.empty() ? "" : " ") + std::string(entity(mapping.entity).name);
    }
    EXPECT_EQ(entities, c.entities);
  }
}

TEST(Suggest, SamplesSpeakAgainstAName) {
  const std::string text =
      suggest_mapping("crm", {{"s", {{"Email", {"yes", "no"}}, {"DOB", {"unknown"}}}, {}}});
  EXPECT_EQ(text.find("emails:"), std::string::npos);
  EXPECT_EQ(text.find("birth_date:"), std::string::npos);
}

TEST(Suggest, ParsesWhateverTheNamesAre) {
  const std::vector<std::string> names = {"a: b",
                                          "# x",
                                          "'quoted' email",
                                          "- phone",
                                          "[city]",
                                          "${env:HOME} email",
                                          "tab\temail",
                                          "null",
                                          "line\nemail",
                                          "",
                                          "\xE7\x8E\x8B 邮箱",
                                          "{zip}",
                                          "*street",
                                          "&state",
                                          "%country",
                                          "@mobile",
                                          "email\\",
                                          "\xC2\x85 email",
                                          "~",
                                          "true"};
  SuggestedStream stream{"Zażółć Gęślą", {}, {"a: b", ""}};
  for (const std::string& name : names) stream.fields.push_back({name, {}});
  SuggestedStream twin = stream;
  twin.name = "zażółć gęślą";
  const HubConfig config = parse_suggestion({stream, twin, {"", {}, {}}, {"orders", {}, {}}});
  ASSERT_EQ(config.sources[0].streams.size(), 4U);
  EXPECT_EQ(config.sources[0].streams[0].key, std::vector<std::string>{"a: b"});
  EXPECT_EQ(config.sources[0].streams[3].name, "orders");
  std::vector<std::string> emails;
  for (const ContactMapping& contact : config.sources[0].streams[0].map.at(0).contacts) {
    if (contact.entity == known_entities().email) emails.push_back(contact.fields[0].value.from);
  }
  EXPECT_EQ(emails, (std::vector<std::string>{"'quoted' email", "${env:HOME} email", "tab\temail",
                                              "line\nemail", "\xE7\x8E\x8B 邮箱", "email\\",
                                              "\xC2\x85 email"}));
  EXPECT_TRUE(parse_suggestion({}).sources[0].streams.empty());
}

}  // namespace
}  // namespace cdh
