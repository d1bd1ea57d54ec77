#include "hub/merge/precedence.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr std::array<std::string_view, 13> kRefused = {
    "refused", "denied",    "declined",     "withdrawn", "revoked", "opt_out", "opted_out",
    "optout",  "opted out", "unsubscribed", "no",        "false",   "0"};
constexpr std::array<std::string_view, 12> kGranted = {
    "granted",  "given", "confirmed",  "accepted", "opt_in", "opted_in",
    "opted in", "optin", "subscribed", "yes",      "true",   "1"};

// Lifecycle, then the pipeline, each in its order (docs: the customer model).
constexpr std::array<std::string_view, 5> kLifecycle = {"lead", "contacted", "opportunity",
                                                        "customer", "satisfied"};
constexpr std::array<std::string_view, 8> kPipeline = {
    "qualification",      "demo",     "needs_analysis", "quotation",
    "objection_handling", "contract", "lost",           "won"};

template <std::size_t N>
int place_in(const std::array<std::string_view, N>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  return found == words.end() ? 0 : static_cast<int>(found - words.begin()) + 1;
}

// A number that is larger for the preferred value.
std::int64_t score(const Candidate& candidate, Survivorship rule) {
  switch (rule) {
    case Survivorship::source_priority:
      return candidate.member->trust;
    case Survivorship::most_recent:
      return candidate.member->updated_at.value_or(std::numeric_limits<std::int64_t>::min());
    case Survivorship::most_frequent:
      return static_cast<std::int64_t>(candidate.holders);
    case Survivorship::most_complete:
      return static_cast<std::int64_t>(candidate.filled << 32 | candidate.length);
    case Survivorship::verified_first:
      return candidate.verified ? 1 : 0;
    case Survivorship::furthest_stage:
      return stage_rank(candidate.text);
    case Survivorship::most_restrictive:
      return -permissiveness(candidate.text);
  }
  return 0;
}

static_assert(static_cast<int>(ChosenBy::most_restrictive) ==
              static_cast<int>(Survivorship::most_restrictive));

}  // namespace

std::span<const Survivorship> chain_of(const MergePolicy& policy, std::string_view name) {
  for (const auto& [field, chain] : policy.fields) {
    if (field == name) return chain;
  }
  return policy.chain;
}

Preference prefer(const Candidate& a, const Candidate& b, std::span<const Survivorship> chain) {
  for (const Survivorship rule : chain) {
    const std::int64_t score_of_a = score(a, rule);
    const std::int64_t score_of_b = score(b, rule);
    if (score_of_a != score_of_b) return {score_of_a > score_of_b, static_cast<ChosenBy>(rule)};
  }
  const auto by_key = a.member->key <=> b.member->key;
  return {by_key < 0 || (by_key == 0 && a.position < b.position), ChosenBy::tie};
}

int permissiveness(std::string_view text) {
  const std::string word = ascii_lower(trim(text));
  if (place_in(kRefused, word) != 0) return 0;
  return place_in(kGranted, word) != 0 ? 2 : 1;
}

int stage_rank(std::string_view text) {
  const std::string word = ascii_lower(trim(text));
  return std::max(place_in(kLifecycle, word), place_in(kPipeline, word));
}

}  // namespace cdh
