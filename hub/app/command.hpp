// What every command of `cdh` shares. Each command has a file of its own with one function that
// adds it to the program: its words, its help, and what it does.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "hub/app/log.hpp"
#include "hub/config/hub_config.hpp"
#include "hub/config/store_config.hpp"
#include "hub/run/surroundings_check.hpp"

namespace cdh {

enum class Format { table, json, csv };

// The options before or after any command.
struct Globals {
  std::string config = "hub.yaml";
  Format format = Format::table;
  bool quiet = false;
  LogFormat log_format = LogFormat::text;
  int exit_code = 0;  // what main returns when nothing was thrown

  mutable SecretMask secrets;  // of the configuration loaded; masked in every error

  HubConfig load_config() const { return checked(load_hub_config(config)); }
  HubConfig load_store_config() const { return checked(cdh::load_store_config(config)); }

 private:
  HubConfig checked(HubConfig loaded) const {
    secrets = loaded.secrets;
    check_time_zones(loaded);
    return loaded;
  }
};

void add_init(CLI::App& app, Globals& globals);
void add_check(CLI::App& app, Globals& globals);
void add_discover(CLI::App& app, Globals& globals);
void add_run(CLI::App& app, Globals& globals);
void add_status(CLI::App& app, Globals& globals);
void add_runs(CLI::App& app, Globals& globals);
void add_profile(CLI::App& app, Globals& globals);
void add_match(CLI::App& app, Globals& globals);
void add_review(CLI::App& app, Globals& globals);
void add_quarantine(CLI::App& app, Globals& globals);
void add_source(CLI::App& app, Globals& globals);
void add_export(CLI::App& app, Globals& globals);
void add_evaluate(CLI::App& app, Globals& globals);
void add_plugin(CLI::App& app, Globals& globals);
void add_store(CLI::App& app, Globals& globals);
void add_audit(CLI::App& app, Globals& globals);
void add_plugin_host(CLI::App& app);

}  // namespace cdh
