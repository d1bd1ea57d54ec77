#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/own_files.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/merge/lineage.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/run/store_dump.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/schema.hpp"
#include "hub/store/store_backup.hpp"
#include "hub/store/store_check.hpp"

namespace cdh {

namespace {

void migrate_store(const Globals& globals) {
  const HubConfig config = globals.load_config();
  Database database(config.store, Database::Mode::create);
  take_run_lock(database);
  const int before = migrate(database);
  if (before != current_schema_version()) {
    Transaction transaction(database);
    add_audit_event(database,
                    {user_name(), "store migrate",
                     std::to_string(before) + " to " + std::to_string(current_schema_version())});
    transaction.commit();
  }
  if (globals.format == Format::table) {
    std::cout << "schema version " << before
              << (before == current_schema_version()
                      ? ": nothing to do"
                      : " -> " + std::to_string(current_schema_version()))
              << '\n';
    return;
  }
  Table table({"from", "to"});
  table.add({before, current_schema_version()});
  table.print(std::cout, globals.format);
}

Table content_table(const StoreFindings& findings) {
  Table table({"source", "stream", "records", "gone", "quarantined"});
  for (const StreamContent& stream : findings.streams) {
    table.add({stream.source, stream.stream, stream.records, stream.gone, stream.quarantined});
  }
  return table;
}

void print_json(const StoreFindings& findings) {
  nlohmann::ordered_json json = {{"ok", findings.faults.empty()},
                                 {"schema_version", current_schema_version()},
                                 {"faults", findings.faults},
                                 {"streams", nlohmann::ordered_json::array()}};
  for (const StreamContent& stream : findings.streams) {
    json["streams"].push_back({{"source", stream.source},
                               {"stream", stream.stream},
                               {"records", stream.records},
                               {"gone", stream.gone},
                               {"quarantined", stream.quarantined}});
  }
  std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

void check(Globals& globals) {
  const HubConfig config = globals.load_config();
  Database database(config.store, Database::Mode::existing);
  const StoreFindings findings = check_store(database, is_lineage);
  if (!findings.faults.empty()) globals.exit_code = 1;
  if (globals.format == Format::json) return print_json(findings);
  content_table(findings).print(std::cout, globals.format);
  std::ostream& verdict = globals.format == Format::table ? std::cout : std::cerr;
  if (findings.faults.empty()) {
    verdict << "\nok: schema version " << current_schema_version() << ", every invariant holds\n";
    return;
  }
  verdict << '\n';
  for (const std::string& fault : findings.faults) verdict << "wrong: " << fault << '\n';
}

void dump(const Globals& globals) {
  const HubConfig config = globals.load_config();
  Database database(config.store, Database::Mode::view);
  require_current_schema(database);
  for (const std::string& line : store_dump(database)) std::cout << line << '\n';
}

struct BackupOptions {
  std::string file;
  bool overwrite = false;
};

void back_up(const Globals& globals, const BackupOptions& options) {
  OpenedHub hub(globals, Database::Mode::view);
  refuse_own_file(hub.config, options.file);
  back_up_store(hub.database, options.file, options.overwrite);
  if (!globals.quiet) std::cerr << "the store is copied to " << options.file << '\n';
}

}  // namespace

void add_store(CLI::App& app, Globals& globals) {
  auto* store = app.add_subcommand("store", "The database that holds the profiles");
  store->require_subcommand(1);

  auto* migrate_it =
      store->add_subcommand("migrate", "Create the store, or bring an older one up to date");
  migrate_it->callback([&globals] { migrate_store(globals); });

  auto* check_it =
      store->add_subcommand("check", "Verify that everything in the store fits together");
  check_it->footer("Exit codes: 0 all well, 1 something is wrong.");
  check_it->callback([&globals] { check(globals); });

  auto options = std::make_shared<BackupOptions>();
  auto* back_it_up = store->add_subcommand(
      "backup", "Copy an SQLite store into one file, also while a run is going");
  back_it_up->add_option("FILE", options->file, "The copy, a store itself, with mode 0600")
      ->required();
  back_it_up->add_flag("--overwrite", options->overwrite, "Replace a file that is there");
  back_it_up->footer(
      "Of a store on PostgreSQL or MariaDB it says which command of the server's own does it.");
  back_it_up->callback([&globals, options] { back_up(globals, *options); });

  auto* dump_it = store->add_subcommand(
      "dump", "Print all that the store promises, one line each, to compare two stores");
  dump_it->footer(
      "Ids that the hub gave, clock times, the run log, the audit trail and the index of matching "
      "are\n"
      "left out; records go by SOURCE/STREAM/KEY. Two stores made by the same deliveries and "
      "decisions\n"
      "give the same lines. Holds personal values.");
  dump_it->callback([&globals] { dump(globals); });
}

}  // namespace cdh
