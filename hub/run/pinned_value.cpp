#include "hub/run/pinned_value.hpp"

#include <cctype>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/normalize/email.hpp"
#include "hub/normalize/field.hpp"
#include "hub/normalize/identifier.hpp"
#include "hub/normalize/instant.hpp"
#include "hub/normalize/phone.hpp"
#include "hub/normalize/placeholder.hpp"
#include "hub/normalize/possible_day.hpp"

namespace cdh {

namespace {

[[noreturn]] void refuse(const std::string& field, const std::string& problem) {
  throw Error(ErrorKind::config, field + ": " + problem);
}

std::string pinned_email(const std::string& field, const std::string& text) {
  auto canonical = normalize_email(text);
  if (!canonical) {
    refuse(field, "\"" + text + "\" is not an e-mail address; write it as name@host.example");
  }
  return *std::move(canonical);
}

// A number with an extension stays as given: E.164 has no place for it.
std::string pinned_phone(const std::string& field, std::string text, const std::string& country) {
  PhoneNormalizer phones;
  auto phone = phones.normalize(text, country);
  if (!phone || !phone->valid) {
    refuse(field, "\"" + text +
                      "\" is not a phone number that exists; write it with its country code, such "
                      "as +48 601 234 567");
  }
  return phone->extension.empty() ? std::move(phone->e164) : std::move(text);
}

// A number of another country begins with its letters, and its check digit is not known here.
void require_check_digit(const std::string& field, const std::string& text,
                         const std::string& country) {
  if (field != "tax_id" && field != "registration_id") return;
  const bool is_own =
      text.starts_with(country) || std::isdigit(static_cast<unsigned char>(text[0]));
  if (is_own && normalize_identifier(field, text, country).checksum == Checksum::bad) {
    refuse(field, "\"" + text + "\" has a wrong check digit for " + country +
                      "; put the letters of its country before a number of another country");
  }
}

bool is_name(FieldKind kind) {
  return kind == FieldKind::person_name || kind == FieldKind::full_name ||
         kind == FieldKind::org_name;
}

const FieldSpec& field_named(EntityId party, const std::string& field) {
  if (const FieldId id = find_field(party, field); id != kNoField) return entity(party).fields[id];
  const EntityId contact = find_entity(field);
  if (contact == kNoEntity || entity(contact).role != EntityRole::contact) {
    const bool is_person = party == known_entities().person;
    throw Error(ErrorKind::config, std::string(is_person ? "a person" : "an organization") +
                                       " has no field \"" + field + "\"" +
                                       suggestion(field, field_names(party)));
  }
  return entity(contact).fields[find_field(contact, entity(contact).value_field)];
}

}  // namespace

std::string pinned_value(const HubConfig& config, EntityId party, const std::string& field,
                         const std::string& value) {
  const FieldSpec& spec = field_named(party, field);
  const FieldContext context = usual_context(config.country, config.time_zone);
  FieldResult result = normalize_field(spec.kind, text_value(value), context);
  if (!result.problem.empty()) refuse(field, result.problem);
  if (result.text.empty()) return {};
  if (is_name(spec.kind) && is_placeholder(spec.kind, result.text)) {
    refuse(field, "\"" + result.text +
                      "\" stands where nothing is known; an empty value takes the pin away");
  }
  if (spec.kind == FieldKind::email) return pinned_email(field, result.text);
  if (spec.kind == FieldKind::phone) {
    return pinned_phone(field, std::move(result.text), config.country);
  }
  if (std::string fault = fault_of_day(spec, result.text, day_in(now_micros(), config.time_zone));
      !fault.empty()) {
    refuse(field, fault);
  }
  if ((spec.kind == FieldKind::integer || spec.kind == FieldKind::amount) &&
      result.text.starts_with('-')) {
    refuse(field, result.text + " is less than nothing");
  }
  if (spec.kind == FieldKind::identifier) require_check_digit(field, result.text, config.country);
  return std::move(result.text);
}

}  // namespace cdh
