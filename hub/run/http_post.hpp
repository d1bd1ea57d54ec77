// Sends JSON to somebody else's server.
#pragma once

#include <string>

#include "hub/config/reporting.hpp"

namespace cdh {

// POST of `json` with the target's headers. Done when the answer is 2xx; another address that the
// server names is not followed. TLS of 1.2 and later, with a certificate for that host that this
// machine trusts. Connecting, sending and each wait for an answer take at most `timeout_s`. Throws
// Error(config) with the host and what happened; the rest of the address may be a secret.
void post_json(const HttpTarget& target, const std::string& json, int timeout_s);

}  // namespace cdh
