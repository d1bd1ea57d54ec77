#include "hub/plugin_host/plugin_process.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/batch_message.hpp"
#include "hub/plugin_host/boundary_message.hpp"
#include "hub/plugin_host/boundary_view.hpp"
#include "hub/plugin_host/channel.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/plugin_host/plugin_log.hpp"

namespace cdh {

namespace {

// What a plugin gets to end a call when the host is gone.
constexpr std::chrono::seconds kGraceWithoutHost(5);

// Messages from one thread to another.
class Mailbox {
 public:
  void put(Message message) {
    const std::lock_guard lock(mutex_);
    messages_.push_back(std::move(message));
    changed_.notify_one();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  // Waits; nothing when there will be none.
  std::optional<Message> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || !messages_.empty(); });
    if (messages_.empty()) return std::nullopt;
    Message message = std::move(messages_.front());
    messages_.pop_front();
    return message;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Message> messages_;
  bool closed_ = false;
};

class PluginProcess {
 public:
  explicit PluginProcess(Descriptor socket)
      : channel_(std::move(socket)), host_{sizeof host_, CDH_ABI_MAJOR, CDH_ABI_MINOR,
                                           this,         &log,          &keep_secret} {}

  void serve(const std::filesystem::path& library);

 private:
  void listen();
  void send(const MessageWriter& message);
  MessageWriter answer(const Plugin& plugin, Message& request);
  cdh_status call(const Plugin& plugin, Message& request, MessageWriter& out, cdh_error& error);
  cdh_status create(const Plugin& plugin, MessageReader& in, cdh_error& error);
  static cdh_status fingerprint(const Plugin& plugin, MessageReader& in, MessageWriter& out,
                                cdh_error& error);
  cdh_status call_connector(const Plugin& plugin, Message& request, MessageWriter& out,
                            cdh_error& error);
  cdh_status start(MessageReader& in, cdh_error& error);
  cdh_status discover(const Plugin& plugin, MessageWriter& out, cdh_error& error);
  cdh_status read(MessageWriter& out, cdh_error& error);
  cdh_status apply(Message& request, MessageWriter& out, cdh_error& error);
  void cancel();
  void destroy();

  static void log(const cdh_host* host, cdh_log_level level, cdh_string message);
  static cdh_status keep_secret(const cdh_host* host, cdh_string name, cdh_string value,
                                cdh_error* error);
  static PluginProcess& self_of(const cdh_host* host) {
    return *static_cast<PluginProcess*>(host->private_data);
  }

