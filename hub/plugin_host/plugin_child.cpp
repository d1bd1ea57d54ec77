#include "hub/plugin_host/plugin_child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "hub/plugin_host/boundary_view.hpp"

namespace cdh {

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

std::optional<Message> PluginChild::answer_to(const MessageWriter& request,
                                              const std::string& doing) {
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

cdh_status PluginChild::call(const MessageWriter& request, const std::string& doing,
                             cdh_error& error, const Take& take) noexcept {
  try {
    std::optional<Message> answer = answer_to(request, doing);
    if (answer) {
      MessageReader in(*answer);
      const cdh_status status = read_outcome(in, error);
      if (status == CDH_OK && take) take(in, std::move(*answer));
      return status;
    }
  } catch (const std::exception& failure) {
    fail(doing, failure.what());
  }
  set_message(error, failure_);
  return CDH_ERROR_INTERNAL;
}

cdh_status PluginChild::create(const cdh_settings& settings, cdh_error& error) {
  describe();
  MessageWriter request(MessageKind::create);
  write_settings(settings, request);
  return call(request, "it was created", error);
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
  if (host_ == nullptr) fail_broken_message("for the host, before there is an instance");
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

}  // namespace cdh
