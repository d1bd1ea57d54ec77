// What hub.yaml says of a run's report, metrics, notifications and lineage events.
#include "hub/config/reporting.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/base/error.hpp"
#include "hub/config/hub_config.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

HubConfig hub_with(const std::string& keys) {
  return parse_hub_config("hub:\n  store: sqlite://c.db\n" + keys + "sources: {}\n",
                          "/etc/cdh/hub.yaml");
}

ReportingConfig reporting(const std::string& keys) { return hub_with(keys).reporting; }

std::string fault_of(const std::string& keys) {
  try {
    hub_with(keys);
  } catch (const Error& error) {
    return error.what();
  }
  return "no fault";
}

TEST(Reporting, NothingIsToldByDefault) {
  const ReportingConfig none = reporting("");
  EXPECT_FALSE(none.report);
  EXPECT_TRUE(none.metrics.empty());
  EXPECT_FALSE(none.notify);
  EXPECT_FALSE(none.lineage_events);
}

TEST(Reporting, PathsBelongToTheFile) {
  const ReportingConfig given =
      reporting("  report: reports\n  metrics: ../lib/cdh.prom\n  lineage_events: events.jsonl\n");
  EXPECT_EQ(given.report->folder, "/etc/cdh/reports");
  EXPECT_EQ(given.report->keep, 90);
  EXPECT_EQ(given.metrics, "/etc/lib/cdh.prom");
  EXPECT_EQ(given.lineage_events->file, "/etc/cdh/events.jsonl");
  EXPECT_EQ(given.lineage_events->job_namespace, "cdh");
  EXPECT_FALSE(given.lineage_events->target);
  EXPECT_EQ(reporting("  report: { folder: /srv/r, keep: 7 }\n").report->keep, 7);
}

TEST(Reporting, NotifyTellsEverythingUnlessItIsToldWhat) {
  const NotifyConfig all = *reporting("  notify: { webhook: https://alerts.example/x }\n").notify;
  EXPECT_THAT(all.events, ElementsAre(Alert::failure, Alert::safety_stop, Alert::source_failed,
                                      Alert::quarantine, Alert::late));
  EXPECT_EQ(all.webhook->url, "https://alerts.example/x");
  EXPECT_EQ(all.webhook->timeout_s, 30);
  const NotifyConfig some = *reporting(
                                 "  notify:\n    events: [failure, late]\n    timeout: 3\n"
                                 "    webhook:\n      url: https://alerts.example\n"
                                 "      headers: { Authorization: Bearer 1 }\n")
                                 .notify;
  EXPECT_THAT(some.events, ElementsAre(Alert::failure, Alert::late));
  EXPECT_EQ(some.webhook->timeout_s, 3);
  EXPECT_THAT(some.webhook->headers, ElementsAre(Pair("Authorization", "Bearer 1")));
}

MailConfig mail_to(const std::string& server, const std::string& more = "") {
  return *reporting("  notify: { mail: { server: '" + server +
                    "', from: cdh@shop.example, to: ops@shop.example" + more + " } }\n")
              .notify->mail;
}

TEST(Reporting, AMailServerHasItsUsualPortAndSecurity) {
  EXPECT_EQ(mail_to("smtp://relay.example").port, 25);
  EXPECT_EQ(mail_to("smtp+starttls://relay.example").port, 587);
  const MailConfig mail = mail_to("smtps://relay.example:4465", ", user: u, password: p");
  EXPECT_EQ(mail.host, "relay.example");
  EXPECT_EQ(mail.port, 4465);
  EXPECT_EQ(mail.security, MailConfig::Security::tls);
  EXPECT_EQ(mail.user, "u");
  EXPECT_THAT(mail.to, ElementsAre("ops@shop.example"));
}

TEST(Reporting, LineageEventsGoToAUrlToo) {
  const LineageEventsConfig events =
      *reporting(
           "  lineage_events: { to: https://lineage.example/api/v1/lineage, namespace: crm }\n")
           .lineage_events;
  EXPECT_EQ(events.target->url, "https://lineage.example/api/v1/lineage");
  EXPECT_TRUE(events.file.empty());
  EXPECT_EQ(events.target->timeout_s, 30);
  EXPECT_EQ(events.job_namespace, "crm");
}

TEST(Reporting, EveryExchangeHasATimeout) {
  EXPECT_EQ(mail_to("smtps://relay.example").timeout_s, 30);
  const ReportingConfig given = reporting(
      "  notify: { mail: { server: smtps://a.example, from: a@b, to: c@d }, timeout: 7 }\n"
      "  lineage_events: { to: https://lineage.example/, timeout: 5 }\n");
  EXPECT_EQ(given.notify->mail->timeout_s, 7);
  EXPECT_EQ(given.lineage_events->target->timeout_s, 5);
}

TEST(Reporting, WhatIsWrongIsToldWithItsLine) {
  EXPECT_THAT(fault_of("  notify: { events: failure }\n"),
              HasSubstr("hub.yaml:3: notify needs a webhook, a mail, or both"));
  EXPECT_THAT(fault_of("  notify: { webhook: alerts.example }\n"),
              HasSubstr("url must begin with http:// or https:// and name a host"));
  EXPECT_THAT(fault_of("  notify: { webhok: x }\n"), HasSubstr("did you mean \"webhook\"?"));
  EXPECT_THAT(fault_of("  notify: { events: [failur], webhook: http://a }\n"),
              HasSubstr("did you mean \"failure\"?"));
  EXPECT_THAT(fault_of("  notify: { mail: { server: smtp://h:0, from: a@b, to: c@d } }\n"),
              HasSubstr("server must be smtps://HOST"));
  EXPECT_THAT(
      fault_of("  notify: { mail: { server: smtps://h, from: \"a@b\\nBcc: x@y\", to: c@d } }\n"),
      HasSubstr("from must be one mail address"));
  EXPECT_THAT(fault_of("  notify: { webhook: { url: http://a, headers: { X: \"1\\n2\" } } }\n"),
              HasSubstr("X must be one line"));
  EXPECT_THAT(fault_of("  report: { keep: 0, folder: r }\n"), HasSubstr("keep must be"));
}

