#include "hub/ingest/future_times.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

std::int64_t FutureTimes::replace(std::int64_t time) {
  ++count_;
  latest_ = std::max(latest_, time);
  return now_;
}

std::string FutureTimes::note() const {
  if (count_ == 0) return {};
  return counted(count_, "record says it was", "records say they were") +
         " changed in the future, up to " + format_instant(latest_) +
         "; the run's time counts instead";
}

}  // namespace cdh
