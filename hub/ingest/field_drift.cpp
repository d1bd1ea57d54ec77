#include "hub/ingest/field_drift.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/stream_limit.hpp"
#include "hub/ingest/stream_task.hpp"
#include "hub/model/refusal.hpp"

namespace cdh {

namespace {

// The bits of StreamFields, from the lowest. A number is one however precise, a time however exact.
constexpr std::array<std::string_view, 6> kKinds = {"boolean", "number", "text",
                                                    "bytes",   "time",   "json"};
// So many fields are named in a report.
constexpr std::size_t kMostNamed = 10;

constexpr const char* kWhatDiffers = "its fields are not those of the last whole read: ";

// 0: it holds none.
std::uint8_t kind_of(ValueType type) {
  switch (type) {
    case ValueType::absent:
    case ValueType::null:
      return 0;
    case ValueType::boolean:
      return 1;
    case ValueType::integer:
    case ValueType::real:
    case ValueType::decimal:
      return 2;
    case ValueType::text:
      return 4;
    case ValueType::bytes:
      return 8;
    case ValueType::date:
    case ValueType::local_time:
    case ValueType::instant:
      return 16;
    case ValueType::json:
      return 32;
  }
  return 0;
}

std::string names_of(unsigned kinds) {
  std::string names;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if ((kinds >> i & 1U) != 0) names += (names.empty() ? "" : " or ") + std::string(kKinds[i]);
  }
  return names;
}

void add_part(std::string& text, const std::string& part) {
  text += (text.empty() ? "" : "; ") + part;
}

void add_list(std::string& text, const char* head, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::string part(head);
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) {
    part += (i == 0 ? " " : ", ") + names[i];
  }
  if (names.size() > kMostNamed) {
    part += " and " + std::to_string(names.size() - kMostNamed) + " more";
  }
  add_part(text, part);
}

FieldDifference compare(const StreamFields& known, const StreamFields& found, bool tells_missing) {
  FieldDifference difference;
  difference.known = known.size();
  for (const auto& [name, kinds] : found) {
    const auto before = known.find(name);
    if (before == known.end()) {
      difference.added.push_back(name);
      continue;
    }
    const unsigned other = kinds & ~static_cast<unsigned>(before->second);
    if (before->second == 0 || other == 0) continue;
    difference.retyped.push_back(name + " (" + names_of(other) + ", was " +
                                 names_of(before->second) + ")");
  }
  for (const auto& [name, kinds] : known) {
    if (tells_missing && !found.contains(name)) difference.missing.push_back(name);
  }
  return difference;
}

nlohmann::json json_of(unsigned kinds) {
  nlohmann::json names = nlohmann::json::array();
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if ((kinds >> i & 1U) != 0) names.push_back(kKinds[i]);
  }
  return names;
}

// `part`: "agreed", which most fields are as a whole, or "waits".
StreamFields parse_fields(const std::string& json, const std::string& part) {
  StreamFields fields;
  try {
    const nlohmann::json document = nlohmann::json::parse(json);
    for (const auto& [name, value] : document.items()) {
      const bool is_apart = value.is_object();
      if (is_apart ? !value.contains(part) : part != "agreed") continue;
      std::uint8_t& kinds = fields[name];
      for (const auto& kind : is_apart ? value.at(part) : value) {
        const auto at = std::ranges::find(kKinds, kind.get<std::string>());
        if (at != kKinds.end()) kinds |= static_cast<std::uint8_t>(1U << (at - kKinds.begin()));
      }
    }
  } catch (const nlohmann::json::exception&) {
    throw Error(
        ErrorKind::store,
        "the table stream_state holds fields that cannot be read; `cdh runs undo` puts back "
        "those of the run before");
  }
  return fields;
}

}  // namespace

