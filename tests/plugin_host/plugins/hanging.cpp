#include <cdh/plugin.hpp>

#include <unistd.h>

namespace {

// Hangs before anybody can ask what it is.
[[gnu::constructor]] void hang() {
  for (;;) ::pause();
}

}  // namespace

extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) { return nullptr; }
