#include "hub/run/crowded_values.hpp"

#include <algorithm>
#include <array>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

struct KindName {
  BlockingPass pass;
  const char* one;
  const char* several;
};

// In the order of the report.
constexpr std::array<KindName, 4> kNames = {
    {{BlockingPass::identifier, "identifier", "identifiers"},
     {BlockingPass::email, "e-mail address", "e-mail addresses"},
     {BlockingPass::phone, "phone number", "phone numbers"},
     {BlockingPass::domain, "internet domain", "internet domains"}}};

}  // namespace

std::string describe_crowded(const CrowdedCounts& crowded, const MatchPolicy& policy) {
  std::string text, list;
  for (const KindName& name : kNames) {
    const std::int64_t count = crowded[static_cast<std::size_t>(name.pass)];
    if (count > 0) list += (list.empty() ? "" : ", ") + counted(count, name.one, name.several);
  }
  if (!list.empty()) {
    text = "Shared by more than " + std::to_string(policy.max_holders) +
           " records each, so they identify nobody: " + list;
  }
  const std::int64_t equal = crowded[static_cast<std::size_t>(BlockingPass::equal)];
  if (equal > 0) {
    const auto most =
        static_cast<std::int64_t>(limit_factor(BlockingPass::equal) * policy.block_limit);
    text += (text.empty() ? "" : ". ") + std::string("Everything equal in more than ") +
            std::to_string(most) +
            " records each, which therefore stay apart: " + counted(equal, "group", "groups");
  }
  return text;
}

}  // namespace cdh
