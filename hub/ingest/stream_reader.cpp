#include "hub/ingest/stream_reader.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRowsPerBatch = 4096;

bool has_readable_row(const Batch& batch) {
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (batch.row(row).rejection.empty()) return true;
  }
  return false;
}

std::vector<std::size_t> rejected_rows(const Batch& batch) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (!batch.row(row).rejection.empty()) rows.push_back(row);
  }
  return rows;
}

}  // namespace

StreamReader::StreamReader(StreamTask& task, const SourceConfig& source,
                           std::vector<Transform> transforms, IdCounters& ids, Sink sink)
    : task_(task),
      sink_(std::move(sink)),
      drift_(task),
      mapping_(*task.config, source, task.default_key, task.open, std::move(transforms)),
      pipeline_(task, ids),
      landing_(task, mapping_, pipeline_, ids) {}

bool StreamReader::read(Connector& connector) {
  drift_.check_offer();
  if (drift_.looks_first() && !look_first(connector)) return false;
  if (!start(connector)) return false;
  while (const std::optional<Batch> batch = connector.read()) {
    drift_.see(*batch);
    has_readable_ = has_readable_ || has_readable_row(*batch);
    require_fields();
    process(*batch);
    if (!batch->resume_state().empty()) resume_state_ = batch->resume_state();
    // A full read never goes on where another ended: only its end is worth noting.
    if (task_.mode == ReadMode::incremental) gathered().resume_state = batch->resume_state();
    gathered().fields = drift_.fields_so_far();
    if (!hand_on()) return false;
  }
  require_fields();
  drift_.see_end();
  landing_.finish();
  if (gathered().end) {
    gathered().resume_state = resume_state_.empty() ? task_.resume_state : resume_state_;
    gathered().fields = drift_.fields_to_keep();
    const bool any_refused = gathered().counts.quarantined > 0;
    if (const std::string note = drift_.note(any_refused); !note.empty()) landing_.note(note);
  }
  return hand_on();
}

bool StreamReader::start(Connector& connector) {
  connector.start(task_.config->name, task_.mode == ReadMode::incremental ? task_.resume_state : "",
                  kRowsPerBatch);
  // A cancellation before the start has no effect on what comes after it.
  return hand_on();
}

// A row that can be read shows by itself whether it has the fields of the mapping. Where none can, the
// header does: what is no table at all, such as the page of an error, must not pass for an empty list,
// nor for one whose rows are all to be put right.
void StreamReader::require_fields() {
  if (has_readable_ || task_.open || task_.offered.empty()) return;
  mapping_.require_fields(task_.offered);
}

bool StreamReader::look_first(Connector& connector) {
  if (!start(connector)) return false;
  while (const std::optional<Batch> batch = connector.read()) {
    drift_.see(*batch);
    if (!hand_on()) return false;
  }
  drift_.see_end();
  return true;
}

void StreamReader::retry(const Batch& batch) {
  landing_.set_rows_from(RowsFrom::quarantine);
  drift_.look_at(batch);
  if (auto added = pipeline_.use(batch)) gathered().pipelines.push_back(*std::move(added));
  std::vector<FreshRow> fresh;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++gathered().counts.read;
    FreshRow& next =
        fresh.emplace_back(FreshRow{row, fingerprint_row(batch, row, pipeline_.order(), scratch_)});
    for (const auto& entry : task_.quarantine.see(next.raw, pipeline_.alike())) {
      next.entries.push_back(entry);
    }
  }
  map_and_land(batch, std::move(fresh), {});
  hand_on();
}

void StreamReader::remap(const Batch& batch) {
  landing_.set_rows_from(RowsFrom::landing);
  process(batch);
  hand_on();
}

