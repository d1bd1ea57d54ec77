// The configuration with its store: what most commands begin with.
#pragma once

#include "hub/app/command.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct OpenedHub {
  // Throws Error: the configuration is wrong, the store is not there, or another version of the
  // program made it, which says what to run.
  OpenedHub(const Globals& globals, Database::Mode mode);

  HubConfig config;
  Database database;
};

}  // namespace cdh
