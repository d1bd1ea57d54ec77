#include "hub/store/known_records.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cdh {

namespace {

Fingerprint fingerprint_of(std::int64_t high, std::int64_t low) {
  return {static_cast<std::uint64_t>(high), static_cast<std::uint64_t>(low)};
}

// In place of the pipeline of a refusal that need not hold any more.
constexpr std::int64_t kJudgeAnew = -1;

bool is_one_of(std::int64_t pipeline_id, const PipelineIds& pipelines) {
  return std::ranges::binary_search(pipelines, pipeline_id);
}

const std::string kSelect =
    "SELECT id, source_key, fingerprint_high, fingerprint_low, pipeline_id, source_updated_at, "
    "gone_run, first_seen_run, ";

// The run that last read the stream to its end, or `none`.
std::int64_t last_complete_read(Database& database, std::int64_t stream_id, std::int64_t none) {
  const auto row =
      database.query("SELECT run_id FROM stream_state WHERE stream_id = ?", {stream_id});
  return row->next() ? row->integer(0) : none;
}

}  // namespace

KnownRecords KnownRecords::load(Database& database, std::int64_t stream_id) {
  const std::int64_t settled_by = last_complete_read(database, stream_id, INT64_MAX);
  const auto rows =
      database.query(kSelect + "0 FROM source_record WHERE stream_id = ?", {stream_id});
  return load_rows(*rows, settled_by);
}

// What was gone in the very run of a refused version was so before it: a deletion after it takes
// its entry away.
KnownRecords KnownRecords::load_as_seen(Database& database, std::int64_t stream_id,
                                        std::int64_t since_run) {
  const auto rows = database.query(
      kSelect +
          "CASE WHEN gone_run IS NULL AND changed_run >= ? THEN 1 WHEN ? > 0 AND gone_run > ? "
          "THEN 1 ELSE 0 END FROM source_record WHERE stream_id = ?",
      {since_run, since_run, since_run, stream_id});
  return load_rows(*rows, INT64_MAX);
}

KnownRecords KnownRecords::load_rows(Cursor& rows, std::int64_t settled_by) {
  KnownRecords known;
  while (rows.next()) {
    const std::optional<std::int64_t> updated_at =
        rows.is_null(5) ? std::nullopt : std::optional(rows.integer(5));
    const Fingerprint raw = fingerprint_of(rows.integer(2), rows.integer(3));
    known.put(fingerprint(rows.text(1)), raw, rows.integer(0), updated_at, rows.integer(4));
    known.gone_.back() = rows.is_null(6) ? 0 : 1;
    known.seen_.back() = rows.integer(8) != 0 ? kSeen : kUnseen;
    const bool is_settled = rows.is_null(6) && rows.integer(7) <= settled_by;
    known.is_settled_.push_back(is_settled ? 1 : 0);
    known.settled_ += is_settled ? 1U : 0U;
  }
  known.loaded_ = known.present();
  return known;
}

template <typename Visit>
void KnownRecords::for_each_of(const Fingerprint& raw, Visit&& visit) const {
  const std::optional<Index> first = by_raw_.find(raw);
  if (!first) return;
  // A record that has a newer version by now stays in the list of the raw record it came from.
  if (raw_[*first] == raw) visit(*first);
  if (split_.empty()) return;
  const auto others = split_.find(*first);
  if (others == split_.end()) return;
  for (const Index other : others->second) {
    if (raw_[other] == raw) visit(other);
  }
}

KnownRecords::Seen KnownRecords::see(const Fingerprint& raw, const PipelineIds& pipelines) {
  if (!holds(raw, pipelines)) return Seen::no;
  Seen result = Seen::no;
  for_each_of(raw, [&](Index i) {
    result = seen_[i] >= kSeen ? Seen::repeated : Seen::unchanged;
    seen_[i] = std::max(seen_[i], kSeen);
  });
  return result;
}

bool KnownRecords::holds(const Fingerprint& raw, const PipelineIds& pipelines) const {
  bool any = false, differs = false;
  for_each_of(raw, [&](Index i) {
    any = true;
    differs = differs || gone_[i] != 0 || !is_one_of(pipeline_[i], pipelines);
  });
  return any && !differs;
}

std::optional<KnownRecords::Known> KnownRecords::find_key(const Fingerprint& key) const {
  const std::optional<Index> index = by_key_.find(key);
  return index ? std::optional(at(*index)) : std::nullopt;
}

KnownRecords::Known KnownRecords::at(Index index) const {
  return {index,
          ids_[index],
          updated_at_[index] == kNoTime ? std::nullopt : std::optional(updated_at_[index]),
          raw_[index],
          pipeline_[index],
          seen_[index] >= kSeen,
          seen_[index] == kWritten,
          gone_[index] != 0};
}

void KnownRecords::append_present_of(const Fingerprint& raw, std::vector<Index>& records) const {
  for_each_of(raw, [&](Index index) {
    if (gone_[index] == 0) records.push_back(index);
  });
}

KnownRecords::Index KnownRecords::add(std::int64_t record_id) {
  ids_.push_back(record_id);
  updated_at_.push_back(kNoTime);
  raw_.emplace_back();
  pipeline_.push_back(0);
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
  seen_[index] = kWritten;
  gone_[index] = 0;
  if (index != fresh && !moved) return;
  const Index first = by_raw_.insert(raw, index);
  if (first == index) return;
  std::vector<Index>& others = split_[first];
  if (std::find(others.begin(), others.end(), index) == others.end()) others.push_back(index);
}

