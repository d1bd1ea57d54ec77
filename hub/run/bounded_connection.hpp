// A connection to somebody else's server that ends in time, whatever that server does.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

namespace cdh {

// One deadline for all that is said over it: a server that sends a byte now and then is no better
// than a silent one. What still reads or writes then fails, in any thread. Must outlive the sessions
// that speak over its socket.
//
// Only the look-up of the name is bounded by this machine's resolver instead (resolv.conf(5)).
class BoundedConnection {
 public:
  // Connects to the first address of `host`. Throws Poco::Exception, as all that uses the socket does.
  BoundedConnection(const std::string& host, std::uint16_t port, int timeout_s);
  ~BoundedConnection();
  BoundedConnection(const BoundedConnection&) = delete;
  BoundedConnection& operator=(const BoundedConnection&) = delete;

  // From now on the socket speaks TLS with a server that has a certificate for `host`.
  void speak_tls(const std::string& host, const Poco::Net::Context::Ptr& context);

  const Poco::Net::StreamSocket& socket() const { return socket_; }
  bool is_over() const { return std::chrono::steady_clock::now() >= deadline_; }

 private:
  void connect(const std::string& host, std::uint16_t port);
  void cut_when_over();

  std::chrono::steady_clock::time_point deadline_;
  Poco::Net::StreamSocket socket_;
  int cut_;  // a descriptor of the same connection: the socket's own may be closed and used anew
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  std::thread watch_;
};

// Connects, and does `talk`. Throws Error(config) with the host and what happened, instead of any
// Poco::Exception.
void talk_to(const std::string& host, std::uint16_t port, int timeout_s,
             const std::function<void(BoundedConnection&)>& talk);

}  // namespace cdh
