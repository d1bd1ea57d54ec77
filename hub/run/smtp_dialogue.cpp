#include "hub/run/smtp_dialogue.hpp"

#include <array>
#include <charconv>

#include <Poco/Net/NetException.h>

namespace cdh {

namespace {

namespace net = Poco::Net;

// RFC 5321, 4.5.3.1 has 512; some say more.
constexpr std::size_t kLongestLine = 4096;
constexpr int kMostLines = 100;

SmtpAnswer as_told(SmtpAnswer answer, int kind) {
  if (answer.code / 100 == kind) return answer;
  throw net::SMTPException(std::to_string(answer.code) + " " + answer.text);
}

}  // namespace

void SmtpDialogue::go_on(const net::StreamSocket& socket) {
  socket_ = socket;
  heard_.clear();
}

SmtpAnswer SmtpDialogue::say(std::string_view line) {
  send(std::string(line) + "\r\n");
  return hear();
}

SmtpAnswer SmtpDialogue::hear() {
  SmtpAnswer answer;
  for (int count = 0; count < kMostLines; ++count) {
    const std::string said = line();
    const char* const end = said.data() + said.size();
    const auto number = std::from_chars(said.data(), end, answer.code);
    if (number.ec != std::errc() || number.ptr != said.data() + 3) break;
    if (said.size() > 4) answer.text += (answer.text.empty() ? "" : " ") + said.substr(4);
    if (said.size() == 3 || said[3] == ' ') return answer;
    if (said[3] != '-') break;
  }
  throw net::SMTPException("what it says is no answer of a mail server");
}

SmtpAnswer SmtpDialogue::must_say(std::string_view line, int kind) {
  return as_told(say(line), kind);
}

SmtpAnswer SmtpDialogue::must_hear(int kind) { return as_told(hear(), kind); }

void SmtpDialogue::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    if (sent <= 0) throw net::ConnectionResetException("it hung up");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string SmtpDialogue::line() {
  for (;;) {
    if (const std::size_t end = heard_.find('\n'); end != std::string::npos) {
      std::string read = heard_.substr(0, end);
      heard_.erase(0, end + 1);
      if (read.ends_with('\r')) read.pop_back();
      return read;
    }
    if (heard_.size() > kLongestLine) throw net::SMTPException("it says a line without an end");
    std::array<char, 1024> more;
    const int got = socket_.receiveBytes(more.data(), static_cast<int>(more.size()));
    if (got <= 0) throw net::ConnectionResetException("it hung up");
    heard_.append(more.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace cdh