// Rows take effect in the order of their arrival, though those that must be mapped are mapped all
// at once: a row that earlier ones of the batch may have a say in waits until they have landed.
void StreamReader::process(const Batch& batch) {
  if (auto added = pipeline_.use(batch)) gathered().pipelines.push_back(*std::move(added));
  std::vector<FreshRow> fresh;
  std::vector<WaitingRow> waiting;
  FingerprintTable fresh_raw;
  const std::vector<ToldKeys> unread =
      mapping_.tell(batch, rejected_rows(batch), pipeline_.absent());
  auto next_unread = unread.begin();
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    ++gathered().counts.read;
    if (!batch.row(row).rejection.empty()) {
      refuse_unread(batch, row, *next_unread++);
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
  leave_refused(batch);
}

// Its connector could not read it.
void StreamReader::refuse_unread(const Batch& batch, std::size_t row, const ToldKeys& told) {
  const RowInfo info = batch.row(row);
  const Fingerprint raw = info.raw.empty()
                              ? fingerprint_row(batch, row, pipeline_.order(), scratch_)
                              : fingerprint(info.raw);
  const auto entries = task_.quarantine.see(raw, {kNoPipeline});
  if (!entries.empty() && entries.front().same_pipeline) {
    return landing_.stays_refused(entries.front(), told);
  }
  landing_.refuse_unread(batch, row, raw, told,
                         entries.empty() ? std::nullopt : std::optional(entries.front()));
}

// An entry has one key, and a row may stand for several records.
void StreamReader::leave_refused(const Batch& batch) {
  const std::vector<RefusedRow> refused = std::exchange(still_refused_, {});
  std::vector<ToldKeys> told(refused.size());
  if (landing_.tells_gone() && mapping_.has_transforms()) {
    std::vector<std::size_t> rows;
    for (const RefusedRow& row : refused) rows.push_back(row.row);
    told = mapping_.tell(batch, rows, pipeline_.absent());
  }
  for (std::size_t i = 0; i < refused.size(); ++i) {
    for (const KnownQuarantine::Entry& entry : refused[i].entries) {
      landing_.stays_refused(entry, told[i]);
    }
  }
}

// Nothing when every record that comes of the row landed before, or was refused before for a reason
// that still holds; all of it by this pipeline. Otherwise what there is to map.
std::optional<FreshRow> StreamReader::look_up(std::size_t row, const Fingerprint& raw) {
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
    fresh.entries = entries;
    fresh.second_of_key = entries.front().second_of_key && entries.front().same_pipeline;
    fresh.repeated = entries.front().repeated;
    return fresh;
  }
  if (seen == KnownRecords::Seen::unchanged) ++gathered().counts.unchanged;
  if (seen == KnownRecords::Seen::repeated) ++gathered().counts.repeated;
  if (!entries.empty()) still_refused_.push_back({row, entries});
  const auto outputs = std::ssize(entries) + (seen != KnownRecords::Seen::no ? 1 : 0);
  gathered().counts.split_off += outputs - 1;
  return std::nullopt;
}

// Both in the order of their rows.
void StreamReader::map_and_land(const Batch& batch, std::vector<FreshRow> fresh,
                                const std::vector<WaitingRow>& waiting) {
  std::vector<std::size_t> rows, refused_rows;
  std::vector<std::optional<Rejection>> refusals;
  for (const FreshRow& row : fresh) {
    refusals.push_back(drift_.refusal(batch, row.row));
    (refusals.back() ? refused_rows : rows).push_back(row.row);
  }
  const auto refused = mapping_.tell(batch, refused_rows, pipeline_.absent());
  auto next_refused = refused.begin();
  const LeftOut left_out = landing_.takes_away() ? LeftOut::told : LeftOut::forgotten;
  std::vector<MappedOutput> mapped;
  if (!rows.empty()) mapped = mapping_.apply(batch, rows, left_out, pipeline_.absent());
  std::span<MappedOutput> outputs = mapped;
  std::size_t origin = 0;
  auto next = waiting.begin();
  const auto let_in = [&](std::size_t before) {
    for (; next != waiting.end() && next->row < before; ++next) {
      if (const auto row = look_up(next->row, next->raw)) map_and_land(batch, {*row}, {});
    }
  };
  for (std::size_t place = 0; place < fresh.size(); ++place) {
    let_in(fresh[place].row);
    if (refusals[place]) {
      landing_.refuse(batch, fresh[place], *std::move(refusals[place]), *next_refused++);
      continue;
    }
    const auto end = std::ranges::find_if(
        outputs, [&](const MappedOutput& output) { return output.origin != origin; });
    ++origin;
    const auto count = static_cast<std::size_t>(end - outputs.begin());
    landing_.land(batch, fresh[place], outputs.first(count));
    outputs = outputs.subspan(count);
  }
  let_in(batch.row_count());
}

bool StreamReader::hand_on() { return sink_(landing_.take()); }

}  // namespace cdh
