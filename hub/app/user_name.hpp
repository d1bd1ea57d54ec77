// Who is at the keyboard.
#pragma once

#include <string>

namespace cdh {

// The login name, also behind sudo: what decisions and the audit log are signed with.
std::string user_name();

}  // namespace cdh
