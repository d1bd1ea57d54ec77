// The configuration with its store: what most commands begin with.
#pragma once

#include "hub/app/command.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct OpenedHub {
  enum class Needs {
    store,       // and no other secret of hub.yaml, see load_store_config
    everything,  // as sources, plugins or whoever is told of a run need it
  };

  // Throws Error: the configuration is wrong, the store is not there, or another version of the
  // program made it, which says what to run.
  OpenedHub(const Globals& globals, Database::Mode mode, Needs needs = Needs::store);

  HubConfig config;
  Database database;
};

}  // namespace cdh
