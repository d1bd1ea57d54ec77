#include "hub/ingest/row_mapping.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"

namespace cdh {

namespace {

// Rows of a batch by which it is found out whether a transform has a hand in the keys.
constexpr std::size_t kMostSamples = 256;

bool is_rejected(const Batch& batch, std::size_t row) { return !batch.row(row).rejection.empty(); }

bool is_blank(const Batch& batch, std::size_t row) {
  for (std::size_t i = 0; i < batch.column_count(); ++i) {
    if (!batch.value(row, i).is_blank()) return false;
  }
  return true;
}

// Of those that were read well, spread over the batch.
std::vector<std::size_t> samples(const Batch& batch) {
  const std::size_t step = batch.row_count() / kMostSamples + 1;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < batch.row_count(); row += step) {
    if (!is_rejected(batch, row) && !batch.row(row).deleted) rows.push_back(row);
  }
  return rows;
}

}  // namespace

// The rows of one batch on their way.
struct RowMapping::Passage {
  const Batch& batch;
  const std::vector<std::size_t>& rows;
  std::vector<Column> added = {};
  LeftOut left_out = LeftOut::told;
  std::vector<MappedOutput> outputs = {};
  bool are_samples = false;
  Steps without = {};                 // of samples: they pass these by
  std::map<Steps, bool> makers = {};  // of keys

  bool passes_by(std::size_t step) const { return without.first <= step && step < without.second; }
  bool is_deletion(std::size_t place) const { return batch.row(rows[place]).deleted; }
};

// Those of them that go on together.
struct RowMapping::Leg {
  struct Place {
    std::size_t origin;
    std::size_t output;  // of a refused one
  };
  Batch current;
  std::vector<Place> places;  // of each current row
  std::size_t next = 0;       // transform
  bool left_out = false;      // a transform before dropped them
  bool is_refused = false;    // only their keys are to be told
};

RowMapping::RowMapping(const StreamConfig& stream, const SourceConfig& source,
                       const std::vector<std::string>& default_key, bool open,
                       std::vector<Transform> transforms)
    : mapper_(stream, source, default_key),
      stream_(stream),
      open_(open),
      transforms_(std::move(transforms)) {}

std::vector<MappedOutput> RowMapping::apply(const Batch& batch,
                                            const std::vector<std::size_t>& rows, LeftOut left_out,
                                            const std::vector<Column>& absent) {
  if (!open_ && !absent.empty()) note_absent(batch, absent);
  std::vector<Column> columns = batch.columns(), added = absent;
  columns.insert(columns.end(), absent.begin(), absent.end());
  std::ranges::move(lacked_.beside(columns), std::back_inserter(added));
  Passage passage{batch, rows, std::move(added), left_out};
  transform(passage, first_leg(passage));
  for (MappedOutput& output : passage.outputs) {
    if (!output.told.keys.empty()) output.key = output.told.keys.front();
  }
  std::ranges::stable_sort(passage.outputs, {}, &MappedOutput::origin);
  return std::move(passage.outputs);
}

void RowMapping::require_fields(const std::vector<Column>& columns) {
  const Batch none = Batch::from_values(columns, {});
  const std::vector<std::size_t> rows;
  Passage passage{none, rows};
  transform(passage, first_leg(passage));
}

std::vector<ToldKeys> RowMapping::tell(const Batch& batch, const std::vector<std::size_t>& rows,
                                       const std::vector<Column>& absent) {
  if (rows.empty()) return {};
  Passage passage = of_refused(batch, rows, absent);
  Leg readable{batch, {}, 0, false, true};
  std::vector<std::size_t> readable_rows;
  for (std::size_t place = 0; place < rows.size(); ++place) {
    ToldKeys& told = passage.outputs[place].told;
    if (is_rejected(batch, rows[place])) {
      // One that was never split into fields has no key, whatever the transforms make of nothing.
      told.is_in_doubt = is_blank(batch, rows[place]);
      if (told.is_in_doubt) continue;
      told.is_guess =
          !mapper_.has_whole_key(batch, rows[place]) || make_keys(passage, {0, transforms_.size()});
    }
    readable_rows.push_back(rows[place]);
    readable.places.push_back({place, place});
  }
  readable.current = subset(batch, readable_rows, absent);
  if (!readable_rows.empty()) tell(passage, std::move(readable));
  std::vector<ToldKeys> told;
  for (MappedOutput& output : passage.outputs) told.push_back(std::move(output.told));
  return told;
}

