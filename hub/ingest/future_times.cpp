#include "hub/ingest/future_times.hpp"

#include <algorithm>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

std::optional<std::int64_t> FutureTimes::believed(const std::optional<std::int64_t>& time) {
  if (!is_one(time)) return time;
  ++count_;
  latest_ = std::max(latest_, *time);
  return std::nullopt;
}

std::string FutureTimes::note() const {
  if (count_ == 0) return {};
  return counted(count_, "record says it was", "records say they were") +
         " changed in the future, up to " + format_instant(latest_) +
         "; such a time counts as none";
}

}  // namespace cdh
