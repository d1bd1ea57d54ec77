#include "hub/run/notification.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "hub/base/host_name.hpp"
#include "hub/base/text.hpp"
#include "hub/run/http_post.hpp"
#include "hub/run/mail_sending.hpp"
#include "hub/run/own_words.hpp"
#include "hub/run/run_json.hpp"

namespace cdh {

namespace {

std::vector<Alert> alerts_of(const std::optional<RunEntry>& run, RunExit exit) {
  std::vector<Alert> alerts;
  if (exit == RunExit::stopped) {
    alerts.push_back(Alert::safety_stop);
  } else if (exit == RunExit::source_failed) {
    alerts.push_back(Alert::source_failed);
  } else if (exit != RunExit::done && exit != RunExit::newly_quarantined) {
    alerts.push_back(Alert::failure);
  }
  const bool any_refused = run && std::ranges::any_of(run->sources, [](const RunSource& source) {
                             return source.counts.newly_quarantined > 0;
                           });
  if (any_refused || exit == RunExit::newly_quarantined) alerts.push_back(Alert::quarantine);
  return alerts;
}

std::string what_happened(RunExit exit) {
  switch (exit) {
    case RunExit::wrong_configuration:
      return "failed: the configuration is wrong";
    case RunExit::locked:
      return "cannot write: another run holds the lock";
    case RunExit::stopped:
      return "was stopped by a safety limit; nothing was published";
    case RunExit::source_failed:
      return "ended, but a source failed";
    case RunExit::done:
    case RunExit::newly_quarantined:
      return "ended with newly quarantined records";
    default:
      return "failed";
  }
}

std::string counts_of(const RunEntry& run) {
  std::string text = "Started " + run.started_at + ", ended " + run.finished_at + ", " +
                     counted(run.profiles.total, "profile", "profiles") + ".\n\n";
  for (const RunSource& source : run.sources) {
    const StreamCounts& counts = source.counts;
    text += source.source + "/" + source.stream + " (" + source.status +
            "): " + std::to_string(counts.read) + " read, " + std::to_string(counts.added) +
            " added, " + std::to_string(counts.changed) + " changed, " +
            std::to_string(counts.gone) + " gone, " + std::to_string(counts.newly_quarantined) +
            " newly quarantined\n";
  }
  return text;
}

nlohmann::ordered_json begin_json(const std::vector<Alert>& alerts, const std::string& text) {
  nlohmann::ordered_json json = {{"text", text}, {"alerts", nlohmann::json::array()}};
  for (const Alert alert : alerts) json["alerts"].push_back(name_of(alert));
  json["host"] = host_name();
  return json;
}

std::string dumped(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void add_run(const RunEntry& run, nlohmann::ordered_json& json) {
  json.update(to_json(in_own_words(run)));
}

// As somebody in another folder types it.
std::string command(const std::filesystem::path& config, const std::string& words) {
  return "`cdh -c " + std::filesystem::absolute(config).lexically_normal().string() + " " + words +
         "`";
}

std::string where_more(const std::optional<RunEntry>& run, const std::filesystem::path& config) {
  return run ? command(config, "runs show " + std::to_string(run->id)) + " says why.\n"
             : "What `cdh run` printed says why.\n";
}

}  // namespace

std::optional<Notification> run_notification(const std::optional<RunEntry>& run, RunExit exit,
                                             const std::vector<Alert>& wanted,
                                             const std::filesystem::path& config) {
  const std::vector<Alert> alerts = alerts_of(run, exit);
  const bool is_wanted = std::ranges::any_of(
      alerts, [&](Alert alert) { return std::ranges::find(wanted, alert) != wanted.end(); });
  if (!is_wanted) return std::nullopt;
  const std::string name = run ? "run " + std::to_string(run->id) : std::string("the run");
  const std::string line = "cdh on " + host_name() + ": " + name + " " + what_happened(exit);
  nlohmann::ordered_json json = begin_json(alerts, line);
  json["exit_code"] = static_cast<int>(exit);
  if (run) add_run(*run, json);
  return Notification{
      line, line + ".\n\n" + (run ? counts_of(*run) + "\n" : "") + where_more(run, config),
      dumped(json)};
}

Notification late_notification(const RunVerdict& verdict, const std::filesystem::path& config) {
  const std::string line = "cdh on " + host_name() + ": " + verdict.message;
  nlohmann::ordered_json json = begin_json({Alert::late}, line);
  if (verdict.run) add_run(*verdict.run, json);
  return {"cdh on " + host_name() + ": no run ended well in time",
          line + ".\n\n" +
              (verdict.reason.empty() ? command(config, "runs") + " shows the runs before.\n"
                                      : command(config, "status") + " says why.\n"),
          dumped(json)};
}

void post_notification(const Notification& notification, const NotifyConfig& config) {
  if (config.webhook) post_json(*config.webhook, notification.json);
}

std::vector<std::string> mail_notification(const Notification& notification,
                                           const NotifyConfig& config) {
  if (!config.mail) return {};
  return send_mail(*config.mail, notification.subject, notification.text);
}

}  // namespace cdh
