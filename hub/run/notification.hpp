// What somebody is told of a run that needs them: ids and counts, no personal values, and no text
// of a source or a database, which could hold some.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "hub/config/reporting.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/run_expectation.hpp"

namespace cdh {

struct Notification {
  std::string subject;  // one line
  std::string text;     // for people
  std::string json;     // for programs: alerts, text, host and what the run log has
};

// Nothing when nothing of what is wanted has happened. `run`: as stored; nothing when it never
// began. `config`: the hub.yaml that a command is to be given.
std::optional<Notification> run_notification(const std::optional<RunEntry>& run, RunExit exit,
                                             const std::vector<Alert>& wanted,
                                             const std::filesystem::path& config);

// Of a run that did not come, as check_expectation found.
Notification late_notification(const RunVerdict& verdict, const std::filesystem::path& config);

// To the webhook, and by mail, where there is one. Throw Error and return as post_json and send_mail
// do.
void post_notification(const Notification& notification, const NotifyConfig& config);
std::vector<std::string> mail_notification(const Notification& notification,
                                           const NotifyConfig& config);

}  // namespace cdh
