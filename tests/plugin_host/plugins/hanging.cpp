#include <cstdlib>

#include <cdh/plugin.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace {

// Hangs before anybody can ask what it is: for ever, or until somebody has opened and closed the FIFO
// that the environment names.
[[gnu::constructor]] void hang() {
  const char* gate = std::getenv("CDH_TEST_LOADING_GATE");
  if (gate == nullptr) {
    for (;;) ::pause();
  }
  const int fifo = ::open(gate, O_RDONLY | O_CLOEXEC);
  char byte = 0;
  while (::read(fifo, &byte, 1) > 0) {
  }
  ::close(fifo);
}

}  // namespace

extern "C" CDH_EXPORT const cdh_plugin* cdh_plugin_entry(void) { return nullptr; }
