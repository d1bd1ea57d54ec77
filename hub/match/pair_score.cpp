#include "hub/match/pair_score.hpp"

#include <algorithm>

namespace cdh {

namespace {

constexpr std::array<MatchField, 7> kOtherFields = {
    MatchField::birth,   MatchField::email,    MatchField::phone, MatchField::identifier,
    MatchField::address, MatchField::employer, MatchField::domain};

bool is_another_person(const Comparison& comparison, bool do_others_agree) {
  const Level given = comparison[MatchField::given];
  const Level birth = comparison[MatchField::birth];
  if (given != given_level::other_name && given != given_level::differ) return false;
  if (birth == birth_level::differ || birth == birth_level::generation) return true;
  return birth == kMissing && comparison[MatchField::family] == family_level::differ &&
         !do_others_agree;
}

// Whether name and birth date both are another's, or the whole name and everything else that is
// known, so that even a trusted number must be wrong.
bool is_another(const MatchWeights& weights, PartyKind kind, const Comparison& comparison) {
  constexpr std::array<MatchField, 5> kOthers = {MatchField::email, MatchField::phone,
                                                 MatchField::address, MatchField::employer,
                                                 MatchField::domain};
  const bool do_others_agree = std::ranges::any_of(
      kOthers, [&](MatchField field) { return weights.weight(kind, comparison, field) > 0; });
  if (kind == PartyKind::person) return is_another_person(comparison, do_others_agree);
  return comparison[MatchField::organization] == organization_level::differ && !do_others_agree;
}

// Whether comparing the field can give a level: both have something there, or where it may be read
// in their mailboxes, one has.
bool may_tell(MatchField field, const Signature& a, const Signature& b) {
  switch (field) {
    case MatchField::birth:
      return a.birth_date != 0 || b.birth_date != 0;
    case MatchField::email:
      return !a.emails().empty() && !b.emails().empty();
    case MatchField::phone:
      return !a.phones().empty() && !b.phones().empty();
    case MatchField::identifier:
      return !a.identifiers().empty() && !b.identifiers().empty();
    case MatchField::address:
      return !a.addresses().empty() && !b.addresses().empty();
    case MatchField::sex:
      return a.sex != Sex::unknown && b.sex != Sex::unknown;
    case MatchField::generation:
      return a.generation != 0 && b.generation != 0;
    case MatchField::organization:
    case MatchField::employer:
      return !a.organizations().empty() && !b.organizations().empty();
    case MatchField::domain:
      return !a.domains().empty() && !b.domains().empty();
    default:
      return true;
  }
}

}  // namespace

OtherEvidence other_evidence(const MatchWeights& weights, PartyKind kind,
                             const Comparison& comparison) {
  OtherEvidence evidence;
  for (const MatchField field : kOtherFields) {
    const double weight = weights.weight(kind, comparison, field);
    (weight > 0 ? evidence.supporting : evidence.against) += weight;
  }
  return evidence;
}

std::string_view doubt(PartyKind kind, const Comparison& comparison) {
  if (comparison[MatchField::identifier] == identifier_level::exact) return {};
  if (kind == PartyKind::person) {
    if (comparison[MatchField::generation] == binary_level::differ) return "senior and junior";
    const Level birth = comparison[MatchField::birth];
    if (comparison[MatchField::sex] == binary_level::differ && birth != birth_level::exact) {
      return "a woman and a man";
    }
    const bool is_generation = birth == birth_level::generation;
    return is_generation ? "born a generation apart" : "";
  }
  const Level name = comparison[MatchField::organization];
  if (name == kMissing || name < organization_level::partial) return {};
  if (name >= organization_level::numbers_differ) return "names of two companies";
  const auto agrees = [&](MatchField field, Level last) {
    return comparison[field] != kMissing && comparison[field] <= last;
  };
  const bool is_corroborated = agrees(MatchField::domain, binary_level::agree) ||
                               agrees(MatchField::email, email_level::local_part) ||
                               agrees(MatchField::phone, phone_level::digit);
  return is_corroborated ? "" : "names that only resemble each other";
}

PairScore score_pair(const MatchWeights& weights, PartyKind kind, const Comparison& comparison) {
  constexpr double kCorroborated = 3;  // bits
  constexpr double kTrusted = 15;
  constexpr double kEven = 0;
  PairScore result;
  result.score = weights.score(kind, comparison);
  const bool identifiers_count = weights.most(kind, MatchField::identifier) > 0;
  if (comparison.has_trusted_identifier && identifiers_count &&
      !is_another(weights, kind, comparison)) {
    return {std::max(result.score, kTrusted), true};
  }
  if (result.score < -kTrusted) return result;
  result.is_corroborated = other_evidence(weights, kind, comparison).supporting >= kCorroborated;
  if (result.score > kEven && !doubt(kind, comparison).empty()) result.score = kEven;
  return result;
}

std::optional<PairScore> PairScorer::score(const Signature& a, const Signature& b) {
  constexpr double kRounding = 1e-6;  // more than sums in another order differ by
  const PartyKind kind = a.kind;
  const std::span<const MatchField> fields = fields_compared(kind);
  // What the score can still be: as the fields so far say, and the others at their best.
  double most = weights_.priors(kind).match + kRounding;
  for (const MatchField field : fields) {
    if (may_tell(field, a, b)) most += weights_.most(kind, field);
  }
  if (kind == PartyKind::person) most += weights_.most(kind, MatchField::family);
  Comparison comparison;
  for (const MatchField field : fields) {
    if (!may_tell(field, a, b)) continue;
    comparer_.add(field, a, b, comparison);
    most += weights_.weight(kind, comparison, field) - weights_.most(kind, field);
    if (field == MatchField::given) {
      most += weights_.weight(kind, comparison, MatchField::family) -
              weights_.most(kind, MatchField::family);
    }
    if (most < least_score_ && !comparison.has_trusted_identifier) return std::nullopt;
  }
  const PairScore pair = score_pair(weights_, kind, comparison);
  if (pair.score < least_score_) return std::nullopt;
  return pair;
}

}  // namespace cdh
