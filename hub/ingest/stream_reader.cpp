#include "hub/ingest/stream_reader.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/departures.hpp"
#include "hub/ingest/losses.hpp"
#include "hub/ingest/verdict.hpp"
#include "hub/model/raw_record.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

// A record that its connector refused never came to a mapping. One that was never split into fields
// is kept as the one value it is.
constexpr std::int64_t kNoPipeline = 0;

}  // namespace

StreamReader::StreamReader(StreamTask& task, const SourceConfig& source,
                           std::vector<Transform> transforms, IdCounters& ids, Sink sink)
    : task_(task),
      ids_(ids),
      sink_(std::move(sink)),
      mapping_(*task.config, source, task.default_key, task.open, std::move(transforms)),
      pipeline_(task, ids) {}

bool StreamReader::read(Connector& connector) {
  connector.start(task_.config->name, task_.mode == ReadMode::incremental ? task_.resume_state : "",
                  kRowsPerBatch);
  // A cancellation before the start has no effect on what comes after it.
  if (!hand_on()) return false;
  while (const std::optional<Batch> batch = connector.read()) {
    process(*batch);
    if (!batch->resume_state().empty()) resume_state_ = batch->resume_state();
    // A full read never goes on where another ended: only its end is worth noting.
    if (task_.mode == ReadMode::incremental) out_.resume_state = batch->resume_state();
    if (!hand_on()) return false;
  }
  finish();
  return hand_on();
}

std::int64_t StreamReader::FreshRow::take_entry() {
  if (entries.empty()) return 0;
  const std::int64_t id = entries.front();
  entries.erase(entries.begin());
  return id;
}

void StreamReader::retry(const Batch& batch) {
  rows_from_ = RowsFrom::quarantine;
  if (auto added = pipeline_.use(batch)) out_.pipelines.push_back(*std::move(added));
  std::vector<FreshRow> fresh;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++out_.counts.read;
    FreshRow& next =
        fresh.emplace_back(FreshRow{row, fingerprint_row(batch, row, pipeline_.order(), scratch_)});
    for (const auto& entry : task_.quarantine.see(next.raw, pipeline_.alike())) {
      next.entries.push_back(entry.id);
    }
  }
  map_and_land(batch, std::move(fresh), {});
  hand_on();
}

void StreamReader::remap(const Batch& batch) {
  rows_from_ = RowsFrom::landing;
  process(batch);
  hand_on();
}

// Rows take effect in the order of their arrival, though those that must be mapped are mapped all
// at once: a row that earlier ones of the batch may have a say in waits until they have landed.
void StreamReader::process(const Batch& batch) {
  if (auto added = pipeline_.use(batch)) out_.pipelines.push_back(*std::move(added));
  std::vector<FreshRow> fresh;
  std::vector<WaitingRow> waiting;
  FingerprintTable fresh_raw;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++out_.counts.read;
    if (!batch.row(row).rejection.empty()) {
      refuse_unread(batch, row);
      continue;
    }
    const Fingerprint raw = fingerprint_row(batch, row, pipeline_.order(), scratch_);
    const bool depends = fresh_raw.find(raw) || task_.records.holds(raw, pipeline_.alike()) ||
                         (task_.mode == ReadMode::incremental && task_.quarantine.holds(raw));
    if (!fresh.empty() && depends) {
      waiting.push_back({row, raw});
    } else if (std::optional<FreshRow> next = look_up(row, raw)) {
      fresh.push_back(*std::move(next));
      fresh_raw.insert(raw, 0);
    }
  }
  if (!fresh.empty()) map_and_land(batch, std::move(fresh), waiting);
}

// Its connector could not read it.
void StreamReader::refuse_unread(const Batch& batch, std::size_t row) {
  const RowInfo info = batch.row(row);
  const Fingerprint raw = info.raw.empty()
                              ? fingerprint_row(batch, row, pipeline_.order(), scratch_)
                              : fingerprint(info.raw);
  const auto entries = task_.quarantine.see(raw, {kNoPipeline});
  if (!entries.empty() && entries.front().same_pipeline) {
    return count_as_refused(entries.front());
  }
  quarantine(batch, row, raw, {std::string(info.rejection), std::string(info.rejected_field)},
             mapping_.key_of(batch, row), entries.empty() ? 0 : entries.front().id);
}

