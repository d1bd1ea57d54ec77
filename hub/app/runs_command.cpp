#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/own_files.hpp"
#include "hub/app/run_tables.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
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
  log_line(Severity::warning,
           join(landed.read_on, ", ") +
               ": read on from where it was before the run; what the source does not deliver twice "
               "comes with `cdh run --full` only");
}

void undo(const Globals& globals, std::int64_t id) {
  OpenedHub hub(globals, Database::Mode::existing, OpenedHub::Needs::everything);
  auto& [config, database] = hub;
  refuse_own_files_told(config);
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
  tell_undone(config, id, [](const std::string& warning) {
    log_line(Severity::warning, printable_line(warning));
  });
}

}  // namespace

void add_runs(CLI::App& app, Globals& globals) {
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
