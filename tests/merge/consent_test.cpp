#include "hub/merge/consent.hpp"

#include <algorithm>
#include <string>

#include <gmock/gmock.h>

namespace cdh {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum Survivorship;

ConsentStatement says(std::int64_t id, std::string purpose, std::string channel, std::string status,
                      int trust = 50, std::optional<std::int64_t> stated_at = {}) {
  return {id,    std::move(purpose),          std::move(channel), std::move(status),
          trust, "s/s/" + std::to_string(id), stated_at};
}

// "newsletter/email refused <- 2 most_restrictive"
std::vector<std::string> lines_of(std::vector<ConsentStatement> statements,
                                  const MergePolicy& policy = {}) {
  const auto lines = [&] {
    std::vector<std::string> out;
    for (const EffectiveConsent& consent : effective_consents(statements, policy)) {
      out.push_back(consent.purpose + "/" + consent.channel + " " +
                    std::string(name_of(consent.permission)) + " <- " +
                    std::to_string(consent.consent_id) + " " + std::string(name_of(consent.rule)));
    }
    return out;
  };
  const std::vector<std::string> forward = lines();
  std::reverse(statements.begin(), statements.end());
  EXPECT_EQ(forward, lines()) << "the order of the statements decided";
  return forward;
}

TEST(Consent, TakesTheOnlyStatement) {
  EXPECT_THAT(lines_of({}), IsEmpty());
  EXPECT_THAT(lines_of({says(1, "newsletter", "", "granted")}),
              ElementsAre("newsletter/ granted <- 1 only"));
}

TEST(Consent, IsRefusedWhenOneRecordRefuses) {
  EXPECT_THAT(
      lines_of({says(1, "news", "", "granted", 90, 300), says(2, "news", "", "no", 10, 100)}),
      ElementsAre("news/ refused <- 2 most_restrictive"));
}

TEST(Consent, IsUnknownBeforeGranted) {
  EXPECT_THAT(lines_of({says(1, "news", "", "yes"), says(2, "news", "", "pending")}),
              ElementsAre("news/ unknown <- 2 most_restrictive"));
}

TEST(Consent, OfEqualStatementsShowsTheLatest) {
  EXPECT_THAT(
      lines_of({says(1, "news", "", "TRUE", 90, 100), says(2, "news", "", "opt-in", 10, 200)}),
      ElementsAre("news/ granted <- 2 agreed"));
}

TEST(Consent, KeepsPurposesAndChannelsApart) {
  EXPECT_THAT(lines_of({says(1, "news", "email", "yes"), says(2, "news", "sms", "no"),
                        says(3, "offers", "", "yes")}),
              ElementsAre("news/email granted <- 1 only", "news/sms refused <- 2 only",
                          "offers/ granted <- 3 only"));
}

TEST(Consent, ReadsPurposesWithoutCaseAndBlanks) {
  EXPECT_THAT(lines_of({says(1, " News ", "E-Mail", "yes"), says(2, "news", "e-mail", "no")}),
              ElementsAre("news/email refused <- 2 most_restrictive"));
}

TEST(Consent, KnowsAChannelByItsUsualNames) {
  const auto channel_of = [](const std::string& text) {
    return effective_consents(std::vector{says(1, "news", text, "yes")}, {}).front().channel;
  };
  for (const char* text : {"email", "e-mail", "E-Mail", " e_mail ", "Emails", "电子邮件"}) {
    EXPECT_EQ(channel_of(text), "email") << text;
  }
  for (const char* text : {"SMS", "text", "Text message"}) EXPECT_EQ(channel_of(text), "sms");
  for (const char* text : {"Phone", "telephone", "Call", "phone-calls"}) {
    EXPECT_EQ(channel_of(text), "phone") << text;
  }
  for (const char* text : {"post", "Letter", "postal mail"}) EXPECT_EQ(channel_of(text), "post");
  EXPECT_EQ(channel_of("mail"), "mail") << "a letter to some, an e-mail to others";
  EXPECT_EQ(channel_of("In-App Message"), "in-app message");
}

TEST(Consent, KnowsAPurposeInCapitals) {
  EXPECT_THAT(lines_of({says(1, "Straße", "", "yes"), says(2, "STRASSE", "", "no")}),
              ElementsAre("strasse/ refused <- 2 most_restrictive"));
}

TEST(Consent, ABlankPurposeIsOneOfItsOwn) {
  EXPECT_THAT(lines_of({says(1, " ", "", "no"), says(2, "news", "", "yes")}),
              ElementsAre("/ refused <- 1 only", "news/ granted <- 2 only"));
}

TEST(Consent, KnowsTheLettersOfAnyScript) {
  EXPECT_THAT(lines_of({says(1, "życzenia", "", "yes"), says(2, "ŻYCZENIA", "", "no")}),
              ElementsAre("życzenia/ refused <- 2 most_restrictive"));
}

TEST(Consent, IsNotDecidedByAnEmptyCell) {
  EXPECT_THAT(lines_of({says(1, "news", "", "yes"), says(2, "news", "", " ")}),
              ElementsAre("news/ granted <- 1 only"));
  EXPECT_THAT(lines_of({says(1, "news", "", "")}), IsEmpty());
}

TEST(Consent, WithoutAChannelCountsForEachChannel) {
  EXPECT_THAT(lines_of({says(1, "news", "email", "yes"), says(2, "news", "", "withdrawn")}),
              ElementsAre("news/ refused <- 2 only", "news/email refused <- 2 most_restrictive"));
  EXPECT_THAT(lines_of({says(1, "news", "email", "no"), says(2, "news", "", "granted")}),
              ElementsAre("news/ granted <- 2 only", "news/email refused <- 1 most_restrictive"));
}

TEST(Consent, FollowsTheChainOfThePolicy) {
  const std::vector<ConsentStatement> statements = {says(1, "news", "", "no", 90, 100),
                                                    says(2, "news", "", "yes", 10, 200)};
  EXPECT_THAT(lines_of(statements, {{}, {{"consent", {most_recent}}}}),
              ElementsAre("news/ granted <- 2 most_recent"));
  EXPECT_THAT(lines_of(statements, {{}, {{"consent", {source_priority}}}}),
              ElementsAre("news/ refused <- 1 source_priority"));
  EXPECT_THAT(lines_of(statements, {{}, {{"consent", {most_frequent}}}}),
              ElementsAre("news/ refused <- 1 most_restrictive"));
  EXPECT_THAT(lines_of(statements, {{most_recent}, {}}),
              ElementsAre("news/ refused <- 1 most_restrictive"));
}

TEST(Consent, ReadsTheWordsOfExports) {
  for (const char* word : {"unsubscribed", "Opt-out", "nie", "退订", "0", "FALSE"}) {
    EXPECT_EQ(permission_of(word), Permission::refused) << word;
  }
  for (const char* word : {"Subscribed", "opt-in", "tak", "同意", "1", "true"}) {
    EXPECT_EQ(permission_of(word), Permission::granted) << word;
  }
  for (const char* word : {"", "pending", "?", "maybe"}) {
    EXPECT_EQ(permission_of(word), Permission::unknown) << word;
  }
}

}  // namespace
}  // namespace cdh
