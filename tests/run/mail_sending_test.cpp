#include "hub/run/mail_sending.hpp"

#include <gmock/gmock.h>

#include "hub/base/error.hpp"
#include "tests/run/dripping_server.hpp"
#include "tests/run/smtp_listener.hpp"
#include "tests/run/tls_certificate.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

MailConfig mail_to(const SmtpListener& server) {
  MailConfig mail;
  mail.host = "127.0.0.1";
  mail.port = server.port();
  mail.from = "cdh@shop.example";
  mail.to = {"ops@shop.example", "it@shop.example"};
  return mail;
}

std::string failure_of(const MailConfig& mail) {
  try {
    send_mail(mail, "subject", "text");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::config);
    return error.what();
  }
  return "none";
}

TEST(MailSending, OneMailGoesToAllInPlainText) {
  SmtpListener server;
  send_mail(mail_to(server), "run 12 failed", "Zażółć: 3 = 1 + 2\n.\nend\n");
  const SmtpListener::Mail mail = server.mail();
  EXPECT_THAT(mail.from, HasSubstr("<cdh@shop.example>"));
  EXPECT_THAT(mail.to,
              ElementsAre(HasSubstr("<ops@shop.example>"), HasSubstr("<it@shop.example>")));
  EXPECT_THAT(mail.content,
              AllOf(HasSubstr("Subject: run 12 failed\n"), HasSubstr("charset=UTF-8"),
                    HasSubstr("Auto-Submitted: auto-generated"), HasSubstr("Message-ID: <"),
                    HasSubstr("Za=C5=BC=C3=B3=C5=82=C4=87: 3 =3D 1 + 2\n..\nend\n")));
  EXPECT_THAT(mail.commands, Not(Contains(StartsWith("AUTH"))));
}

TEST(MailSending, AUserLogsIn) {
  SmtpListener server("AUTH PLAIN LOGIN");
  MailConfig mail = mail_to(server);
  mail.user = "cdh";
  mail.password = "hush";
  send_mail(mail, "subject", "text");
  EXPECT_THAT(server.mail().commands, Contains(StartsWith("AUTH PLAIN")));
}

TEST(MailSending, WhatTheServerRefusesIsAFailure) {
  const SmtpListener server("8BITMIME", "554 No");
  EXPECT_THAT(failure_of(mail_to(server)), HasSubstr("127.0.0.1: "));
}

TEST(MailSending, OneAddressThatIsRefusedSilencesNoOther) {
  SmtpListener server;
  MailConfig mail = mail_to(server);
  mail.to = {"gone@shop.example", "it@shop.example"};
  EXPECT_THAT(send_mail(mail, "subject", "text"),
              ElementsAre("gone@shop.example: 550 Nobody here has that name"));
  const SmtpListener::Mail sent = server.mail();
  EXPECT_THAT(sent.to, ElementsAre("<it@shop.example>"));
  EXPECT_THAT(sent.content, HasSubstr("text"));
}

TEST(MailSending, WithoutAnyRecipientItIsAFailure) {
  const SmtpListener server;
  MailConfig mail = mail_to(server);
  mail.to = {"gone@shop.example", "gone.too@shop.example"};
  EXPECT_THAT(failure_of(mail), AllOf(HasSubstr("it takes no mail for gone@shop.example: 550"),
                                      HasSubstr("gone.too@shop.example")));
}

TEST(MailSending, WhatIsTakenIsSentThoughTheServerSaysNoGoodbye) {
  SmtpListener server("8BITMIME", "250 Taken, slowly");
  MailConfig mail = mail_to(server);
  mail.timeout_s = 1;
  EXPECT_EQ(failure_of(mail), "none");
  EXPECT_THAT(server.mail().content, HasSubstr("text"));
}

TEST(MailSending, WithoutTlsNothingIsSentWhereItIsAskedFor) {
  SmtpListener server;
  MailConfig mail = mail_to(server);
  mail.security = MailConfig::Security::starttls;
  mail.user = "cdh";
  mail.password = "hush";
  EXPECT_THAT(failure_of(mail), HasSubstr("it does not speak TLS"));
  EXPECT_THAT(server.mail().commands,
              AllOf(Not(Contains(StartsWith("AUTH"))), Not(Contains(StartsWith("MAIL")))));
}

TEST(MailSending, TlsIsSpokenBeforeThePassword) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  certificate.trust();
  for (const bool at_once : {true, false}) {
    SmtpListener server("AUTH PLAIN", "250 Taken", certificate.server_context(), at_once);
    MailConfig mail = mail_to(server);
    mail.host = "localhost";
    mail.security = at_once ? MailConfig::Security::tls : MailConfig::Security::starttls;
    mail.user = "cdh";
    mail.password = "hush";
    send_mail(mail, "subject", "over TLS");
    EXPECT_THAT(server.mail().content, HasSubstr("over TLS"));
  }
}

TEST(MailSending, AnAuthorityOfOnesOwnIsTrustedWhereItIsNamed) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  for (const bool at_once : {true, false}) {
    SmtpListener server("8BITMIME", "250 Taken", certificate.server_context(), at_once);
    MailConfig mail = mail_to(server);
    mail.host = "localhost";
    mail.security = at_once ? MailConfig::Security::tls : MailConfig::Security::starttls;
    mail.ca_file = certificate.file();
    send_mail(mail, "subject", "over TLS");
    EXPECT_THAT(server.mail().content, HasSubstr("over TLS"));
  }
}

TEST(MailSending, AServerThatNobodyTrustsIsSentNothing) {
  const TestHub folder;
  const TlsCertificate certificate(folder.folder());
  SmtpListener server("AUTH PLAIN", "250 Taken", certificate.server_context(), false);
  MailConfig mail = mail_to(server);
  mail.host = "localhost";
  mail.security = MailConfig::Security::starttls;
  EXPECT_THAT(failure_of(mail), HasSubstr("localhost: "));
  EXPECT_THAT(server.mail().commands, Not(Contains(StartsWith("MAIL"))));
}

TEST(MailSending, ASilentServerIsNotWaitedForLong) {
  Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));
  MailConfig mail;
  mail.host = "127.0.0.1";
  mail.port = silent.address().port();
  mail.from = "a@b.example";
  mail.to = {"c@d.example"};
  mail.timeout_s = 1;
  try {
    send_mail(mail, "subject", "text");
    FAIL() << "nobody answers";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "127.0.0.1: no answer within 1 s");
  }
}

TEST(MailSending, AServerThatDripsIsNotWaitedForLong) {
  for (const auto& [words, failure] :
       {std::pair("2", "no answer within 1 s"), std::pair("220-hi\r\n", "no answer within 1 s"),
        std::pair("hi\r\n", "no answer of a mail server")}) {
    const DrippingServer server(words);
    MailConfig mail;
    mail.host = "127.0.0.1";
    mail.port = server.port();
    mail.from = "a@b.example";
    mail.to = {"c@d.example"};
    mail.timeout_s = 1;
    EXPECT_THAT(failure_of(mail), HasSubstr(failure)) << words;
  }
}

}  // namespace
}  // namespace cdh
