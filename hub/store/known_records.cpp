#include "hub/store/known_records.hpp"

#include <string>

namespace cdh {

namespace {

Fingerprint fingerprint_of(std::int64_t high, std::int64_t low) {
  return {static_cast<std::uint64_t>(high), static_cast<std::uint64_t>(low)};
}

const std::string kSelect =
    "SELECT id, source_key, fingerprint_high, fingerprint_low, pipeline_id, source_updated_at, "
    "gone_run, ";

}  // namespace

KnownRecords KnownRecords::load(Database& database, std::int64_t stream_id) {
  return load_rows(
      *database.query(kSelect + "0 FROM source_record WHERE stream_id = ?", {stream_id}));
}

KnownRecords KnownRecords::load_as_seen(Database& database, std::int64_t stream_id,
                                        std::int64_t since_run) {
  return load_rows(
      *database.query(kSelect + "CASE WHEN gone_run IS NULL AND changed_run >= ? THEN 1 ELSE 0 END "
                                "FROM source_record WHERE stream_id = ?",
                      {since_run, stream_id}));
}

KnownRecords KnownRecords::load_rows(Cursor& rows) {
  KnownRecords known;
  while (rows.next()) {
    const std::optional<std::int64_t> updated_at =
        rows.is_null(5) ? std::nullopt : std::optional(rows.integer(5));
    known.put(fingerprint(rows.text(1)), fingerprint_of(rows.integer(2), rows.integer(3)),
              rows.integer(0), updated_at, rows.integer(4));
    known.gone_.back() = rows.is_null(6) ? 0 : 1;
    known.seen_.back() = rows.integer(7) != 0 ? kSeen : kUnseen;
  }
  return known;
}

KnownRecords::Seen KnownRecords::see(const Fingerprint& raw, std::int64_t pipeline_id) {
  const std::optional<Index> first = by_raw_.find(raw);
  if (!first) return Seen::no;
  Seen result = Seen::no;
  for (Index i = *first; i != kNone; i = same_raw_[i]) {
    if (raw_[i] != raw) continue;  // the record has a newer version by now
    if (pipeline_[i] != pipeline_id || gone_[i] != 0) return Seen::no;
    result = seen_[i] == kSeen ? Seen::repeated : Seen::unchanged;
  }
  if (result == Seen::no) return result;
  for (Index i = *first; i != kNone; i = same_raw_[i]) {
    if (raw_[i] == raw) seen_[i] = kSeen;
  }
  return result;
}

std::optional<KnownRecords::Known> KnownRecords::find_key(const Fingerprint& key) const {
  const std::optional<Index> index = by_key_.find(key);
  if (!index) return std::nullopt;
  const Index i = *index;
  return Known{i,
               ids_[i],
               updated_at_[i] == kNoTime ? std::nullopt : std::optional(updated_at_[i]),
               raw_[i],
               pipeline_[i],
               seen_[i] == kSeen,
               gone_[i] != 0};
}

KnownRecords::Index KnownRecords::add(std::int64_t record_id) {
  ids_.push_back(record_id);
  updated_at_.push_back(kNoTime);
  raw_.emplace_back();
  pipeline_.push_back(0);
  same_raw_.push_back(kNone);
  seen_.push_back(kUnseen);
  gone_.push_back(0);
  return static_cast<Index>(ids_.size() - 1);
}

void KnownRecords::put(const Fingerprint& key, const Fingerprint& raw, std::int64_t record_id,
                       std::optional<std::int64_t> updated_at, std::int64_t pipeline_id) {
  const Index fresh = static_cast<Index>(ids_.size());
  const Index index = by_key_.insert(key, fresh);
  if (index == fresh) add(record_id);
  const bool moved = index != fresh && raw_[index] != raw;
  updated_at_[index] = updated_at.value_or(kNoTime);
  raw_[index] = raw;
  pipeline_[index] = static_cast<std::int32_t>(pipeline_id);
  seen_[index] = kSeen;
  gone_[index] = 0;
  if (index != fresh && !moved) return;
  // The chain of an earlier version may still pass through this record; it then only gets longer,
  // since see() looks at each member's present fingerprint.
  Index last = by_raw_.insert(raw, index);
  if (last == index) return;
  while (same_raw_[last] != kNone) {
    if (last == index) return;
    last = same_raw_[last];
  }
  if (last != index) same_raw_[last] = index;
}

std::vector<std::int64_t> KnownRecords::unseen() const {
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (seen_[i] == kUnseen && gone_[i] == 0) ids.push_back(ids_[i]);
  }
  return ids;
}

std::size_t KnownRecords::present() const {
  std::size_t count = 0;
  for (const std::uint8_t gone : gone_) count += gone == 0 ? 1U : 0U;
  return count;
}

KnownQuarantine KnownQuarantine::load(Database& database, std::int64_t stream_id) {
  KnownQuarantine known;
  const auto rows = database.query(
      "SELECT id, fingerprint_high, fingerprint_low, pipeline_id, source_key FROM quarantine "
      "WHERE stream_id = ?",
      {stream_id});
  while (rows->next()) {
    const auto key = rows->is_null(4) ? std::nullopt : std::optional(fingerprint(rows->text(4)));
    known.put(fingerprint_of(rows->integer(1), rows->integer(2)), rows->integer(0),
              rows->integer(3), key);
    known.seen_.back() = 0;
  }
  return known;
}

std::optional<KnownQuarantine::Entry> KnownQuarantine::see(const Fingerprint& raw,
                                                           std::int64_t pipeline_id) {
  const std::optional<std::uint32_t> index = by_raw_.find(raw);
  if (!index) return std::nullopt;
  seen_[*index] = 1;
  return Entry{ids_[*index], pipeline_[*index] == pipeline_id, keys_[*index]};
}

void KnownQuarantine::put(const Fingerprint& raw, std::int64_t id, std::int64_t pipeline_id,
                          const std::optional<Fingerprint>& key) {
  by_raw_.insert(raw, static_cast<std::uint32_t>(ids_.size()));
  ids_.push_back(id);
  pipeline_.push_back(pipeline_id);
  keys_.push_back(key);
  seen_.push_back(1);
}

std::vector<std::int64_t> KnownQuarantine::unseen() const {
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (seen_[i] == 0) ids.push_back(ids_[i]);
  }
  return ids;
}

}  // namespace cdh
