#include "hub/ingest/row_landing.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/departures.hpp"
#include "hub/ingest/losses.hpp"
#include "hub/ingest/verdict.hpp"
#include "hub/model/raw_record.hpp"

namespace cdh {

namespace {

// The stream was not read whole since.
bool is_fresh_refusal(const std::optional<KnownQuarantine::Entry>& replaced) {
  return !replaced || !replaced->settled;
}

}  // namespace

RowLanding::RowLanding(StreamTask& task, const RowMapping& mapping, const PresentPipeline& pipeline,
                       IdCounters& ids)
    : task_(task), mapping_(mapping), pipeline_(pipeline), ids_(ids), future_times_(task.now) {}

LandingBatch RowLanding::take() {
  LandingBatch next;
  next.stream = out_.stream;
  next.counts = out_.counts;
  return std::exchange(out_, std::move(next));
}

std::optional<KnownQuarantine::Entry> FreshRow::take_entry() {
  if (entries.empty()) return std::nullopt;
  const KnownQuarantine::Entry entry = entries.front();
  entries.erase(entries.begin());
  return entry;
}

void RowLanding::land(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs) {
  settle_times(outputs);
  if (batch.row(fresh.row).deleted) return remove(batch, fresh, outputs);
  if (takes_away()) out_.counts.gone += take_away(fresh, outputs);
  const auto left_out = std::stable_partition(
      outputs.begin(), outputs.end(), [](const MappedOutput& output) { return !output.left_out; });
  outputs = outputs.first(static_cast<std::size_t>(left_out - outputs.begin()));
  if (outputs.empty()) ++out_.counts.filtered;
  if (outputs.size() > 1) out_.counts.split_off += std::ssize(outputs) - 1;
  for (MappedOutput& output : outputs) {
    if (auto* rejection = std::get_if<Rejection>(&output.result)) {
      quarantine(batch, fresh.row, fresh.raw, std::move(*rejection), std::move(output.key),
                 output.told, fresh.take_entry());
    } else {
      land_one(batch, fresh, std::get<MappedRow>(std::move(output.result)), outputs.size() > 1);
    }
  }
  for (const auto& entry : fresh.entries) out_.no_longer_quarantined.push_back(entry.id);
}

void RowLanding::settle_times(std::span<MappedOutput> outputs) {
  for (MappedOutput& output : outputs) {
    if (auto* const mapped = std::get_if<MappedRow>(&output.result)) {
      mapped->updated_at = future_times_.believed(mapped->updated_at);
    }
  }
}

void RowLanding::land_one(const Batch& batch, FreshRow& fresh, MappedRow mapped, bool split) {
  const auto known = task_.records.find_key(fingerprint(mapped.source_key));
  RowFacts facts;
  facts.updated_at = mapped.updated_at;
  facts.known = known.has_value();
  if (known) {
    facts.gone = known->gone;
    facts.seen = known->seen;
    facts.same_raw = known->raw == fresh.raw;
    // A program before this one took any time as given.
    if (!future_times_.is_one(known->updated_at)) facts.known_updated_at = known->updated_at;
    facts.has_twin = fresh.landed > 0 && known->seen && facts.same_raw;
  }
  ++fresh.landed;
  facts.keeps_first = task_.mode == ReadMode::full || rows_from_ != RowsFrom::connector;
  facts.stored = rows_from_ == RowsFrom::landing;
  facts.feed = task_.mode == ReadMode::incremental && !facts.stored;
  facts.anew = task_.mode == ReadMode::full && task_.anew && !facts.stored;
  facts.split = split;
  switch (judge(facts)) {
    case Verdict::added:
      ++out_.counts.added;
      return write(batch, fresh, std::move(mapped), std::nullopt);
    case Verdict::changed:
      ++out_.counts.changed;
      return write(batch, fresh, std::move(mapped), known->record_id);
    case Verdict::replaced:
      // Of the versions that this read brings the first is counted as the change.
      ++(known->written ? out_.counts.repeated : out_.counts.changed);
      return write(batch, fresh, std::move(mapped), known->record_id);
    case Verdict::second:
      return refuse_second(batch, fresh, mapped.source_key);
    case Verdict::stale:
      // A stored record is still to be mapped anew itself.
      if (!facts.stored) {
        task_.records.mark_delivered(known->index);
        if (task_.mode == ReadMode::full) outdated_.push_back(known->index);
      }
      [[fallthrough]];
    default:
      ++out_.counts.repeated;
  }
}

// `replaced`: the record of which this is a new version, or none.
void RowLanding::write(const Batch& batch, const FreshRow& fresh, MappedRow mapped,
                       std::optional<std::int64_t> replaced) {
  LandedRecord record;
  record.is_new = !replaced;
  record.record_id = replaced ? *replaced : ++ids_.record;
  record.source_key = std::move(mapped.source_key);
  record.raw_fingerprint = fresh.raw;
  record.pipeline_id = pipeline_.id();
  record.updated_at = mapped.updated_at;
  record.raw = row_to_json(batch, fresh.row);
  record.mapped = to_json(mapped.record);
  if (mapped.record.entities.empty()) ++nobodies_;
  const Fingerprint key = fingerprint(record.source_key);
  task_.records.put(key, fresh.raw, record.record_id, record.updated_at, pipeline_.id());
  drop_older_refusals(key, fresh.raw);
  std::erase_if(out_.gone, [&](const GoneRecord& gone) {
    return gone.record_id == record.record_id;  // deleted and delivered again
  });
  out_.records.push_back(std::move(record));
}

// Of the records that the transforms make of a deletion's key, those that are there.
void RowLanding::remove(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs) {
  const auto has_key = [](const MappedOutput& output) {
    return !std::get<MappedRow>(output.result).source_key.empty();
  };
  MappedOutput as_read{0, "", MappedRow{mapping_.key_of(batch, fresh.row), {}, {}}, true};
  if (std::ranges::none_of(outputs, has_key)) outputs = {&as_read, 1};
  if (std::ranges::none_of(outputs, has_key)) {
    return quarantine(batch, fresh.row, fresh.raw, {"a deletion without a key", ""}, "", {},
                      fresh.take_entry());
  }
  ++(take_away(fresh, outputs) > 0 ? out_.counts.changed : out_.counts.repeated);
  for (const auto& entry : fresh.entries) out_.no_longer_quarantined.push_back(entry.id);
}

// How many records are gone by what a row does not make any more.
std::int64_t RowLanding::take_away(const FreshRow& fresh, std::span<const MappedOutput> outputs) {
  std::int64_t count = 0;
  for (const auto& [record, at] : departures(task_.records, fresh.raw, outputs)) {
    // What was refused once is older than what has landed since.
    if (rows_from_ == RowsFrom::quarantine && record.seen) continue;
    ++count;
    task_.records.mark_gone(record.index, at);
    out_.gone.push_back({record.record_id, at});
  }
  for (const MappedOutput& output : outputs) {
    if (!output.left_out) continue;
    const Fingerprint key = fingerprint(std::get<MappedRow>(output.result).source_key);
    const auto known = task_.records.find_key(key);
    if (!known || known->gone) drop_older_refusals(key, fresh.raw);
  }
  return count;
}

void RowLanding::refuse_second(const Batch& batch, FreshRow& fresh, const std::string& source_key) {
  if (std::exchange(fresh.second_of_key, false)) {
    fresh.take_entry();  // it stands there already, with these very words
    still_delivered(fingerprint(source_key));
    ++(fresh.repeated ? out_.counts.repeated : out_.counts.quarantined);
    return;
  }
  quarantine(batch, fresh.row, fresh.raw,
             {"another record with the key \"" + source_key + "\" and other values " +
                  std::string(kFirstIsKept),
              ""},
             source_key, {}, fresh.take_entry());
}

void RowLanding::refuse(const Batch& batch, FreshRow& fresh, Rejection rejection,
                        const ToldKeys& told) {
  std::string key = told.keys.empty() ? mapping_.key_of(batch, fresh.row) : told.keys.front();
  quarantine(batch, fresh.row, fresh.raw, std::move(rejection), std::move(key), told,
             fresh.take_entry());
  for (const auto& entry : fresh.entries) out_.no_longer_quarantined.push_back(entry.id);
}

void RowLanding::refuse_unread(const Batch& batch, std::size_t row, const Fingerprint& raw,
                               const ToldKeys& told,
                               const std::optional<KnownQuarantine::Entry>& replaced) {
  const RowInfo info = batch.row(row);
  std::string key = told.keys.empty() ? mapping_.key_of(batch, row) : told.keys.front();
  quarantine(batch, row, raw, {std::string(info.rejection), std::string(info.rejected_field)},
             std::move(key), told, replaced);
}

void RowLanding::quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw,
                            Rejection rejection, std::string source_key, const ToldKeys& told,
                            const std::optional<KnownQuarantine::Entry>& replaced) {
  const RowInfo info = batch.row(row);
  const bool refused_by_connector = !info.rejection.empty();
  QuarantinedRecord record;
  record.is_new = !replaced;
  record.id = replaced ? replaced->id : ++ids_.quarantine;
  record.source_key = std::move(source_key);
  record.raw_fingerprint = raw;
  record.pipeline_id = refused_by_connector ? kNoPipeline : pipeline_.id();
  record.reason = std::move(rejection.reason);
  record.field = std::move(rejection.field);
  record.origin = batch.origin();
  record.position = static_cast<std::int64_t>(info.position);
  if (refused_by_connector && !info.raw.empty()) {
    append_raw_json({text_value(info.raw)}, record.raw);
  } else {
    record.raw = row_to_json(batch, row);
  }
  std::optional<Fingerprint> key;
  if (!record.source_key.empty()) key = fingerprint(record.source_key);
  still_delivered(key);
  const bool is_certain = are_all_known(told) && key;
  if (is_fresh_refusal(replaced)) {
    ++refused_since_;
    if (!is_certain) ++unreadable_;
  }
  if (!record.is_new) std::erase(out_.no_longer_quarantined, record.id);
  task_.quarantine.put(raw, record.id, record.pipeline_id, key,
                       record.reason.ends_with(kFirstIsKept));
  ++out_.counts.quarantined;
  if (record.is_new) ++out_.counts.newly_quarantined;
  // Judged anew, it is as it was: the entry goes on saying since when, and the run did nothing to it.
  const bool stands = replaced && rows_from_ == RowsFrom::connector && replaced->key == key &&
                      replaced->refusal == refusal_hash(record.reason, record.field);
  if (!stands) out_.quarantined.push_back(std::move(record));
}

