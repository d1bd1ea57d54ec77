#include "hub/config/secret_mask.hpp"

#include <algorithm>
#include <mutex>

namespace cdh {

namespace {

constexpr std::size_t kShortestSecret = 4;

void collect(const Setting& setting, SecretMask& mask) {
  for (const std::string& secret : setting.secrets) mask.add(secret);
  for (const Setting& item : setting.items) collect(item, mask);
  for (const auto& [name, member] : setting.members) collect(member, mask);
}

}  // namespace

struct SecretMask::Shared {
  std::mutex mutex;
  std::vector<std::string> secrets;  // the longest first: one may be part of another
};

SecretMask::SecretMask() : shared_(std::make_shared<Shared>()) {}

SecretMask::SecretMask(std::initializer_list<std::string> secrets) : SecretMask() {
  for (const std::string& secret : secrets) add(secret);
}

SecretMask::SecretMask(const Setting& setting) : SecretMask() { collect(setting, *this); }

void SecretMask::add(std::string_view secret) {
  if (secret.size() < kShortestSecret) return;
  const std::lock_guard lock(shared_->mutex);
  std::vector<std::string>& secrets = shared_->secrets;
  secrets.emplace_back(secret);
  std::ranges::sort(secrets, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
}

std::string SecretMask::mask(std::string text) const {
  const std::lock_guard lock(shared_->mutex);
  for (const std::string& secret : shared_->secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
      text.replace(at, secret.size(), "***");
      at += 3;
    }
  }
  return text;
}

std::vector<std::string> SecretMask::secrets() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->secrets;
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
