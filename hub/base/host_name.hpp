// Which machine this is.
#pragma once

#include <string>

namespace cdh {

// As the system has it; "localhost" when it has none.
std::string host_name();

}  // namespace cdh
