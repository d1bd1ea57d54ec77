// Levels of agreement of mailboxes, phone numbers and identifiers.
#pragma once

#include "hub/match/match_field.hpp"
#include "hub/match/signature.hpp"
#include "hub/match/word_likeness.hpp"

namespace cdh {

// Never `shared`: who has a value is not known here. Symmetric; so below.
//
// A mailbox that is made of its owner's name says no more than the name: where only its digits and
// dots differ, it is how a namesake goes round an address that is taken.
Level compare_email(const WordLikeness& likeness, const Signature& a, const EmailFeature& of_a,
                    const Signature& b, const EmailFeature& of_b);

Level compare_phone(PhoneFeature a, PhoneFeature b);

// kMissing when the types differ.
Level compare_identifier(const Signature& a, const IdentifierFeature& of_a, const Signature& b,
                         const IdentifierFeature& of_b);

// Whether the name stands in a mailbox of the party: "jan.kowalski@" says "kowalski".
bool mailbox_says(const WordLikeness& likeness, const Signature& party,
                  std::span<const WordId> name);

}  // namespace cdh
