#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/run_tables.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/run/model_training.hpp"
#include "hub/run/told_run.hpp"

namespace cdh {

namespace {

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
  const HubConfig config = expectation.notify ? globals.load_config() : globals.load_store_config();
  const RunVerdict verdict = check_expectation(config, expectation.within_seconds, now_micros());
  if (expectation.notify) {
    tell_late(config, verdict, [](const std::string& warning) {
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
}

}  // namespace cdh
