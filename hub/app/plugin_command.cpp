#include <filesystem>
#include <iostream>

#include "hub/app/command.hpp"
#include "hub/app/table.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

namespace {

// Plugins can be looked at before there is any configuration.
PluginRegistry registry_of(const Globals& globals) {
  if (!std::filesystem::exists(globals.config)) return PluginRegistry(plugin_folders({}));
  const HubConfig config = globals.load_config();
  return PluginRegistry(plugin_folders(config.plugins), {.secrets = config.secrets});
}

std::string path_of(const std::string& name, const PluginRegistry& plugins) {
  return plugins.files(name).front().string();
}

void list(const Globals& globals) {
  PluginRegistry plugins = registry_of(globals);
  const bool for_people = globals.format == Format::table;
  std::vector<std::string> columns = {"plugin", "kind", "version", "description", "path"};
  if (!for_people) columns.push_back("problem");
  Table table(columns);
  std::vector<std::string> problems;
  for (const std::string& name : plugins.names()) {
    try {
      const PluginDescription plugin = plugins.describe(name);
      table.add({name, name_of(plugin.kind), plugin.version, plugin.description,
                 path_of(name, plugins), nullptr});
    } catch (const Error& error) {
      problems.push_back(globals.secrets.mask(error.what()));
      table.add({name, nullptr, nullptr, for_people ? "does not load; see below" : "",
                 path_of(name, plugins), problems.back()});
    }
  }
  table.print(std::cout, globals.format);
  if (!for_people) return;
  for (const std::string& problem : problems) std::cout << '\n' << printable(problem) << '\n';
}

std::string help_of(const PluginOption& option) {
  std::string help = option.help;
  if (!option.choices.empty()) help += " One of: " + join(option.choices, ", ") + ".";
  if (option.secret) help += " Secret.";
  return printable_line(help);
}

nlohmann::ordered_json to_json(const PluginDescription& plugin, const std::string& path) {
  nlohmann::ordered_json json = {{"plugin", plugin.name},
                                 {"kind", name_of(plugin.kind)},
                                 {"version", plugin.version},
                                 {"description", plugin.description},
                                 {"path", path},
                                 {"options", nlohmann::ordered_json::array()}};
  for (const PluginOption& option : plugin.options) {
    json["options"].push_back({{"option", option.name},
                               {"type", name_of(option.type)},
                               {"required", option.required},
                               {"secret", option.secret},
                               {"default", option.default_value},
                               {"choices", option.choices},
                               {"help", option.help}});
  }
  return json;
}

// Helps are sentences, too long for a column.
void print_options(std::ostream& out, const PluginDescription& plugin) {
  Table table({"option", "type", "required", "default"});
  for (const PluginOption& option : plugin.options) {
    table.add({option.name, name_of(option.type), option.required ? "required" : "",
               option.default_value});
  }
  table.print(out, Format::table);
  out << '\n';
  for (const PluginOption& option : plugin.options) {
    out << "  " << printable_line(option.name) << ": " << help_of(option) << '\n';
  }
}

void show(const Globals& globals, const std::string& name) {
  PluginRegistry plugins = registry_of(globals);
  const PluginDescription plugin = plugins.describe(name);
  if (globals.format == Format::json) {
    std::cout << to_json(plugin, path_of(name, plugins))
                     .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
              << '\n';
    return;
  }
  if (globals.format == Format::csv) {
    Table table({"option", "type", "required", "default", "help"});
    for (const PluginOption& option : plugin.options) {
      table.add({option.name, name_of(option.type), option.required ? "required" : "",
                 option.default_value, help_of(option)});
    }
    table.print(std::cout, globals.format);
    return;
  }
  std::cout << printable_line(plugin.name + ' ' + plugin.version) << ", a " << name_of(plugin.kind)
            << '\n'
            << printable_line(plugin.description) << '\n'
            << printable_line(path_of(name, plugins)) << "\n\n";
  print_options(std::cout, plugin);
}

}  // namespace

void add_plugin(CLI::App& app, Globals& globals) {
  auto* plugin = app.add_subcommand("plugin", "Connectors and transforms that can be used");
  plugin->require_subcommand(1);

  auto* list_it = plugin->add_subcommand("list", "The plugins that were found, and where");
  list_it->callback([&globals] { list(globals); });

  auto* info = plugin->add_subcommand("info", "One plugin and its options");
  auto name = std::make_shared<std::string>();
  info->add_option("NAME", *name, "The plugin's name, such as csv")->required();
  info->callback([&globals, name] { show(globals, *name); });
}

}  // namespace cdh
