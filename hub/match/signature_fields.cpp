#include "hub/match/signature_fields.hpp"

namespace cdh {

const SignatureFields& signature_fields() {
  static const SignatureFields known = [] {
    const KnownEntities& is = known_entities();
    return SignatureFields{
        .given = find_field(is.person, "given_name"),
        .additional = find_field(is.person, "additional_name"),
        .family = find_field(is.person, "family_name"),
        .native = find_field(is.person, "native_name"),
        .suffix = find_field(is.person, "honorific_suffix"),
        .gender = find_field(is.person, "gender"),
        .birth_date = find_field(is.person, "birth_date"),
        .org_name = find_field(is.organization, "name"),
        .legal_name = find_field(is.organization, "legal_name"),
        .registration_id = find_field(is.organization, "registration_id"),
        .tax_id = find_field(is.organization, "tax_id"),
        .url = find_field(is.organization, "url"),
        .email = find_field(is.email, "value"),
        .canonical = find_field(is.email, "canonical"),
        .phone = find_field(is.phone, "value"),
        .e164 = find_field(is.phone, "e164"),
        .street = find_field(is.postal_address, "street_address"),
        .second_line = find_field(is.postal_address, "address_line2"),
        .town = find_field(is.postal_address, "address_locality"),
        .postal_code = find_field(is.postal_address, "postal_code"),
        .country = find_field(is.postal_address, "address_country"),
        .id_system = find_field(is.external_identifier, "system"),
        .id_type = find_field(is.external_identifier, "id_type"),
        .id_value = find_field(is.external_identifier, "id_value"),
        .is_unique = find_field(is.external_identifier, "is_unique"),
    };
  }();
  return known;
}

}  // namespace cdh
