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
constexpr std::array<KindName, 6> kNames = {
    {{BlockingPass::identifier, "identifier", "identifiers"},
     {BlockingPass::email, "e-mail address", "e-mail addresses"},
     {BlockingPass::phone, "phone number", "phone numbers"},
     {BlockingPass::domain, "internet domain", "internet domains"},
     {BlockingPass::street, "street address", "street addresses"},
     {BlockingPass::organization, "company name", "company names"}}};

}  // namespace

std::string describe_crowded(const CrowdedCounts& crowded, std::int64_t max_holders) {
  std::string list;
  for (const KindName& name : kNames) {
    const std::int64_t count = crowded[static_cast<std::size_t>(name.pass)];
    if (count > 0) list += (list.empty() ? "" : ", ") + counted(count, name.one, name.several);
  }
  if (list.empty()) return {};
  return "Shared by more than " + std::to_string(max_holders) +
         " records each, so they identify nobody: " + list;
}

}  // namespace cdh
