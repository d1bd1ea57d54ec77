#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>

#include <cdh/plugin.hpp>

#include <unistd.h>

namespace {

[[noreturn]] void crash() {
  std::signal(SIGSEGV, SIG_DFL);  // not as a sanitizer would have it
  std::raise(SIGSEGV);
  std::abort();
}

std::string content_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Delivers a few good rows, then does what its option says.
class Unruly final : public cdh::Connector {
 public:
  Unruly(const cdh::Settings& settings, cdh::Host& host)
      : then_(settings.text("then")), rows_(settings.integer("rows")), host_(host) {
    if (then_ == "crash-at-creation") crash();
  }
  ~Unruly() override {
    if (then_ == "hang-at-the-end") wait(false);
    if (then_ == "chatter-at-the-end") chatter();
  }
  void check() override {
    if (then_ == "crash-at-check") crash();
  }
  std::vector<cdh::Stream> discover() override { return {{"people", "", schema_, {"No"}}}; }
  void start(const cdh::ReadRequest& request) override {
    next_ = request.resume_state.empty() ? 0 : std::stoll(request.resume_state);
  }
  bool read(cdh::BatchBuilder& out) override {
    if (next_ >= rows_) return misbehave(out);
    out.set_schema(schema_);
    const std::int64_t number = ++next_;
    cdh::RowBuilder row = out.add_row(static_cast<std::uint64_t>(number));
    row.text(0, std::to_string(number));
    row.text(1, "Example");
    row.text(2, "mail" + std::to_string(number) + "@mail.example");
    out.set_resume_state(std::to_string(next_));
    return true;
  }
  void cancel() noexcept override {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
  }

 private:
  bool misbehave(cdh::BatchBuilder& out) {
    if (then_ == "crash") crash();
    if (then_ == "be-killed") std::raise(SIGKILL);
    if (then_ == "exit") ::_exit(7);
    if (then_ == "quit") std::exit(0);
    if (then_ == "hang") wait(true);
    if (then_ == "hang-for-ever") wait(false);
    if (then_ == "chatter") chatter();
    if (then_ == "nothing-for-ever") return true;
    if (then_ == "nonsense") send_nonsense();
    if (then_.rfind("say ", 0) == 0) cdh::fail_system(then_.substr(4));
    if (then_ == "print") {
      std::puts("this must not be seen");
      std::fflush(stdout);
    }
    if (then_ == "log") host_.warn("the service is slow");
    if (then_ == "tell-what-is-visible") return tell_what_is_visible(out);
    return false;
  }
  [[noreturn]] void chatter() {
    for (;;) host_.debug("still here");
  }
  // Into the connection to the host: that the call is done and went well, and nothing more.
  static void send_nonsense() {
    constexpr std::uint64_t kDone = 12, kSize = 8, kOk = 0;
    const std::uint64_t message[] = {kDone, kSize, kOk};
    [[maybe_unused]] const ssize_t written = ::write(3, message, sizeof message);
  }
  // What anybody may read of the process.
  bool tell_what_is_visible(cdh::BatchBuilder& out) {
    if (told_) return false;
    told_ = true;
    out.set_schema(cdh::Schema({"cmdline", "environ"}));
    cdh::RowBuilder row = out.add_row(1);
    row.text(0, content_of("/proc/self/cmdline"));
    row.text(1, content_of("/proc/self/environ"));
    return true;
  }
  void wait(bool until_cancelled) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return until_cancelled && cancelled_; });
    cdh::fail_cancelled();
  }

  cdh::Schema schema_{std::vector<cdh::Field>{{"No"}, {"Name"}, {"Mail"}}, 1};
  std::string then_;
  std::int64_t rows_, next_ = 0;
  cdh::Host& host_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ = false, told_ = false;
};

constexpr cdh::Option kOptions[] = {
    {"then", CDH_OPTION_TEXT, "What it does after its rows.", "end"},
    {"rows", CDH_OPTION_INTEGER, "How many rows it delivers, one a batch.", "3"},
    {"password", CDH_OPTION_TEXT, "A secret.", "", false, true},
};

}  // namespace

CDH_PLUGIN_CONNECTOR(Unruly, "unruly", "1.0", "Crashes and hangs on purpose.", kOptions)
