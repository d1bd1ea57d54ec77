#include "hub/store/audit.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "hub/base/error.hpp"
#include "hub/base/sha256.hpp"
#include "hub/base/time.hpp"

namespace cdh {

namespace {

constexpr std::size_t kHashDigits = 64;

std::string hash_of(const std::string& before, const AuditEntry& entry) {
  constexpr char kBetween = '\x1f';
  return sha256(before + kBetween + std::to_string(entry.head.id) + kBetween + entry.at + kBetween +
                entry.event.who + kBetween + entry.event.action + kBetween + entry.event.subject);
}

std::unique_ptr<Cursor> query_events(Database& database, const std::string& end) {
  return database.query("SELECT id, at, who, action, subject, hash FROM audit_event " + end);
}

AuditEntry read_entry(const Cursor& row) {
  return {{row.integer(0), std::string(row.text(5))},
          std::string(row.text(1)),
          {std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))}};
}

// What the next event's hash is to cover. Only after a migration the last has none of its own.
std::string hash_to_continue(Database& database, const AuditHead& last) {
  if (last.id == 0 || !last.hash.empty()) return last.hash;
  std::string hash;
  const auto rows = query_events(database, "ORDER BY id");
  while (rows->next()) hash = hash_of(hash, read_entry(*rows));
  return hash;
}

class Chain {
 public:
  void add(const AuditEntry& entry) {
    if (entry.head.id != last_ + 1) {
      const std::int64_t missing = entry.head.id - last_ - 1;
      fault(entry,
            std::to_string(missing) + " before it " + (missing == 1 ? "is" : "are") + " missing");
    }
    last_ = entry.head.id;
    const std::string hash = hash_of(hash_, entry);
    if (!entry.head.hash.empty()) {
      if (entry.head.hash != hash) {
        fault(entry, "it, or what stood before it, is not what was written");
      }
      is_hashed_ = true;
    } else if (is_hashed_) {
      fault(entry, "it has no hash: it was put in by another program");
    }
    hash_ = entry.head.hash.empty() ? hash : entry.head.hash;
    hashes_[last_] = entry.head.hash;
  }

  // `who`: "run 12" or the like.
  void compare(const AuditHead& kept, const std::string& who) {
    if (kept.id == 0) return;
    const auto found = hashes_.find(kept.id);
    if (found == hashes_.end()) {
      faults_.push_back("audit trail: " + who + " saw event " + std::to_string(kept.id) +
                        ", and it is not there any more");
    } else if (found->second != kept.hash) {
      faults_.push_back("audit trail: event " + std::to_string(kept.id) + " is not the one that " +
                        who + " saw");
    }
  }

  std::vector<std::string> take() { return std::move(faults_); }

 private:
  void fault(const AuditEntry& entry, const std::string& what) {
    faults_.push_back("audit trail: event " + std::to_string(entry.head.id) + ": " + what);
  }

  std::int64_t last_ = 0;
  bool is_hashed_ = false;
  std::string hash_;
  std::map<std::int64_t, std::string> hashes_;
  std::vector<std::string> faults_;
};

// The lock of a changed row: every database has it, and gives it back with the transaction.
constexpr const char* kTakeTurn =
    "UPDATE hub_state SET value = value + 1 WHERE name = 'turn_of_acts'";

}  // namespace

void take_turn_of_acts(Database& database) { database.execute(kTakeTurn); }

void add_audit_event(Database& database, const AuditEvent& event) {
  take_turn_of_acts(database);
  const AuditHead last = audit_head(database);
  const AuditEntry entry{{last.id + 1, ""}, format_instant(now_micros()), event};
  const std::string hash = hash_of(hash_to_continue(database, last), entry);
  const auto row =
      database.bulk_insert("audit_event", {"id", "at", "who", "action", "subject", "hash"});
  row->add(entry.head.id);
  row->add(entry.at);
  row->add(event.who);
  row->add(event.action);
  row->add(event.subject);
  row->add(hash);
  row->end_row();
  row->flush();
}

AuditHead audit_head(Database& database) {
  const auto row = database.query("SELECT id, hash FROM audit_event ORDER BY id DESC LIMIT 1");
  return row->next() ? AuditHead{row->integer(0), std::string(row->text(1))} : AuditHead{};
}

std::string to_text(const AuditHead& head) { return std::to_string(head.id) + ":" + head.hash; }

AuditHead parse_audit_head(std::string_view text) {
  AuditHead head;
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto read = std::from_chars(text.data(), text.data() + colon, head.id);
  head.hash = text.substr(std::min(colon + 1, text.size()));
  const bool is_hash = head.hash.size() == kHashDigits &&
                       head.hash.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (read.ec != std::errc() || read.ptr != text.data() + colon || head.id < 1 || !is_hash) {
    throw Error(ErrorKind::config, "\"" + std::string(text) +
                                       "\" is no head of the audit trail: it is the number of an "
                                       "event, a colon and 64 digits, as in a run's report");
  }
  return head;
}

std::vector<AuditEntry> list_audit_events(Database& database, std::size_t most) {
  std::vector<AuditEntry> entries;
  const auto rows = query_events(database, "ORDER BY id DESC LIMIT " + std::to_string(most));
  while (rows->next()) entries.push_back(read_entry(*rows));
  return entries;
}

std::vector<std::string> audit_faults(Database& database, const std::vector<AuditHead>& kept) {
  Chain chain;
  {
    const auto rows = query_events(database, "ORDER BY id");
    while (rows->next()) chain.add(read_entry(*rows));
  }
  const auto runs = database.query(
      "SELECT id, audit_event, audit_hash FROM run WHERE audit_hash IS NOT NULL ORDER BY id");
  while (runs->next()) {
    chain.compare({runs->integer(1), std::string(runs->text(2))},
                  "run " + std::to_string(runs->integer(0)));
  }
  for (const AuditHead& head : kept) chain.compare(head, "whoever kept this head");
  return chain.take();
}

}  // namespace cdh
