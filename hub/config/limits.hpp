// How much one run may change before somebody must look: `limits` of hub.yaml, and of its sources.
#pragma once

#include <cstdint>
#include <string>

#include "hub/config/setting.hpp"
#include "hub/config/shape.hpp"

namespace cdh {

// Of each stream of a source. Shares in percent; what is above one stops the run, so 100 is no limit.
struct StreamLimits {
  int gone = 50;              // of a stream's records
  int smaller = 50;           // a full stream's rows, against those of its last whole read
  int quarantined = 25;       // of what a stream delivers, refused since its last whole read
  bool may_be_empty = false;  // a full stream that had records and delivers none is right
  int min_records = 100;      // of fewer, any share may change
};

struct HubLimits {
  StreamLimits streams;  // of the sources that say nothing else
  int profiles = 50;     // percent of them: merged, split or removed
};

// Whether `part` of `whole` is above the limit of `percent`, and `whole` not too small for one.
bool is_beyond(std::int64_t part, std::int64_t whole, int percent, int min_records);
// "more than `limits: gone` allows (50 %)"
std::string limit_text(std::string_view key, int percent);

ShapePtr limits_shape();         // of the hub
ShapePtr source_limits_shape();  // of a source: what it leaves open is the hub's
// Of these in their long form.
HubLimits bind_limits(const Setting& given);
StreamLimits bind_source_limits(const Setting& given, const StreamLimits& of_hub);

}  // namespace cdh
