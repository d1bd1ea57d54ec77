// Keeps what ${env:...} and ${file:...} stand for out of everything that is shown or kept.
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
  // All secrets below the setting.
  explicit SecretMask(const Setting& setting);

  // One of fewer than four bytes is none: hiding "PL" would hide half of every message.
  void add(std::string_view secret);

  // The text with "***" for each secret.
  std::string mask(std::string text) const;

  // Each once, the longest first.
  std::vector<std::string> secrets() const;

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

// A store's URL without its password, for messages.
std::string masked_store_url(const std::string& url);

}  // namespace cdh
