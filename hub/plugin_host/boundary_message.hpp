// What crosses the plugin boundary besides batches, as items of messages. Each pair of functions
// writes and reads the same; reading throws Error(plugin) when the message does not hold it.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <cdh/plugin.h>

#include "hub/plugin_host/message.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

void write_description(const PluginDescription& plugin, MessageWriter& out);
PluginDescription read_description(MessageReader& in);

// A status, and with a failure its error.
void write_outcome(cdh_status status, const cdh_error& error, MessageWriter& out);
cdh_status read_outcome(MessageReader& in, cdh_error& error);

// Writes the text into the error, cut to fit.
void set_message(cdh_error& error, std::string_view message);

// Settings point into the message they were read from.
class ReceivedSettings {
 public:
  explicit ReceivedSettings(MessageReader& in);
  ReceivedSettings(const ReceivedSettings&) = delete;
  ReceivedSettings& operator=(const ReceivedSettings&) = delete;
  const cdh_settings& c_settings() const { return settings_; }

 private:
  std::deque<std::vector<cdh_value>> values_;
  std::vector<cdh_setting> list_;
  cdh_settings settings_{};
};
void write_settings(const cdh_settings& settings, MessageWriter& out);

void write_catalog(const std::vector<StreamInfo>& streams, MessageWriter& out);
// Takes the rest of the message over; the catalog owns it until its release.
cdh_catalog read_catalog(MessageReader in, Message&& message);

}  // namespace cdh
