// A first look at a source that may have no mapping yet: its streams, their fields, and a few
// values of each. What `cdh discover` shows.
#pragma once

#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin_registry.hpp"

namespace cdh {

struct SampledField {
  Column column;
  std::vector<std::string> samples;  // different ones, not blank, cut after 200 bytes
};

struct SampledStream {
  StreamInfo info;
  std::vector<SampledField> fields;
  std::string problem;  // not empty: its records could not be read
};

// Reads the beginning of each stream for up to `samples` values a field; none are read for 0.
// Throws Error when the source cannot be reached.
std::vector<SampledStream> sample_source(const SourceConfig& source, PluginRegistry& plugins,
                                         std::size_t samples);

// "text", "date", "whole number": what a field holds, for people.
std::string_view name_of(ValueType type);

}  // namespace cdh
