// Times of records that no clock has reached: a source whose clock is wrong, or a year mistyped. As
// given, such a record would be the most recent for ever, and every later version of it too old. So it
// counts as one without a time: its versions go by their arrival.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace cdh {

// Of one read of a stream. Times are microseconds since 1970, UTC.
class FutureTimes {
 public:
  // Two clocks differ by so much without being wrong.
  static constexpr std::int64_t kTolerance = 15 * 60 * std::int64_t{1'000'000};

  // `now`: the run's own time.
  explicit FutureTimes(std::int64_t now) : now_(now) {}

  bool is_one(const std::optional<std::int64_t>& time) const {
    return time && *time > now_ + kTolerance;
  }
  // The time that a record goes by: what it says, or none when that is one of the future, which is
  // noted. Never the run's own in its place: the same version would get another at each read.
  std::optional<std::int64_t> believed(const std::optional<std::int64_t>& time);
  // How many there were, and the latest; nothing when there was none.
  std::string note() const;

 private:
  std::int64_t now_, latest_ = 0, count_ = 0;
};

}  // namespace cdh