RowMapping::Passage RowMapping::of_refused(const Batch& batch, const std::vector<std::size_t>& rows,
                                           const std::vector<Column>& added) {
  Passage passage{batch, rows, added};
  for (std::size_t place = 0; place < rows.size(); ++place) {
    passage.outputs.push_back({place, "", Rejection()});
  }
  return passage;
}

RowMapping::Leg RowMapping::first_leg(const Passage& passage) {
  const bool as_it_is = passage.rows.size() == passage.batch.row_count() && passage.added.empty();
  Leg all{as_it_is ? passage.batch : subset(passage.batch, passage.rows, passage.added), {}};
  for (std::size_t place = 0; place < passage.rows.size(); ++place) {
    all.places.push_back({place, place});
  }
  return all;
}

std::vector<std::string> RowMapping::missing() const {
  std::vector<std::string> messages = mapper_.missing();
  messages.insert(messages.end(), absent_.begin(), absent_.end());
  std::ranges::move(lacked_.messages(), std::back_inserter(messages));
  return messages;
}

// One of several files has another header: its records lose a value that they may have had.
void RowMapping::note_absent(const Batch& batch, const std::vector<Column>& absent) {
  const auto reads = [&](const std::string& name) {
    const auto is_it = [&](const FieldMapping& field) { return field.value.from == name; };
    return std::ranges::any_of(stream_.map, [&](const EntityMapping& mapping) {
      return std::ranges::any_of(mapping.fields, is_it) ||
             std::ranges::any_of(mapping.contacts, [&](const ContactMapping& contact) {
               return std::ranges::any_of(contact.fields, is_it);
             });
    });
  };
  for (const Column& column : absent) {
    if (!reads(column.name)) continue;
    std::string message = std::string(batch.origin()) + " has no field \"" + column.name +
                          "\", which other files have: it is empty in these records";
    if (std::ranges::find(absent_, message) == absent_.end()) {
      absent_.push_back(std::move(message));
    }
  }
}

Batch RowMapping::apply_next(Leg& leg) {
  const std::size_t number = leg.next++;
  Transform& step = transforms_[number];
  if (!open_) return apply_whole(step, stream_, number, leg.current);
  LackedFields of_refused;  // nobody is told of
  return (leg.is_refused ? of_refused : lacked_)
      .apply(step, stream_.transforms[number], leg.current);
}

void RowMapping::transform(Passage& passage, Leg leg) {
  struct Chosen {
    std::vector<std::size_t> rows;
    std::vector<Leg::Place> places;
    void add(std::size_t row, const Leg::Place& place) {
      rows.push_back(row);
      places.push_back(place);
    }
  };
  while (leg.next < transforms_.size()) {
    const Steps step(leg.next, leg.next + 1);
    if (passage.passes_by(leg.next)) {
      ++leg.next;
      continue;
    }
    const Batch out = apply_next(leg);
    Chosen kept, refused, dropped;
    std::vector<bool> goes_on(leg.places.size());
    bool as_it_is = true;
    for (std::size_t i = 0; i < out.row_count(); ++i) {
      const std::size_t from = out.row(i).source_row;
      Leg::Place place = leg.places[from];
      goes_on[from] = true;
      if (!is_rejected(out, i)) {
        kept.add(i, place);
        continue;
      }
      as_it_is = false;
      if (!leg.is_refused && (leg.left_out || passage.is_deletion(place.origin))) {
        kept.add(i, place);
        continue;
      }
      if (!leg.is_refused) place.output = refuse(passage, out, i, place.origin);
      ToldKeys& told = passage.outputs[place.output].told;
      told.is_guess = told.is_guess || make_keys(passage, step);
      (leg.is_refused ? kept : refused).add(i, place);
    }
    for (std::size_t i = 0; i < leg.places.size(); ++i) {
      const bool is_told = leg.is_refused || passage.left_out == LeftOut::told ||
                           passage.is_deletion(leg.places[i].origin);
      if (!goes_on[i] && is_told) dropped.add(i, leg.places[i]);
    }
    if (!refused.rows.empty()) {
      tell(passage, {subset(out, refused.rows), std::move(refused.places), leg.next, false, true});
    }
    if (!dropped.rows.empty()) {
      transform(passage, {subset(leg.current, dropped.rows), std::move(dropped.places), leg.next,
                          true, leg.is_refused});
    }
    as_it_is = as_it_is && kept.rows.size() == out.row_count();
    leg.current = as_it_is ? out : subset(out, kept.rows);
    leg.places = std::move(kept.places);
  }
  leg.is_refused ? tell_keys(passage, leg) : map(passage, leg);
}

