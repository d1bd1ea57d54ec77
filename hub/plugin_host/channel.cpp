#include "hub/plugin_host/channel.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

// The other end reads on a thread of its own, so that a full buffer means that it hangs.
constexpr timeval kSendTimeout = {60, 0};

struct Header {
  std::uint64_t kind;
  std::uint64_t size;
};

}  // namespace

bool Channel::send(const MessageWriter& message) {
  const std::span<const std::byte> body = message.body();
  Header header = {static_cast<std::uint64_t>(message.kind()), body.size()};
  std::array<iovec, 2> parts = {iovec{&header, sizeof header},
                                iovec{const_cast<std::byte*>(body.data()), body.size()}};
  std::size_t first = 0;
  while (first < parts.size()) {
    msghdr gathered{};
    gathered.msg_iov = &parts[first];
    gathered.msg_iovlen = parts.size() - first;
    const ssize_t sent = ::sendmsg(socket_.number(), &gathered, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    auto left = static_cast<std::size_t>(sent);
    while (first < parts.size() && left >= parts[first].iov_len) left -= parts[first++].iov_len;
    if (first == parts.size()) break;
    parts[first].iov_base = static_cast<std::byte*>(parts[first].iov_base) + left;
    parts[first].iov_len -= left;
  }
  return true;
}

std::optional<Message> Channel::receive(const BeforeWaiting& go_on) {
  Header header{};
  if (!receive_all(reinterpret_cast<std::byte*>(&header), sizeof header, go_on)) {
    return std::nullopt;
  }
  if (header.size > kMaxMessageBytes) fail_broken_message("it is larger than may cross");
  Message message;
  message.kind = static_cast<MessageKind>(header.kind);
  message.size = header.size;
  // Not cleared: only what arrives takes memory, whatever the header claims.
  message.body = std::make_unique_for_overwrite<std::byte[]>(header.size);
  if (!receive_all(message.body.get(), header.size, go_on)) return std::nullopt;
  return message;
}

bool Channel::receive_all(std::byte* at, std::size_t size, const BeforeWaiting& go_on) {
  while (size > 0) {
    if (go_on && !go_on()) return false;
    const ssize_t received = ::recv(socket_.number(), at, size, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return false;
    at += received;
    size -= static_cast<std::size_t>(received);
  }
  return true;
}

SocketPair make_socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw Error(ErrorKind::internal, std::string("cannot make a socket for a plugin's process: ") +
                                         std::strerror(errno));
  }
  ::setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &kSendTimeout, sizeof kSendTimeout);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace cdh
