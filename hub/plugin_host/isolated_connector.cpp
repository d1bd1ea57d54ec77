#include "hub/plugin_host/isolated_connector.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/batch_message.hpp"
#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/channel.hpp"
#include "hub/plugin_host/child_process.hpp"

namespace cdh {

namespace {

using Clock = std::chrono::steady_clock;

// A child with a loaded plugin, and the conversation with it.
class PluginChild {
 public:
  // `host` is what the plugin's messages go to; null while there is no instance.
  PluginChild(const std::filesystem::path& library, const Isolation& isolation,
              const cdh_host* host)
      : PluginChild(library, isolation, host, make_socket_pair()) {}

  // The answer to a request; nothing when the child failed, and then failure() says how. `doing`
  // completes "crashed while ...".
  std::optional<Message> call(const MessageWriter& request, const std::string& doing);

  // What the child says first.
  PluginDescription describe();

  // Asks the plugin to end its instance, and gives it the time of grace for it.
  void destroy();

  // Makes the call in progress, or the next one, end soon. The time of grace is for that call and
  // all after it together, so that a child cannot gain time by short calls. From any thread.
  void cancel() const;

  // Ends the child, as one that can no longer be believed: each later call fails.
  void give_up(const std::string& doing, const std::string& how) { fail(doing, how); }

  const std::string& failure() const { return failure_; }

