#include "hub/ingest/row_mapping.hpp"

#include <algorithm>
#include <deque>
#include <iterator>
#include <numeric>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/ingest/batch_rows.hpp"

namespace cdh {

namespace {

// Of a transform, of which the hub knows no more than its settings.
bool names_a_field_of(const std::vector<std::string>& key, const Setting& setting) {
  const auto is_named = [&](const std::string& field) {
    return setting.text.find(field) != setting.text.npos;
  };
  return setting.text == "*" || std::ranges::any_of(key, is_named) ||
         std::ranges::any_of(setting.items,
                             [&](const Setting& item) { return names_a_field_of(key, item); }) ||
         std::ranges::any_of(setting.members, [&](const auto& member) {
           return names_a_field_of(key, member.second);
         });
}

}  // namespace

// The rows of one batch on their way.
struct RowMapping::Passage {
  const Batch& batch;
  const std::vector<std::size_t>& rows;
  LeftOut left_out;
  std::vector<MappedOutput> outputs;
  std::deque<RefusedRecords> refused;  // of outputs, or of the rows
  std::vector<std::size_t> refusals;   // whose they are, of the outputs

  bool is_deletion(std::size_t place) const { return batch.row(rows[place]).deleted; }
};

// Those of them that go on together.
struct RowMapping::Leg {
  Batch current;
  std::vector<std::size_t> origin;  // of each current row
  std::size_t next = 0;             // transform
  bool left_out = false;            // a transform before dropped them
  // Where they are refused, for each of them: only their keys are told.
  std::vector<RefusedRecords*> refused = {};

