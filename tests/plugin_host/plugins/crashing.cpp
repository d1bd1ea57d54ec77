#include <csignal>
#include <cstdlib>

#include <cdh/plugin.hpp>

// Crashes as soon as it is asked what it is.
extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) {
  std::signal(SIGSEGV, SIG_DFL);  // not as a sanitizer would have it
  std::raise(SIGSEGV);
  std::abort();
}
