#include "hub/ingest/stream_limit.hpp"

namespace cdh {

namespace {

constexpr const char* kNoneGone = "; none of its records was marked as gone.";

std::string part_of(std::int64_t part, std::int64_t whole) {
  return std::to_string(part) + " of " + std::to_string(whole);
}

bool is_too_great_a_loss(std::size_t gone, std::size_t before, const StreamLimits& limits) {
  return is_beyond(static_cast<std::int64_t>(gone), static_cast<std::int64_t>(before), limits.gone,
                   limits.min_records);
}

std::string describe_loss(std::size_t gone, std::size_t before, const StreamLimits& limits) {
  return part_of(static_cast<std::int64_t>(gone), static_cast<std::int64_t>(before)) +
         " records are not delivered any more, " + limit_text("gone", limits.gone) +
         ", which looks like a file cut off" + kNoneGone + kHowToGoOn;
}

// Of all the records, and apart from them of those that the last complete read left: a read that
// failed since may have landed others.
std::string too_great_a_loss(const KnownRecords& records, const StreamLimits& limits) {
  if (is_too_great_a_loss(records.unseen_settled(), records.settled(), limits)) {
    return describe_loss(records.unseen_settled(), records.settled(), limits);
  }
  const std::size_t gone = records.unseen().size(), before = records.loaded();
  return is_too_great_a_loss(gone, before, limits) ? describe_loss(gone, before, limits) : "";
}

std::string too_small(const StreamRead& read) {
  const std::int64_t before = read.rows_before.value_or(0);
  if (!is_beyond(before - read.rows, before, read.limits.smaller, read.limits.min_records)) {
    return {};
  }
  return "it delivered " + std::to_string(read.rows) + " rows, and " + std::to_string(before) +
         " when it was last read whole: that is " + limit_text("smaller", read.limits.smaller) +
         kNoneGone + kHowToGoOn;
}

std::string too_much_refused(std::int64_t refused, std::int64_t of, const StreamLimits& limits) {
  if (!is_beyond(refused, of, limits.quarantined, limits.min_records)) return {};
  return part_of(refused, of) + " records are newly refused, " +
         limit_text("quarantined", limits.quarantined) +
         ", which looks like another format; see `cdh quarantine list`";
}

}  // namespace

std::string reason_to_stop(const KnownRecords& records, const StreamRead& read) {
  if (read.accept_changes) return {};
  if (read.mode == ReadMode::full) {
    if (read.rows == 0 && records.loaded() > 0) {
      if (read.limits.may_be_empty) return {};
      return "it delivered no record, though " + std::to_string(records.loaded()) +
             " were there before (`limits: may_be_empty`)" + kNoneGone + kHowToGoOn;
    }
    if (std::string loss = too_great_a_loss(records, read.limits); !loss.empty()) return loss;
    if (std::string small = too_small(read); !small.empty()) return small;
  }
  const std::string refused = too_much_refused(read.refused, read.records, read.limits);
  if (refused.empty()) return {};
  return refused + ". What landed beside them waits." + kHowToGoOn;
}

std::string reason_to_stop_remapping(const StoredRemapping& remapping, const StreamLimits& limits) {
  const auto before = static_cast<std::int64_t>(remapping.before);
  constexpr const char* kAllStay = "; all of them stay as they were.";
  if (is_too_great_a_loss(remapping.gone, remapping.before, limits)) {
    return "it makes " + part_of(static_cast<std::int64_t>(remapping.gone), before) +
           " records no longer, " + limit_text("gone", limits.gone) + kAllStay + kHowToGoOn;
  }
  if (!is_beyond(remapping.refused, before, limits.quarantined, limits.min_records)) return {};
  return "it refuses " + part_of(remapping.refused, before) + " records, " +
         limit_text("quarantined", limits.quarantined) + kAllStay + kHowToGoOn;
}

}  // namespace cdh
