#include "hub/run/run_page.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/run/html_text.hpp"
#include "hub/run/svg_chart.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMostBars = 40;

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --ground: #fff; --text: #1c1f23; --faint: #667; --line: #d5d9de;
  --good: #2a7d46; --bad: #b3261e; --added: #2a7d46; --changed: #2f6fb0; --gone: #8a6d1d;
  --refused: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --text: #e6e8eb; --faint: #9aa3ad; --line: #3a4048; --good: #6cc08b;
    --bad: #f28b82; --added: #6cc08b; --changed: #7fb3e6; --gone: #d9bc66; --refused: #f28b82; } }
body { background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--text); font-size: 12px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem; text-align: right; }
th.name, td.name { text-align: left; }
.faint { color: var(--faint); } .good { color: var(--good); fill: var(--good); }
.bad { color: var(--bad); fill: var(--bad); } .added { color: var(--added); fill: var(--added); }
.changed { color: var(--changed); fill: var(--changed); }
.gone { color: var(--gone); fill: var(--gone); }
.refused { color: var(--refused); fill: var(--refused); }
)";

using Count = std::int64_t StreamCounts::*;
constexpr std::array<std::pair<const char*, Count>, 9> kCounts = {{
    {"read", &StreamCounts::read},
    {"added", &StreamCounts::added},
    {"changed", &StreamCounts::changed},
    {"unchanged", &StreamCounts::unchanged},
    {"gone", &StreamCounts::gone},
    {"filtered", &StreamCounts::filtered},
    {"repeated", &StreamCounts::repeated},
    {"quarantined", &StreamCounts::quarantined},
    {"newly quarantined", &StreamCounts::newly_quarantined},
}};

std::string name_of(const RunSource& source) { return source.source + "/" + source.stream; }

std::vector<ChartPart> parts_of(const StreamCounts& counts) {
  return {{"added", counts.added},
          {"changed", counts.changed},
          {"gone", counts.gone},
          {"refused", counts.newly_quarantined}};
}

std::int64_t sum_of(const StreamCounts& counts) {
  return counts.added + counts.changed + counts.gone + counts.newly_quarantined;
}

StreamCounts total_of(const RunEntry& run) {
  StreamCounts total;
  for (const RunSource& source : run.sources) {
    for (const auto& [name, count] : kCounts) total.*count += source.counts.*count;
  }
  return total;
}

std::string told(const StreamCounts& counts) {
  return std::to_string(counts.added) + " added, " + std::to_string(counts.changed) + " changed, " +
         std::to_string(counts.gone) + " gone, " + std::to_string(counts.newly_quarantined) +
         " newly quarantined";
}

std::int64_t seconds_of(const RunEntry& run) {
  const auto from = parse_instant(run.started_at), to = parse_instant(run.finished_at);
  return from && to ? std::max<std::int64_t>(0, *to - *from) / 1'000'000 : 0;
}

std::string stream_chart(const RunEntry& run) {
  std::vector<const RunSource*> sources;
  for (const RunSource& source : run.sources) sources.push_back(&source);
  std::ranges::stable_sort(sources, [](const RunSource* a, const RunSource* b) {
    return sum_of(a->counts) > sum_of(b->counts);
  });
  if (sources.size() > kMostBars) sources.resize(kMostBars);
  std::vector<ChartBar> bars;
  for (const RunSource* source : sources) {
    bars.push_back({name_of(*source), name_of(*source) + ": " + told(source->counts),
                    parts_of(source->counts)});
  }
  return bar_chart("What changed, by stream", bars);
}

std::string stream_table(const RunEntry& run) {
  std::string html = "<table>\n<tr><th class=\"name\">stream</th>";
  for (const auto& [name, count] : kCounts) html += "<th>" + std::string(name) + "</th>";
  html += "<th class=\"name\">result</th></tr>\n";
  for (const RunSource& source : run.sources) {
    html += "<tr><td class=\"name\">" + html_text(name_of(source)) + "</td>";
    for (const auto& [name, count] : kCounts) {
      html += "<td>" + std::to_string(source.counts.*count) + "</td>";
    }
    html += std::string("<td class=\"name ") + (source.status == "read" ? "good" : "bad") + "\">" +
            html_text(source.status) + "</td></tr>\n";
  }
  html += "</table>\n";
  for (const RunSource& source : run.sources) {
    if (source.message.empty()) continue;
    html += "<p>" + html_text(name_of(source)) + ": " + html_text(source.message) + "</p>\n";
  }
  return html;
}

std::string history_charts(const std::vector<RunEntry>& history) {
  std::vector<ChartBar> changes, profiles, durations;
  for (auto run = history.rbegin(); run != history.rend(); ++run) {
    const std::string number = std::to_string(run->id);
    const std::string head = "run " + number + ", " + run->status + ", " + run->started_at + ": ";
    const std::string colour = run->status == "done" ? "good" : "bad";
    const StreamCounts total = total_of(*run);
    changes.push_back({number, head + told(total), parts_of(total)});
    profiles.push_back({number,
                        head + counted(run->profiles.total, "profile", "profiles"),
                        {{colour, run->profiles.total}}});
    durations.push_back({number,
                         head + counted(seconds_of(*run), "second", "seconds"),
                         {{colour, seconds_of(*run)}}});
  }
  return "<h2>Records that changed, by run</h2>\n" +
         column_chart("Records that changed, by run", changes) +
         "<h2>Profiles after each run</h2>\n" + column_chart("Profiles after each run", profiles) +
         "<h2>Seconds that each run took</h2>\n" +
         column_chart("Seconds that each run took", durations);
}

std::string summary(const RunEntry& run) {
  const ProfileCounts& profiles = run.profiles;
  std::string html = "<p class=\"faint\">" + html_text(run.started_at) + " to " +
                     html_text(run.finished_at) + ", " +
                     counted(seconds_of(run), "second", "seconds") + "</p>\n";
  if (!run.message.empty()) html += "<p>" + html_text(run.message) + "</p>\n";
  html += "<p>" + counted(profiles.total, "profile", "profiles") + ": " +
          std::to_string(profiles.created) + " created, " + std::to_string(profiles.changed) +
          " changed, " + std::to_string(profiles.merged) + " merged, " +
          std::to_string(profiles.split) + " split, " + std::to_string(profiles.removed) +
          " removed. " + counted(run.review_items, "pair waits", "pairs wait") +
          " for review.</p>\n";
  if (!run.audit.hash.empty()) {
    html += "<p class=\"faint\">Audit trail up to " + html_text(to_text(run.audit)) + "</p>\n";
  }
  return html;
}

}  // namespace

std::string run_page(const RunEntry& run, const std::vector<RunEntry>& history) {
  const std::string title = "Run " + std::to_string(run.id) + ": " + run.status;
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>" +
      html_text(title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n";
  html += std::string("<h1 class=\"") + (run.status == "done" ? "good" : "bad") + "\">" +
          html_text(title) + "</h1>\n" + summary(run);
  if (!run.sources.empty()) {
    html +=
        "<h2>What changed, by stream</h2>\n<p><span class=\"added\">added</span>, "
        "<span class=\"changed\">changed</span>, <span class=\"gone\">gone</span>, "
        "<span class=\"refused\">newly quarantined</span></p>\n" +
        stream_chart(run) + "<h2>All counts</h2>\n" + stream_table(run);
  }
  html += history_charts(history);
  return html + "</body>\n</html>\n";
}

}  // namespace cdh
