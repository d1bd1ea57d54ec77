#include "hub/run/mail_sending.hpp"

#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Timestamp.h>

#include "hub/base/error.hpp"
#include "hub/base/host_name.hpp"
#include "hub/base/time.hpp"
#include "hub/base/uuid.hpp"
#include "hub/run/tls_context.hpp"

namespace cdh {

namespace {

namespace net = Poco::Net;

net::StreamSocket connected(const MailConfig& mail, const Poco::Timespan& timeout) {
  const net::SocketAddress address(mail.host, mail.port);
  net::StreamSocket socket;
  if (mail.security == MailConfig::Security::tls) {
    net::SecureStreamSocket secure(tls_context());
    secure.setPeerHostName(mail.host);
    socket = secure;
  }
  socket.connect(address, timeout);
  socket.setReceiveTimeout(timeout);
  socket.setSendTimeout(timeout);
  return socket;
}

class Session : public net::SMTPClientSession {
 public:
  Session(const net::StreamSocket& socket, const Poco::Timespan& timeout)
      : net::SMTPClientSession(socket), timeout_(timeout) {}

  void start_tls(const std::string& server) {
    login(host_name());
    std::string answer;
    if (sendCommand("STARTTLS", answer) != 220) {
      throw net::SMTPException("it does not speak TLS: " + answer);
    }
    net::SecureStreamSocket secure =
        net::SecureStreamSocket::attach(socket(), server, tls_context());
    secure.setReceiveTimeout(timeout_);
    secure.setSendTimeout(timeout_);
    socket() = secure;
  }

  void log_in(const std::string& user, const std::string& password) {
    if (user.empty()) return login(host_name());
    open();
    std::string answer;
    sendCommand("EHLO", host_name(), answer);
    const bool takes_plain = answer.find("PLAIN") != std::string::npos;
    login(host_name(), takes_plain ? AUTH_PLAIN : AUTH_LOGIN, user, password);
  }

 private:
  Poco::Timespan timeout_;
};

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

}  // namespace

void send_mail(const MailConfig& mail, const std::string& subject, const std::string& text,
               int timeout_s) {
  const auto fail = [&](const std::string& why) {
    throw Error(ErrorKind::config, mail.host + ": " + why);
  };
  try {
    const Poco::Timespan timeout(timeout_s, 0);
    Session session(connected(mail, timeout), timeout);
    if (mail.security == MailConfig::Security::starttls) session.start_tls(mail.host);
    session.log_in(mail.user, mail.password);
    net::MailMessage message;
    fill(message, mail, subject, text);
    session.sendMessage(message);
    session.close();
  } catch (const Poco::TimeoutException&) {
    fail("no answer within " + std::to_string(timeout_s) + " s");
  } catch (const Poco::Exception& error) {
    fail(error.displayText());
  }
}

}  // namespace cdh
