// Sends a mail by SMTP (RFC 5321).
#pragma once

#include <string>
#include <vector>

#include "hub/config/reporting.hpp"

namespace cdh {

// One mail in plain text, UTF-8, to all of `mail.to`. Where the server's address asks for TLS, it is
// spoken before anything is said that matters, as post_json speaks it. All of it takes at most the
// mail's timeout, see BoundedConnection. It is sent when the server has taken it for one of them, even
// if that says nothing more. Returns those that the server refused, each with its answer. Throws
// Error(config) with the host and what happened when nobody is sent it.
std::vector<std::string> send_mail(const MailConfig& mail, const std::string& subject,
                                   const std::string& text);

}  // namespace cdh
