// Fields that transforms read and records of an open stream need not have. Only a transform knows
// what it reads (its settings may hold a template), so it is asked: one that fails because a field is
// not there is applied once more to rows that have it, without values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

// What the stream's transform of this number makes of rows, when the stream is not open. Throws
// Error(config) that names a field which the transform finds lacking, and those that are there if they
// are the stream's: a file that lost its header has a person's values in their place.
Batch apply_whole(Transform& transform, const StreamConfig& stream, std::size_t number,
                  const Batch& in);

// One thread at a time.
class LackedFields {
 public:
  // Of the fields found lacking so far, those that are not among `columns` either.
  std::vector<Column> beside(const std::vector<Column>& columns);

  // What the transform makes of `in`, which gets the columns that the transform finds lacking.
  // Throws what the transform throws for any other reason.
  Batch apply(Transform& transform, const TransformConfig& config, Batch& in);

  // A message for each that the rows of the last call of beside() had not, or that was found since.
  std::vector<std::string> messages() const;

 private:
  struct Field {
    std::string name, message;
    bool lacking = true;
  };
  std::vector<Field> fields_;
};

}  // namespace cdh
