// Finding customers by whatever a person types.
#pragma once

#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/store/profile_finding.hpp"

namespace cdh {

// By profile id, e-mail address or phone number in any spelling, a number by which another system
// knows the customer, a record ("1001", "shop:1001", "shop/orders/1001"), or a name: every word
// somewhere in it, in any order, case, with or without diacritics, in another script in Latin
// letters (pinyin too). Chinese characters find themselves. At most `most`, the best fitting kind
// first, and last those that only a name of one of their records finds (ProfileSummary::found_as). What a
// profile shows as an address or number finds it, also where it is none.
std::vector<ProfileSummary> search_profiles(Database& database, const HubConfig& config,
                                            const std::string& text, std::size_t most);

}  // namespace cdh