std::vector<KnownRecords::Stale> KnownRecords::begin_remapping(
    const PipelineIds& present_pipelines) {
  std::vector<Stale> stale;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const bool is_stale = !is_one_of(pipeline_[i], present_pipelines);
    seen_[i] = is_stale || gone_[i] != 0 ? kUnseen : kSeen;
    if (is_stale && gone_[i] == 0) stale.push_back({pipeline_[i], static_cast<Index>(i)});
  }
  std::ranges::sort(stale, {}, [&](const Stale& record) {
    return std::pair(record.pipeline_id, ids_[record.index]);
  });
  return stale;
}

std::vector<std::int64_t> KnownRecords::unseen() const {
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    if (seen_[i] == kUnseen && gone_[i] == 0) ids.push_back(ids_[i]);
  }
  return ids;
}

std::size_t KnownRecords::unseen_settled() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < is_settled_.size(); ++i) {
    if (is_settled_[i] != 0 && seen_[i] == kUnseen && gone_[i] == 0) ++count;
  }
  return count;
}

std::size_t KnownRecords::present() const {
  std::size_t count = 0;
  for (const std::uint8_t gone : gone_) count += gone == 0 ? 1U : 0U;
  return count;
}

std::uint64_t refusal_hash(std::string_view reason, std::string_view field) {
  return hash64(reason, hash64(field));
}

KnownQuarantine KnownQuarantine::load(Database& database, std::int64_t stream_id) {
  KnownQuarantine known;
  const std::int64_t settled_by = last_complete_read(database, stream_id, 0);
  const auto rows = database.query(
      "SELECT id, fingerprint_high, fingerprint_low, pipeline_id, source_key, reason, run_id, "
      "field "
      "FROM quarantine WHERE stream_id = ?",
      {stream_id});
  while (rows->next()) {
    const auto key = rows->is_null(4) ? std::nullopt : std::optional(fingerprint(rows->text(4)));
    const Fingerprint raw = fingerprint_of(rows->integer(1), rows->integer(2));
    const std::string_view reason = rows->text(5);
    const bool may_have_ended = reason.ends_with(kYetToCome) || reason.ends_with(kNotAgreed);
    const std::int64_t pipeline = may_have_ended ? kJudgeAnew : rows->integer(3);
    known.put(raw, rows->integer(0), pipeline, key, reason.ends_with(kFirstIsKept));
    known.rows_.back().seen = false;
    Entry& entry = known.rows_.back().entry;
    entry.settled = rows->integer(6) <= settled_by;
    if (may_have_ended) entry.refusal = refusal_hash(reason, rows->text(7));
  }
  return known;
}

std::vector<KnownQuarantine::Entry> KnownQuarantine::see(const Fingerprint& raw,
                                                         const PipelineIds& pipelines) {
  std::vector<Entry> entries;
  if (rows_.empty()) return entries;
  const std::optional<std::uint32_t> first = by_raw_.find(raw);
  for (std::uint32_t i = first.value_or(kNone); i != kNone; i = rows_[i].next) {
    if (rows_[i].removed) continue;
    rows_[i].entry.repeated = std::exchange(rows_[i].seen, true);
    rows_[i].entry.same_pipeline = is_one_of(rows_[i].pipeline_id, pipelines);
    entries.push_back(rows_[i].entry);
  }
  return entries;
}

void KnownQuarantine::put(const Fingerprint& raw, std::int64_t id, std::int64_t pipeline_id,
                          const std::optional<Fingerprint>& key, bool second_of_key) {
  const auto fresh = static_cast<std::uint32_t>(rows_.size());
  Row row{{id, true, key, second_of_key}, pipeline_id, kNone, true, raw, false};
  std::uint32_t at = by_raw_.insert(raw, fresh);
  if (at != fresh) {
    for (;; at = rows_[at].next) {
      if (rows_[at].entry.id == id) {
        row.next = rows_[at].next;
        rows_[at] = row;
        if (key) by_key_.emplace(*key, at);
        return;
      }
      if (rows_[at].next == kNone) break;
    }
    rows_[at].next = fresh;
  }
  rows_.push_back(row);
  if (key) by_key_.emplace(*key, fresh);
}

template <typename Visit>
void KnownQuarantine::for_each_of(const Fingerprint& raw, Visit&& visit) const {
  if (rows_.empty()) return;
  for (std::uint32_t i = by_raw_.find(raw).value_or(kNone); i != kNone; i = rows_[i].next) {
    if (!rows_[i].removed) visit(rows_[i]);
  }
}

bool KnownQuarantine::holds(const Fingerprint& raw) const {
  bool any = false;
  for_each_of(raw, [&](const Row&) { any = true; });
  return any;
}

bool KnownQuarantine::is_refused(const Fingerprint& raw, const PipelineIds& pipelines) const {
  bool any = false;
  for_each_of(raw, [&](const Row& row) {
    any = any || (!row.entry.second_of_key && is_one_of(row.pipeline_id, pipelines));
  });
  return any;
}

std::vector<std::int64_t> KnownQuarantine::remove_others(const Fingerprint& key,
                                                         const Fingerprint& raw) {
  std::vector<std::int64_t> ids;
  const auto [begin, end] = by_key_.equal_range(key);
  for (auto at = begin; at != end; ++at) {
    Row& row = rows_[at->second];
    if (row.removed || row.entry.key != key || row.raw == raw) continue;
    row.removed = true;
    ids.push_back(row.entry.id);
  }
  return ids;
}

std::vector<std::int64_t> KnownQuarantine::unseen() const {
  std::vector<std::int64_t> ids;
  for (const Row& row : rows_) {
    if (!row.seen && !row.removed) ids.push_back(row.entry.id);
  }
  return ids;
}

}  // namespace cdh
