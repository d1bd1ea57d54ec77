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

// The record is known by more than the one key that its entry holds, or by none for certain: the
// keys are told anew.
inline constexpr std::string_view kOfSeveralRecords = "it would be several records";
inline constexpr std::string_view kOfUnknownRecord =
    "which record it is cannot be told for certain";

// Whether each read judges a refusal for this reason anew.
inline bool is_judged_anew(std::string_view reason) {
  return reason.ends_with(kYetToCome) || reason.ends_with(kNotAgreed) ||
         reason.ends_with(kOfSeveralRecords) || reason.ends_with(kOfUnknownRecord);
}

}  // namespace cdh
