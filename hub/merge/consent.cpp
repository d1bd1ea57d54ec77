#include "hub/merge/consent.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/normalize/fold.hpp"

namespace cdh {

namespace {

// The usual names of a channel, in small letters, without blanks and hyphens. "mail" is missing: it
// is a letter to some and an e-mail to others.
constexpr auto kChannels = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"email", "email"},     {"emails", "email"},     {"electronicmail", "email"},
    {"电子邮件", "email"},  {"sms", "sms"},          {"text", "sms"},
    {"texts", "sms"},       {"textmessage", "sms"},  {"textmessages", "sms"},
    {"短信", "sms"},        {"phone", "phone"},      {"telephone", "phone"},
    {"telefon", "phone"},   {"call", "phone"},       {"calls", "phone"},
    {"phonecall", "phone"}, {"phonecalls", "phone"}, {"电话", "phone"},
    {"post", "post"},       {"postal", "post"},      {"postalmail", "post"},
    {"letter", "post"},     {"letters", "post"},
});

std::string purpose_of(std::string_view text) { return fold_case(trim(text)); }

std::string channel_of(std::string_view text) {
  std::string word = fold_case(trim(text));
  std::string joined = word;
  std::erase_if(joined, [](char c) { return c == ' ' || c == '-' || c == '_'; });
  const auto known =
      std::ranges::find(kChannels, joined, &std::pair<std::string_view, std::string_view>::first);
  return known != kChannels.end() ? std::string(known->second) : word;
}

bool same_permission(const Candidate& a, const Candidate& b) { return a.text == b.text; }

}  // namespace

std::vector<EffectiveConsent> effective_consents(std::span<const ConsentStatement> statements,
                                                 const MergePolicy& policy) {
  std::vector<const ConsentStatement*> said;
  std::vector<ProfileMember> members;
  std::vector<std::pair<std::string, std::string>> topics;  // purpose and channel
  members.reserve(statements.size());
  for (const ConsentStatement& statement : statements) {
    // An empty cell is not known, and overrules nobody.
    if (trim(statement.status).empty()) continue;
    said.push_back(&statement);
    members.push_back(
        {.trust = statement.trust, .key = statement.key, .updated_at = statement.stated_at});
    topics.emplace_back(purpose_of(statement.purpose), channel_of(statement.channel));
  }
  // A refusal never loses a tie.
  const auto configured = chain_of(policy, "consent");
  std::vector<Survivorship> chain(configured.begin(), configured.end());
  chain.push_back(Survivorship::most_restrictive);
  std::vector<EffectiveConsent> effective;
  std::vector<Candidate> candidates;
  for (const auto& [purpose, channel] : std::set(topics.begin(), topics.end())) {
    candidates.clear();
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (topics[i].first != purpose) continue;
      if (topics[i].second != channel && !topics[i].second.empty()) continue;
      candidates.push_back(
          {.member = &members[i], .position = i, .text = name_of(permission_of(said[i]->status))});
    }
    const Choice choice = choose(candidates, chain, same_permission);
    const ConsentStatement& winner = *said[choice.winner->position];
    effective.push_back({purpose, channel, permission_of(winner.status), winner.id, choice.rule});
  }
  return effective;
}

}  // namespace cdh
