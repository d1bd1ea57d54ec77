#include "hub/app/run_tables.hpp"

#include <algorithm>
#include <ostream>

#include "hub/app/table.hpp"
#include "hub/base/text.hpp"
#include "hub/run/run_json.hpp"

namespace cdh {

namespace {

// The counts add up: what was read and split off is added, changed, unchanged, filtered, repeated
// or quarantined. Few streams have a transform that splits.
Table source_table(const RunEntry& run) {
  const bool any_split = std::ranges::any_of(
      run.sources, [](const RunSource& source) { return source.counts.split_off > 0; });
  std::vector<std::string> columns = {"source",    "stream", "read",     "added",    "changed",
                                      "unchanged", "gone",   "filtered", "repeated", "quarantined"};
  if (any_split) columns.emplace_back("split_off");
  Table table(columns);
  for (const RunSource& source : run.sources) {
    const StreamCounts& counts = source.counts;
    std::vector<nlohmann::json> row = {
        source.source,    source.stream, counts.read,     counts.added,    counts.changed,
        counts.unchanged, counts.gone,   counts.filtered, counts.repeated, counts.quarantined};
    if (any_split) row.emplace_back(counts.split_off);
    table.add(std::move(row));
  }
  return table;
}

}  // namespace

void print_run(std::ostream& out, const RunEntry& run, Format format) {
  if (format == Format::json) {
    out << to_json(run).dump(2) << '\n';
    return;
  }
  source_table(run).print(out, format);
  if (format == Format::csv) return;
  for (const RunSource& source : run.sources) {
    if (source.message.empty()) continue;
    out << "\n"
        << source.source << "/" << source.stream
        << (source.status == "read" ? "" : ' ' + source.status) << ": " << printable(source.message)
        << '\n';
  }
  std::int64_t quarantined = 0, remapped = 0;
  for (const RunSource& source : run.sources) {
    quarantined += source.counts.newly_quarantined;
    remapped += source.counts.remapped;
  }
  if (remapped > 0) {
    out << '\n'
        << counted(remapped, "stored record", "stored records")
        << " mapped anew, since the way to map them changed\n";
  }
  if (quarantined > 0) {
    out << '\n' << quarantined << " newly quarantined; see `cdh quarantine list`\n";
  }
  const ProfileCounts& profiles = run.profiles;
  out << "\nrun " << run.id << ' ' << run.status << ": "
      << counted(profiles.total, "profile", "profiles") << ", " << profiles.created << " created, "
      << profiles.changed << " changed, " << profiles.merged << " merged, " << profiles.split
      << " split, " << profiles.removed << " removed\n";
  if (run.review_items > 0) {
    out << counted(run.review_items, "pair waits", "pairs wait")
        << " for review; see `cdh review list`\n";
  }
  if (!run.message.empty()) out << printable(run.message) << '\n';
}

void print_status(std::ostream& out, const RunEntry& run, const std::optional<ModelDrift>& drift,
                  Format format) {
  if (format == Format::json) {
    nlohmann::ordered_json json = to_json(run);
    json["match_model"] = nullptr;
    if (drift) {
      json["match_model"] = {{"version", drift->version},
                             {"learnt_from", drift->learnt_from},
                             {"records", drift->now},
                             {"is_outgrown", drift->is_large()}};
    }
    out << json.dump(2) << '\n';
    return;
  }
  print_run(out, run, format);
  if (format == Format::csv || !drift || !drift->is_large()) return;
  out << "the match model was learnt from " << counted(drift->learnt_from, "record", "records")
      << ", and there are " << drift->now
      << " now: `cdh match train` shows what learning it anew would change\n";
}

void print_verdict(std::ostream& out, const RunVerdict& verdict, Format format) {
  const std::string message =
      verdict.message + (verdict.reason.empty() ? "" : ": " + printable_line(verdict.reason));
  if (format == Format::table) {
    out << message << '\n';
    return;
  }
  nlohmann::ordered_json json = {{"ok", verdict.is_met},
                                 {"message", message},
                                 {"run", nullptr},
                                 {"status", nullptr},
                                 {"finished_at", nullptr}};
  if (verdict.run) {
    json["run"] = verdict.run->id;
    json["status"] = verdict.run->status;
    json["finished_at"] = verdict.run->finished_at;
  }
  if (format == Format::json) {
    out << json.dump(2) << '\n';
    return;
  }
  Table table({"ok", "message", "run", "status", "finished_at"});
  table.add({json["ok"], json["message"], json["run"], json["status"], json["finished_at"]});
  table.print(out, format);
}

void print_runs(std::ostream& out, const std::vector<RunEntry>& runs, Format format) {
  Table table({"run", "started", "finished", "status", "profiles", "created", "changed", "merged",
               "split", "removed", "message"});
  for (const RunEntry& run : runs) {
    const ProfileCounts& profiles = run.profiles;
    table.add({run.id, run.started_at, run.finished_at, run.status, profiles.total,
               profiles.created, profiles.changed, profiles.merged, profiles.split,
               profiles.removed, run.message});
  }
  table.print(out, format);
}

}  // namespace cdh