TEST(Reporting, APasswordIsNotSentInTheClear) {
  const std::string rest = ", from: a@b, to: c@d, user: u, password: p } }\n";
  EXPECT_THAT(fault_of("  notify: { mail: { server: smtp://h" + rest),
              HasSubstr("use smtps:// or smtp+starttls://"));
  EXPECT_EQ(fault_of("  notify: { mail: { server: smtp+starttls://h" + rest), "no fault");
  EXPECT_THAT(fault_of("  notify: { mail: { server: smtps://h, from: a@b, to: c@d, user: u } }\n"),
              HasSubstr("mail needs both user and password, or neither"));
}

TEST(Reporting, SecretsGoToNoOtherMachineInTheClear) {
  const std::string fault = "are not sent to another machine over http://; use https://";
  const std::string headers = "', headers: { Authorization: Bearer 1 } }";
  const auto webhook = [](const std::string& text) {
    return "  notify: { webhook: " + text + " }\n";
  };
  for (const std::string url :
       {"http://alerts.example", "http://127.evil.example", "http://10.0.0.1:80"}) {
    EXPECT_THAT(fault_of(webhook("{ url: '" + url + headers)), HasSubstr(fault));
    EXPECT_EQ(fault_of(webhook("'" + url + "'")), "no fault");
  }
  for (const std::string url :
       {"http://localhost", "http://127.0.0.1:80/x", "http://[::1]:80", "https://alerts.example"}) {
    EXPECT_EQ(fault_of(webhook("{ url: '" + url + headers)), "no fault");
  }
  EXPECT_THAT(fault_of(webhook("http://u:p@alerts.example")), HasSubstr(fault));
  EXPECT_THAT(fault_of("  lineage_events: { to: 'http://a.example" + headers + "\n"),
              HasSubstr(fault));
}

TEST(Reporting, AUrlIsOneThatCanBeSpokenTo) {
  for (const std::string wrong : {"ftp://a.example", "s3://bucket/x", "http:/a", "https://a:99999",
                                  "http://", "https://a:0", "https://u@", "https://[::1"}) {
    EXPECT_THAT(fault_of("  lineage_events: '" + wrong + "'\n"),
                HasSubstr("lineage_events: the URL must begin with http:// or https://"))
        << wrong;
    EXPECT_THAT(fault_of("  notify: { webhook: '" + wrong + "' }\n"),
                HasSubstr("url must begin with http:// or https://"))
        << wrong;
  }
  EXPECT_EQ(reporting("  lineage_events: HTTPS://a.example/x\n").lineage_events->target->url,
            "HTTPS://a.example/x");
  EXPECT_EQ(reporting("  lineage_events: log/a:b.jsonl\n").lineage_events->file,
            "/etc/cdh/log/a:b.jsonl");
}

TEST(Reporting, HeadersThatSayWhereARequestEndsAreTheHubsOwn) {
  for (const std::string name :
       {"Content-Length", "host", "Transfer-Encoding", "Connection", "Expect"}) {
    EXPECT_THAT(
        fault_of("  notify: { webhook: { url: https://a, headers: { " + name + ": x } } }\n"),
        HasSubstr("none of Content-Length"));
  }
}

TEST(Reporting, AnAuthorityOfOnesOwnBelongsToTheFile) {
  const ReportingConfig given = reporting(
      "  notify:\n    webhook: { url: https://a.example, ca_file: ca.pem }\n"
      "    mail: { server: smtps://a.example, from: a@b, to: c@d, ca_file: /srv/ca.pem }\n"
      "  lineage_events: { to: https://a.example, ca_file: ca.pem }\n");
  EXPECT_EQ(given.notify->webhook->ca_file, "/etc/cdh/ca.pem");
  EXPECT_EQ(given.notify->mail->ca_file, "/srv/ca.pem");
  EXPECT_EQ(given.lineage_events->target->ca_file, "/etc/cdh/ca.pem");
}

TEST(Reporting, APasswordInAUrlIsMasked) {
  const HubConfig config = hub_with(
      "  notify: { webhook: 'https://u:hushed1@a.example' }\n"
      "  lineage_events: 'https://u:hushed2@a.example'\n");
  EXPECT_THAT(explain(config), testing::Not(HasSubstr("hushed")));
  EXPECT_EQ(config.secrets.mask("hushed1 hushed2"), "*** ***");
}

TEST(Reporting, SecretsAreMasked) {
  const HubConfig config = hub_with(
      "  notify:\n    webhook: { url: https://a, headers: { Authorization: Bearer hush } }\n"
      "    mail: { server: smtps://h, from: a@b, to: c@d, user: u, password: hush }\n");
  EXPECT_THAT(explain(config), AllOf(HasSubstr("***"), testing::Not(HasSubstr("hush"))));
}

}  // namespace
}  // namespace cdh
