#include "hub/run/run_metrics.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class MetricsText {
 public:
  // All samples of a name stand together, below its help.
  void gauge(const std::string& name, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name + " " + std::string(help) + "\n# TYPE " + name + " gauge\n";
  }
  void sample(std::int64_t value, const Labels& labels = {}) {
    sample(std::to_string(value), labels);
  }
  void seconds(std::int64_t micros) {
    std::string fraction = std::to_string(kMicrosPerSecond + micros % kMicrosPerSecond);
    fraction[0] = '.';
    sample(std::to_string(micros / kMicrosPerSecond) + fraction, {});
  }
  std::string take() { return std::move(text_); }

 private:
  void sample(const std::string& value, const Labels& labels) {
    text_ += name_;
    char separator = '{';
    for (const auto& [name, label] : labels) {
      text_ += separator;
      text_ += name;
      text_ += "=\"" + escaped(label) + '"';
      separator = ',';
    }
    if (!labels.empty()) text_ += '}';
    text_ += ' ' + value + '\n';
  }
  static std::string escaped(std::string_view label) {
    std::string text;
    for (const char c : to_valid_utf8(label)) {
      if (c == '\n') {
        text += "\\n";
        continue;
      }
      if (c == '\\' || c == '"') text += '\\';
      text += c;
    }
    return text;
  }

  std::string text_, name_;
};

void add_times(const RunEntry& run, MetricsText& out) {
  const auto from = parse_instant(run.started_at), to = parse_instant(run.finished_at);
  if (from) {
    out.gauge("cdh_last_run_start_timestamp_seconds", "When the last run began.");
    out.seconds(*from);
  }
  if (!from || !to) return;
  out.gauge("cdh_last_run_end_timestamp_seconds", "When the last run ended.");
  out.seconds(*to);
  out.gauge("cdh_last_run_duration_seconds", "How long the last run took.");
  out.seconds(std::max<std::int64_t>(0, *to - *from));
}

void add_status(const RunEntry& run, MetricsText& out) {
  out.gauge("cdh_last_run_id", "The number of the last run.");
  out.sample(run.id);
  out.gauge("cdh_last_run_status", "1 for how the last run ended.");
  for (const std::string_view status : {"done", "partial", "stopped", "failed", "undone"}) {
    out.sample(run.status == status ? 1 : 0, {{"status", status}});
  }
}

void add_streams(const RunEntry& run, MetricsText& out) {
  if (run.sources.empty()) return;
  out.gauge("cdh_last_run_records", "Records of the last run, by stream and what became of them.");
  for (const RunSource& source : run.sources) {
    for (const auto& [kind, count] : named_counts()) {
      out.sample(source.counts.*count,
                 {{"source", source.source}, {"stream", source.stream}, {"kind", kind}});
    }
  }
  out.gauge("cdh_last_run_stream_ok", "1 for a stream that was read, 0 for one that was not.");
  for (const RunSource& source : run.sources) {
    out.sample(source.status == "read" ? 1 : 0,
               {{"source", source.source}, {"stream", source.stream}});
  }
}

void add_profiles(const RunEntry& run, MetricsText& out) {
  const ProfileCounts& profiles = run.profiles;
  out.gauge("cdh_profiles", "Profiles after the last run.");
  out.sample(profiles.total);
  out.gauge("cdh_last_run_profiles", "Profiles of the last run, by what became of them.");
  for (const auto& [kind, count] :
       {std::pair<std::string_view, std::int64_t>{"created", profiles.created},
        {"changed", profiles.changed},
        {"merged", profiles.merged},
        {"split", profiles.split},
        {"removed", profiles.removed}}) {
    out.sample(count, {{"kind", kind}});
  }
  out.gauge("cdh_review_items", "Pairs that wait for a steward.");
  out.sample(run.review_items);
}

}  // namespace

std::string run_metrics(const RunEntry& run, const std::optional<RunEntry>& last_well) {
  MetricsText out;
  add_status(run, out);
  add_times(run, out);
  if (const auto at = last_well ? parse_instant(last_well->finished_at) : std::nullopt) {
    out.gauge("cdh_last_success_timestamp_seconds", "When a run last ended well.");
    out.seconds(*at);
  }
  add_streams(run, out);
  if (run.status != "failed") add_profiles(run, out);
  return out.take();
}

}  // namespace cdh
