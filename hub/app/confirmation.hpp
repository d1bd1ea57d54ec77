// Asking before something is done that cannot be taken back.
#pragma once

#include <string>

namespace cdh {

// "Remove all records of shop?" Whether the answer is yes. Throws Error(config) that names --yes where
// nobody sits at a terminal; `doing`: "to remove shop".
bool is_confirmed(const std::string& question, const std::string& doing);

}  // namespace cdh
