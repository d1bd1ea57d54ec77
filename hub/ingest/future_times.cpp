#include "hub/ingest/future_times.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

void FutureTimes::count(std::int64_t time) {
  ++count_;
  latest_ = std::max(latest_, time);
}

std::string FutureTimes::note() const {
  if (count_ == 0) return {};
  return counted(count_, "record says it was", "records say they were") +
         " changed in the future, up to " + format_instant(latest_) +
         ", which is passed over: what comes later counts as later";
}

}  // namespace cdh
