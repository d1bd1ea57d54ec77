// What a run tells of itself, as hub.yaml says under `hub`: a report, metrics, notifications and
// lineage events. Whatever is empty is not told. Where each is declared: reporting_shape.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cdh {

// `report: { folder: reports, keep: 90 }`
struct ReportConfig {
  std::filesystem::path folder;  // absolute
  std::size_t keep = 90;         // so many of the newest runs
};

// Seconds for a whole exchange with somebody else's server; some mail servers let one wait before
// they speak.
inline constexpr int kExchange_s = 30;

// Where JSON is sent by POST. Address and headers may hold secrets.
struct HttpTarget {
  std::string url;  // http:// or https://
  std::vector<std::pair<std::string, std::string>> headers;
  int timeout_s = kExchange_s;
  std::filesystem::path ca_file = {};  // absolute; empty: whom this machine trusts
};

// What somebody may want to be told of.
enum class Alert { failure, safety_stop, source_failed, quarantine, late };
inline constexpr std::size_t kAlerts = 5;
std::string_view name_of(Alert alert);  // as in hub.yaml: "safety_stop"

// `mail: { server: smtps://mail.example, from: ..., to: ... }`
struct MailConfig {
  enum class Security {
    none,      // smtp://
    starttls,  // smtp+starttls://: without TLS nothing is sent
    tls,       // smtps://
  };
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::none;
  std::string user, password;  // empty: the server asks for none
  std::string from;
  std::vector<std::string> to;
  int timeout_s = kExchange_s;
  std::filesystem::path ca_file = {};  // absolute; empty: whom this machine trusts
};

struct NotifyConfig {
  std::vector<Alert> events;
  std::optional<HttpTarget> webhook;
  std::optional<MailConfig> mail;
};

// `lineage_events: events.jsonl`: to a file or to a target, never both.
struct LineageEventsConfig {
  std::filesystem::path file;  // absolute
  std::optional<HttpTarget> target;
  std::string job_namespace;
};

struct ReportingConfig {
  std::optional<ReportConfig> report;
  std::filesystem::path metrics;  // absolute
  std::optional<NotifyConfig> notify;
  std::optional<LineageEventsConfig> lineage_events;
};

}  // namespace cdh
