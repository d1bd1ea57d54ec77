// What a steward pins, judged as strictly as a person at the keyboard can bear: a record with a bad
// phone number is kept for what else it says, a pin says nothing else.
#pragma once

#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/model/entity.hpp"

namespace cdh {

// The text to keep for a value of `field` (of the party, or a contact such as "email"): e-mail
// addresses and phones in canonical form, dates and the like as their column holds them. A blank
// value stays blank. Throws Error(config) that says what is expected, or which field was meant;
// also for days that cannot be (see fault_of_day), counts and amounts below nothing, and for a name such
// as "n/a", which ingest passes over.
//
//     pinned_value(config, person, "birth_date", "29.2.1984")   "1984-02-29"
//     pinned_value(config, person, "email", "rubbish")          throws
std::string pinned_value(const HubConfig& config, EntityId party, const std::string& field,
                         const std::string& value);

}  // namespace cdh
