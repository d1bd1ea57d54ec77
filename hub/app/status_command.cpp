#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/run_tables.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/run/model_training.hpp"
#include "hub/run/run_diff.hpp"
#include "hub/run/run_undo.hpp"
#include "hub/run/told_run.hpp"

namespace cdh {

namespace {

void show_run(const Globals& globals, std::int64_t id) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const auto run = find_run(database, id);
  if (!run)
    throw Error(ErrorKind::config, "there is no run " + std::to_string(id) + "; see `cdh runs`");
  print_run(std::cout, *run, globals.format);
}

void list(const Globals& globals, std::size_t most) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  print_runs(std::cout, list_runs(database, most), globals.format);
}

void show_last(const Globals& globals) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const std::vector<RunEntry> last = list_runs(database, 1);
  if (last.empty()) {
    std::cout << "no run yet; start with `cdh run`\n";
    return;
  }
  print_status(std::cout, *find_run(database, last.front().id), model_drift(database),
               globals.format);
}

struct DiffOptions {
  std::int64_t run = 0;
  std::size_t most = 100;
};

void show_diff(const Globals& globals, const DiffOptions& options) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const RunDiff diff = run_diff(database, options.run, options.most);
  Table table({"change", "profile", "other", "field", "before", "after"});
  for (const ProfileChange& change : diff.changes) {
    for (const ValueChange& value : change.values) {
      table.add({name_of(change.kind), change.uuid, change.other, value.field, value.before,
                 value.after});
    }
  }
  table.print(std::cout, globals.format);
  if (diff.is_cut) {
    std::cerr << "only " << options.most << " of a kind are shown; --most shows more\n";
  }
}

// A source that delivers only what is new may not deliver again what it has delivered once.
void warn_of_states(const GivenBack& landed) {
  if (landed.read_on.empty()) return;
  std::cerr << "warning: " << join(landed.read_on, ", ")
            << ": read on from where it was before the run; what the source does not deliver twice "
               "comes with `cdh run --full` only\n";
}

void undo(const Globals& globals, std::int64_t id) {
  OpenedHub hub(globals, Database::Mode::existing);
  auto& [config, database] = hub;
  const UndoResult result = undo_run(database, config, id, user_name());
  const GivenBack& landed = result.landed;
  const ProfileCounts& profiles = result.profiles;
  Table table({"restored", "withdrawn", "quarantined", "profiles", "created", "changed", "merged",
               "split", "removed"});
  table.add({landed.restored, landed.withdrawn, landed.quarantined, profiles.total,
             profiles.created, profiles.changed, profiles.merged, profiles.split,
             profiles.removed});
  table.print(std::cout, globals.format);
  warn_of_states(landed);
}

std::int64_t seconds_of(const std::string& duration) {
  const auto seconds = parse_duration(duration);
  if (seconds) return *seconds;
  throw CLI::ValidationError("--expect",
                             "\"" + duration + "\" is no duration such as 90m, 26h or 2d");
}

struct Expectation {
  std::int64_t within_seconds = 0;  // 0: none
  bool notify = false;
};

void expect_run(Globals& globals, const Expectation& expectation) {
  OpenedHub hub(globals, Database::Mode::view);
  const RunVerdict verdict =
      check_expectation(hub.database, expectation.within_seconds, now_micros());
  if (expectation.notify) {
    tell_late(hub.config, verdict, [](const std::string& warning) {
      log_line(Severity::warning, printable_line(warning));
    });
  }
  if (!verdict.is_met) globals.exit_code = static_cast<int>(RunExit::failed);
  print_verdict(std::cout, verdict, globals.format);
}

}  // namespace

void add_status(CLI::App& app, Globals& globals) {
  auto* status = app.add_subcommand("status", "What the last run did, and what waits to be done");
  auto expectation = std::make_shared<Expectation>();
  auto* expect = status->add_option_function<std::string>(
      "--expect",
      [expectation](const std::string& duration) {
        expectation->within_seconds = seconds_of(duration);
      },
      "Say in one line whether the last run ended well within this time, such as 26h, 90m or 2d");
  expect->option_text("DURATION");
  status
      ->add_flag("--notify", expectation->notify,
                 "If it did not, also notify whom hub.yaml names under notify")
      ->needs(expect);
  status->footer("Exit code with --expect: 0 it did, 1 it is late, failed or was stopped.");
  status->callback([&globals, expectation] {
    if (expectation->within_seconds > 0) {
      expect_run(globals, *expectation);
    } else {
      show_last(globals);
    }
  });

  auto* runs = app.add_subcommand("runs", "The runs so far, the newest first");
  auto most = std::make_shared<std::size_t>(20);
  runs->add_option("--most", *most, "How many, at most 10000")
      ->check(CLI::Range(1, 10'000).description(""))
      ->capture_default_str();
  auto* show = runs->add_subcommand("show", "One run with its sources");
  auto id = std::make_shared<std::int64_t>(0);
  show->add_option("ID", *id, "The run's number")->required();
  show->callback([&globals, id] { show_run(globals, *id); });
  auto* diff_it =
      runs->add_subcommand("diff", "What a run did to the profiles: each value before and after");
  auto diff = std::make_shared<DiffOptions>();
  diff_it->add_option("ID", diff->run, "The run's number")->required();
  diff_it->add_option("--most", diff->most, "How many profiles of a kind, at most 1000000")
      ->check(CLI::Range(1, 1'000'000).description(""))
      ->capture_default_str();
  diff_it->callback([&globals, diff] { show_diff(globals, *diff); });
  auto* undo_it = runs->add_subcommand(
      "undo", "Make records and profiles what they were before a run, the newest first");
  undo_it->footer(
      "Decisions hold, and so does the match model. The next run reads the sources again: put "
      "right\n"
      "what was wrong before.");
  undo_it->add_option("ID", *id, "The run's number")->required();
  undo_it->callback([&globals, id] { undo(globals, *id); });
  runs->require_subcommand(0, 1);
  runs->callback([&globals, runs, most] {
    if (runs->get_subcommands().empty()) list(globals, *most);
  });
}

}  // namespace cdh
