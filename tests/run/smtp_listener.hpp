// A small SMTP server (RFC 5321) on this machine's loopback, which keeps the mail it is given.
#pragma once

#include <exception>
#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

namespace cdh {

// Serves one session, without recipients whose names begin with "gone". When its answer to DATA says
// "slowly" there is none to QUIT. `offers`: what EHLO says beside the name, such as "AUTH PLAIN
// LOGIN". With a context for `tls` it speaks that, from the first byte or after STARTTLS.
class SmtpListener {
 public:
  struct Mail {
    std::string from;
    std::vector<std::string> to;
    std::string content;                // the lines of DATA
    std::vector<std::string> commands;  // every line but those
  };

  explicit SmtpListener(std::string offers = "8BITMIME", std::string answer_to_data = "250 Taken",
                        Poco::Net::Context::Ptr tls = nullptr, bool tls_at_once = false)
      : offers_(std::move(offers)),
        answer_to_data_(std::move(answer_to_data)),
        tls_(std::move(tls)),
        tls_at_once_(tls_at_once),
        socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
        port_(socket_.address().port()),
        thread_([this] { serve(); }) {}
  ~SmtpListener() {
    // A session that nobody began is begun, so that the thread ends.
    try {
      Poco::Net::StreamSocket nobody(Poco::Net::SocketAddress("127.0.0.1", port_));
    } catch (const std::exception&) {
    }
    thread_.join();
  }
  SmtpListener(const SmtpListener&) = delete;
  SmtpListener& operator=(const SmtpListener&) = delete;

  std::uint16_t port() const { return port_; }
  // Of the session, once it has ended.
  Mail mail() { return mail_.get_future().get(); }

 private:
  void serve() {
    Mail mail;
    try {
      Poco::Net::StreamSocket accepted = socket_.acceptConnection();
      socket_.close();
      if (tls_at_once_) accepted = Poco::Net::SecureStreamSocket::attach(accepted, tls_);
      Poco::Net::DialogSocket peer(accepted);
      peer.sendMessage("220 test.example");
      std::string line;
      while (peer.receiveMessage(line) && answer(line, peer, mail)) {
      }
    } catch (const std::exception&) {  // the other side hung up
    }
    mail_.set_value(std::move(mail));
  }

  bool answer(const std::string& line, Poco::Net::DialogSocket& peer, Mail& mail) const {
    mail.commands.push_back(line);
    const std::string_view said = line;
    const auto begins = [&](std::string_view word) { return said.starts_with(word); };
    if (begins("EHLO")) {
      peer.sendMessage("250-test.example");
      peer.sendMessage("250 " + offers_);
    } else if (begins("STARTTLS") && tls_) {
      peer.sendMessage("220 Go on");
      peer = Poco::Net::DialogSocket(Poco::Net::SecureStreamSocket::attach(peer, tls_));
    } else if (begins("AUTH")) {
      peer.sendMessage("235 Welcome");
    } else if (begins("MAIL FROM:")) {
      mail.from = said.substr(10);
      peer.sendMessage("250 OK");
    } else if (begins("RCPT TO:<gone")) {
      peer.sendMessage("550 Nobody here has that name");
    } else if (begins("RCPT TO:")) {
      mail.to.emplace_back(said.substr(8));
      peer.sendMessage("250 OK");
    } else if (begins("DATA")) {
      peer.sendMessage("354 Go on");
      std::string text;
      while (peer.receiveMessage(text) && text != ".") mail.content += text + "\n";
      peer.sendMessage(answer_to_data_);
    } else if (begins("QUIT") && answer_to_data_.find("slowly") != std::string::npos) {
    } else if (begins("QUIT")) {
      peer.sendMessage("221 Bye");
      return false;
    } else {
      peer.sendMessage("502 What?");
    }
    return true;
  }

  std::string offers_, answer_to_data_;
  Poco::Net::Context::Ptr tls_;
  bool tls_at_once_;
  Poco::Net::ServerSocket socket_;  // the thread's own
  std::uint16_t port_;
  std::promise<Mail> mail_;
  std::thread thread_;
};

}  // namespace cdh
