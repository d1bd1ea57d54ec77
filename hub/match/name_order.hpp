// Which end of a whole name is the family name. Nobody can tell that of one name in one field, but a
// source writes all its names one way, and those of relatives agree at the end that is the family's:
//
//     Nagy Péter, Nagy Katalin      at one address: family_first
//     Peter Smith, Catherine Smith  given_first
//
// The words decide nothing, so that this holds for every language.
#pragma once

#include <cstdint>
#include <map>
#include <span>

#include "hub/match/signature.hpp"
#include "hub/match/vocabulary.hpp"

namespace cdh {

enum class NameOrder : std::uint8_t { given_first, family_first };

// By PartyIdentity::source. The order of a source that is not here is not known: its names keep
// Signature::may_be_reversed.
using NameOrders = std::map<std::uint32_t, NameOrder>;

// From pairs of one source who share a mailbox, phone number or house and whose names agree at one end only.
// Nothing is learnt of a source where these pairs are few, speak for both orders, or are no more than
// colleagues with the same given name: of those who share an address, most do not share a name.
// Does not depend on the order of the parties.
NameOrders learn_name_orders(std::span<const Signature> signatures, const Vocabulary& vocabulary);

// Puts given and family name of the parties that may_be_reversed to their places where the order of
// their source is known. Of a name that begins with the family name that is the first word, with
// the particles before it.
void settle_name_orders(const NameOrders& orders, std::span<Signature> signatures,
                        Vocabulary& vocabulary);

}  // namespace cdh
