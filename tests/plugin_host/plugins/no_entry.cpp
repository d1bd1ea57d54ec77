#include <cdh/plugin.h>

extern "C" CDH_EXPORT int something_else(void) { return 1; }
