#include "hub/config/secret_mask.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::size_t kShortestSecret = 4;

void collect(const Setting& setting, SecretMask& mask) {
  for (const std::string& secret : setting.secrets) mask.add(secret);
  for (const Setting& item : setting.items) collect(item, mask);
  for (const auto& [name, member] : setting.members) collect(member, mask);
}

// libpq takes a password as a parameter as well: ?password=...&
constexpr std::string_view kPasswordParameter = "password=";

std::vector<std::string_view> passwords_in(std::string_view url) {
  std::vector<std::string_view> passwords;
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return passwords;
  const std::size_t at = url.rfind('@');
  const std::size_t colon = url.find(':', scheme + 3);
  if (at != url.npos && colon < at) passwords.push_back(url.substr(colon + 1, at - colon - 1));
  for (std::size_t found = url.find(kPasswordParameter); found != url.npos;
       found = url.find(kPasswordParameter, found + 1)) {
    const std::size_t begin = found + kPasswordParameter.size();
    passwords.push_back(url.substr(begin, std::min(url.find('&', begin), url.size()) - begin));
  }
  return passwords;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* digits = text.data() + i + 1;
    const bool is_code = text[i] == '%' && i + 2 < text.size() &&
                         std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
    out += is_code ? static_cast<char>(byte) : text[i];
    if (is_code) i += 2;
  }
  return out;
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

void SecretMask::add_texts(const Setting& setting) {
  add(setting.text);
  for (const Setting& item : setting.items) add_texts(item);
  for (const auto& [name, member] : setting.members) add_texts(member);
}

void SecretMask::add_named_secrets(const Setting& setting) {
  for (const Setting& item : setting.items) add_named_secrets(item);
  for (const auto& [name, member] : setting.members) {
    if (name == "headers") {
      for (const auto& [header, value] : member.members) add_header(value.text);
    } else if (is_named_secret(name)) {
      add_texts(member);
    } else {
      add_named_secrets(member);
    }
  }
}

// "Bearer WORD": the word alone is the secret.
void SecretMask::add_header(std::string_view value) {
  add(value);
  const std::size_t space = value.rfind(' ');
  if (space != value.npos) add(value.substr(space + 1));
}

void SecretMask::add_url_password(std::string_view url) {
  for (const std::string_view password : passwords_in(url)) {
    add(password);
    add(percent_decoded(password));
  }
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

bool is_named_secret(std::string_view key) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "password", "passwd",  "passphrase",  "secret",
      "token",    "api_key", "private_key", "authorization"};
  std::string name = ascii_lower(key);
  std::ranges::replace(name, '-', '_');
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return name.find(word) != name.npos; });
}

std::string masked_store_url(const std::string& url) {
  std::string masked = url;
  const std::size_t scheme = masked.find("://");
  if (scheme == std::string::npos) return masked;
  for (std::size_t at = masked.find(kPasswordParameter); at != std::string::npos;
       at = masked.find(kPasswordParameter, at + kPasswordParameter.size())) {
    const std::size_t begin = at + kPasswordParameter.size();
    const std::size_t end = std::min(masked.find('&', begin), masked.size());
    masked.replace(begin, end - begin, "***");
  }
  const std::size_t at = masked.rfind('@');
  const std::size_t colon = masked.find(':', scheme + 3);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return masked;
  return masked.substr(0, colon + 1) + "***" + masked.substr(at);
}

}  // namespace cdh
