// The consent that counts: of all that a customer's records say about one purpose, what holds. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/merge/precedence.hpp"

namespace cdh {

// What one record says.
struct ConsentStatement {
  std::int64_t id = 0;  // of the consent; never decides
  std::string purpose;
  std::string channel;                    // blank: every channel
  std::string status;                     // blank: says nothing
  int trust = 0;                          // of the source, 0 to 100
  std::string key;                        // "source/stream/source_key/place": breaks the last tie
  std::optional<std::int64_t> stated_at;  // micros: when captured, or the record's own time
};

struct EffectiveConsent {
  // Without blanks around and with case folded; a usual name of a channel is "email", "sms", "phone"
  // or "post", however it was spelt.
  std::string purpose, channel;
  Permission permission = Permission::unknown;
  std::int64_t consent_id = 0;  // of the statement that won
  ChosenBy rule = ChosenBy::only;
};

// One for each purpose and channel that the statements name, in their order. A statement without a
// channel stands beside those of each channel of its purpose; a blank purpose is one of its own.
// The policy's chain for "consent"
// chooses, and of what it leaves equal the most restrictive. Whether a consent has expired is for
// the reader to say: here nobody has a clock.
std::vector<EffectiveConsent> effective_consents(std::span<const ConsentStatement> statements,
                                                 const MergePolicy& policy);

}  // namespace cdh
