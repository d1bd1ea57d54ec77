#include "hub/merge/precedence.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "hub/base/text.hpp"

namespace cdh {

namespace {

constexpr auto kRefused = std::to_array<std::string_view>(
    {"refused",      "denied", "declined",  "withdrawn", "revoked", "opt_out",  "opt-out",
     "opted_out",    "optout", "opted out", "cleaned",   "no",      "n",        "false",
     "unsubscribed", "0",      "odmowa",    "wycofana",  "nie",     "wypisany", "wypisana",
     "拒绝",         "不同意", "退订",      "否",        "已退订"});
constexpr auto kGranted = std::to_array<std::string_view>(
    {"granted", "given",     "confirmed", "accepted", "opt_in",   "opt-in",   "opted_in",
     "optin",   "opted in",  "agreed",    "yes",      "y",        "true",     "subscribed",
     "1",       "udzielona", "zgoda",     "tak",      "zapisany", "zapisana", "同意",
     "已同意",  "订阅",      "已订阅",    "是"});

// The customer model: "the most restrictive wins on merge".
constexpr std::array kConsentChain = {Survivorship::most_restrictive, Survivorship::most_recent,
                                      Survivorship::source_priority};

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
      return -static_cast<int>(permission_of(candidate.text));
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
  if (name == "consent") return kConsentChain;
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

Choice choose(std::span<Candidate> candidates, std::span<const Survivorship> chain,
              SameValue same_value) {
  if (std::ranges::find(chain, Survivorship::most_frequent) != chain.end()) {
    for (Candidate& candidate : candidates) {
      candidate.holders = static_cast<std::size_t>(std::ranges::count_if(
          candidates, [&](const Candidate& other) { return same_value(candidate, other); }));
    }
  }
  Choice choice{&candidates.front(), ChosenBy::only};
  for (const Candidate& candidate : candidates.subspan(1)) {
    if (prefer(candidate, *choice.winner, chain).first) choice.winner = &candidate;
  }
  if (candidates.size() == 1) return choice;

  choice.rule = ChosenBy::agreed;
  const Candidate* runner_up = nullptr;
  for (const Candidate& candidate : candidates) {
    if (&candidate == choice.winner || same_value(candidate, *choice.winner)) continue;
    if (runner_up == nullptr || prefer(candidate, *runner_up, chain).first) runner_up = &candidate;
  }
  if (runner_up != nullptr) choice.rule = prefer(*choice.winner, *runner_up, chain).rule;
  return choice;
}

std::string_view name_of(Permission permission) {
  switch (permission) {
    case Permission::refused:
      return "refused";
    case Permission::unknown:
      return "unknown";
    case Permission::granted:
      return "granted";
  }
  return "";
}

Permission permission_of(std::string_view text) {
  const std::string word = ascii_lower(trim(text));
  if (place_in(kRefused, word) != 0) return Permission::refused;
  return place_in(kGranted, word) != 0 ? Permission::granted : Permission::unknown;
}

int stage_rank(std::string_view text) {
  const std::string word = ascii_lower(trim(text));
  return std::max(place_in(kLifecycle, word), place_in(kPipeline, word));
}

}  // namespace cdh
