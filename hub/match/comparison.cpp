#include "hub/match/comparison.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace cdh {

namespace {

enum class DateAgreement : std::uint8_t { different, unknown, near, equal };

int digits_apart(std::int32_t a, std::int32_t b) {
  int count = 0;
  for (; a != 0 || b != 0; a /= 10, b /= 10) count += a % 10 != b % 10 ? 1 : 0;
  return count;
}

DateAgreement compare_dates(std::int32_t a, std::int32_t b) {
  if (a == 0 || b == 0) return DateAgreement::unknown;
  if (a == b) return DateAgreement::equal;
  const int month_a = a / 100 % 100;
  const int month_b = b / 100 % 100;
  const int day_a = a % 100;
  const int day_b = b % 100;
  if (a / 10000 == b / 10000) {
    if (month_a == day_b && day_a == month_b) return DateAgreement::near;
    // The first of January is also written for "some day of that year".
    if (a % 10000 == 101 || b % 10000 == 101) return DateAgreement::near;
  }
  // Not in the decade or century: that is a father and his son.
  const bool same_decade = a / 100000 == b / 100000;
  return same_decade && digits_apart(a, b) == 1 ? DateAgreement::near : DateAgreement::different;
}

NameAgreement compare_names(const Signature& a, const Signature& b) {
  if (a.kind == PartyKind::person) return compare_person_names(a.name(), b.name());
  NameAgreement best = compare_org_names(a.family, b.family);
  for (const auto& [of_a, of_b] :
       {std::pair(&a.legal_name, &b.family), std::pair(&a.family, &b.legal_name),
        std::pair(&a.legal_name, &b.legal_name)}) {
    if (!of_a->empty() && !of_b->empty()) best = std::max(best, compare_org_names(*of_a, *of_b));
  }
  return best;
}

// Calls visit(of a, of b) for each value in common that is not crowded.
template <typename Visit>
void for_each_shared(const Signature& a, const Signature& b, const KeySet& crowded, Visit&& visit) {
  auto of_a = a.evidence.begin();
  auto of_b = b.evidence.begin();
  while (of_a != a.evidence.end() && of_b != b.evidence.end()) {
    if (of_a->key < of_b->key) {
      ++of_a;
    } else if (of_b->key < of_a->key) {
      ++of_b;
    } else {
      if (!crowded.contains(of_a->key)) visit(*of_a, *of_b);
      ++of_a;
      ++of_b;
    }
  }
}

// Two kinds of one value (unique here, not there) count as the weaker.
EvidenceKind shared_kind(const Evidence& a, const Evidence& b) { return std::max(a.kind, b.kind); }

bool has_name(const Signature& party) { return !party.given.empty() || !party.family.empty(); }

// What a value in common and the names say together.
std::optional<LinkRule> rule_of_person(EvidenceKind shared, NameAgreement names,
                                       DateAgreement births, bool both_named, bool family_missing) {
  const bool given_agree = names >= NameAgreement::given_only;
  const bool whole_agree = names >= NameAgreement::similar;
  const bool born_equal = births == DateAgreement::equal;
  switch (shared) {
    case EvidenceKind::sole_identifier:
    case EvidenceKind::unique_identifier:
      return LinkRule::unique_identifier;
    case EvidenceKind::email:
      if (names >= NameAgreement::family_only) return LinkRule::email_and_name;
      if (!both_named) return LinkRule::email_alone;
      return std::nullopt;
    case EvidenceKind::identifier:
      if (given_agree || (born_equal && names != NameAgreement::different)) {
        return LinkRule::identifier_and_name;
      }
      return std::nullopt;
    case EvidenceKind::birth:
      if (whole_agree) return LinkRule::birth_and_name;
      return std::nullopt;
    case EvidenceKind::phone:
      if (births == DateAgreement::different) return std::nullopt;
      if (whole_agree || (given_agree && (born_equal || family_missing))) {
        return LinkRule::phone_and_name;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<LinkRule> rule_of_organization(EvidenceKind shared, NameAgreement names,
                                             bool both_named, std::size_t shared_count) {
  const bool names_agree =
      names >= NameAgreement::similar || (names == NameAgreement::partial && shared_count > 1);
  switch (shared) {
    case EvidenceKind::sole_identifier:
    case EvidenceKind::unique_identifier:
      return LinkRule::unique_identifier;
    case EvidenceKind::email:
      if (!both_named) return LinkRule::email_alone;
      [[fallthrough]];
    case EvidenceKind::role_email:
      if (names_agree) return LinkRule::email_and_name;
      return std::nullopt;
    case EvidenceKind::identifier:
      if (names_agree) return LinkRule::identifier_and_name;
      return std::nullopt;
    case EvidenceKind::phone:
      if (names_agree) return LinkRule::phone_and_name;
      return std::nullopt;
    case EvidenceKind::web_page:
      if (names_agree) return LinkRule::web_page_and_name;
      return std::nullopt;
    case EvidenceKind::domain:
      if (names_agree) return LinkRule::domain_and_name;
      return std::nullopt;
    case EvidenceKind::street_address:
      if (names_agree) return LinkRule::address_and_name;
      return std::nullopt;
    case EvidenceKind::name:
      return LinkRule::name_alone;
    case EvidenceKind::birth:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_identifier(const Evidence& evidence) { return evidence.kind <= EvidenceKind::identifier; }

// Both have identifiers of one type, of the kind up to `weakest`, and none of them in common.
bool identifiers_differ(const Signature& a, const Signature& b, EvidenceKind weakest) {
  for (const Evidence& of_a : a.evidence) {
    if (of_a.kind > weakest) continue;
    bool has_type = false;
    bool has_value = false;
    for (const Evidence& of_b : b.evidence) {
      if (!is_identifier(of_b) || of_b.type != of_a.type) continue;
      has_type = true;
      has_value = has_value || of_b.key == of_a.key;
    }
    if (has_type && !has_value) return true;
  }
  return false;
}

// People of one name, born so close that they are not father and son, are one person with a
// misspelt date.
bool dates_contradict(const Signature& a, const Signature& b, NameAgreement names) {
  constexpr int kYearsOfAGeneration = 15;
  if (compare_dates(a.birth_date, b.birth_date) != DateAgreement::different) return false;
  const int years_apart = std::abs(a.birth_date / 10000 - b.birth_date / 10000);
  return names < NameAgreement::given_only || years_apart >= kYearsOfAGeneration;
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

bool persons_contradict(const Signature& a, const Signature& b, bool share_unique) {
  const NameAgreement names = compare_person_names(a.name(), b.name());
  const bool dates_differ = dates_contradict(a, b, names);
  const bool names_clash =
      names == NameAgreement::different && given_names_clash(a.name(), b.name());
  if (share_unique) return dates_differ && names_clash;
  if (dates_differ || names_clash) return true;
  if (a.generation != 0 && b.generation != 0 && a.generation != b.generation) return true;
  const bool sexes_differ = a.sex != Sex::unknown && b.sex != Sex::unknown && a.sex != b.sex;
  return sexes_differ && !a.given.empty() && !b.given.empty() &&
         first_word(a.given) != first_word(b.given);
}

bool contradict_knowing(const Signature& a, const Signature& b, bool share_unique) {
  if (a.kind != b.kind || identifiers_differ(a, b, EvidenceKind::sole_identifier)) return true;
  return a.kind == PartyKind::person && persons_contradict(a, b, share_unique);
}

}  // namespace

std::string_view name_of(LinkRule rule) {
  switch (rule) {
    case LinkRule::name_alone:
      return "name_alone";
    case LinkRule::email_alone:
      return "email_alone";
    case LinkRule::address_and_name:
      return "address_and_name";
    case LinkRule::domain_and_name:
      return "domain_and_name";
    case LinkRule::web_page_and_name:
      return "web_page_and_name";
    case LinkRule::phone_and_name:
      return "phone_and_name";
    case LinkRule::birth_and_name:
      return "birth_and_name";
    case LinkRule::identifier_and_name:
      return "identifier_and_name";
    case LinkRule::email_and_name:
      return "email_and_name";
    case LinkRule::unique_identifier:
      return "unique_identifier";
    case LinkRule::decision:
      return "decision";
  }
  return "";
}

std::string describe(const LinkReason& reason) {
  const auto with_name = [&](std::string_view what) {
    return std::string(what) + ", " + std::string(name_of(reason.names));
  };
  switch (reason.rule) {
    case LinkRule::name_alone:
      return "same name of a company";
    case LinkRule::email_alone:
      return "same e-mail address, one of the two has no name";
    case LinkRule::address_and_name:
      return with_name("same street address");
    case LinkRule::domain_and_name:
      return with_name("same internet domain");
    case LinkRule::web_page_and_name:
      return with_name("same web page");
    case LinkRule::phone_and_name:
      return with_name("same phone number");
    case LinkRule::birth_and_name:
      return with_name("same birth date and place of living");
    case LinkRule::identifier_and_name:
      return with_name("same identifier");
    case LinkRule::email_and_name:
      return with_name("same e-mail address");
    case LinkRule::unique_identifier:
      return with_name("same unique identifier");
    case LinkRule::decision:
      return "a steward decided that they belong together";
  }
  return "";
}

bool is_weaker(const LinkReason& a, const LinkReason& b) {
  return std::pair(a.rule, a.names) < std::pair(b.rule, b.names);
}

std::optional<LinkReason> compare(const Signature& a, const Signature& b, const KeySet& crowded,
                                  const KeySet& contested) {
  if (a.kind != b.kind) return std::nullopt;
  const bool both_named = has_name(a) && has_name(b);
  const bool family_missing = a.family.empty() != b.family.empty();
  const DateAgreement births = compare_dates(a.birth_date, b.birth_date);
  std::size_t shared_count = 0;
  std::size_t domain_count = 0;  // follow from a mailbox or page in common: no second value
  for_each_shared(a, b, crowded, [&](const Evidence& of_a, const Evidence&) {
    ++(of_a.kind == EvidenceKind::domain ? domain_count : shared_count);
  });
  if (shared_count + domain_count == 0) return std::nullopt;
  const NameAgreement names = compare_names(a, b);
  std::optional<LinkReason> best;
  for_each_shared(a, b, crowded, [&](const Evidence& of_a, const Evidence& of_b) {
    const EvidenceKind shared = shared_kind(of_a, of_b);
    const std::optional<LinkRule> rule =
        a.kind == PartyKind::person
            ? rule_of_person(shared, names, births, both_named, family_missing)
            : rule_of_organization(shared, names, both_named, shared_count);
    if (rule && *rule <= LinkRule::email_alone && contested.contains(of_a.key)) return;
    if (rule == LinkRule::email_alone && identifiers_differ(a, b, EvidenceKind::identifier)) return;
    if (rule == LinkRule::name_alone && are_namesakes(a, b)) return;
    if (rule && (!best || best->rule < *rule)) best = LinkReason{*rule, names};
  });
  const bool share_unique = best && best->rule == LinkRule::unique_identifier;
  if (best && contradict_knowing(a, b, share_unique)) return std::nullopt;
  return best;
}

bool are_namesakes(const Signature& a, const Signature& b) {
  if (identifiers_differ(a, b, EvidenceKind::identifier)) return true;
  if (a.place != 0 && b.place != 0) return a.place != b.place;
  const auto is_street = [](const Evidence& e) { return e.kind == EvidenceKind::street_address; };
  const auto is_shared = [&](const Evidence& e) {
    return is_street(e) && std::ranges::find(b.evidence, e.key, &Evidence::key) != b.evidence.end();
  };
  return std::ranges::any_of(a.evidence, is_street) && std::ranges::any_of(b.evidence, is_street) &&
         std::ranges::none_of(a.evidence, is_shared);
}

bool contradict(const Signature& a, const Signature& b, const KeySet& crowded) {
  bool share_unique = false;
  for_each_shared(a, b, crowded, [&](const Evidence& of_a, const Evidence& of_b) {
    share_unique = share_unique || shared_kind(of_a, of_b) <= EvidenceKind::unique_identifier;
  });
  return contradict_knowing(a, b, share_unique);
}

}  // namespace cdh