  Channel channel_;
  cdh_host host_;
  std::mutex sending_, keeping_secret_, cancelling_;
  Mailbox requests_, kept_secrets_;
  cdh_connector connector_{};
  bool has_connector_ = false;  // guarded by cancelling_
  cdh_transform transform_{};
  bool has_transform_ = false;
  BatchDecoder inputs_;  // of the transform
  BatchEncoder batches_;
};

void PluginProcess::serve(const std::filesystem::path& library) {
  std::optional<Plugin> plugin;
  try {
    plugin = Plugin::load(library);
  } catch (const Error& error) {
    MessageWriter refused(MessageKind::refused);
    refused.text(error.what());
    return send(refused);
  }
  MessageWriter described(MessageKind::described);
  write_description(plugin->about(), described);
  send(described);
  std::thread([this] { listen(); }).detach();
  while (std::optional<Message> request = requests_.take()) {
    if (request->kind == MessageKind::destroy) break;
    send(answer(*plugin, *request));
  }
  destroy();
}

// On a thread of its own, so that cancel() and the end of the host are heard during a call.
void PluginProcess::listen() {
  while (std::optional<Message> message = channel_.receive()) {
    if (message->kind == MessageKind::cancel) {
      cancel();
    } else if (message->kind == MessageKind::secret_kept) {
      kept_secrets_.put(std::move(*message));
    } else {
      requests_.put(std::move(*message));
    }
  }
  requests_.close();
  kept_secrets_.close();
  cancel();
  std::this_thread::sleep_for(kGraceWithoutHost);
  ::_exit(1);
}

void PluginProcess::send(const MessageWriter& message) {
  const std::lock_guard lock(sending_);
  channel_.send(message);  // listen() notices when nobody takes it
}

MessageWriter PluginProcess::answer(const Plugin& plugin, Message& request) {
  cdh_error error{};
  error.size = sizeof error;
  cdh_status status = CDH_ERROR_INTERNAL;
  MessageWriter success(MessageKind::done);
  write_outcome(CDH_OK, error, success);
  try {
    status = call(plugin, request, success, error);
  } catch (const std::exception& failure) {
    set_message(error, failure.what());
  }
  if (status == CDH_OK) return success;
  MessageWriter failed(MessageKind::done);
  write_outcome(status, error, failed);
  return failed;
}

// Adds to `out` what a successful call returns besides its outcome.
cdh_status PluginProcess::call(const Plugin& plugin, Message& request, MessageWriter& out,
                               cdh_error& error) {
  MessageReader in(request);
  switch (request.kind) {
    case MessageKind::create:
      return create(plugin, in, error);
    case MessageKind::fingerprint:
      return fingerprint(plugin, in, out, error);
    case MessageKind::apply:
      return apply(request, out, error);
    default:
      return call_connector(plugin, request, out, error);
  }
}

cdh_status PluginProcess::call_connector(const Plugin& plugin, Message& request, MessageWriter& out,
                                         cdh_error& error) {
  MessageReader in(request);
  if (!has_connector_) fail_broken_message("a call before its connector is there");
  switch (request.kind) {
    case MessageKind::check:
      return connector_.check(&connector_, &error);
    case MessageKind::discover:
      return discover(plugin, out, error);
    case MessageKind::start:
      return start(in, error);
    case MessageKind::read:
      return read(out, error);
    default:
      fail_broken_message("of an unknown kind");
  }
}

cdh_status PluginProcess::create(const Plugin& plugin, MessageReader& in, cdh_error& error) {
  const ReceivedSettings settings(in);
  if (plugin.kind() == PluginKind::transform) {
    const cdh_status status =
        plugin.create_transform(host_, settings.c_settings(), transform_, error);
    has_transform_ = status == CDH_OK;
    return status;
  }
  const cdh_status status =
      plugin.create_connector(host_, settings.c_settings(), connector_, error);
  const std::lock_guard lock(cancelling_);
  has_connector_ = status == CDH_OK;
  return status;
}

cdh_status PluginProcess::fingerprint(const Plugin& plugin, MessageReader& in, MessageWriter& out,
                                      cdh_error& error) {
  const ReceivedSettings settings(in);
  std::optional<std::uint64_t> own;
  const cdh_status status = plugin.own_fingerprint(settings.c_settings(), own, error);
  out.number(own ? 1 : 0);
  out.number(own.value_or(0));
  return status;
}

cdh_status PluginProcess::start(MessageReader& in, cdh_error& error) {
  cdh_read_request request{};
  request.size = sizeof request;
  const std::string_view stream = in.text();
  const std::string_view resume_state = in.text();
  request.stream = {stream.data(), stream.size()};
  request.resume_state = {resume_state.data(), resume_state.size()};
  request.max_rows = in.number();
  return connector_.start(&connector_, &request, &error);
}

cdh_status PluginProcess::discover(const Plugin& plugin, MessageWriter& out, cdh_error& error) {
  cdh_catalog catalog{};
  catalog.size = sizeof catalog;
  const cdh_status status = connector_.discover(&connector_, &catalog, &error);
  if (status != CDH_OK) return status;
  write_catalog(take_catalog(std::move(catalog), plugin.about().boundary.minor), out);
  return CDH_OK;
}

cdh_status PluginProcess::read(MessageWriter& out, cdh_error& error) {
  cdh_batch raw{};
  raw.size = sizeof raw;
  const cdh_status status = connector_.read(&connector_, &raw, &error);
  if (status != CDH_OK) return status;
  const bool at_end = raw.release == nullptr;
  out.number(at_end ? 0 : 1);
  if (!at_end) batches_.write(Batch::adopt(std::move(raw)), out);
  return CDH_OK;
}

cdh_status PluginProcess::apply(Message& request, MessageWriter& out, cdh_error& error) {
  if (!has_transform_) fail_broken_message("a call before its transform is there");
  const Batch in = Batch::adopt(inputs_.read(MessageReader(request), std::move(request)));
  cdh_batch raw{};
  raw.size = sizeof raw;
  const cdh_status status = transform_.apply(&transform_, &in.raw(), &raw, &error);
  if (status == CDH_OK) batches_.write(Batch::adopt(std::move(raw), in.owner()), out);
  return status;
}

void PluginProcess::cancel() {
  const std::lock_guard lock(cancelling_);
  if (has_connector_) connector_.cancel(&connector_);
}

void PluginProcess::destroy() {
  if (std::exchange(has_transform_, false)) transform_.destroy(&transform_);
  {
    const std::lock_guard lock(cancelling_);
    if (!std::exchange(has_connector_, false)) return;
  }
  connector_.destroy(&connector_);
}

void PluginProcess::log(const cdh_host* host, cdh_log_level level, cdh_string message) {
  MessageWriter line(MessageKind::log);
  line.number(level);
  // The host masks secrets before it cuts: it gets more than it will show.
  line.text(view(message).substr(0, 2 * kLongestLogLine));
  self_of(host).send(line);
}

cdh_status PluginProcess::keep_secret(const cdh_host* host, cdh_string name, cdh_string value,
                                      cdh_error* error) {
  PluginProcess& self = self_of(host);
  const std::lock_guard one_at_a_time(self.keeping_secret_);
  MessageWriter request(MessageKind::keep_secret);
  request.text(view(name));
  request.text(view(value));
  self.send(request);
  cdh_error unwanted{};
  cdh_error& told = error != nullptr ? *error : unwanted;
  std::optional<Message> answer = self.kept_secrets_.take();
  if (!answer) {
    set_message(told, "the host is gone");
    return CDH_ERROR_SYSTEM;
  }
  MessageReader in(*answer);
  return read_outcome(in, told);
}

}  // namespace

void serve_plugin(const std::filesystem::path& library, Descriptor socket) {
  ::fcntl(socket.number(), F_SETFD, FD_CLOEXEC);  // what the plugin starts must not hold it open
  auto* process = new PluginProcess(std::move(socket));  // the listening thread may outlive us
  process->serve(library);
  // No destructor of the plugin's library runs: it has ended its instance, and some crash there.
  ::_exit(0);
}

}  // namespace cdh
