/* plugin.h alone is a whole translation unit of C11. */
#include <cdh/plugin.h>

const cdh_plugin* cdh_plugin_entry(void) { return NULL; }
