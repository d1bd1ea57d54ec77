// Which fields a stream has, against those that it had when it was last read whole, and what the
// stream's `drift` makes of the difference. Its fields are those of the connector, before any
// transform. Never touches the store.
//
// Records of an open stream (JSON) need not have every field: there a field is missing when a whole
// list has it in no record, and a feed of changes never misses one. A field is retyped when it holds a
// value of a kind that it held none of before: text, a number, a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/mapper.hpp"
#include "hub/plugin_host/batch.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

struct StreamTask;

// By name, the kinds of values that a field held, as bits; 0: never a value.
using StreamFields = std::map<std::string, std::uint8_t, std::less<>>;

// As stream_state.fields keeps them: {"born":["text"],"total":["number","text"]}, and back. What a feed
// has shown and nobody has agreed to stands beside: {"total":{"agreed":["number"],"waits":["text"]},
// "vip":{"waits":["boolean"]}}. The two from JSON throw Error(store) when it was damaged there.
std::string fields_to_json(const StreamFields& agreed, const StreamFields& waiting = {});
StreamFields fields_from_json(const std::string& json);
StreamFields waiting_fields_from_json(const std::string& json);

struct FieldDifference {
  std::vector<std::string> added, missing, retyped;  // retyped: "total (text, was number)"
  std::size_t known = 0;                             // fields that there were before

  bool is_none() const { return added.empty() && missing.empty() && retyped.empty(); }
  // "new: mobile; missing: fax". New ones are only counted when most of those before are missing: a
  // file that lost its header has a person's values in their place, and reports hold none.
  std::string to_text() const;
};

// What a connector offers now against `known`, as stream_state keeps it; none when that is empty.
FieldDifference offered_difference(const std::string& known, const StreamInfo& offered);

// Of one read of a stream. One thread at a time.
class FieldDrift {
 public:
  // As its connector offers it. A stream that was never read whole has no drift, and what somebody
  // accepts is none. `task` must outlive it. Throws Error(store) as fields_from_json does.
  explicit FieldDrift(const StreamTask& task);

  // Nothing of the stream may land before all of it was seen: under `freeze`, when there is something
  // to compare with.
  bool looks_first() const { return policy_ == DriftPolicy::freeze && known_; }
  // What of it shows before anything is read. Throws Error(source) under `freeze`.
  void check_offer() const;
  // With each batch that is read. Throws as check_offer does.
  void see(const Batch& batch);
  // When the stream came to its end. Likewise.
  void see_end();

  // To be called with each batch whose rows are asked about; see() does it too.
  void look_at(const Batch& batch);
  // Why a row of the batch looked at last waits, under `quarantine`.
  std::optional<Rejection> refusal(const Batch& batch, std::size_t row) const;

  // After the end: what the administrator should know, or nothing. `any_refused`: records of this read.
  std::string note(bool any_refused) const;
  // What the next read is to be compared with, as JSON. What nobody agreed to stands apart: a feed
  // may never show it again, and whoever accepts what waits means it too.
  std::string fields_to_keep() const;
  // The same in the midst of a read, which the next may go on with.
  std::string fields_so_far() const;

 private:
  struct Place {
    std::string name;
    std::uint8_t* found;                // in found_
    std::optional<std::uint8_t> known;  // nothing: a new field
  };
  FieldDifference difference() const;
  StreamFields waiting() const;
  bool tells_missing() const;
  void require_none() const;

  const StreamTask& task_;
  DriftPolicy policy_;
  std::optional<StreamFields> known_;
  StreamFields waited_;  // of a feed: what earlier reads showed and nobody agreed to
  StreamFields found_;
  std::string missing_;  // the first known field that a stream which is not open does not offer
  bool has_rows_ = false, has_ended_ = false;
  std::uint64_t schema_serial_ = 0;
  std::vector<Place> places_;  // of the columns of the batch looked at last
};

}  // namespace cdh
