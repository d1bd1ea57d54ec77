// Configurations as text, and what parsing them ends with.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {

inline constexpr std::string_view kMinimal = "hub: { store: sqlite://c.db }\nsources: {}\n";

// A file with every section and most options.
inline constexpr std::string_view kExample = R"(
hub:
  store: sqlite://customers.db
  country: PL
  time_zone: Europe/Warsaw
  plugins: [/opt/acme/cdh-plugins, own]
sources:
  newsletter:
    connector: csv
    config: { path: newsletter.csv }
    trust: 60
    streams:
      newsletter:
        key: Member ID
        updated_at: LAST_CHANGED
        transforms:
          - { use: text, fields: [First Name], trim: true }
        map:
          - into: person
            fields: { emails: [Email Address], given_name: First Name, family_name: Last Name,
                      phones: [Phone] }
          - into: consent
            fields: { purpose: { value: newsletter }, status: MEMBER_STATUS }
  erp:
    connector: spreadsheet
    config: { path: erp.xlsx }
    country: DE
    streams:
      customers:
        key: [CUSTNO, BRANCH]
        mode: full
        blank: clear
        date_order: dmy
        decimal: comma
        map:
          - as: contact
            into: person
            when: { TYPE: P }
            fields: { family_name: NAME1, given_name: NAME2,
                      emails: [{ from: MAIL }, { from: MAIL2, type: work }] }
            required: [family_name]
            ext: { shoe_size: SHOE, origin: { value: erp } }
          - as: company
            into: organization
            when: { TYPE: [O, C] }
            fields: { name: NAME1, tax_id: TAXNO }
          - into: affiliation
            refs: { person: { as: contact }, organization: { as: company } }
      orders:
        key: ORDERNO
        map:
          - into: sales_order
            refs: { customer: { stream: customers, key: CUSTNO } }
            fields: { number: ORDERNO, order_date: DATE, total: TOTAL, currency: CUR }
match: auto
merge:
  default: [source_priority, most_recent, most_complete, pinned]
  fields: { email: [verified_first, most_recent] }
)";

// The lines of the error, each without the leading "hub.yaml:"; empty when there is none.
inline std::string faults_of(std::string_view yaml) {
  try {
    parse_hub_config(yaml, "hub.yaml");
    return {};
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::config) return "not an Error(config)";
    std::string text = "\n" + std::string(error.what());
    for (std::size_t at = 0; (at = text.find("\nhub.yaml:", at)) != text.npos; ++at) {
      text.erase(at + 1, std::string_view("hub.yaml:").size());
    }
    return text.substr(1);
  }
}

// A file with one source "crm" and one stream "people"; `stream` is the stream's YAML in flow
// style.
inline std::string with_stream(std::string_view stream) {
  return std::string(
             "hub: { store: sqlite://c.db }\nsources: { crm: { connector: csv, streams:\n") +
         "{ people: " + std::string(stream) + " } } }\n";
}

// The same with one item of `map` in line 3.
inline std::string with_mapping(std::string_view item) {
  return with_stream("{ map: [" + std::string(item) + "] }");
}

}  // namespace cdh
