#include "hub/ingest/row_mapping.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"

namespace cdh {

// The rows of one batch on their way.
struct RowMapping::Passage {
  const Batch& batch;
  const std::vector<std::size_t>& rows;
  LeftOut left_out;
  std::vector<MappedOutput> outputs;
  std::vector<RefusedRow> refused;  // in place of outputs, when these rows are

  bool are_refused() const { return !refused.empty(); }
  bool is_deletion(std::size_t place) const { return batch.row(rows[place]).deleted; }
};

// Those of them that go on together.
struct RowMapping::Leg {
  Batch current;
  std::vector<std::size_t> origin;  // of each current row
  std::size_t next = 0;             // transform
  bool left_out = false;            // a transform before dropped them
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
  Passage passage{batch, rows, left_out, {}, {}};
  transform(passage, first_leg(batch, rows, added));
  std::ranges::stable_sort(passage.outputs, {}, &MappedOutput::origin);
  return std::move(passage.outputs);
}

std::vector<RefusedRow> RowMapping::refused(const Batch& batch,
                                            const std::vector<std::size_t>& rows,
                                            const std::vector<Column>& absent) {
  if (rows.empty()) return {};
  Passage passage{batch, rows, LeftOut::told, {}, std::vector<RefusedRow>(rows.size())};
  try {
    transform(passage, first_leg(batch, rows, absent));
  } catch (const Error&) {
    for (RefusedRow& row : passage.refused) row.is_in_doubt = true;
  }
  return std::move(passage.refused);
}

RowMapping::Leg RowMapping::first_leg(const Batch& batch, const std::vector<std::size_t>& rows,
                                      const std::vector<Column>& added) {
  const bool as_it_is = rows.size() == batch.row_count() && added.empty();
  Leg all{as_it_is ? batch : subset(batch, rows, added), {}};
  all.origin.resize(rows.size());
  std::iota(all.origin.begin(), all.origin.end(), std::size_t{0});
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

Batch RowMapping::apply_next(Passage& passage, Leg& leg) {
  Transform& step = transforms_[leg.next];
  const TransformConfig& config = stream_.transforms[leg.next++];
  if (!open_) return step.apply(leg.current);
  LackedFields of_refused;  // nobody is told of
  return (passage.are_refused() ? of_refused : lacked_).apply(step, config, leg.current);
}

void RowMapping::transform(Passage& passage, Leg leg) {
  while (leg.next < transforms_.size()) {
    const Batch out = apply_next(passage, leg);
    std::vector<std::size_t> kept, kept_origin, dropped;
    std::vector<bool> goes_on(leg.origin.size());
    for (std::size_t i = 0; i < out.row_count(); ++i) {
      const RowInfo info = out.row(i);
      const std::size_t origin = leg.origin[info.source_row];
      goes_on[info.source_row] = true;
      if (passage.are_refused() && !info.rejection.empty()) {
        passage.refused[origin].is_in_doubt = true;
        continue;
      }
      if (info.rejection.empty() || leg.left_out || passage.is_deletion(origin)) {
        kept.push_back(i);
        kept_origin.push_back(origin);
        continue;
      }
      std::string key = key_of(out, i);
      if (key.empty()) key = key_of(passage.batch, passage.rows[origin]);
      passage.outputs.push_back(
          {origin, std::move(key),
           Rejection{std::string(info.rejection), std::string(info.rejected_field)}});
    }
    Leg left_out{leg.current, {}, leg.next, true};
    for (std::size_t i = 0; i < leg.origin.size(); ++i) {
      const bool is_told = passage.left_out == LeftOut::told || passage.is_deletion(leg.origin[i]);
      if (goes_on[i] || !is_told) continue;
      dropped.push_back(i);
      left_out.origin.push_back(leg.origin[i]);
    }
    if (!dropped.empty()) {
      left_out.current = subset(leg.current, dropped);
      transform(passage, std::move(left_out));
    }
    leg.current = kept.size() == out.row_count() ? out : subset(out, kept);
    leg.origin = std::move(kept_origin);
  }
  passage.are_refused() ? tell_keys(passage, leg) : map(passage, leg);
}

void RowMapping::tell_keys(Passage& passage, const Leg& leg) const {
  for (std::size_t i = 0; i < leg.current.row_count(); ++i) {
    RefusedRow& row = passage.refused[leg.origin[i]];
    std::string key = key_of(leg.current, i);
    if (key.empty()) {
      row.is_in_doubt = true;
    } else {
      row.keys.push_back(std::move(key));
    }
  }
}

void RowMapping::map(Passage& passage, const Leg& leg) {
  const Batch& current = leg.current;
  std::vector<Column> columns = current.columns();
  if (columns != mapped_columns_) {
    mapper_.bind(columns, open_);
    mapped_columns_ = std::move(columns);
  }
  for (std::size_t i = 0; i < current.row_count(); ++i) {
    const std::size_t origin = leg.origin[i];
    MappedOutput output{origin, "", MappedRow{}, leg.left_out || passage.is_deletion(origin)};
    if (output.left_out) {
      output.result = mapper_.map_deletion(current, i);
    } else {
      output.result = mapper_.map(current, i);
      if (std::holds_alternative<Rejection>(output.result)) output.key = mapper_.key_of(current, i);
    }
    passage.outputs.push_back(std::move(output));
  }
}

}  // namespace cdh
