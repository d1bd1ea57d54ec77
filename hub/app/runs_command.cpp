#include <algorithm>
#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/confirmation.hpp"
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
    const auto add = [&](const ValueChange& value) {
      table.add({name_of(change.fate), change.uuid, change.other, value.field, value.before,
                 value.after});
    };
    std::ranges::for_each(change.values, add);
    if (change.values.empty()) add({"lineage", "", ""});
  }
  table.print(std::cout, globals.format);
  if (!diff.remark.empty()) log_line(Severity::warning, diff.remark);
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

void warn_of_configuration(const UndoPlan& plan) {
  constexpr const char* kOthers = ": profiles can come out other than they were before the run";
  if (!plan.unknown_sources.empty()) {
    log_line(Severity::warning, join(plan.unknown_sources, ", ") +
                                    " is not in hub.yaml, and so without its trust" + kOthers);
  }
  if (plan.rules_differ) {
    log_line(
        Severity::warning,
        std::string("hub.yaml matches or merges by other rules than at the last run") + kOthers);
  }
}

std::string described(const UndoPlan& plan) {
  const GivenBack& landed = plan.landed;
  std::vector<std::string> runs;
  for (const std::int64_t run : plan.runs) runs.push_back(std::to_string(run));
  return "undoing run " + join(runs, ", ") + " restores " +
         counted(landed.restored, "record", "records") + ", withdraws " +
         std::to_string(landed.withdrawn) + ", puts " + std::to_string(landed.refused_before) +
         " back into quarantine and takes " + std::to_string(landed.refused_since) + " out of it";
}

struct UndoOptions {
  std::int64_t run = 0;
  bool yes = false;
};

void undo(const Globals& globals, const UndoOptions& options) {
  OpenedHub hub(globals, Database::Mode::existing, OpenedHub::Needs::everything);
  auto& [config, database] = hub;
  refuse_own_files_told(config);
  const UndoPlan plan = plan_undo(database, config, options.run);  // before anybody is asked
  if (!globals.quiet) log_line(Severity::info, described(plan));
  warn_of_configuration(plan);
  const std::string run = "run " + std::to_string(options.run);
  if (!options.yes && !is_confirmed("Undo " + run + "?", "to undo " + run)) {
    std::cerr << "nothing was undone\n";
    return;
  }
  const UndoResult result = undo_run(database, config, options.run, user_name());
  const GivenBack& landed = result.landed;
  const ProfileCounts& profiles = result.profiles;
  Table table({"restored", "withdrawn", "back_in_quarantine", "out_of_quarantine", "profiles",
               "created", "changed", "merged", "split", "removed"});
  table.add({landed.restored, landed.withdrawn, landed.refused_before, landed.refused_since,
             profiles.total, profiles.created, profiles.changed, profiles.merged, profiles.split,
             profiles.removed});
  table.print(std::cout, globals.format);
  warn_of_states(landed);
  tell_undone(config, options.run, [](const std::string& warning) {
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
  auto undoing = std::make_shared<UndoOptions>();
  undo_it->add_option("ID", undoing->run, "The run's number")->required();
  undo_it->add_flag("--yes", undoing->yes, "Do not ask");
  undo_it->callback([&globals, undoing] { undo(globals, *undoing); });
  runs->require_subcommand(0, 1);
  runs->callback([&globals, runs, most] {
    if (runs->get_subcommands().empty()) list(globals, *most);
  });
}

}  // namespace cdh
