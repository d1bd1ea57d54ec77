// A server on this machine's loopback that says the same again and again, and never all.
#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <string>
#include <thread>
#include <utility>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>

namespace cdh {

// Serves one client until that hangs up. Who is here longer than its timeout waits for ever.
class DrippingServer {
 public:
  explicit DrippingServer(std::string words)
      : words_(std::move(words)),
        socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
        port_(socket_.address().port()),
        thread_([this] { serve(); }) {}
  ~DrippingServer() {
    try {  // when nobody came, the thread still waits
      Poco::Net::StreamSocket nobody(Poco::Net::SocketAddress("127.0.0.1", port_));
    } catch (const std::exception&) {
    }
    thread_.join();
  }
  DrippingServer(const DrippingServer&) = delete;
  DrippingServer& operator=(const DrippingServer&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  void serve() {
    constexpr long kBetweenWords_us = 20'000;
    try {
      Poco::Net::StreamSocket peer = socket_.acceptConnection();
      socket_.close();
      for (;;) {
        peer.sendBytes(words_.data(), static_cast<int>(words_.size()));
        if (!peer.poll(Poco::Timespan(kBetweenWords_us), Poco::Net::Socket::SELECT_READ)) continue;
        std::array<char, 4096> said;
        if (peer.receiveBytes(said.data(), said.size()) <= 0) return;
      }
    } catch (const std::exception&) {  // the other side hung up
    }
  }

  std::string words_;
  Poco::Net::ServerSocket socket_;  // the thread's own
  std::uint16_t port_;
  std::thread thread_;
};

}  // namespace cdh
