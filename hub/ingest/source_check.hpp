// Tries everything a run would use of the sources, without writing anything: what `cdh check` says.
#pragma once

#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

// The verdict on one configured stream, or, with an empty stream, on a whole source.
struct StreamVerdict {
  std::string source;
  std::string stream;
  std::string problem;  // empty: it will work
  std::string note;     // worth knowing, such as streams that nobody reads
};

// Loads each source's plugins, connects, compares the streams, makes the transforms and binds the
// mapping: to the fields the source declares, or, behind transforms, to those that a first few
// records come out with. A failure never hides the next one. Reads a few records of each stream.
// `known`: the fields that the streams had when they were last read whole; what has changed since is
// noted, and a problem where it is frozen.
std::vector<StreamVerdict> check_sources(const HubConfig& config, PluginRegistry& plugins,
                                         const KnownFields& known = {});

}  // namespace cdh
