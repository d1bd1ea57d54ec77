// What a customer is called on a page or in a list.
#pragma once

#include <string>

#include "hub/merge/survivorship.hpp"

namespace cdh {

// A person's given and family name ("Anna Nowak"; Chinese characters family name first, without a
// blank), else the native name; an organisation's name, else its legal name; failing these the
// first e-mail address or phone number; else blank.
std::string display_name_of(const GoldenProfile& profile);

}  // namespace cdh
