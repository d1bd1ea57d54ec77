// Keeps secrets out of everything that is shown or kept: what ${env:...}, ${file:...} and
// ${credential:...} stand for, and what hub.yaml says of a password or the like in so many words.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config/setting.hpp"

namespace cdh {

// The one gate for text that leaves. Copies share their secrets: one that a plugin was handed during
// the run is masked everywhere from then on. Thread-safe.
class SecretMask {
 public:
  SecretMask();
  SecretMask(std::initializer_list<std::string> secrets);
  // All secrets below the setting: what references stood for.
  explicit SecretMask(const Setting& setting);

  // One of fewer than four bytes is none: hiding "PL" would hide half of every message.
  void add(std::string_view secret);
  // Every text below the setting, whether it came from a reference or stands in the file.
  void add_texts(const Setting& setting);
  // Likewise of the members with names such as `password`, and of all `headers`.
  void add_named_secrets(const Setting& setting);
  // The password in a URL, as it stands there and decoded.
  void add_url_password(std::string_view url);

  // The text with "***" for each secret.
  std::string mask(std::string text) const;

  // Each once, the longest first.
  std::vector<std::string> secrets() const;

 private:
  void add_header(std::string_view value);

  struct Shared;
  std::shared_ptr<Shared> shared_;
};

// Whether a setting of this name holds a secret: "password", "api_key", "X-Api-Key".
bool is_named_secret(std::string_view key);

// A store's URL without its password, for messages.
std::string masked_store_url(const std::string& url);

}  // namespace cdh
