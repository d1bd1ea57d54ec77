#include "hub/ingest/losses.hpp"

#include <utility>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr const char* kHowToGoOn = " If it is right as it is, run `cdh run --accept-changes`";

std::string describe(std::size_t gone, std::size_t before) {
  return std::to_string(gone) + " of " + std::to_string(before) +
         " records are not delivered any more, which looks like a file cut off; none of them was "
         "marked as gone." +
         kHowToGoOn;
}

// Of all the records, and apart from them of those that the last complete read left: a read that
// failed since may have landed others.
std::string reason_to_stop(const KnownRecords& records, const ListRead& list, std::size_t gone) {
  const std::size_t before = records.loaded();
  if (list.read == 0 && before > 0) {
    return "it delivered no record, though " + std::to_string(before) +
           " were there before; none of them was marked as gone." + kHowToGoOn;
  }
  if (is_too_great_a_loss(records.unseen_settled(), records.settled())) {
    return describe(records.unseen_settled(), records.settled());
  }
  return is_too_great_a_loss(gone, before) ? describe(gone, before) : std::string();
}

}  // namespace

bool is_too_great_a_loss(std::size_t gone, std::size_t before) {
  constexpr std::size_t kFewRecords = 100;
  return before >= kFewRecords && gone > before / 2;
}

Losses judge_losses(const KnownRecords& records, const ListRead& list) {
  Losses losses;
  std::vector<std::int64_t> gone = records.unseen();
  if (!list.accept_losses) losses.stop = reason_to_stop(records, list, gone.size());
  if (!losses.stop.empty()) return losses;
  // What could not be read may be what seems to be gone: a cut-off file, a ragged row.
  if (list.unreadable > 0 && !gone.empty() && !list.accept_losses) {
    losses.in_doubt = true;
    losses.note = counted(std::ssize(gone), "record is", "records are") +
                  " not delivered any more, but " +
                  counted(static_cast<std::int64_t>(list.unreadable), "row", "rows") +
                  " could not be read and may be those, or hide them; none is marked as gone "
                  "until the rows are put right." +
                  kHowToGoOn;
    return losses;
  }
  losses.gone = std::move(gone);
  return losses;
}

}  // namespace cdh
