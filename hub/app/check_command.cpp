#include <algorithm>
#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/own_files.hpp"
#include "hub/app/table.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/source_check.hpp"
#include "hub/plugin_host/secret_options.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/store/store_check.hpp"

namespace cdh {

namespace {

// The store as one more line of the table, and the fields that it knows of the streams.
StreamVerdict check_store_of(const HubConfig& config, KnownFields& known) {
  StreamVerdict verdict{"store", "", "", ""};
  try {
    const std::optional<int> version = probe_store(config.store);
    if (version) {
      Database database(config.store, Database::Mode::view);
      known = known_fields(database);
    }
    verdict.note = version ? "schema version " + std::to_string(*version)
                           : "not there yet; `cdh run` creates it";
  } catch (const Error& error) {
    verdict.problem = error.what();
  }
  return verdict;
}

std::string place_of(const StreamVerdict& verdict) {
  return verdict.stream.empty() ? verdict.source : verdict.source + "/" + verdict.stream;
}

void print_problems(std::ostream& out, const std::vector<StreamVerdict>& verdicts) {
  for (const StreamVerdict& verdict : verdicts) {
    if (!verdict.problem.empty())
      out << '\n' << place_of(verdict) << ": " << printable(verdict.problem) << '\n';
  }
}

void print_verdicts(const std::vector<StreamVerdict>& verdicts, Format format) {
  std::vector<std::string> columns = {"source", "stream", "result", "note"};
  if (format != Format::table) columns.push_back("problem");
  Table table(columns);
  for (const StreamVerdict& verdict : verdicts) {
    table.add({verdict.source, verdict.stream, verdict.problem.empty() ? "ok" : "failed",
               verdict.note, verdict.problem});
  }
  table.print(std::cout, format);
  if (format == Format::table) print_problems(std::cout, verdicts);
}

void check(Globals& globals, bool explain_it) {
  HubConfig config = globals.load_config();
  check_plugin_folders(config);
  check_ca_files(config);
  refuse_own_files_told(config);
  PluginRegistry plugins(plugin_folders(config.plugins), {.secrets = config.secrets});
  KnownFields known;
  StreamVerdict store = check_store_of(config, known);
  std::vector<StreamVerdict> verdicts = check_sources(config, plugins, known);
  verdicts.push_back(std::move(store));
  for (StreamVerdict& verdict : verdicts) {
    verdict.problem = config.secrets.mask(std::move(verdict.problem));
    verdict.note = config.secrets.mask(std::move(verdict.note));
  }
  if (explain_it) {
    mark_secret_options(config.document, plugins);
    std::cout << explain(config);
    print_problems(std::cerr, verdicts);
  } else {
    print_verdicts(verdicts, globals.format);
  }
  const bool all_well = std::all_of(verdicts.begin(), verdicts.end(),
                                    [](const auto& verdict) { return verdict.problem.empty(); });
  if (!all_well) globals.exit_code = static_cast<int>(RunExit::wrong_configuration);
}

}  // namespace

void add_check(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "check", "Validate the configuration, load the plugins, try each source and the store");
  auto explain_it = std::make_shared<bool>(false);
  command->add_flag(
      "--explain", *explain_it,
      "Print the whole configuration instead, with every choice the file leaves open");
  auto schema = std::make_shared<bool>(false);
  command->add_flag("--schema", *schema,
                    "Print the JSON Schema of hub.yaml instead, for editors; needs no hub.yaml");
  command->footer("Nothing is written. Exit codes: 0 all well, 2 something will not work.");
  command->callback([&globals, explain_it, schema] {
    if (*schema) {
      std::cout << hub_config_schema();
    } else {
      check(globals, *explain_it);
    }
  });
}

}  // namespace cdh
