// E-mail addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdh {

// The address in lower case, its domain in ASCII (IDNA 2008 by UTS #46); nothing when the text is
// no address. Understands what people paste: blanks, "mailto:", "Ann Lee <ann@x.org>", a closing
// comma or semicolon. Limits of RFC 5321: 64 bytes before the @, 254 in all. Quoted local parts and
// addresses at an IP number are refused.
//
//     normalize_email("Ann Lee <Ann.Lee@BÜRO.example>")  "ann.lee@xn--bro-hoa.example"
//
// RFC 5321 lets a host tell cases apart before the @; none that matters does.
std::optional<std::string> normalize_email(std::string_view text);

// Whether the mailbox belongs to a role and not to a person: info@, biuro@, sales@. `canonical` is
// as normalize_email gives it; so below.
bool is_role_mailbox(std::string_view canonical);

// Whether anybody can have a mailbox at the domain: gmail.com, wp.pl, qq.com. Only the providers with
// many customers are known.
bool is_public_provider(std::string_view domain);

// What the same mailbox's other spellings have in common: without "+tag" at providers that ignore
// it, and without dots at Gmail. Everywhere else the address itself.
std::string match_form(std::string_view canonical);

}  // namespace cdh
