#include "hub/app/opened_hub.hpp"

#include "hub/store/schema.hpp"

namespace cdh {

OpenedHub::OpenedHub(const Globals& globals, Database::Mode mode, Needs needs)
    : config(needs == Needs::store ? globals.load_store_config() : globals.load_config()),
      database(config.store, mode) {
  require_current_schema(database);
}

}  // namespace cdh
