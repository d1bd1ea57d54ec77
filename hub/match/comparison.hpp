// Why two parties are the same customer: exact values in common, corroborated by a name.
//
// The rules, strongest first. A crowded value (see blocking.hpp) speaks for nothing.
//   unique_identifier    a number that names one party in the world
//   email_and_name       the mailbox; the given names agree, even as initials or after a marriage
//   identifier_and_name  any other number; names as for the mailbox, or the birth date agrees
//   birth_and_name       birth date and postal code, street or town; given and family names agree
//   phone_and_name       given and family names agree, birth dates do not differ: families and
//                        offices share phones. An initial, or another family name, will do with
//                        equal dates
//   web_page_and_name, domain_and_name, address_and_name
//                        organisations: the names agree, or partly, with a second value in common
//   email_alone          the mailbox, one of the two has no name at all, and no identifiers of one
//                        type differ
//   name_alone           organisations: a long name that no two with different addresses or
//                        numbers have
//
// Against any of them speak contradictions: see contradict().
#pragma once

#include <optional>
#include <string>

#include "hub/match/blocking.hpp"
#include "hub/match/name_agreement.hpp"
#include "hub/match/signature.hpp"

namespace cdh {

// From weakest to strongest. Stored by name_of, not by number.
enum class LinkRule : std::uint8_t {
  name_alone,
  email_alone,
  address_and_name,
  domain_and_name,
  web_page_and_name,
  phone_and_name,
  birth_and_name,
  identifier_and_name,
  email_and_name,
  unique_identifier,
  decision,  // a steward's "always together"
};

// "email_and_name"
std::string_view name_of(LinkRule rule);

struct LinkReason {
  LinkRule rule = LinkRule::name_alone;
  NameAgreement names = NameAgreement::unknown;

  friend bool operator==(const LinkReason&, const LinkReason&) = default;
};

// "same e-mail address, similar name"
std::string describe(const LinkReason& reason);

// Whether the reason `a` is weaker than `b`.
bool is_weaker(const LinkReason& a, const LinkReason& b);

// The strongest reason why the two are one customer, or nothing. Symmetric. Never links a person
// with an organisation. `contested` values are too little for email_alone and name_alone: link.hpp.
std::optional<LinkReason> compare(const Signature& a, const Signature& b, const KeySet& crowded,
                                  const KeySet& contested = {});

// Whether two organisations of one name are at different addresses, or have different numbers: a
// chain, or namesakes. Symmetric.
bool are_namesakes(const Signature& a, const Signature& b);

// Whether the two cannot be one customer:
// - different numbers of a kind of which everybody has one;
// - senior and junior;
// - given names of two people; different sex and another first given name, even a nickname;
// - birth dates apart by more than day and month exchanged, an unknown day, or one mistyped digit,
//   unless the given names agree and the years are less than a generation apart.
// With a unique identifier in common only birth date and name together contradict. Symmetric.
bool contradict(const Signature& a, const Signature& b, const KeySet& crowded);

}  // namespace cdh
