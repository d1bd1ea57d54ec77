#include <cdh/plugin.hpp>

extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) {
  static cdh_plugin plugin{};
  plugin.size = sizeof plugin;
  plugin.abi_major = 99;
  plugin.abi_minor = 7;
  return &plugin;
}