// The place of what a transform refuses among the outputs.
std::size_t RowMapping::refuse(Passage& passage, const Batch& out, std::size_t row,
                               std::size_t origin) const {
  const RowInfo info = out.row(row);
  std::string key = key_of(out, row);
  if (key.empty()) key = key_of(passage.batch, passage.rows[origin]);
  passage.outputs.push_back(
      {origin, std::move(key),
       Rejection{std::string(info.rejection), std::string(info.rejected_field)}});
  return passage.outputs.size() - 1;
}

// Of refused rows, through the transforms that are left.
void RowMapping::tell(Passage& passage, Leg leg) {
  const std::vector<Leg::Place> places = leg.places;
  try {
    transform(passage, std::move(leg));
  } catch (const Error&) {
    for (const Leg::Place& place : places) passage.outputs[place.output].told.is_in_doubt = true;
  }
}

void RowMapping::tell_keys(Passage& passage, const Leg& leg) const {
  for (std::size_t i = 0; i < leg.current.row_count(); ++i) {
    ToldKeys& told = passage.outputs[leg.places[i].output].told;
    std::string key = key_of(leg.current, i);
    if (key.empty()) {
      told.is_in_doubt = true;
    } else {
      told.keys.push_back(std::move(key));
    }
  }
}

// Whether these transforms have a hand in the keys. Only their plugins know; how the keys of other
// rows come out with them and without them shows it.
bool RowMapping::make_keys(Passage& passage, Steps steps) {
  if (passage.are_samples) return true;  // what is refused shows nothing
  const auto [at, is_first] = passage.makers.try_emplace(steps, true);
  if (!is_first) return at->second;
  if (const std::optional<bool> shown = samples_show(passage, steps)) {
    bool& known = make_keys_.try_emplace(steps, *shown).first->second;
    known = known || *shown;
  }
  const auto known = make_keys_.find(steps);
  at->second = known == make_keys_.end() || known->second;
  return at->second;
}

std::optional<bool> RowMapping::samples_show(const Passage& passage, Steps steps) {
  const std::vector<std::size_t> rows = samples(passage.batch);
  const auto told_without = [&](Steps without) {
    Passage sampled = of_refused(passage.batch, rows, passage.added);
    sampled.are_samples = true;
    sampled.without = without;
    Leg all = first_leg(sampled);
    all.is_refused = true;
    tell(sampled, std::move(all));
    return std::move(sampled.outputs);
  };
  if (rows.empty()) return std::nullopt;
  const std::vector<MappedOutput> with = told_without({}), without = told_without(steps);
  std::optional<bool> shown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ToldKeys &one = with[i].told, &other = without[i].told;
    if (one.is_in_doubt || one.is_guess) continue;
    if (other.is_in_doubt || one.keys != other.keys) return true;
    shown = false;
  }
  return shown;
}

void RowMapping::map(Passage& passage, const Leg& leg) {
  const Batch& current = leg.current;
  std::vector<Column> columns = current.columns();
  if (columns != mapped_columns_) {
    mapper_.bind(columns, open_);
    mapped_columns_ = std::move(columns);
  }
  for (std::size_t i = 0; i < current.row_count(); ++i) {
    const std::size_t origin = leg.places[i].origin;
    MappedOutput output{origin, "", MappedRow{}, leg.left_out || passage.is_deletion(origin)};
    if (output.left_out) {
      output.result = mapper_.map_deletion(current, i);
    } else {
      output.result = mapper_.map(current, i);
      if (std::holds_alternative<Rejection>(output.result)) output.key = mapper_.key_of(current, i);
      if (!output.key.empty()) output.told.keys = {output.key};
    }
    passage.outputs.push_back(std::move(output));
  }
}

}  // namespace cdh
