#include <algorithm>
#include <cstdio>
#include <iostream>

#include <unistd.h>

#include "hub/app/command.hpp"
#include "hub/app/own_files.hpp"
#include "hub/app/run_tables.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/text.hpp"
#include "hub/run/told_run.hpp"

namespace cdh {

namespace {

// A line that renews itself on a terminal, and a plain line a phase in a log.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet)
      : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1 && log_format() == LogFormat::text) {}
  ~ProgressLine() { clear(); }

  void phase(const std::string& name) {
    phase_ = name;
    if (quiet_) return;
    if (terminal_) {
      draw(phase_ + " ...");
    } else {
      log_line(Severity::info, phase_);
    }
  }
  void records(std::int64_t count) {
    if (!quiet_ && terminal_) draw(phase_ + " ... " + counted(count, "record", "records"));
  }
  // Also when quiet: nobody else tells it.
  void warn(const std::string& text) {
    clear();
    log_line(Severity::warning, printable_line(text));
  }

 private:
  void draw(const std::string& text) {
    std::fprintf(stderr, "\r\033[K%s", text.c_str());
    drawn_ = true;
  }
  void clear() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
  }
  bool quiet_, terminal_, drawn_ = false;
  std::string phase_;
};

// Streams are named one by one, so a source without any is not read.
void warn_of_unread(const HubConfig& config, const std::vector<std::string>& only) {
  for (const SourceConfig& source : config.sources) {
    const bool is_wanted = only.empty() || std::ranges::find(only, source.name) != only.end();
    if (!is_wanted || !source.streams.empty()) continue;
    log_line(Severity::warning,
             "source " + source.name +
                 " has no streams in hub.yaml, so nothing of it is read; see `cdh discover " +
                 source.name + " --suggest`");
  }
}

}  // namespace

void add_run(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "run", "Read the sources, find out who is the same customer, and update the profiles");
  auto options = std::make_shared<RunOptions>();
  command->add_option("--source", options->only_sources, "Read only this source; may be repeated");
  command->add_flag("--full", options->full,
                    "Read from the beginning and derive every profile anew");
  command->add_flag("--accept-changes", options->accept_changes,
                    "Go on although most records of a source are gone");
  command->add_flag("--dry-run", options->dry_run, "Show what would happen; keep nothing");
  command->footer(
      "Exit codes: 0 all well, 1 failed, 2 wrong usage or configuration, 3 a source failed,\n"
      "4 another run holds the lock, 5 a safety limit stopped it, 6 newly quarantined records.");
  command->callback([&globals, options] {
    const HubConfig config = globals.load_config();
    refuse_own_files_told(config);
    options->who = user_name();
    if (!globals.quiet) warn_of_unread(config, options->only_sources);
    RunReport report;
    {
      ProgressLine line(globals.quiet);
      options->phase = [&](const std::string& phase) { line.phase(phase); };
      options->progress = [&](std::int64_t records) { line.records(records); };
      report = told_run(config, *options, [&](const std::string& warning) { line.warn(warning); });
    }
    print_run(std::cout, report.run, globals.format);
    globals.exit_code = static_cast<int>(report.exit);
  });
}

}  // namespace cdh
