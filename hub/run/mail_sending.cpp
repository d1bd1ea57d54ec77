#include "hub/run/mail_sending.hpp"

#include <sstream>

#include <Poco/Base64Encoder.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/MailStream.h>
#include <Poco/Net/NetException.h>
#include <Poco/Timestamp.h>

#include "hub/base/host_name.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/base/uuid.hpp"
#include "hub/run/bounded_connection.hpp"
#include "hub/run/smtp_dialogue.hpp"
#include "hub/run/tls_context.hpp"

namespace cdh {

namespace {

namespace net = Poco::Net;

// RFC 5321, 2.3.8: lines end with CRLF alone. Poco sends what it is given.
std::string with_crlf(const std::string& text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return lines;
}

void fill(net::MailMessage& message, const MailConfig& mail, const std::string& subject,
          const std::string& text) {
  message.setSender(mail.from);
  for (const std::string& address : mail.to) {
    message.addRecipient(net::MailRecipient(net::MailRecipient::PRIMARY_RECIPIENT, address));
  }
  message.setSubject(subject);
  message.setDate(Poco::Timestamp());
  message.set("Message-ID", "<" + UuidMint().next(now_micros()) + "@" + host_name() + ">");
  message.set("Auto-Submitted", "auto-generated");
  message.setContentType("text/plain; charset=UTF-8");
  message.setContent(with_crlf(text), net::MailMessage::ENCODING_QUOTED_PRINTABLE);
}

// As DATA takes it: a dot at a line's beginning doubled, and a dot alone after the last.
std::string data_of(const net::MailMessage& message) {
  std::ostringstream data;
  net::MailOutputStream lines(data);
  message.write(lines);
  lines.close();
  return data.str();
}

std::string base64(const std::string& text) {
  std::ostringstream out;
  Poco::Base64Encoder encoder(out);
  encoder.rdbuf()->setLineLength(0);
  encoder << text;
  encoder.close();
  return out.str();
}

// What the server can do. One that does not know EHLO can do nothing beyond RFC 821.
std::string greet(SmtpDialogue& server) {
  const SmtpAnswer can = server.say("EHLO " + host_name());
  if (can.is_yes()) return can.text;
  server.must_say("HELO " + host_name());
  return "";
}

void log_in(SmtpDialogue& server, const MailConfig& mail, const std::string& can) {
  if (can.find("PLAIN") != std::string::npos) {
    server.must_say("AUTH PLAIN " + base64(std::string(1, '\0') + mail.user + std::string(1, '\0') +
                                           mail.password));
    return;
  }
  server.must_say("AUTH LOGIN", 3);
  server.must_say(base64(mail.user), 3);
  server.must_say(base64(mail.password));
}

void begin(SmtpDialogue& server, BoundedConnection& connection, const MailConfig& mail) {
  server.must_hear();
  std::string can = greet(server);
  if (mail.security == MailConfig::Security::starttls) {
    if (const SmtpAnswer answer = server.say("STARTTLS"); !answer.is_yes()) {
      throw net::SMTPException("it does not speak TLS: " + answer.text);
    }
    connection.speak_tls(mail.host, tls_context(mail.ca_file));
    server.go_on(connection.socket());
    can = greet(server);
  }
  if (!mail.user.empty()) log_in(server, mail, can);
}

// Those that the server does not take. Throws when that is all of them.
std::vector<std::string> name_recipients(SmtpDialogue& server, const MailConfig& mail) {
  std::vector<std::string> refused;
  for (const std::string& address : mail.to) {
    const SmtpAnswer answer = server.say("RCPT TO:<" + address + ">");
    if (answer.is_yes()) continue;
    refused.push_back(address + ": " + std::to_string(answer.code) + " " + answer.text);
  }
  if (refused.size() < mail.to.size()) return refused;
  throw net::SMTPException("it takes no mail for " + join(refused, "; "));
}

// The mail is taken, and nothing that follows changes that.
void say_goodbye(SmtpDialogue& server) {
  try {
    server.say("QUIT");
  } catch (const Poco::Exception&) {
  }
}

}  // namespace

std::vector<std::string> send_mail(const MailConfig& mail, const std::string& subject,
                                   const std::string& text) {
  net::MailMessage message;
  fill(message, mail, subject, text);
  std::vector<std::string> refused;
  talk_to(mail.host, mail.port, mail.timeout_s, [&](BoundedConnection& connection) {
    if (mail.security == MailConfig::Security::tls) {
      connection.speak_tls(mail.host, tls_context(mail.ca_file));
    }
    SmtpDialogue server(connection.socket());
    begin(server, connection, mail);
    server.must_say("MAIL FROM:<" + mail.from + ">");
    refused = name_recipients(server, mail);
    server.must_say("DATA", 3);
    server.send(data_of(message));
    server.must_hear();
    say_goodbye(server);
  });
  return refused;
}

}  // namespace cdh
