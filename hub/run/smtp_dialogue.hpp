// What is said to a mail server and what it answers (RFC 5321, 4.2), one command at a time.
//
// Poco's own dialogue reads on for ever when the server hangs up within an answer of several lines.
#pragma once

#include <string>
#include <string_view>

#include <Poco/Net/StreamSocket.h>

namespace cdh {

struct SmtpAnswer {
  int code = 0;      // 250
  std::string text;  // its lines, without the code, parted by blanks

  bool is_yes() const { return code / 100 == 2; }
};

// Throws Poco::Exception when the connection ends or what comes is no answer.
class SmtpDialogue {
 public:
  explicit SmtpDialogue(const Poco::Net::StreamSocket& socket) : socket_(socket) {}

  // From now on over this socket. What the server said in advance is forgotten.
  void go_on(const Poco::Net::StreamSocket& socket);

  // `line` without its end. The first answer of a session comes unasked.
  SmtpAnswer say(std::string_view line);
  SmtpAnswer hear();
  // Likewise; throws Poco::Net::SMTPException with the answer when it is not of this kind: 2, or 3
  // where more is to follow.
  SmtpAnswer must_say(std::string_view line, int kind = 2);
  SmtpAnswer must_hear(int kind = 2);

  // As it is.
  void send(std::string_view bytes);

 private:
  std::string line();

  Poco::Net::StreamSocket socket_;
  std::string heard_;  // and not yet read
};

}  // namespace cdh
