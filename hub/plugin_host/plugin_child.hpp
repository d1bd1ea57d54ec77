// A child process with a loaded plugin, and the host's side of the conversation with it. A child has
// one instance at most and lives as long.
//
// All sending and receiving is done by the thread that calls; only cancel() comes from others, and
// wakes that thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <cdh/plugin.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/channel.hpp"
#include "hub/plugin_host/child_process.hpp"
#include "hub/plugin_host/isolation.hpp"
#include "hub/plugin_host/message.hpp"
#include "hub/plugin_host/plugin_description.hpp"

namespace cdh {

class PluginChild {
 public:
  // Gets what follows the outcome of a successful call, and may take the message over.
  using Take = std::function<void(MessageReader, Message&&)>;

  // `host` is what the plugin's messages go to; null where there will be no instance. Throws
  // Error(internal) when there can be no child.
  PluginChild(const std::filesystem::path& library, const Isolation& isolation,
              const cdh_host* host)
      : PluginChild(library, isolation, host, make_socket_pair()) {}

  // What the child says first. Throws Error(plugin) with what the loader says, or what became of
  // the child.
  PluginDescription describe();

  // Describes and creates the instance; throws as describe() does.
  cdh_status create(const cdh_settings& settings, cdh_error& error);

  // One call. A child that ends, hangs or sends nonsense is reported by it, and by each later one,
  // as CDH_ERROR_INTERNAL. `doing` completes "crashed while ...".
  cdh_status call(const MessageWriter& request, const std::string& doing, cdh_error& error,
                  const Take& take = {}) noexcept;

  // Asks the plugin to end its instance, and gives it the time of grace for it.
  void destroy();

  // Makes the call in progress, or the next one, end soon. The time of grace is for that call and
  // all after it together, so that a child cannot gain time by short calls. From any thread.
  void cancel() const;

 private:
  using Clock = std::chrono::steady_clock;

  PluginChild(const std::filesystem::path& library, const Isolation& isolation,
              const cdh_host* host, SocketPair sockets);
  // Nothing when the child failed, and then failure_ says how.
  std::optional<Message> answer_to(const MessageWriter& request, const std::string& doing);
  std::optional<Message> next_message();
  bool wait_readable();
  bool is_overdue() const { return deadline_ && Clock::now() >= *deadline_; }
  void serve(Message& message);
  void fail(const std::string& doing, std::string how);

  const cdh_host* host_;
  std::chrono::milliseconds grace_, load_limit_;
  Descriptor cancelled_;  // an event, set by cancel()
  Channel channel_;
  ChildProcess process_;
  // Of loading, of all calls once cancelled, and of destroying.
  std::optional<Clock::time_point> deadline_;
  std::string failure_;  // not empty: the child is gone
};

// For functions of a boundary table: an exception becomes a status and its message.
template <typename Body>
cdh_status status_of(cdh_error& error, Body&& body) noexcept {
  try {
    return body();
  } catch (const Error& failure) {
    set_message(error, failure.what());
    return failure.kind() == ErrorKind::plugin ? CDH_ERROR_INTERNAL : CDH_ERROR_SYSTEM;
  } catch (const std::exception& failure) {
    set_message(error, failure.what());
    return CDH_ERROR_INTERNAL;
  }
}

}  // namespace cdh
