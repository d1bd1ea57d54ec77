// Sends a mail by SMTP (RFC 5321).
#pragma once

#include <string>

#include "hub/config/reporting.hpp"

namespace cdh {

// One mail in plain text, UTF-8, to all of `mail.to`. Where the server's address asks for TLS, it is
// spoken before anything is said that matters, as post_json speaks it. All of it takes at most the
// mail's timeout, see BoundedConnection. Throws Error(config) with the host and what happened.
void send_mail(const MailConfig& mail, const std::string& subject, const std::string& text);

}  // namespace cdh
