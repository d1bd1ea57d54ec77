// The mapping of one stream: rows of source fields become records of the customer model.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/bound_mapping.hpp"
#include "hub/model/mapped_record.hpp"
#include "hub/normalize/field.hpp"
#include "hub/normalize/phone.hpp"
#include "hub/plugin_host/batch.hpp"

namespace cdh {

// Why a record is refused. The record itself stays with the caller.
struct Rejection {
  std::string reason;
  std::string field;  // of the source; may be empty
  friend bool operator==(const Rejection&, const Rejection&) = default;
};

struct MappedRow {
  std::string source_key;
  std::optional<std::int64_t> updated_at;  // microseconds
  MappedRecord record;
};

// One thread at a time.
class Mapper {
 public:
  // `stream` and `source` must outlive the mapper. `default_key`: the key the connector declares,
  // for a stream that is configured without one. A birth after the day on which the mapper is made
  // is refused: what one night has taken, a later one takes too, and what it has refused
  // is judged anew (kYetToCome).
  Mapper(const StreamConfig& stream, const SourceConfig& source,
         const std::vector<std::string>& default_key);

  // Looks up the columns. Throws Error(config) that names each field of the mapping that the
  // stream does not have. Of an open stream only the key must be there: what else is missing may
  // come with a later record, and is absent in these.
  void bind(const std::vector<Column>& columns, bool open = false);
  // What was missing, a message each.
  const std::vector<std::string>& missing() const { return bound_.missing; }

  std::variant<MappedRow, Rejection> map(const Batch& batch, std::size_t row);

  // A deletion needs no more than its key, empty when it has none, and tells its time if it can.
  MappedRow map_deletion(const Batch& batch, std::size_t row) const;

  // The record's key alone, of a bound batch; empty when it has none.
  std::string key_of(const Batch& batch, std::size_t row) const;
  // The same of any batch, by the columns' names: for rows that are refused before the mapping.
  // Empty also when the batch lacks a column of the key.
  std::string key_by_name(const Batch& batch, std::size_t row) const;
  // Of any batch too: it has a value for each part of the key.
  bool has_whole_key(const Batch& batch, std::size_t row) const;

 private:
  // The record's time as the source gives it; an empty text when it gives none.
  FieldResult time_of(const Batch& batch, std::size_t row) const;
  // One of several values that a field has, in the field's place.
  struct Item {
    const BoundField* field;
    std::string_view text;
  };

  bool applies(const BoundEntity& entity, const Batch& batch, std::size_t row) const;
  // Adds it when anything of it is known: a value of the source, an extension field, a key of
  // another record that it belongs to. `joining` gets the place of one that is known by the two
  // parties that it joins, should both be there in the end.
  std::optional<Rejection> add_entity(const BoundEntity& bound, const Batch& batch, std::size_t row,
                                      MappedRecord& record, std::vector<std::size_t>& joining);
  // Fills the fields. `any` becomes true when one of them tells something that the source knows.
  std::optional<Rejection> add_fields(const std::vector<BoundField>& fields, const Batch& batch,
                                      std::size_t row, MappedEntity& entity, bool& any,
                                      const Item* item);
  // An amount whose text names its currency, as the mark "zł" or "$".
  struct WrittenCurrency {
    std::string mark;
    std::string amount;
    const BoundField* field;
  };
  // Fills an empty currency of the entity, and refuses one that contradicts. An entity without a
  // currency, such as an order's line, is in that of what it belongs to.
  std::optional<Rejection> settle_currency(const std::vector<WrittenCurrency>& written,
                                           MappedEntity& entity) const;
  // A JSON list of e-mail addresses or phones makes a contact of each; other JSON is refused. `any`
  // as above. One that identifies nobody gets no canonical form, by which merging and matching know it.
  std::optional<Rejection> add_contacts(const BoundContact& bound, const Batch& batch,
                                        std::size_t row, int owner, MappedRecord& record,
                                        bool& any);
  std::optional<Rejection> add_contact(const BoundContact& bound, const Batch& batch,
                                       std::size_t row, int owner, MappedRecord& record,
                                       const Item* item, bool& any);
  std::optional<Rejection> add_refs(const BoundEntity& bound, const Batch& batch, std::size_t row,
                                    MappedEntity& entity);
  void derive(MappedEntity& contact);

  const StreamConfig& stream_;
  const SourceConfig& source_;
  std::vector<std::string> key_;
  FieldContext context_;
  std::int64_t today_;
  PhoneNormalizer phones_;
  BoundMapping bound_;
};

}  // namespace cdh
