// Sends JSON to somebody else's server.
#pragma once

#include <string>

#include "hub/config/reporting.hpp"

namespace cdh {

// POST of `json` with the target's headers; a user and password in its URL log in (Basic). Done when
// the answer is 2xx; another address that the server names is not followed. TLS is as tls_context
// says. All of it takes at most the target's timeout, see BoundedConnection. Throws Error(config) with
// the host and what happened; the rest of the address may be a secret.
void post_json(const HttpTarget& target, const std::string& json);

}  // namespace cdh