 private:
  PluginChild(const std::filesystem::path& library, const Isolation& isolation,
              const cdh_host* host, SocketPair sockets);
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

PluginChild::PluginChild(const std::filesystem::path& library, const Isolation& isolation,
                         const cdh_host* host, SocketPair sockets)
    : host_(host),
      grace_(isolation.grace),
      load_limit_(isolation.load_limit),
      cancelled_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      channel_(std::move(sockets.ours)),
      process_(isolation.program, {"cdh", "plugin-host", library.string()},
               std::move(sockets.theirs), isolation.secrets.secrets()) {}

PluginDescription PluginChild::describe() {
  deadline_ = Clock::now() + load_limit_;
  std::optional<Message> message = next_message();
  if (!message && is_overdue()) {
    process_.end();
    const auto limit = std::chrono::ceil<std::chrono::seconds>(load_limit_).count();
    failure_ = "did not load within " + std::to_string(limit) + " s, and was killed";
    throw Error(ErrorKind::plugin, failure_);
  }
  deadline_.reset();
  if (!message) {
    fail("its library was loaded", "");
    throw Error(ErrorKind::plugin, failure_);
  }
  MessageReader in(*message);
  if (message->kind == MessageKind::refused) throw Error(ErrorKind::plugin, std::string(in.text()));
  if (message->kind != MessageKind::described) fail_broken_message("not its description");
  return read_description(in);
}

std::optional<Message> PluginChild::call(const MessageWriter& request, const std::string& doing) {
  if (!failure_.empty()) return std::nullopt;
  try {
    if (channel_.send(request)) {
      while (std::optional<Message> message = next_message()) {
        if (message->kind == MessageKind::done) return message;
        serve(*message);
      }
    }
    fail(doing, "");
  } catch (const Error& error) {
    fail(doing, error.what());
  }
  return std::nullopt;
}

std::optional<Message> PluginChild::next_message() {
  return channel_.receive([this] { return wait_readable(); });
}

// False: the time that the plugin had to stop has passed.
bool PluginChild::wait_readable() {
  for (;;) {
    if (is_overdue()) return false;  // however much it still says
    std::array<pollfd, 2> events = {
        {{channel_.descriptor(), POLLIN, 0}, {cancelled_.number(), POLLIN, 0}}};
    int timeout = -1;
    if (deadline_) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(*deadline_ - Clock::now()).count();
      timeout = static_cast<int>(std::max<std::int64_t>(left, 0));
    }
    const int ready = ::poll(events.data(), events.size(), timeout);
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    std::uint64_t times = 0;
    if (events[1].revents != 0 && ::read(cancelled_.number(), &times, sizeof times) > 0) {
      if (!deadline_) deadline_ = Clock::now() + grace_;
      channel_.send(MessageWriter(MessageKind::cancel));
    }
    if (events[0].revents != 0) return true;
  }
}

// What the plugin wants of the host while it is called.
void PluginChild::serve(Message& message) {
  MessageReader in(message);
  if (message.kind == MessageKind::log) {
    const std::uint64_t level = std::min<std::uint64_t>(in.number(), CDH_LOG_WARNING);
    return host_->log(host_, static_cast<cdh_log_level>(level), borrow(in.text()));
  }
  if (message.kind != MessageKind::keep_secret) fail_broken_message("of an unknown kind");
  const std::string_view name = in.text();
  cdh_error error{};
  error.size = sizeof error;
  const cdh_status status = host_->keep_secret(host_, borrow(name), borrow(in.text()), &error);
  MessageWriter answer(MessageKind::secret_kept);
  write_outcome(status, error, answer);
  channel_.send(answer);
}

// `how` is empty where the child has to be asked.
void PluginChild::fail(const std::string& doing, std::string how) {
  if (how.empty() && is_overdue()) {
    how = "did not stop when it was cancelled, and was killed,";
  } else if (how.empty()) {
    how = process_.wait(grace_);
  }
  process_.end();
  failure_ = how + " while " + doing;
}

void PluginChild::destroy() {
  if (!failure_.empty()) return;
  deadline_ = Clock::now() + grace_;
  try {
    if (!channel_.send(MessageWriter(MessageKind::destroy))) return;
    // It closes its end when it is through.
    while (std::optional<Message> message = next_message()) serve(*message);
  } catch (const Error&) {
    // It is ended by force.
  }
}

void PluginChild::cancel() const {
  const std::uint64_t once = 1;
  [[maybe_unused]] const ssize_t written = ::write(cancelled_.number(), &once, sizeof once);
}

// --- The connector table -------------------------------------------------------------------------

struct IsolatedConnector {
  IsolatedConnector(const std::filesystem::path& library, const Isolation& isolation,
                    const cdh_host& host)
      : child(library, isolation, &host) {}
  PluginChild child;
  BatchDecoder batches;
  std::string reading;  // "reading stream orders"
};

IsolatedConnector& self_of(cdh_connector* connector) {
  return *static_cast<IsolatedConnector*>(connector->private_data);
}

cdh_status fail_internal(cdh_error& error, std::string_view message) {
  set_message(error, message);
  return CDH_ERROR_INTERNAL;
}

// Calls the child. Of a success `take` gets what follows the outcome, and may move the message.
template <typename Take>
cdh_status call(IsolatedConnector& self, const MessageWriter& request, const std::string& doing,
                cdh_error& error, Take&& take) noexcept {
  try {
    std::optional<Message> answer = self.child.call(request, doing);
    if (!answer) return fail_internal(error, self.child.failure());
    MessageReader in(*answer);
    const cdh_status status = read_outcome(in, error);
    if (status == CDH_OK) take(in, std::move(*answer));
    return status;
  } catch (const std::exception& failure) {
    self.child.give_up(doing, failure.what());
    return fail_internal(error, self.child.failure());
  }
}

cdh_status call(IsolatedConnector& self, const MessageWriter& request, const std::string& doing,
                cdh_error& error) noexcept {
  return call(self, request, doing, error, [](const MessageReader&, Message&&) {});
}

cdh_status check(cdh_connector* connector, cdh_error* error) {
  return call(self_of(connector), MessageWriter(MessageKind::check), "its source was checked",
              *error);
}

cdh_status discover(cdh_connector* connector, cdh_catalog* out, cdh_error* error) {
  return call(self_of(connector), MessageWriter(MessageKind::discover), "listing its streams",
              *error, [&](const MessageReader& in, Message&& message) {
                *out = read_catalog(in, std::move(message));
              });
}

cdh_status start(cdh_connector* connector, const cdh_read_request* request, cdh_error* error) {
  IsolatedConnector& self = self_of(connector);
  self.reading = "reading stream " + std::string(view(request->stream));
  MessageWriter message(MessageKind::start);
  message.text(view(request->stream));
  message.text(view(request->resume_state));
  message.number(request->max_rows);
  return call(self, message, self.reading, *error);
}

cdh_status read(cdh_connector* connector, cdh_batch* out, cdh_error* error) {
  IsolatedConnector& self = self_of(connector);
  return call(self, MessageWriter(MessageKind::read), self.reading, *error,
              [&](MessageReader in, Message&& message) {
                const bool at_end = in.number() == 0;
                *out = at_end ? cdh_batch{} : self.batches.read(in, std::move(message));
              });
}

void cancel(cdh_connector* connector) { self_of(connector).child.cancel(); }

void destroy(cdh_connector* connector) {
  const std::unique_ptr<IsolatedConnector> self(&self_of(connector));
  connector->private_data = nullptr;
  self->child.destroy();
}

}  // namespace

PluginDescription describe_isolated(const std::filesystem::path& library,
                                    const Isolation& isolation) {
  try {
    return PluginChild(library, isolation, nullptr).describe();
  } catch (Error& error) {
    error.add_context("plugin " + library.string());
    throw;
  }
}

cdh_status create_isolated_connector(const std::filesystem::path& library,
                                     const Isolation& isolation, const cdh_host& host,
                                     const cdh_settings& settings, cdh_connector& out,
                                     cdh_error& error) {
  try {
    auto self = std::make_unique<IsolatedConnector>(library, isolation, host);
    self->child.describe();
    MessageWriter request(MessageKind::create);
    write_settings(settings, request);
    const cdh_status status = call(*self, request, "it was created", error);
    if (status != CDH_OK) return status;
    out = {
        sizeof(cdh_connector), self.release(), &check, &discover, &start, &read, &cancel, &destroy};
    return CDH_OK;
  } catch (const Error& failure) {
    set_message(error, failure.what());
    return failure.kind() == ErrorKind::plugin ? CDH_ERROR_INTERNAL : CDH_ERROR_SYSTEM;
  } catch (const std::exception& failure) {
    return fail_internal(error, failure.what());
  }
}

}  // namespace cdh