// Nothing when every record that comes of the row landed before, or was refused before for a reason
// that still holds; all of it by this pipeline. Otherwise what there is to map.
std::optional<StreamReader::FreshRow> StreamReader::look_up(std::size_t row,
                                                            const Fingerprint& raw) {
  const std::vector<KnownQuarantine::Entry> entries = task_.quarantine.see(raw, pipeline_.alike());
  // All that comes of a row is made anew together.
  const bool are_present = std::ranges::all_of(entries, &KnownQuarantine::Entry::same_pipeline);
  const KnownRecords::Seen seen =
      are_present ? task_.records.see(raw, pipeline_.alike()) : KnownRecords::Seen::no;
  if (seen == KnownRecords::Seen::no && entries.empty()) return FreshRow{row, raw};
  const bool holds =
      are_present && (seen != KnownRecords::Seen::no ||
                      std::ranges::none_of(entries, &KnownQuarantine::Entry::second_of_key));
  if (!holds) {
    FreshRow fresh{row, raw};
    for (const auto& entry : entries) fresh.entries.push_back(entry.id);
    fresh.second_of_key = entries.front().second_of_key && entries.front().same_pipeline;
    fresh.repeated = entries.front().repeated;
    return fresh;
  }
  if (seen == KnownRecords::Seen::unchanged) ++out_.counts.unchanged;
  if (seen == KnownRecords::Seen::repeated) ++out_.counts.repeated;
  for (const KnownQuarantine::Entry& entry : entries) {
    still_delivered(entry.key);
    count_as_refused(entry);
  }
  const auto outputs = std::ssize(entries) + (seen != KnownRecords::Seen::no ? 1 : 0);
  out_.counts.split_off += outputs - 1;
  return std::nullopt;
}

// Both in the order of their rows.
void StreamReader::map_and_land(const Batch& batch, std::vector<FreshRow> fresh,
                                const std::vector<WaitingRow>& waiting) {
  std::vector<std::size_t> rows;
  for (const FreshRow& row : fresh) rows.push_back(row.row);
  const LeftOut left_out = takes_away() ? LeftOut::told : LeftOut::forgotten;
  std::vector<MappedOutput> mapped = mapping_.apply(batch, rows, left_out, pipeline_.absent());
  std::span<MappedOutput> outputs = mapped;
  auto next = waiting.begin();
  const auto let_in = [&](std::size_t before) {
    for (; next != waiting.end() && next->row < before; ++next) {
      if (const auto row = look_up(next->row, next->raw)) map_and_land(batch, {*row}, {});
    }
  };
  for (std::size_t place = 0; place < fresh.size(); ++place) {
    let_in(fresh[place].row);
    const auto end = std::ranges::find_if(
        outputs, [&](const MappedOutput& output) { return output.origin != place; });
    const auto count = static_cast<std::size_t>(end - outputs.begin());
    land_outputs(batch, fresh[place], outputs.first(count));
    outputs = outputs.subspan(count);
  }
  let_in(batch.row_count());
}

void StreamReader::land_outputs(const Batch& batch, FreshRow& fresh,
                                std::span<MappedOutput> outputs) {
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
                 fresh.take_entry());
    } else {
      land(batch, fresh, std::get<MappedRow>(std::move(output.result)), outputs.size() > 1);
    }
  }
  for (const std::int64_t id : fresh.entries) out_.no_longer_quarantined.push_back(id);
}

