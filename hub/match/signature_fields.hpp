// The fields of the customer model that signatures are made of.
#pragma once

#include "hub/model/entity.hpp"

namespace cdh {

struct SignatureFields {
  FieldId given, additional, family, native, suffix, gender, birth_date;
  FieldId org_name, legal_name, registration_id, tax_id, url;
  FieldId email, canonical, phone, e164;
  FieldId street, second_line, town, postal_code, country;
  FieldId id_system, id_type, id_value, is_unique;
};

// Looked up once.
const SignatureFields& signature_fields();

}  // namespace cdh
