#include "hub/run/run_expectation.hpp"

#include <algorithm>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
// A run on another machine may have ended by its clock.
constexpr std::int64_t kClockTolerance_us = 300 * kMicrosPerSecond;

std::string going_on(const std::optional<RunEntry>& running) {
  if (!running) return "";
  return "; run " + std::to_string(running->id) + " is going on since " + running->started_at;
}

// Whether the newest was: then one before it is judged.
std::string undone_last(Database& database) {
  const std::vector<RunEntry> newest = list_consolidations(database, 1);
  if (newest.empty() || newest.front().status != "undone") return "";
  return "; run " + std::to_string(newest.front().id) + " was undone";
}

std::string what_became_of(const RunEntry& run) {
  const std::string name = "run " + std::to_string(run.id);
  if (run.status == "died") return name + ", begun at " + run.started_at + ", was killed";
  const std::string at = " at " + run.finished_at;
  if (run.status == "partial") return name + " ended" + at + ", but a source failed";
  if (run.status == "stopped") return name + " was stopped by a safety limit" + at;
  return name + " failed" + at;
}

}  // namespace

RunVerdict check_expectation(Database& database, std::int64_t within_seconds, std::int64_t now) {
  std::vector<RunEntry> last = list_standing(database, 2);
  const std::string undone = undone_last(database);
  std::optional<RunEntry> running;
  if (!last.empty() && last.front().status == "running") {
    running = std::move(last.front());
    last.erase(last.begin());
  }
  RunVerdict verdict;
  if (last.empty()) {
    verdict.message = "late: no run has ended yet" + undone +
                      (running ? going_on(running) : "; is the timer on? start with `cdh run`");
    return verdict;
  }
  const RunEntry& run = verdict.run.emplace(std::move(last.front()));
  const std::string number = std::to_string(run.id);
  if (run.status != "done") {
    verdict.message = "failed: " + what_became_of(run) + "; see `cdh runs show " + number + "`" +
                      going_on(running);
    return verdict;
  }
  const std::int64_t ended = parse_instant(run.finished_at).value_or(0);
  if (ended > now + kClockTolerance_us) {
    verdict.message = "failed: run " + number + " ended at " + run.finished_at +
                      ", which is still to come: is this machine's clock right, and was it then?";
    return verdict;
  }
  const std::int64_t age = std::max<std::int64_t>(0, now - ended) / kMicrosPerSecond;
  const std::string well =
      "run " + number + " ended well at " + run.finished_at + ", " + rough_duration(age) + " ago";
  verdict.is_met = age <= within_seconds;
  verdict.message = verdict.is_met
                        ? "ok: " + well + undone
                        : "late: " + well + ", and one is expected within " +
                              rough_duration(within_seconds) + undone + going_on(running);
  return verdict;
}

RunVerdict check_expectation(const HubConfig& config, std::int64_t within_seconds,
                             std::int64_t now) {
  try {
    Database database(config.store, Database::Mode::view);
    require_current_schema(database);
    return check_expectation(database, within_seconds, now);
  } catch (const Error& error) {
    RunVerdict verdict;
    verdict.message = "failed: the store cannot be read";
    verdict.reason = config.secrets.mask(error.what());
    return verdict;
  }
}

}  // namespace cdh
