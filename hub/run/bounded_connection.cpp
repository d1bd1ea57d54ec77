#include "hub/run/bounded_connection.hpp"

#include <optional>
#include <system_error>

#include <Poco/Exception.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hub/base/error.hpp"

namespace cdh {

namespace net = Poco::Net;

BoundedConnection::BoundedConnection(const std::string& host, std::uint16_t port, int timeout_s)
    : deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(timeout_s)) {
  connect(host, port);
  cut_ = ::fcntl(socket_.impl()->sockfd(), F_DUPFD_CLOEXEC, 0);
  if (cut_ < 0) throw Poco::IOException("no file descriptor is left");
  try {
    watch_ = std::thread([this] { cut_when_over(); });
  } catch (const std::system_error& failure) {
    ::close(cut_);
    throw Poco::SystemException("no thread can be started to watch the time", failure.what());
  }
}

BoundedConnection::~BoundedConnection() {
  {
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
  }
  ended_.notify_all();
  watch_.join();
  ::close(cut_);
}

void BoundedConnection::connect(const std::string& host, std::uint16_t port) {
  const net::SocketAddress address(host, port);
  const auto left = std::chrono::duration_cast<std::chrono::microseconds>(
      deadline_ - std::chrono::steady_clock::now());
  if (left.count() <= 0) throw Poco::TimeoutException();
  socket_.connect(address, Poco::Timespan(left.count()));
}

void BoundedConnection::speak_tls(const std::string& host, const net::Context::Ptr& context) {
  socket_ = net::SecureStreamSocket::attach(socket_, host, context);
}

void BoundedConnection::cut_when_over() {
  std::unique_lock lock(mutex_);
  if (ended_.wait_until(lock, deadline_, [this] { return has_ended_; })) return;
  ::shutdown(cut_, SHUT_RDWR);
}

namespace {

// What OpenSSL and Poco say of a certificate does not say what to do.
std::string advised(const std::string& failure) {
  if (failure.find("certificate verify failed") != std::string::npos) {
    return failure +
           ": no authority that is trusted here has signed it, or it is out of date; name your own "
           "authority's certificate, a PEM file, as ca_file";
  }
  if (failure.find("Unacceptable certificate") != std::string::npos) {
    return failure + ": it is for another name than the one in hub.yaml";
  }
  return failure;
}

}  // namespace

void talk_to(const std::string& host, std::uint16_t port, int timeout_s,
             const std::function<void(BoundedConnection&)>& talk) {
  const auto fail = [&](const std::string& why) {
    throw Error(ErrorKind::config, host + ": " + why);
  };
  const std::string too_late = "no answer within " + std::to_string(timeout_s) + " s";
  std::optional<BoundedConnection> connection;
  try {
    talk(connection.emplace(host, port, timeout_s));
  } catch (const Poco::TimeoutException&) {
    fail(too_late);
  } catch (const net::SSLException& error) {
    fail(connection && connection->is_over() ? too_late : advised(error.displayText()));
  } catch (const Poco::Exception& error) {
    fail(connection && connection->is_over() ? too_late : error.displayText());
  }
}

}  // namespace cdh