std::string fields_to_json(const StreamFields& agreed, const StreamFields& waiting) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [name, kinds] : agreed) json[name] = json_of(kinds);
  for (const auto& [name, kinds] : waiting) {
    nlohmann::json apart = {{"waits", json_of(kinds)}};
    if (json.contains(name)) apart["agreed"] = std::move(json[name]);
    json[name] = std::move(apart);
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

StreamFields fields_from_json(const std::string& json) { return parse_fields(json, "agreed"); }

StreamFields waiting_fields_from_json(const std::string& json) {
  return parse_fields(json, "waits");
}

std::string FieldDifference::to_text() const {
  std::string text;
  if (missing.size() * 2 > known && !added.empty()) {
    add_part(text, counted(std::ssize(added), "new field", "new fields") +
                       ", not named here, since a file without its header has values in their "
                       "place: see `cdh discover`");
  } else {
    add_list(text, "new:", added);
  }
  add_list(text, "missing:", missing);
  add_list(text, "of another type:", retyped);
  return text;
}

FieldDifference offered_difference(const std::string& known, const StreamInfo& offered) {
  if (known.empty()) return {};
  StreamFields found;
  for (const Column& column : offered.columns) found[column.name];
  return compare(fields_from_json(known), found, !offered.open);
}

FieldDrift::FieldDrift(const StreamTask& task)
    : task_(task), policy_(task.accept_changes ? DriftPolicy::evolve : task.config->drift) {
  for (const Column& column : task.offered) found_[column.name];
  if (!task.state.fields.empty()) {
    known_ = fields_from_json(task.state.fields);
    if (task.mode == ReadMode::incremental) {
      waited_ = waiting_fields_from_json(task.state.fields);
    }
    if (policy_ == DriftPolicy::evolve) {
      for (const auto& [name, kinds] : waited_) found_[name] |= kinds;
    }
  } else if (!task.resume_state.empty()) {
    // Its first read was interrupted.
    for (const StoredPipeline& pipeline : task.pipelines) {
      for (const Column& column : columns_from_json(pipeline.columns)) found_[column.name];
    }
  }
  if (!known_ || task.open) return;
  const auto lacks = [&](const auto& field) { return !found_.contains(field.first); };
  const auto first = std::ranges::find_if(*known_, lacks);
  if (first != known_->end()) missing_ = first->first;
}

bool FieldDrift::tells_missing() const {
  return !task_.open || (has_ended_ && has_rows_ && task_.mode == ReadMode::full);
}

FieldDifference FieldDrift::difference() const {
  return known_ ? compare(*known_, found_, tells_missing()) : FieldDifference();
}

void FieldDrift::require_none() const {
  if (!looks_first()) return;
  const FieldDifference difference = this->difference();
  if (difference.is_none()) return;
  throw Error(ErrorKind::source, kWhatDiffers + difference.to_text() +
                                     "; they are frozen (`drift: freeze`), so it is not read." +
                                     kHowToGoOn);
}

void FieldDrift::check_offer() const { require_none(); }

void FieldDrift::look_at(const Batch& batch) {
  const bool same = batch.schema_serial() != 0 && batch.schema_serial() == schema_serial_;
  if (same && !places_.empty()) return;
  schema_serial_ = batch.schema_serial();
  places_.clear();
  for (const Column& column : batch.columns()) {
    Place& place = places_.emplace_back(Place{column.name, &found_[column.name], std::uint8_t{0}});
    if (!known_) continue;
    const auto known = known_->find(column.name);
    place.known = known == known_->end() ? std::nullopt : std::optional(known->second);
  }
}

void FieldDrift::see(const Batch& batch) {
  const std::size_t fields = found_.size();
  look_at(batch);
  bool is_new = found_.size() > fields;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    const RowInfo info = batch.row(row);
    if (!info.rejection.empty() || info.deleted) continue;
    has_rows_ = true;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Value value = batch.value(row, i);
      const std::uint8_t kind = kind_of(value.type);
      if ((*places_[i].found & kind) == kind || value.is_blank()) continue;
      *places_[i].found |= kind;
      is_new = true;
    }
  }
  if (is_new) require_none();
}

void FieldDrift::see_end() {
  has_ended_ = true;
  require_none();
}

std::optional<Rejection> FieldDrift::refusal(const Batch& batch, std::size_t row) const {
  if (policy_ != DriftPolicy::quarantine || !known_ || places_.empty()) return std::nullopt;
  if (batch.row(row).deleted) return std::nullopt;
  const auto not_agreed = [](const std::string& what, const std::string& field) {
    return Rejection{what + ", " + std::string(kNotAgreed), field};
  };
  if (!missing_.empty()) return not_agreed("the stream has no such field any more", missing_);
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto& [name, found, known] = places_[i];
    const Value value = batch.value(row, i);
    if (known == std::uint8_t{0} || value.is_blank()) continue;
    const std::uint8_t kind = kind_of(value.type);
    if (!known) return not_agreed("a new field", name);
    if ((*known & kind) == 0) {
      return not_agreed(
          "a value of type " + names_of(kind) + ", and " + names_of(*known) + " was there before",
          name);
    }
  }
  return std::nullopt;
}

std::string FieldDrift::note(bool any_refused) const {
  const FieldDifference difference = this->difference();
  if (difference.is_none()) return {};
  std::string text = kWhatDiffers + difference.to_text();
  if (policy_ != DriftPolicy::quarantine) return text;
  if (any_refused) {
    text += "; records that differ wait in quarantine (`drift: quarantine`).";
  } else {
    text += "; no record that was read waits in quarantine for it (`drift: quarantine`)";
    // All that is new or changed would wait.
    text += missing_.empty() ? "."
                             : ": nothing else has changed, or a file that had the field is gone.";
  }
  return text + kHowToGoOn;
}

std::string FieldDrift::fields_to_keep() const {
  if (!known_) return fields_to_json(found_);
  const bool takes_all = policy_ == DriftPolicy::evolve;
  StreamFields kept = takes_all && tells_missing() ? StreamFields() : *known_;
  for (const auto& [name, kinds] : found_) {
    const auto before = known_->find(name);
    const bool was_there = before != known_->end();
    if (takes_all) {
      kept[name] = static_cast<std::uint8_t>(kinds | (was_there ? before->second : 0U));
    } else if (was_there && before->second == 0) {
      kept[name] = kinds;  // its first values say what it holds
    }
  }
  return fields_to_json(kept, takes_all ? StreamFields() : waiting());
}

std::string FieldDrift::fields_so_far() const {
  const bool any_waits = policy_ == DriftPolicy::quarantine && known_;
  return any_waits ? fields_to_json(*known_, waiting()) : task_.state.fields;
}

// What a feed has shown and nobody has agreed to, now or before.
StreamFields FieldDrift::waiting() const {
  if (task_.mode != ReadMode::incremental) return {};  // a list shows all of it again
  StreamFields waiting = waited_;
  for (const auto& [name, kinds] : found_) {
    const auto before = known_->find(name);
    if (before == known_->end()) {
      if (kinds != 0) waiting[name] |= kinds;
    } else if (before->second != 0 && (kinds & ~before->second) != 0) {
      waiting[name] |= static_cast<std::uint8_t>(kinds & ~before->second);
    }
  }
  return waiting;
}

}  // namespace cdh
