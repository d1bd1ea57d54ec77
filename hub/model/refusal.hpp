// Refusals that need not hold for ever, though neither the record nor its mapping changes. Whoever
// reads the quarantine knows them by how their reason ends.
#pragma once

#include <string_view>

namespace cdh {

// A second record with one key: refused while the first is delivered too.
inline constexpr std::string_view kFirstIsKept = "was read before; the first is kept";

// A day that the present day is compared with: the next read judges it anew.
inline constexpr std::string_view kYetToCome = "is yet to come";

// A field that its stream did not have, or held values of another kind in, when it was last read whole:
// judged anew when somebody has agreed, or the policy is another.
inline constexpr std::string_view kNotAgreed = "which nobody has agreed to (`drift: quarantine`)";

}  // namespace cdh
