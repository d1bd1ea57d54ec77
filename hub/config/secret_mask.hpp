// Keeps what ${env:...} and ${file:...} stand for out of everything that is shown or kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/config/setting.hpp"

namespace cdh {

// All secrets below the setting, each once. One of fewer than four bytes is none: hiding "PL" would
// hide half of every message.
std::vector<std::string> secrets_in(const Setting& setting);

// Adds one more to what secrets_in() gave, unless it is too short to be one.
void add_secret(std::vector<std::string>& secrets, std::string_view secret);

// The text with "***" for each secret.
std::string mask_secrets(std::string text, const std::vector<std::string>& secrets);

// A store's URL without its password, for messages.
std::string masked_store_url(const std::string& url);

}  // namespace cdh