  bool is_refused() const { return !refused.empty(); }
};

RowMapping::RowMapping(const StreamConfig& stream, const SourceConfig& source,
                       const std::vector<std::string>& default_key, bool open,
                       std::vector<Transform> transforms)
    : mapper_(stream, source, default_key),
      stream_(stream),
      open_(open),
      transforms_keys_(std::ranges::any_of(
          stream.transforms,
          [&](const TransformConfig& config) {
            return names_a_field_of(stream.key.empty() ? default_key : stream.key, config.settings);
          })),
      transforms_(std::move(transforms)) {}

std::vector<MappedOutput> RowMapping::apply(const Batch& batch,
                                            const std::vector<std::size_t>& rows, LeftOut left_out,
                                            const std::vector<Column>& absent) {
  if (!open_ && !absent.empty()) note_absent(batch, absent);
  std::vector<Column> columns = batch.columns(), added = absent;
  columns.insert(columns.end(), absent.begin(), absent.end());
  std::ranges::move(lacked_.beside(columns), std::back_inserter(added));
  Passage passage{batch, rows, left_out, {}, {}, {}};
  transform(passage, first_leg(batch, rows, added));
  for (std::size_t i = 0; i < passage.refusals.size(); ++i) {
    std::get<Refusal>(passage.outputs[passage.refusals[i]].result).records =
        std::move(passage.refused[i]);
  }
  std::ranges::stable_sort(passage.outputs, {}, &MappedOutput::origin);
  return std::move(passage.outputs);
}

std::vector<RefusedRecords> RowMapping::refused(const Batch& batch,
                                                const std::vector<std::size_t>& rows,
                                                const std::vector<Column>& absent) {
  if (rows.empty()) return {};
  Passage passage{batch, rows, LeftOut::told, {}, std::deque<RefusedRecords>(rows.size()), {}};
  Leg leg{subset(batch, rows, absent), {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    leg.origin.push_back(i);
    leg.refused.push_back(&passage.refused[i]);
  }
  transform_refused(passage, std::move(leg));
  return {std::make_move_iterator(passage.refused.begin()),
          std::make_move_iterator(passage.refused.end())};
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

Batch RowMapping::apply_next(Leg& leg) {
  Transform& step = transforms_[leg.next];
  const TransformConfig& config = stream_.transforms[leg.next++];
  if (!open_) return step.apply(leg.current);
  LackedFields of_refused;  // nobody is told of
  return (leg.is_refused() ? of_refused : lacked_).apply(step, config, leg.current);
}

void RowMapping::transform(Passage& passage, Leg leg) {
  while (leg.next < transforms_.size()) {
    const Batch out = apply_next(leg);
    Leg kept{out, {}, leg.next, leg.left_out}, refused = kept,
                                               dropped{leg.current, {}, leg.next, true};
    std::vector<std::size_t> kept_rows, refused_rows, dropped_rows;
    std::vector<bool> goes_on(leg.origin.size());
    bool has_rejections = false;
    for (std::size_t i = 0; i < out.row_count(); ++i) {
      const RowInfo info = out.row(i);
      const std::size_t origin = leg.origin[info.source_row];
      goes_on[info.source_row] = true;
      const bool is_rejected = !info.rejection.empty();
      has_rejections = has_rejections || is_rejected;
      if (!is_rejected || leg.is_refused() || leg.left_out || passage.is_deletion(origin)) {
        kept_rows.push_back(i);
        kept.origin.push_back(origin);
        if (!leg.is_refused()) continue;
        kept.refused.push_back(leg.refused[info.source_row]);
        if (is_rejected) kept.refused.back()->may_be_misread = true;
        continue;
      }
      passage.refusals.push_back(passage.outputs.size());
      passage.outputs.push_back(
          {origin, Refusal{{std::string(info.rejection), std::string(info.rejected_field)}, {}}});
      RefusedRecords& records = passage.refused.emplace_back();
      if (transforms_keys_) {
        records.may_be_misread = true;
        refused_rows.push_back(i);
        refused.origin.push_back(origin);
        refused.refused.push_back(&records);
      } else {
        std::string key = key_of(out, i);
        if (key.empty()) key = key_of(passage.batch, passage.rows[origin]);
        if (!key.empty()) records.keys.push_back(std::move(key));
      }
    }
    for (std::size_t i = 0; i < leg.origin.size(); ++i) {
      const bool is_told = passage.left_out == LeftOut::told || leg.is_refused() ||
                           passage.is_deletion(leg.origin[i]);
      if (goes_on[i] || !is_told) continue;
      dropped_rows.push_back(i);
      dropped.origin.push_back(leg.origin[i]);
      if (leg.is_refused()) dropped.refused.push_back(leg.refused[i]);
    }
    if (!dropped_rows.empty()) {
      dropped.current = subset(leg.current, dropped_rows);
      transform(passage, std::move(dropped));
    }
    if (!refused_rows.empty()) {
      refused.current = subset(out, refused_rows);
      transform_refused(passage, std::move(refused));
    }
    // A transform is given no row that was rejected.
    const bool is_whole = kept_rows.size() == out.row_count() && !has_rejections;
    if (!is_whole) kept.current = subset(out, kept_rows);
    leg = std::move(kept);
  }
  leg.is_refused() ? tell_keys(leg) : map(passage, leg);
}

// Refused rows go on through the transforms that are left, which may make their keys.
void RowMapping::transform_refused(Passage& passage, Leg leg) {
  const std::vector<RefusedRecords*> all = leg.refused;
  try {
    transform(passage, std::move(leg));
  } catch (const Error&) {
    for (RefusedRecords* records : all) records->is_in_doubt = true;
  }
}

void RowMapping::tell_keys(const Leg& leg) const {
  for (std::size_t i = 0; i < leg.current.row_count(); ++i) {
    std::string key = key_of(leg.current, i);
    if (key.empty()) {
      leg.refused[i]->is_in_doubt = true;
    } else {
      leg.refused[i]->keys.push_back(std::move(key));
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
    MappedOutput output{origin, MappedRow{}, leg.left_out || passage.is_deletion(origin)};
    std::variant<MappedRow, Rejection> result;
    if (output.left_out) {
      result = mapper_.map_deletion(current, i);
    } else {
      result = mapper_.map(current, i);
    }
    if (auto* const mapped = std::get_if<MappedRow>(&result)) {
      output.result = std::move(*mapped);
    } else {
      Refusal refusal{std::get<Rejection>(std::move(result)), {}};
      std::string key = mapper_.key_of(current, i);
      if (!key.empty()) refusal.records.keys.push_back(std::move(key));
      output.result = std::move(refusal);
    }
    passage.outputs.push_back(std::move(output));
  }
}

}  // namespace cdh
