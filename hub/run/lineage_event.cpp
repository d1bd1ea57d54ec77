#include "hub/run/lineage_event.hpp"

#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/base/uuid.hpp"
#include "hub/run/http_post.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kProducer = "urn:cdh:" CDH_VERSION;
constexpr const char* kSchema =
    "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
constexpr const char* kErrorSchema =
    "https://openlineage.io/spec/facets/1-0-0/ErrorMessageRunFacet.json"
    "#/$defs/ErrorMessageRunFacet";
constexpr const char* kStatisticsSchema =
    "https://openlineage.io/spec/facets/1-0-1/OutputStatisticsOutputDatasetFacet.json"
    "#/$defs/OutputStatisticsOutputDatasetFacet";

Json event_of(const char* type, const std::string& run_id, const LineageEventsConfig& config,
              std::int64_t now) {
  return {{"eventType", type},
          {"eventTime", format_instant(now)},
          {"run", {{"runId", run_id}, {"facets", Json::object()}}},
          {"job", {{"namespace", config.job_namespace}, {"name", "consolidation"}}},
          {"inputs", Json::array()},
          {"outputs", Json::array()},
          {"producer", kProducer},
          {"schemaURL", kSchema}};
}

const char* type_of(RunExit exit) {
  switch (exit) {
    case RunExit::done:
    case RunExit::newly_quarantined:
    case RunExit::source_failed:
      return "COMPLETE";
    case RunExit::stopped:
      return "ABORT";
    default:
      return "FAIL";
  }
}

// Whole or not at all, and mostly in one write. Returns 0 or the reason.
int append(int file, std::string_view line) {
  const off_t before = ::lseek(file, 0, SEEK_END);
  off_t written = 0;
  int why = 0;
  while (why == 0 && written < static_cast<off_t>(line.size())) {
    const ssize_t more = ::write(file, line.data() + written, line.size() - written);
    if (more > 0) {
      written += more;
    } else if (more == 0 || errno != EINTR) {
      why = more == 0 ? ENOSPC : errno;
    }
  }
  // A full disk takes a part of it, and then says so.
  const bool is_last = before >= 0 && ::lseek(file, 0, SEEK_END) == before + written;
  if (why != 0 && written > 0 && is_last && ::ftruncate(file, before) != 0) why = errno;
  return why;
}

// A pipe that nobody reads is a failure instead of being waited for.
void append_line(const std::filesystem::path& path, const std::string& line) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0644);
  const int why = file < 0 ? errno : append(file, line);
  if (file >= 0) ::close(file);
  if (why == 0) return;
  throw Error(ErrorKind::config, "cannot write " + path.string() + ": " + std::strerror(why));
}

}  // namespace

LineageEvents::LineageEvents(const LineageEventsConfig& config, std::int64_t now)
    : config_(config), run_id_(UuidMint().next(now)) {}

void LineageEvents::start(std::int64_t now) {
  send(event_of("START", run_id_, config_, now)
           .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void LineageEvents::end(const std::optional<RunEntry>& run, RunExit exit, std::int64_t now) {
  Json event = event_of(type_of(exit), run_id_, config_, now);
  if (std::string_view(type_of(exit)) != "COMPLETE") {
    const std::string number = run ? " " + std::to_string(run->id) : "";
    event["run"]["facets"]["errorMessage"] = {
        {"_producer", kProducer},
        {"_schemaURL", kErrorSchema},
        {"message", exit == RunExit::stopped ? "a safety limit stopped run" + number
                                             : "run" + number + " failed"},
        {"programmingLanguage", "C++"}};
  }
  if (run) {
    for (const RunSource& source : run->sources) {
      event["inputs"].push_back(
          {{"namespace", config_.job_namespace}, {"name", source.source + "/" + source.stream}});
    }
    const std::int64_t written = run->profiles.created + run->profiles.changed;
    event["outputs"].push_back({{"namespace", config_.job_namespace},
                                {"name", "profile"},
                                {"outputFacets",
                                 {{"outputStatistics",
                                   {{"_producer", kProducer},
                                    {"_schemaURL", kStatisticsSchema},
                                    {"rowCount", written}}}}}});
  }
  send(event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void LineageEvents::send(const std::string& event) const {
  if (config_.target) {
    post_json(*config_.target, event);
  } else {
    append_line(config_.file, event + "\n");
  }
}

}  // namespace cdh
