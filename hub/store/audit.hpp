// Who did what to the hub: every steward's and administrator's act, and what changed of the
// configuration. Holds ids and names of sources and settings, never personal values.
//
// The events are a chain: the hash of each covers the hash before it, so that one cannot be changed,
// removed or put in without all after it being written anew. Whoever can write the store can do that,
// too: runs keep the head of the chain as it was at their end, and so do their reports, which may be
// out of reach by then.
//
// The hash is SHA-256, in hexadecimal digits, of the hash before, id, at, who, action and subject with
// the byte 1F between each two. Events of a store before version 9 have none, and the first after them
// covers them as if they had.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct AuditEvent {
  std::string who, action, subject;
};

// In a transaction, at its end: it takes its turn.
void add_audit_event(Database& database, const AuditEvent& event);

// Within a transaction that stores what somebody did: other such transactions wait here until it
// ends. So no id is given twice, and ids rise in the order in which their rows come to be seen.
void take_turn_of_acts(Database& database);

// The chain's last event.
struct AuditHead {
  std::int64_t id = 0;  // 0: there is none
  std::string hash;     // empty: none, or of a store before version 9
  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};
AuditHead audit_head(Database& database);
// "17:9f86d0..." and back; Error(config) when it is none.
std::string to_text(const AuditHead& head);
AuditHead parse_audit_head(std::string_view text);

struct AuditEntry {
  AuditHead head;
  std::string at;  // UTC
  AuditEvent event;
};
// The last `most`, the newest first.
std::vector<AuditEntry> list_audit_events(Database& database, std::size_t most);

// What is wrong with the chain, in words: events that are changed, removed or put in, and runs whose
// head is not in it any more. `kept`: further heads, as reports told them. Empty: it is whole.
std::vector<std::string> audit_faults(Database& database, const std::vector<AuditHead>& kept = {});

}  // namespace cdh
