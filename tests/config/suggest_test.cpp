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

// The field, or else what becomes of one that is none; "organization name" tells it from a person's.
std::string target(std::string_view name) {
  const FieldGuess guess = guess_field(name);
  const std::string field(guess.field);
  switch (guess.place) {
    case FieldPlace::key:
      return "key";
    case FieldPlace::updated_at:
      return "updated_at";
    case FieldPlace::any_name:
      return "any name";
    case FieldPlace::whole_name:
      return field.empty() ? "split" : "split " + field;
    case FieldPlace::organization:
      return field == "name" ? "organization name" : field;
    default:
      return field;
  }
}

struct Column {
  std::string_view name, target;
};

constexpr Column kCommonExports[] = {
    // Polish
    {"Imię", "given_name"},
    {"Nazwisko", "family_name"},
    {"Imię i nazwisko", "split"},
    {"Nazwisko i imię", "split family_first"},
    {"Nazwa", "organization name"},
    {"Ulica", "street_address"},
    {"Nr domu", "house"},
    {"Nr lokalu", "flat"},
    {"Kod", "postal_code"},
    {"Kod pocztowy", "postal_code"},
    {"Miasto", "address_locality"},
    {"Miejscowość", "address_locality"},
    {"Województwo", "address_region"},
    {"Kraj", "address_country"},
    {"Telefon służbowy", "phones"},
    {"Stanowisko", "job_title"},
    {"Kod klienta", "key"},
    // German
    {"Vor- und Nachname", "split"},
    {"Nachname, Vorname", "split family_first"},
    {"Hausnummer", "house"},
    {"Straße und Hausnummer", "street_address"},
    {"Adresszusatz", "address_line2"},
    {"PLZ", "postal_code"},
    {"PLZ/Ort", ""},
    {"Ort", "address_locality"},
    {"Land", "address_country"},
    {"Mobiltelefon", "phones"},
    {"Rechnungsadresse", "street_address"},
    // Chinese
    {"姓名", "split"},
    {"手机号码", "phones"},
    {"地址", "street_address"},
    {"收货地址", "street_address"},
    {"省", "address_region"},
    {"城市", "address_locality"},
    {"邮编", "postal_code"},
    {"职位", "job_title"},
    // Mailchimp
    {"Email Address", "emails"},
    {"Address", "street_address"},
    {"Phone Number", "phones"},
    {"LAST_CHANGED", "updated_at"},
    {"OPTIN_IP", ""},
    // HubSpot
    {"Record ID", "key"},
    {"Street Address", "street_address"},
    {"State/Region", "address_region"},
    {"Country/Region", "address_country"},
    {"Website URL", "url"},
    {"Job Title", "job_title"},
    {"Last Modified Date", "updated_at"},
    // Salesforce
    {"Full Name", "split"},
    {"MobilePhone", "phones"},
    {"MailingStreet", "street_address"},
    {"Mailing State/Province", "address_region"},
    {"Mailing Zip/Postal Code", "postal_code"},
    {"Account Name", "organization name"},
    {"Estate", ""},
    // SAP
    {"KUNNR", "key"},
    {"NAME1", "any name"},
    {"STRAS", "street_address"},
    {"PSTLZ", "postal_code"},
    {"ORT01", "address_locality"},
    {"LAND1", "address_country"},
    {"TELF1", "phones"},
    {"STCEG", "tax_id"},
    {"SMTP_ADDR", "emails"},
    // Shopify
    {"Default Address Address1", "street_address"},
    {"Default Address Address2", "address_line2"},
    {"Default Address Zip", "postal_code"},
    {"Default Address Province Code", "address_region"},
    {"Subtotal", ""},
    {"Total", "total"},
    {"Total Spent", ""},
    // WooCommerce
    {"billing_first_name", "given_name"},
    {"billing_address_1", "street_address"},
    {"billing_address_2", "address_line2"},
    {"billing_postcode", "postal_code"},
    {"billing_city", "address_locality"},
    {"order_total", "total"},
    // Google Contacts
    {"Phonetic First Name", ""},
    {"Name Prefix", "honorific_prefix"},
    {"E-mail 1 - Value", "emails"},
    {"E-mail 1 - Label", ""},
    {"Phone 1 - Value", "phones"},
    {"Address 1 - Street", "street_address"},
    {"Address 1 - City", "address_locality"},
    {"Organization 1 - Name", "organization name"},
    // Outlook
    {"E-mail 2 Address", "emails"},
    {"E-mail Display Name", ""},
    {"Business Street 2", "address_line2"},
    {"Business Country/Region", "address_country"},
    {"Business Fax", ""},
    {"Home Postal Code", "postal_code"},
    {"Web Page", "url"},
    // What only ends alike
    {"IP Address", ""},
    {"Capacity", ""},
    {"Automobil", ""},
    {"Name and surname", "split"},
};

TEST(FieldWords, KnowsTheColumnsOfCommonExports) {
  for (const Column& column : kCommonExports) {
    EXPECT_EQ(target(column.name), column.target) << column.name;
  }
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

TEST(Suggest, SplitsAWholeNameAndJoinsAStreet) {
  EXPECT_EQ(suggest_mapping("crm", {{"people",
                                     {{"Nr", {}},
                                      {"Imię i nazwisko", {}},
                                      {"Firma", {}},
                                      {"Stanowisko", {}},
                                      {"Ulica", {}},
                                      {"Nr domu", {}},
                                      {"Nr lokalu", {}},
                                      {"Kod", {}}},
                                     {"Nr"}}}),
            R"(    # Paste below crm in hub.yaml. Guessed from names and samples: check it first.
    streams:
      people:
        key: Nr
        transforms:
          - { use: split, field: Imię i nazwisko, kind: name }
          - { use: derive, into: street_address, join: [Ulica, Nr domu, Nr lokalu] }
        map:
          - into: person
            fields:
              given_name: given_name
              family_name: family_name
              street_address: street_address
              postal_code: Kod
          - into: organization
            fields:
              name: Firma
          - into: affiliation
            fields:
              job_title: Stanowisko
            refs: { person: { as: person }, organization: { as: organization } }
)");
}

TEST(Suggest, AWholeNameIsLeftWhereItsPartsAreThere) {
  const auto suggested = [](const std::vector<std::string>& names) {
    SuggestedStream stream{"s", {}, {"k"}};
    for (const std::string& name : names) stream.fields.push_back({name, {}});
    return suggest_mapping("crm", {stream});
  };
  EXPECT_NE(suggested({"Full Name", "First Name", "Last Name"}).find("not mapped: Full Name"),
            std::string::npos);
  EXPECT_NE(suggested({"Name", "Vorname"}).find("family_name: Name"), std::string::npos);
  EXPECT_NE(suggested({"Name", "Telefon"}).find("use: split, field: Name, kind: name }"),
            std::string::npos);
  EXPECT_NE(suggested({"Nazwisko i imię"}).find("order: family_first }"), std::string::npos);
}

// A house's number without its street, a job without a company, a second key.
TEST(Suggest, EveryFieldIsMappedOrNamed) {
  const std::string text = suggest_mapping(
      "crm",
      {{"s", {{"Customer ID", {}}, {"Record ID", {}}, {"Nr domu", {}}, {"Job Title", {}}}, {}}});
  for (const char* name : {"Record ID", "Nr domu", "Job Title"}) {
    EXPECT_NE(text.find("# not mapped: " + std::string(name) + "\n"), std::string::npos) << text;
  }
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
