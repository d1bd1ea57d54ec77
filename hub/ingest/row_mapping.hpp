// Rows of a batch through a stream's transforms and its mapping.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/lacked_fields.hpp"
#include "hub/ingest/mapper.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// The keys of the records that a refused row, or a refused part of one, would make: these are still
// delivered.
struct ToldKeys {
  std::vector<std::string> keys;
  // A transform failed, or no key came out: it may be other records besides.
  bool is_in_doubt = false;
  // Its connector could not read it, or a transform refused it before it had done its part in the
  // keys: one that no record has need not be the right one.
  bool is_guess = false;
};

// One thing that came of a row: a record, or a refusal. A transform may make several of one row, or
// none.
struct MappedOutput {
  std::size_t origin = 0;  // the row's place among those given
  std::string key;         // of a refused one, to be known by; may be empty
  std::variant<MappedRow, Rejection> result;
  // A transform dropped it, or it is a deletion: only key and time are told.
  bool left_out = false;
  ToldKeys told = {};  // of a refused one
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

  // Throws Error(config), as apply() does, when the transforms or the mapping name fields that these
  // columns lack: before any row is there to be mapped.
  void require_fields(const std::vector<Column>& columns);

  // The keys of rows that are refused, each in its place: the transforms are applied to tell them, and
  // what one of them refuses or drops goes on through those after it. missing() tells nothing of it.
  std::vector<ToldKeys> tell(const Batch& batch, const std::vector<std::size_t>& rows,
                             const std::vector<Column>& absent);
  // Otherwise the key of a row is that as it was read.
  bool has_transforms() const { return !transforms_.empty(); }

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
  using Steps =
      std::pair<std::size_t, std::size_t>;  // transforms: the first, and one past the last

  void note_absent(const Batch& batch, const std::vector<Column>& absent);
  static Leg first_leg(const Passage& passage);
  static Passage of_refused(const Batch& batch, const std::vector<std::size_t>& rows,
                            const std::vector<Column>& added);
  Batch apply_next(Leg& leg);
  void transform(Passage& passage, Leg leg);
  std::size_t refuse(Passage& passage, const Batch& out, std::size_t row, std::size_t origin) const;
  void map(Passage& passage, const Leg& leg);
  void tell(Passage& passage, Leg leg);
  void tell_keys(Passage& passage, const Leg& leg) const;
  bool make_keys(Passage& passage, Steps steps);
  std::optional<bool> samples_show(const Passage& passage, Steps steps);

  Mapper mapper_;
  const StreamConfig& stream_;
  bool open_;
  std::vector<std::string> absent_;  // messages
  LackedFields lacked_;
  std::vector<Transform> transforms_;
  std::vector<Column> mapped_columns_;
  std::map<Steps, bool> make_keys_;  // as the samples showed
};

}  // namespace cdh
