#include "hub/ingest/losses.hpp"

#include <utility>

#include "hub/base/text.hpp"

namespace cdh {

Losses judge_losses(const KnownRecords& records, const StreamRead& list) {
  Losses losses;
  std::vector<std::int64_t> gone = records.unseen();
  // What could not be read may be what seems to be gone: a cut-off file, a ragged row.
  if (list.unreadable > 0 && !gone.empty() && !list.accept_changes) {
    losses.in_doubt = true;
    losses.note = counted(std::ssize(gone), "record is", "records are") +
                  " not delivered any more, but " + counted(list.unreadable, "row", "rows") +
                  " could not be read and may be those, or hide them; none is marked as gone "
                  "until the rows are put right." +
                  kHowToGoOn;
    return losses;
  }
  losses.gone = std::move(gone);
  return losses;
}

}  // namespace cdh