void StreamReader::land(const Batch& batch, FreshRow& fresh, MappedRow mapped, bool split) {
  const auto known = task_.records.find_key(fingerprint(mapped.source_key));
  RowFacts facts;
  facts.updated_at = mapped.updated_at;
  facts.known = known.has_value();
  if (known) {
    facts.gone = known->gone;
    facts.seen = known->seen;
    facts.same_raw = known->raw == fresh.raw;
    facts.known_updated_at = known->updated_at;
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
void StreamReader::write(const Batch& batch, const FreshRow& fresh, MappedRow mapped,
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
void StreamReader::remove(const Batch& batch, FreshRow& fresh, std::span<MappedOutput> outputs) {
  const auto has_key = [](const MappedOutput& output) {
    return !std::get<MappedRow>(output.result).source_key.empty();
  };
  MappedOutput as_read{0, "", MappedRow{mapping_.key_of(batch, fresh.row), {}, {}}, true};
  if (std::ranges::none_of(outputs, has_key)) outputs = {&as_read, 1};
  if (std::ranges::none_of(outputs, has_key)) {
    return quarantine(batch, fresh.row, fresh.raw, {"a deletion without a key", ""}, "",
                      fresh.take_entry());
  }
  ++(take_away(fresh, outputs) > 0 ? out_.counts.changed : out_.counts.repeated);
  for (const std::int64_t id : fresh.entries) out_.no_longer_quarantined.push_back(id);
}

// How many records are gone by what a row does not make any more.
std::int64_t StreamReader::take_away(const FreshRow& fresh, std::span<const MappedOutput> outputs) {
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

void StreamReader::refuse_second(const Batch& batch, FreshRow& fresh,
                                 const std::string& source_key) {
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
             source_key, fresh.take_entry());
}

void StreamReader::quarantine(const Batch& batch, std::size_t row, const Fingerprint& raw,
                              Rejection rejection, std::string source_key,
                              std::int64_t replaced_id) {
  const RowInfo info = batch.row(row);
  const bool refused_by_connector = !info.rejection.empty();
  QuarantinedRecord record;
  record.is_new = replaced_id == 0;
  record.id = record.is_new ? ++ids_.quarantine : replaced_id;
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
  if (!key && record.is_new) ++unreadable_;
  if (!record.is_new) std::erase(out_.no_longer_quarantined, record.id);
  task_.quarantine.put(raw, record.id, record.pipeline_id, key,
                       record.reason.ends_with(kFirstIsKept));
  ++out_.counts.quarantined;
  if (record.is_new) ++out_.counts.newly_quarantined;
  out_.quarantined.push_back(std::move(record));
}

// It stands in quarantine already, once for all equal rows.
void StreamReader::count_as_refused(const KnownQuarantine::Entry& entry) {
  ++(entry.repeated ? out_.counts.repeated : out_.counts.quarantined);
  if (!entry.key && !entry.settled && !entry.repeated) ++unreadable_;
}

// A refused record is not gone: the version before it stays.
void StreamReader::still_delivered(const std::optional<Fingerprint>& key) {
  if (!key) return;
  if (const auto known = task_.records.find_key(*key)) task_.records.mark_delivered(known->index);
}

// What of a feed was refused before is older than what takes effect now.
void StreamReader::drop_older_refusals(const Fingerprint& key, const Fingerprint& raw) {
  if (rows_from_ != RowsFrom::connector || task_.mode == ReadMode::full) return;
  for (const std::int64_t id : task_.quarantine.remove_others(key, raw)) {
    out_.no_longer_quarantined.push_back(id);
  }
}

void StreamReader::finish() {
  if (task_.mode == ReadMode::full) {
    Losses losses =
        judge_losses(task_.records, {out_.counts.read, unreadable_, task_.accept_losses});
    out_.stop = std::move(losses.stop);
    if (!out_.stop.empty()) return;
    out_.note = std::move(losses.note);
    if (losses.in_doubt) return;
    for (const std::int64_t id : losses.gone) out_.gone.push_back({id, std::nullopt});
    out_.counts.gone = std::ssize(losses.gone);
    for (const std::int64_t id : task_.quarantine.unseen())
      out_.no_longer_quarantined.push_back(id);
    report_older();
  }
  for (const std::string& missing : mapping_.missing()) note(missing);
  if (nobodies_ > 0) {
    note(counted(nobodies_, "record is", "records are") +
         " neither a person nor anything else: no `when` of the mapping fits them, or "
         "all their mapped fields are empty");
  }
  out_.resume_state = resume_state_.empty() ? task_.resume_state : resume_state_;
  out_.end = true;
}

// Of records of which the list holds no other version.
void StreamReader::report_older() {
  std::ranges::sort(outdated_);
  outdated_.erase(std::unique(outdated_.begin(), outdated_.end()), outdated_.end());
  const auto count = std::ranges::count_if(
      outdated_, [&](const auto index) { return task_.records.is_delivered_only(index); });
  if (count == 0) return;
  note(counted(count, "record is", "records are") +
       " older by `updated_at` than what was read before, which stays. If the source "
       "was set back on purpose, run `cdh run --full`");
}

void StreamReader::note(const std::string& text) {
  out_.note += (out_.note.empty() ? "" : "\n") + text;
}

bool StreamReader::hand_on() {
  LandingBatch next;
  next.stream = out_.stream;
  next.counts = out_.counts;
  return sink_(std::exchange(out_, std::move(next)));
}

}  // namespace cdh