void RowLanding::stays_refused(const KnownQuarantine::Entry& entry, const ToldKeys& told) {
  still_delivered(entry.key);
  const bool is_certain = are_all_known(told) && entry.key;
  ++(entry.repeated ? out_.counts.repeated : out_.counts.quarantined);
  if (entry.settled || entry.repeated) return;
  ++refused_since_;
  if (!is_certain) ++unreadable_;
}

// Whether the records of these keys are all that a refused row stands for.
bool RowLanding::are_all_known(const ToldKeys& told) {
  bool all = !told.is_in_doubt;
  for (const std::string& source_key : told.keys) {
    const Fingerprint key = fingerprint(source_key);
    still_delivered(key);
    if (told.is_guess && !task_.records.find_key(key)) all = false;
  }
  return all;
}

// A refused record is not gone: the version before it stays.
void RowLanding::still_delivered(const std::optional<Fingerprint>& key) {
  if (!key) return;
  if (const auto known = task_.records.find_key(*key)) task_.records.mark_delivered(known->index);
}

// What of a feed was refused before is older than what takes effect now.
void RowLanding::drop_older_refusals(const Fingerprint& key, const Fingerprint& raw) {
  if (rows_from_ != RowsFrom::connector || task_.mode == ReadMode::full) return;
  for (const std::int64_t id : task_.quarantine.remove_others(key, raw)) {
    out_.no_longer_quarantined.push_back(id);
  }
}

