// How the hub itself speaks TLS, as a client.
#pragma once

#include <filesystem>

#include <Poco/Net/Context.h>

namespace cdh {

// TLS 1.2 and later. The server must have a certificate for its name, signed by an authority of
// `ca_file` (PEM) or, without one, of those that this machine trusts. Throws Poco::Exception when the
// file cannot be read.
Poco::Net::Context::Ptr tls_context(const std::filesystem::path& ca_file);

}  // namespace cdh
