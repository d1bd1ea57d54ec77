// What of a run may be told to whom may not see customers.
#pragma once

#include "hub/store/run_log.hpp"

namespace cdh {

// The run with messages in the hub's own words alone. A source, a database or a plugin may quote a
// customer's data in what it says of its failure, and so may the hub where it names a source's
// fields: of a file that lost its header they are the first customer. `cdh runs show` has it all.
RunEntry in_own_words(RunEntry run);

}  // namespace cdh
