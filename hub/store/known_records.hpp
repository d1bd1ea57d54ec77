// What the store holds of one stream, in memory while the stream is read: the look-up that an
// unchanged record costs, and the decision what becomes of a changed one.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/base/fingerprint_table.hpp"
#include "hub/base/hash.hpp"
#include "hub/model/refusal.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// Some pipelines, by their ids, ascending.
using PipelineIds = std::vector<std::int64_t>;

// About 60 bytes a record. `raw` is always the fingerprint of a raw record, of its values under
// their columns' names. One thread at a time.
class KnownRecords {
 public:
  using Index = std::uint32_t;

  static KnownRecords load(Database& database, std::int64_t stream_id);
  // The same, but what a version that was refused in this run must not replace counts as seen in
  // this read: the records that are present and changed in this run or later, and those that are
  // gone since. 0: all that are present.
  static KnownRecords load_as_seen(Database& database, std::int64_t stream_id,
                                   std::int64_t since_run);

  // Whether every record that came from this raw record is here, made by one of these pipelines;
  // they then count as seen in this read. `repeated`: they were seen in it before.
  enum class Seen { no, unchanged, repeated };
  Seen see(const Fingerprint& raw, const PipelineIds& pipelines);
  // Whether see() would find them.
  bool holds(const Fingerprint& raw, const PipelineIds& pipelines) const;

  struct Known {
    Index index;
    std::int64_t record_id;
    std::optional<std::int64_t> updated_at;
    Fingerprint raw;
    std::int64_t pipeline_id;
    bool seen;     // in this read, as unchanged or by put()
    bool written;  // in this read, by put()
    bool gone;
  };
  std::optional<Known> find_key(const Fingerprint& key) const;
  Known at(Index index) const;
  // The present records that come from the raw record now.
  void append_present_of(const Fingerprint& raw, std::vector<Index>& records) const;

  // Notes a record that was read and will be written: new, or a new version of a known one.
  void put(const Fingerprint& key, const Fingerprint& raw, std::int64_t record_id,
           std::optional<std::int64_t> updated_at, std::int64_t pipeline_id);
  // Notes that the record is still delivered, though this version, refused or older, is not taken:
  // another may follow.
  void mark_delivered(Index index) {
    if (seen_[index] == kUnseen) seen_[index] = kDelivered;
  }
  // Notes a deletion, and its time when the source tells it.
  void mark_gone(Index index, std::optional<std::int64_t> deleted_at) {
    gone_[index] = 1;
    seen_[index] = kUnseen;  // it may come back in this read
    if (deleted_at) updated_at_[index] = *deleted_at;
  }

  // The present records that none of these pipelines made, ascending by the pipeline that did and
  // by id. They count as unseen from now on and all other present ones as seen: what is mapped
  // anew never replaces what the present pipeline made.
  struct Stale {
    std::int64_t pipeline_id;
    Index index;
  };
  std::vector<Stale> begin_remapping(const PipelineIds& present_pipelines);
  std::int64_t record_id(Index index) const { return ids_[index]; }
  const Fingerprint& raw(Index index) const { return raw_[index]; }
  std::int64_t pipeline_id(Index index) const { return pipeline_[index]; }
  bool is_unseen(Index index) const { return seen_[index] == kUnseen; }
  // Other versions of it were, but not this one.
  bool is_delivered_only(Index index) const { return seen_[index] == kDelivered; }

  // The ids of the records not seen in this read and not gone already.
  std::vector<std::int64_t> unseen() const;
  std::size_t size() const { return ids_.size(); }
  std::size_t present() const;

  // How many were present when they were loaded, and how many of these the last complete read
  // left: a read that failed may have landed others.
  std::size_t loaded() const { return loaded_; }
  std::size_t settled() const { return settled_; }
  // Of the settled ones, those that unseen() holds.
  std::size_t unseen_settled() const;

 private:
  static KnownRecords load_rows(Cursor& rows, std::int64_t settled_by);
  Index add(std::int64_t record_id);
  // Calls visit(index) for each record that comes from the raw record now.
  template <typename Visit>
  void for_each_of(const Fingerprint& raw, Visit&& visit) const;

  static constexpr std::uint8_t kUnseen = 0, kDelivered = 1, kSeen = 2, kWritten = 3;
  static constexpr std::int64_t kNoTime = INT64_MIN;
  FingerprintTable by_raw_, by_key_;
  std::vector<std::int64_t> ids_, updated_at_;
  std::vector<Fingerprint> raw_;
  std::vector<std::int32_t> pipeline_;
  // By the first record of a raw record that a transform split: the others.
  std::unordered_map<Index, std::vector<Index>> split_;
  std::vector<std::uint8_t> seen_, gone_;
  std::vector<std::uint8_t> is_settled_;  // of those loaded
  std::size_t loaded_ = 0, settled_ = 0;
};

// By which two refusals of one row are known to be the same.
std::uint64_t refusal_hash(std::string_view reason, std::string_view field);

// The same for the stream's quarantined records.
class KnownQuarantine {
 public:
  static KnownQuarantine load(Database& database, std::int64_t stream_id);

  // An entry for a raw record, and whether one of these pipelines refused it; it counts as seen. A
  // refusal of an earlier read that only its day made (kYetToCome), or that somebody may have agreed
  // to since (kNotAgreed), is none of any pipeline's.
  struct Entry {
    std::int64_t id;
    bool same_pipeline;
    std::optional<Fingerprint> key;  // of its source key, when that could be read
    bool second_of_key;              // refused as the second record with its key
    bool repeated = false;           // it was seen in this read before
    bool settled = false;            // it stood there when the stream was last read whole
    // Of a refusal that is judged anew: its refusal_hash(); else 0.
    std::uint64_t refusal = 0;
  };
  // All entries of the raw record: a transform may have split it. Almost always none or one.
  std::vector<Entry> see(const Fingerprint& raw, const PipelineIds& pipelines);
  void put(const Fingerprint& raw, std::int64_t id, std::int64_t pipeline_id,
           const std::optional<Fingerprint>& key, bool second_of_key);
  std::vector<std::int64_t> unseen() const;
  bool holds(const Fingerprint& raw) const;
  // Whether one of these pipelines refused the raw record, for a reason that still holds.
  bool is_refused(const Fingerprint& raw, const PipelineIds& pipelines) const;
  // Takes out the entries with this source key that are of another raw record; their ids.
  std::vector<std::int64_t> remove_others(const Fingerprint& key, const Fingerprint& raw);

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Row {
    Entry entry;
    std::int64_t pipeline_id;
    std::uint32_t next;  // another entry of the same raw record, or kNone
    bool seen;
    Fingerprint raw;
    bool removed;
  };
  // Calls visit(row) for each entry of the raw record.
  template <typename Visit>
  void for_each_of(const Fingerprint& raw, Visit&& visit) const;

  FingerprintTable by_raw_;
  std::unordered_multimap<Fingerprint, std::uint32_t> by_key_;  // may have changed since
  std::vector<Row> rows_;
};

}  // namespace cdh
