#include <sys/stat.h>

#include "hub/app/command.hpp"
#include "hub/base/error.hpp"
#include "hub/plugin_host/child_process.hpp"
#include "hub/plugin_host/plugin_process.hpp"

namespace cdh {

namespace {

void serve(const std::string& library) {
  struct stat given {};
  if (::fstat(kChildSocket, &given) != 0 || !S_ISSOCK(given.st_mode)) {
    throw Error(ErrorKind::config, "cdh starts this command itself, for what has isolate: true");
  }
  serve_plugin(library, Descriptor(kChildSocket));
}

}  // namespace

void add_plugin_host(CLI::App& app) {
  auto* command = app.add_subcommand("plugin-host", "Serves one plugin to the cdh that starts it");
  command->group("");  // not for people: not in the help
  auto library = std::make_shared<std::string>();
  command->add_option("LIBRARY", *library, "The plugin's file")->required();
  command->callback([library] { serve(*library); });
}

}  // namespace cdh
