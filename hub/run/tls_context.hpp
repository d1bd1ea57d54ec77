// How the hub itself speaks TLS, as a client.
#pragma once

#include <Poco/Net/Context.h>

namespace cdh {

// TLS 1.2 and later. The server must have a certificate for its name that this machine trusts.
Poco::Net::Context::Ptr tls_context();

}  // namespace cdh
