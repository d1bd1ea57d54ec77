#include "hub/config/reporting_shape.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "hub/config/http_url.hpp"

namespace cdh {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, kAlerts> kAlertNames = {
    "failure", "safety_stop", "source_failed", "quarantine", "late"};

ShapePtr with_short_key(ShapePtr record, std::string key) {
  Shape shape = *record;
  shape.short_key = std::move(key);
  return std::make_shared<const Shape>(std::move(shape));
}

ShapeKey headers_key() {
  return {"headers", shapes::map(shapes::text(kOneLine), &kHeaderName),
          "Headers of the request, such as Authorization."};
}

ShapeKey timeout_key() {
  return {"timeout", shapes::integer(1, 300),
          "Seconds that a message may take, from connecting to the last answer.", false,
          Setting::scalar(std::to_string(kExchange_s))};
}

ShapeKey ca_file_key() {
  return {"ca_file", shapes::text(),
          "PEM file of the authorities that may have signed the server's certificate, instead of "
          "those that this machine trusts."};
}

ShapePtr report_shape() {
  return with_short_key(
      shapes::record("report",
                     {{"folder", shapes::text(), "Where the reports stand.", true},
                      {"keep", shapes::integer(1, 100'000), "Of so many of the newest runs.", false,
                       Setting::scalar(std::to_string(ReportConfig{}.keep))}}),
      "folder");
}

ShapePtr webhook_shape() {
  return with_short_key(
      shapes::record("webhook", {{"url", shapes::text(kHttpUrl), "Where JSON is posted to.", true},
                                 headers_key(),
                                 ca_file_key()}),
      "url");
}

ShapePtr some_addresses() {
  Shape shape = *shapes::one_or_list(shapes::text(kMailAddress));
  shape.takes_none = false;
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr mail_shape() {
  return shapes::record(
      "mail",
      {{"server", shapes::text(kMailServer),
        "smtps://HOST, smtp+starttls://HOST, or smtp://HOST without TLS; a :PORT may follow.",
        true},
       {"user", shapes::text(kOneLine), "Who logs in. Without it nobody does."},
       {"password", shapes::text(kOneLine), "The user's password."},
       {"from", shapes::text(kMailAddress), "The sender's address.", true},
       {"to", some_addresses(), "Whom to tell.", true},
       ca_file_key()});
}

ShapePtr notify_shape() {
  const std::vector<std::string> names(kAlertNames.begin(), kAlertNames.end());
  Shape events = *shapes::one_or_list(shapes::choice(names));
  events.takes_none = false;
  return shapes::record("notify",
                        {{"events", std::make_shared<const Shape>(std::move(events)),
                          "What is told. late: by `cdh status --expect DURATION --notify`.", false,
                          Setting::list(names)},
                         {"webhook", webhook_shape(), "A JSON document is posted there."},
                         {"mail", mail_shape(), "A mail is sent by SMTP."},
                         timeout_key()});
}

ShapePtr lineage_events_shape() {
  return with_short_key(
      shapes::record(
          "lineage events",
          {{"to", shapes::text(kOneLine),
            "A file that a line of JSON is appended to, or the URL of a lineage service.", true},
           {"namespace", shapes::text(kOneLine), "That of the job and its datasets.", false,
            Setting::scalar("cdh")},
           headers_key(),
           ca_file_key(),
           timeout_key()}),
      "to");
}

std::string text_of(const Setting& map, std::string_view key) {
  const Setting* member = map.find(key);
  return member != nullptr ? member->text : std::string();
}

int number_of(const Setting& map, std::string_view key, int otherwise) {
  const std::string text = text_of(map, key);
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

fs::path path_of(const fs::path& folder, const std::string& path) {
  return path.empty() ? fs::path() : (folder / path).lexically_normal();
}

HttpTarget bind_target(const Setting& given, std::string_view url_key, int timeout_s,
                       const fs::path& folder, ConfigFaults& faults) {
  HttpTarget target{
      text_of(given, url_key), {}, timeout_s, path_of(folder, text_of(given, "ca_file"))};
  if (const Setting* headers = given.find("headers")) {
    for (const auto& [name, value] : headers->members) {
      target.headers.emplace_back(name, value.text);
    }
  }
  const auto url = parse_http_url(target.url);
  const bool has_secrets = url && (!url->user.empty() || !target.headers.empty());
  if (has_secrets && !url->is_tls && url->is_elsewhere()) {
    faults.add(given.where,
               "headers, or a user and password, are not sent to another machine over http://; "
               "use https://");
  }
  return target;
}

// The server's text has passed kMailServer.
void bind_server(const std::string& server, MailConfig& mail) {
  const std::size_t scheme = std::min(server.find("://"), server.size());
  const bool is_tls = server.starts_with("smtps:"), is_plain = server.starts_with("smtp:");
  mail.security = is_tls     ? MailConfig::Security::tls
                  : is_plain ? MailConfig::Security::none
                             : MailConfig::Security::starttls;
  mail.port = is_tls ? 465 : is_plain ? 25 : 587;
  mail.host = server.substr(std::min(scheme + 3, server.size()));
  const std::size_t colon = mail.host.find(':');
  if (colon == std::string::npos) return;
  std::from_chars(mail.host.data() + colon + 1, mail.host.data() + mail.host.size(), mail.port);
  mail.host.resize(colon);
}

MailConfig bind_mail(const Setting& given, int timeout_s, const fs::path& folder,
                     ConfigFaults& faults) {
  MailConfig mail;
  mail.ca_file = path_of(folder, text_of(given, "ca_file"));
  mail.timeout_s = timeout_s;
  bind_server(text_of(given, "server"), mail);
  mail.user = text_of(given, "user");
  mail.password = text_of(given, "password");
  mail.from = text_of(given, "from");
  if (const Setting* to = given.find("to")) {
    for (const Setting& address : to->items) mail.to.push_back(address.text);
  }
  if (mail.user.empty() != mail.password.empty()) {
    faults.add(given.where, "mail needs both user and password, or neither");
  } else if (!mail.password.empty() && mail.security == MailConfig::Security::none) {
    faults.add(given.where,
               "mail: a password is not sent over smtp://; use smtps:// or smtp+starttls://");
  }
  return mail;
}

NotifyConfig bind_notify(const Setting& given, const fs::path& folder, ConfigFaults& faults) {
  NotifyConfig notify;
  if (const Setting* events = given.find("events")) {
    for (const Setting& event : events->items) {
      const auto name = std::ranges::find(kAlertNames, event.text);
      if (name != kAlertNames.end()) {
        notify.events.push_back(static_cast<Alert>(name - kAlertNames.begin()));
      }
    }
  }
  const Setting* webhook = given.find("webhook");
  const Setting* mail = given.find("mail");
  const int timeout_s = number_of(given, "timeout", kExchange_s);
  if (webhook != nullptr) notify.webhook = bind_target(*webhook, "url", timeout_s, folder, faults);
  if (mail != nullptr) notify.mail = bind_mail(*mail, timeout_s, folder, faults);
  if (webhook == nullptr && mail == nullptr) {
    faults.add(given.where, "notify needs a webhook, a mail, or both");
  }
  return notify;
}

LineageEventsConfig bind_lineage_events(const Setting& given, const fs::path& folder,
                                        ConfigFaults& faults) {
  LineageEventsConfig events;
  events.job_namespace = text_of(given, "namespace");
  const std::string to = text_of(given, "to");
  if (!looks_like_url(to)) {
    events.file = path_of(folder, to);
  } else if (kHttpUrl.holds(to)) {
    events.target =
        bind_target(given, "to", number_of(given, "timeout", kExchange_s), folder, faults);
  } else {
    faults.add(given.where, "lineage_events: the URL " + std::string(kHttpUrl.must));
  }
  return events;
}

}  // namespace

std::string_view name_of(Alert alert) { return kAlertNames[static_cast<std::size_t>(alert)]; }

std::vector<ShapeKey> reporting_keys() {
  return {{"report", report_shape(), "A folder where each run leaves a report as HTML and JSON."},
          {"metrics", shapes::text(), "A file with the last run's figures for Prometheus."},
          {"notify", notify_shape(), "Whom to tell when a run does not end well."},
          {"lineage_events", lineage_events_shape(), "Where OpenLineage events of each run go."}};
}

ReportingConfig bind_reporting(const Setting& hub, const fs::path& folder, ConfigFaults& faults) {
  ReportingConfig reporting;
  if (const Setting* report = hub.find("report")) {
    const int keep = number_of(*report, "keep", static_cast<int>(ReportConfig{}.keep));
    reporting.report = {path_of(folder, text_of(*report, "folder")),
                        static_cast<std::size_t>(keep)};
  }
  reporting.metrics = path_of(folder, text_of(hub, "metrics"));
  if (const Setting* notify = hub.find("notify"))
    reporting.notify = bind_notify(*notify, folder, faults);
  if (const Setting* events = hub.find("lineage_events")) {
    reporting.lineage_events = bind_lineage_events(*events, folder, faults);
  }
  return reporting;
}

}  // namespace cdh
