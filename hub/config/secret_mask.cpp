#include "hub/config/secret_mask.hpp"

#include <algorithm>

namespace cdh {

namespace {

constexpr std::size_t kShortestSecret = 4;

void collect(const Setting& setting, std::vector<std::string>& out) {
  for (const std::string& secret : setting.secrets) {
    if (secret.size() >= kShortestSecret) out.push_back(secret);
  }
  for (const Setting& item : setting.items) collect(item, out);
  for (const auto& [name, member] : setting.members) collect(member, out);
}

// The longest first: one may be part of another.
void put_in_order(std::vector<std::string>& secrets) {
  std::ranges::sort(secrets, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
}

}  // namespace

std::vector<std::string> secrets_in(const Setting& setting) {
  std::vector<std::string> secrets;
  collect(setting, secrets);
  put_in_order(secrets);
  return secrets;
}

void add_secret(std::vector<std::string>& secrets, std::string_view secret) {
  if (secret.size() < kShortestSecret) return;
  secrets.emplace_back(secret);
  put_in_order(secrets);
}

std::string mask_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), "***");
      at += 3;
    }
  }
  return text;
}

std::string masked_store_url(const std::string& url) {
  std::string masked = url;
  const std::size_t scheme = masked.find("://");
  if (scheme == std::string::npos) return masked;
  // libpq takes it as a parameter as well: ?password=...&
  static constexpr std::string_view kParameter = "password=";
  for (std::size_t at = masked.find(kParameter); at != std::string::npos;
       at = masked.find(kParameter, at + kParameter.size())) {
    const std::size_t begin = at + kParameter.size();
    const std::size_t end = std::min(masked.find('&', begin), masked.size());
    masked.replace(begin, end - begin, "***");
  }
  const std::size_t at = masked.rfind('@');
  const std::size_t colon = masked.find(':', scheme + 3);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return masked;
  return masked.substr(0, colon + 1) + "***" + masked.substr(at);
}

}  // namespace cdh
