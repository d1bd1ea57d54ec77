// Rows of a batch through a stream's transforms and its mapping.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/lacked_fields.hpp"
#include "hub/ingest/mapper.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// One thing that came of a row: a record, or a refusal. A transform may make several of one row, or
// none.
struct MappedOutput {
  std::size_t origin = 0;  // the row's place among those given
  std::string key;         // of a refused one; may be empty
  std::variant<MappedRow, Rejection> result;
  // A transform dropped it, or it is a deletion: only key and time are told.
  bool left_out = false;
};

// A row that is refused before its mapping: the records that it would make are still delivered.
struct RefusedRow {
  std::vector<std::string> keys;  // theirs
  // A transform failed or refuses it too, or made no key of it: it may be other records besides.
  bool is_in_doubt = false;
};

// Whether apply() tells what the transforms drop.
enum class LeftOut { forgotten, told };

// One thread at a time.
class RowMapping {
 public:
  // `stream` and `source` must outlive it. `open`: see Mapper::bind; nor need rows have what the
  // transforms read.
  RowMapping(const StreamConfig& stream, const SourceConfig& source,
             const std::vector<std::string>& default_key, bool open,
             std::vector<Transform> transforms);

  // The outputs of these rows, in the rows' order. `absent`: columns to add to the rows', of which
  // they have no value. A deletion needs no more than its key: it goes through the transforms,
  // since they may change or split keys, but not through the mapping, and nothing refuses or
  // filters it. LeftOut::told: so does what a transform drops, through those after it.
  std::vector<MappedOutput> apply(const Batch& batch, const std::vector<std::size_t>& rows,
                                  LeftOut left_out, const std::vector<Column>& absent = {});

  // What the transforms make of rows that are refused as they came, each in its place. Where one cannot
  // be applied, for want of a field for one, all are in doubt; missing() tells nothing of it.
  std::vector<RefusedRow> refused(const Batch& batch, const std::vector<std::size_t>& rows,
                                  const std::vector<Column>& absent);

  // The key of a row as it was read; empty when it has none.
  std::string key_of(const Batch& batch, std::size_t row) const {
    return mapper_.key_by_name(batch, row);
  }
  // Fields of the transforms and the mapping that the last rows of an open stream had not, or that a
  // file of another stream had not though others have, a message each.
  std::vector<std::string> missing() const;

 private:
  struct Passage;
  struct Leg;
  void note_absent(const Batch& batch, const std::vector<Column>& absent);
  static Leg first_leg(const Batch& batch, const std::vector<std::size_t>& rows,
                       const std::vector<Column>& added);
  Batch apply_next(Passage& passage, Leg& leg);
  void transform(Passage& passage, Leg leg);
  void map(Passage& passage, const Leg& leg);
  void tell_keys(Passage& passage, const Leg& leg) const;

  Mapper mapper_;
  const StreamConfig& stream_;
  bool open_;
  std::vector<std::string> absent_;  // messages
  LackedFields lacked_;
  std::vector<Transform> transforms_;
  std::vector<Column> mapped_columns_;
};

}  // namespace cdh
