#include "hub/run/crowded_values.hpp"

#include <array>

namespace cdh {

namespace {

struct KindName {
  const char* one;
  const char* several;
};

// In the order of the report.
constexpr std::array<KindName, 8> kNames = {
    {{"identifier", "identifiers"},
     {"e-mail address", "e-mail addresses"},
     {"phone number", "phone numbers"},
     {"web page", "web pages"},
     {"internet domain", "internet domains"},
     {"birth date at one place", "birth dates at one place"},
     {"street address", "street addresses"},
     {"company name", "company names"}}};

std::size_t name_of(EvidenceKind kind) {
  switch (kind) {
    case EvidenceKind::sole_identifier:
    case EvidenceKind::unique_identifier:
    case EvidenceKind::identifier:
      return 0;
    case EvidenceKind::email:
    case EvidenceKind::role_email:
      return 1;
    case EvidenceKind::phone:
      return 2;
    case EvidenceKind::web_page:
      return 3;
    case EvidenceKind::domain:
      return 4;
    case EvidenceKind::birth:
      return 5;
    case EvidenceKind::street_address:
      return 6;
    case EvidenceKind::name:
      return 7;
  }
  return 0;
}

}  // namespace

std::string describe_crowded(const PartySet& set, std::int64_t max_holders) {
  if (set.crowded.empty()) return {};
  std::array<KeySet, kNames.size()> values;
  for (const Signature& signature : set.signatures) {
    for (const Evidence& evidence : signature.evidence) {
      if (set.crowded.contains(evidence.key)) values[name_of(evidence.kind)].insert(evidence.key);
    }
  }
  std::string list;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (values[i].empty()) continue;
    const std::size_t count = values[i].size();
    list += (list.empty() ? "" : ", ") + std::to_string(count) + " " +
            (count == 1 ? kNames[i].one : kNames[i].several);
  }
  if (list.empty()) return {};
  return "Shared by more than " + std::to_string(max_holders) +
         " records each, so they identify nobody: " + list;
}

}  // namespace cdh
