// One end of a socket pair on which the host and a plugin in a child process exchange messages.
#pragma once

#include <functional>
#include <optional>

#include "hub/plugin_host/descriptor.hpp"
#include "hub/plugin_host/message.hpp"

namespace cdh {

// Sending and receiving may go on at the same time in two threads; each for itself must not
// overlap.
class Channel {
 public:
  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}

  // False: the other end is gone, or did not take anything for a minute.
  bool send(const MessageWriter& message);

  // Called before each piece is waited for; false: do not wait.
  using BeforeWaiting = std::function<bool()>;

  // The next message; nothing when the other end is gone, or `go_on` says no. Throws Error(plugin)
  // when what arrives is no message.
  std::optional<Message> receive(const BeforeWaiting& go_on = {});

  int descriptor() const { return socket_.number(); }

 private:
  bool receive_all(std::byte* at, std::size_t size, const BeforeWaiting& go_on);
  Descriptor socket_;
};

// Both ends of a new pair, close-on-exec. Throws Error(internal).
struct SocketPair {
  Descriptor ours, theirs;
};
SocketPair make_socket_pair();

}  // namespace cdh
