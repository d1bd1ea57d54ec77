#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string_view>

#include "hub/app/command.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/run/consolidation.hpp"

namespace cdh {

namespace {

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("-c,--config", globals.config, "The configuration file")->capture_default_str();
  const std::map<std::string, Format> formats = {
      {"table", Format::table}, {"json", Format::json}, {"csv", Format::csv}};
  app.add_option_function<std::string>(
         "--format",
         [&globals, formats](const std::string& name) {
           const auto format = formats.find(name);
           if (format == formats.end()) {
             throw CLI::ValidationError("--format", "\"" + name + "\" is none of table, json, csv");
           }
           globals.format = format->second;
         },
         "How results are printed: table, json or csv")
      ->option_text("FORMAT");
  app.add_option_function<std::string>(
         "--log-format",
         [&globals](const std::string& name) {
           if (name != "text" && name != "json") {
             throw CLI::ValidationError("--log-format", "\"" + name + "\" is none of text, json");
           }
           globals.log_format = name == "json" ? LogFormat::json : LogFormat::text;
         },
         "How warnings, errors and progress are told on stderr: text, or json, an object a line")
      ->option_text("FORMAT");
  app.add_flag("-q,--quiet", globals.quiet, "Print results and errors only");
  app.set_version_flag("--version", CDH_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
}

// CLI11 says of a misspelt command only that one is required.
int exit_for_wrong_usage(const CLI::App& app, const CLI::ParseError& wrong_usage) {
  const std::vector<std::string> unknown = app.remaining(true);
  const bool misspelt =
      wrong_usage.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) &&
      !unknown.empty() && !unknown.front().starts_with('-');
  if (misspelt) {
    const CLI::App* parent = &app;
    while (!parent->get_subcommands().empty()) parent = parent->get_subcommands().front();
    std::vector<std::string_view> names;
    for (const CLI::App* command : parent->get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    std::cerr << "there is no command \"" << unknown.front() << '"'
              << suggestion(unknown.front(), names) << "\nRun with --help for more information.\n";
  } else {
    app.exit(wrong_usage);
  }
  return static_cast<int>(RunExit::wrong_configuration);
}

int run_program(int argc, char** argv) {
  CLI::App app{"cdh, the customer data hub: one profile of each customer from all your sources."};
  app.name("cdh");
  Globals globals;
  add_globals(app, globals);
  add_init(app, globals);
  add_check(app, globals);
  add_discover(app, globals);
  add_run(app, globals);
  add_status(app, globals);
  add_runs(app, globals);
  add_profile(app, globals);
  add_review(app, globals);
  add_match(app, globals);
  add_plugin(app, globals);
  add_store(app, globals);
  add_audit(app, globals);
  add_quarantine(app, globals);
  add_source(app, globals);
  add_export(app, globals);
  add_evaluate(app, globals);
  add_plugin_host(app);
  // Results go to stdout, everything else to stderr.
  app.parse_complete_callback([&] { set_up_log(globals.log_format, globals.quiet); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ParseError& wrong_usage) {
    return exit_for_wrong_usage(app, wrong_usage);
  } catch (const Error& error) {
    log_line(Severity::error, globals.secrets.mask(error.what()));
    return static_cast<int>(exit_for(error.kind()));
  } catch (const std::exception& error) {
    log_line(Severity::error, globals.secrets.mask(error.what()));
    return static_cast<int>(RunExit::failed);
  }
  return globals.exit_code;
}

}  // namespace

}  // namespace cdh

int main(int argc, char** argv) {
  constexpr int kFailed = static_cast<int>(cdh::RunExit::failed);
  // A file that reaches the user's limit gives an error as a full disk does, not a signal.
  std::signal(SIGXFSZ, SIG_IGN);
  // Whoever started us may ignore it; then nobody could tell how a plugin's process ended.
  std::signal(SIGCHLD, SIG_DFL);
  // A plugin that calls exit() must not look like a command that went well. Of one in a process of
  // its own the host says so.
  static bool is_through = argc > 1 && std::string_view(argv[1]) == "plugin-host";
  std::atexit([] {
    if (is_through) return;
    std::cerr << "error: a plugin ended the program; give its source `isolate: true` in hub.yaml\n";
    std::_Exit(kFailed);
  });
  int code = kFailed;
  try {
    code = cdh::run_program(argc, argv);
    if (!std::cout.flush()) {
      cdh::log_line(cdh::Severity::error,
                    "cannot write to stdout: is the disk full, or the reader gone?");
      if (code == 0) code = kFailed;
    }
  } catch (const std::exception& error) {
    cdh::log_line(cdh::Severity::error, error.what());
  }
  is_through = true;
  return code;
}
