#include "hub/run/told_run.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

#include "hub/base/new_file.hpp"
#include "hub/base/time.hpp"
#include "hub/run/lineage_event.hpp"
#include "hub/run/notification.hpp"
#include "hub/run/report_files.hpp"
#include "hub/run/run_metrics.hpp"

namespace cdh {

namespace {

constexpr const char* kNoEvent = "the lineage event was not sent";
constexpr std::size_t kHistory = 30;      // runs in a report
constexpr std::size_t kLookBack = 1'000;  // runs, for the last that ended well

using Warn = std::function<void(const std::string& warning)>;

// Does it, or warns. Whatever a library throws must not end a run that has ended well.
template <typename Work>
void attempt(const HubConfig& config, const Warn& warn, const std::string& what_failed,
             Work&& work) {
  try {
    work();
  } catch (const std::exception& error) {
    warn(config.secrets.mask(what_failed + ": " + error.what()));
  }
}

void deliver(const Notification& notification, const HubConfig& config, const Warn& warn) {
  const NotifyConfig& notify = config.reporting.notify.value();
  attempt(config, warn, "the notification was not posted",
          [&] { post_notification(notification, notify); });
  attempt(config, warn, "the notification was not mailed", [&] {
    for (const std::string& refused : mail_notification(notification, notify)) {
      warn(config.secrets.mask("the notification was not mailed to " + refused));
    }
  });
}

class Telling {
 public:
  Telling(const HubConfig& config, const Warn& warn)
      : config_(config), to_(config.reporting), warn_(warn) {
    if (to_.lineage_events) lineage_.emplace(*to_.lineage_events, now_micros());
  }

  // The run holds its lock and has read nothing yet: nobody is waited for.
  void begin(std::int64_t run) {
    run_ = run;
    if (!lineage_) return;
    attempt(config_, warn_, kNoEvent, [&] {
      started_ =
          std::async(std::launch::async, [this, now = now_micros()] { lineage_->start(now); });
    });
  }

  void end(RunExit exit) {
    if (to_.report || !to_.metrics.empty() || to_.notify || lineage_) {
      attempt(config_, warn_, "the run log cannot be read", [&] { read_log(); });
    }
    if (to_.report && run_entry_) {
      attempt(config_, warn_, "the report was not written",
              [&] { write_report(*to_.report, *run_entry_, history_); });
    }
    if (!to_.metrics.empty() && run_entry_) {
      attempt(config_, warn_, "the metrics were not written", [&] { write_metrics(); });
    }
    if (lineage_ && run_) end_lineage(exit);
    if (to_.notify) notify(exit);
  }

 private:
  void read_log() {
    if (!run_) return;
    Database database(config_.store, Database::Mode::view);
    for (RunEntry& run : list_consolidations(database, kLookBack)) {
      if (!last_well_ && run.status == "done") last_well_ = run;
      if (run.id > *run_) continue;
      if (history_.size() < kHistory) history_.push_back(find_run(database, run.id).value());
    }
    run_entry_ = find_run(database, *run_);
  }

  void end_lineage(RunExit exit) {
    attempt(config_, warn_, kNoEvent, [&] {
      if (started_.valid()) started_.get();
    });
    attempt(config_, warn_, kNoEvent, [&] { lineage_->end(run_entry_, exit, now_micros()); });
  }

  void write_metrics() {
    NewFile file(to_.metrics, NewFile::Mode::all_may_read);
    file.write(run_metrics(*run_entry_, last_well_));
    file.keep();
  }

  void notify(RunExit exit) {
    const auto notification = run_notification(run_entry_, exit, to_.notify->events, config_.file);
    if (notification) deliver(*notification, config_, warn_);
  }

  const HubConfig& config_;
  const ReportingConfig& to_;
  const Warn& warn_;
  std::optional<std::int64_t> run_;
  std::optional<LineageEvents> lineage_;
  std::optional<RunEntry> run_entry_, last_well_;
  std::vector<RunEntry> history_;
  std::future<void> started_;  // the START event; last, for it uses the members above
};

}  // namespace

RunReport told_run(const HubConfig& config, const RunOptions& options, const Warn& warn) {
  if (options.dry_run) return consolidate(config, options);
  Telling telling(config, warn);
  RunOptions observed = options;
  observed.begun = [&](std::int64_t run) { telling.begin(run); };
  try {
    RunReport report = consolidate(config, observed);
    telling.end(report.exit);
    return report;
  } catch (const Error& error) {
    telling.end(exit_for(error.kind()));
    throw;
  } catch (const std::exception&) {
    telling.end(RunExit::failed);
    throw;
  }
}

void tell_late(const HubConfig& config, const RunVerdict& verdict, const Warn& warn) {
  const std::optional<NotifyConfig>& notify = config.reporting.notify;
  if (verdict.is_met || !notify) return;
  if (std::ranges::find(notify->events, Alert::late) == notify->events.end()) return;
  deliver(late_notification(verdict, config.file), config, warn);
}

}  // namespace cdh
