/* Says its version and nothing else: CDH_TEST_MAJOR.CDH_TEST_MINOR. */
#include <cdh/plugin.h>

CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) {
  static const cdh_plugin plugin = {
      .size = offsetof(cdh_plugin, kind), .abi_major = CDH_TEST_MAJOR, .abi_minor = CDH_TEST_MINOR};
  return &plugin;
}
