#include "hub/run/told_run.hpp"

#include <algorithm>
#include <future>
#include <limits>
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
constexpr std::size_t kHistory = 30;  // runs in a report

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

void write_metrics(const std::filesystem::path& path, const RunEntry& run,
                   const std::optional<RunEntry>& last_well) {
  NewFile file(path, NewFile::Mode::all_may_read);
  file.write(run_metrics(run, last_well));
  file.keep();
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
      attempt(config_, warn_, "the metrics were not written",
              [&] { write_metrics(to_.metrics, *run_entry_, last_well_); });
    }
    if (lineage_ && run_) end_lineage(exit);
    if (to_.notify) notify(exit);
  }

 private:
  void read_log() {
    if (!run_) return;
    Database database(config_.store, Database::Mode::view);
    history_ = list_up_to(database, *run_, kHistory);
    run_entry_ = find_run(database, *run_);
    last_well_ = last_done(database);
  }

  void end_lineage(RunExit exit) {
    attempt(config_, warn_, kNoEvent, [&] {
      if (started_.valid()) started_.get();
    });
    attempt(config_, warn_, kNoEvent, [&] { lineage_->end(run_entry_, exit, now_micros()); });
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

void tell_undone(const HubConfig& config, std::int64_t run_id, const Warn& warn) {
  const ReportingConfig& to = config.reporting;
  if (!to.report && to.metrics.empty()) return;
  attempt(config, warn, "what is told of the undone run was not written", [&] {
    Database database(config.store, Database::Mode::view);
    std::vector<RunEntry> history =
        list_up_to(database, std::numeric_limits<std::int64_t>::max(), kHistory);
    // The next one may have begun: it tells of itself.
    std::erase_if(history, [](const RunEntry& run) { return run.status == "running"; });
    if (history.empty()) return;
    if (to.report) {
      for (std::size_t i = history.size(); i-- > 0;) {  // so that the newest is the latest
        if (history[i].id < run_id) continue;
        write_report(*to.report, history[i],
                     {history.begin() + static_cast<std::ptrdiff_t>(i), history.end()});
      }
    }
    if (to.metrics.empty()) return;
    RunEntry last = history.front();
    for (const RunEntry& now : list_runs(database, 2)) {  // the undo, or an act since
      if (now.status == "running") continue;
      last.profiles.total = now.profiles.total;
      last.review_items = now.review_items;
      break;
    }
    write_metrics(to.metrics, last, last_done(database));
  });
}

}  // namespace cdh
