// Who is at the keyboard.
#pragma once

#include <string>

namespace cdh {

// The login name as the system knows it, behind sudo that of the caller: what decisions and the
// audit log are signed with.
std::string user_name();

}  // namespace cdh