void RowLanding::finish() {
  out_.stop = reason_to_stop(task_.records, what_was_read());
  if (!out_.stop.empty()) return;
  if (task_.mode == ReadMode::full) {
    Losses losses = judge_losses(task_.records, what_was_read());
    out_.note = std::move(losses.note);
    if (losses.in_doubt) return;
    for (const std::int64_t id : losses.gone) out_.gone.push_back({id, std::nullopt});
    out_.counts.gone = std::ssize(losses.gone);
    for (const std::int64_t id : task_.quarantine.unseen())
      out_.no_longer_quarantined.push_back(id);
    report_older();
  }
  for (const std::string& missing : mapping_.missing()) note(missing);
  if (const std::string future = future_times_.note(); !future.empty()) note(future);
  if (nobodies_ > 0) {
    note(counted(nobodies_, "record is", "records are") +
         " neither a person nor anything else: no `when` of the mapping fits them, or "
         "all their mapped fields are empty");
  }
  out_.end = true;
}

StreamRead RowLanding::what_was_read() const {
  StreamRead read;
  read.mode = task_.mode;
  read.rows = out_.counts.read;
  read.rows_before = task_.state.rows;
  read.records = out_.counts.read + out_.counts.split_off;
  read.refused = refused_since_;
  read.unreadable = unreadable_;
  read.limits = task_.limits;
  read.accept_changes = task_.accept_changes;
  return read;
}

// Of records of which the list holds no other version.
void RowLanding::report_older() {
  std::ranges::sort(outdated_);
  outdated_.erase(std::unique(outdated_.begin(), outdated_.end()), outdated_.end());
  const auto count = std::ranges::count_if(
      outdated_, [&](const auto index) { return task_.records.is_delivered_only(index); });
  if (count == 0) return;
  note(counted(count, "record is", "records are") +
       " older by `updated_at` than what was read before, which stays. If the source "
       "was set back on purpose, run `cdh run --full`");
}

void RowLanding::note(const std::string& text) {
  out_.note += (out_.note.empty() ? "" : "\n") + text;
}

}  // namespace cdh
