#include "hub/run/lineage_event.hpp"

#include <csignal>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/stat.h>

#include "hub/base/error.hpp"
#include "hub/base/time.hpp"
#include "hub/base/uuid.hpp"
#include "tests/run/http_listener.hpp"
#include "tests/run/told_entry.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
using Json = nlohmann::json;

const std::int64_t kBegin = parse_instant("2026-11-22T02:00:00Z").value();
const std::int64_t kEnd = parse_instant("2026-11-22T02:01:30Z").value();

class LineageEvent : public testing::Test {
 protected:
  // The events of a run that ended like this, in a file.
  std::vector<Json> events_of(const std::optional<RunEntry>& run, RunExit exit) {
    const LineageEventsConfig config{hub_.folder() / "events.jsonl", std::nullopt, "crm"};
    LineageEvents events(config, kBegin);
    events.start(kBegin);
    events.end(run, exit, kEnd);
    std::vector<Json> read;
    std::ifstream file(config.file);
    for (std::string line; std::getline(file, line);) read.push_back(Json::parse(line));
    return read;
  }

  TestHub hub_;
};

TEST_F(LineageEvent, ARunStartsAndCompletesAsOne) {
  const auto events = events_of(told_entry(), RunExit::source_failed);
  ASSERT_THAT(events, SizeIs(2));
  EXPECT_EQ(events[0]["eventType"], "START");
  EXPECT_EQ(events[0]["eventTime"], "2026-11-22T02:00:00Z");
  EXPECT_EQ(events[1]["eventType"], "COMPLETE");
  EXPECT_EQ(events[1]["eventTime"], "2026-11-22T02:01:30Z");
  EXPECT_TRUE(is_uuid(events[0]["run"]["runId"].get<std::string>()));
  EXPECT_EQ(events[0]["run"]["runId"], events[1]["run"]["runId"]);
  EXPECT_EQ(events[0]["job"], Json::parse(R"({"namespace": "crm", "name": "consolidation"})"));
}

// What the schema asks of every RunEvent.
TEST_F(LineageEvent, HasWhatTheSchemaRequires) {
  for (const Json& event : events_of(told_entry(), RunExit::done)) {
    EXPECT_EQ(event["schemaURL"],
              "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
    EXPECT_THAT(event["producer"].get<std::string>(), HasSubstr("urn:cdh:"));
    EXPECT_TRUE(event["inputs"].is_array());
    EXPECT_TRUE(event["outputs"].is_array());
  }
}

TEST_F(LineageEvent, StreamsAreItsInputsAndProfilesItsOutput) {
  const Json end = events_of(told_entry(), RunExit::done).back();
  ASSERT_THAT(end["inputs"], SizeIs(2));
  EXPECT_EQ(end["inputs"][1], Json::parse(R"({"namespace": "crm", "name": "shop/orders"})"));
  EXPECT_EQ(end["outputs"][0]["name"], "profile");
  EXPECT_EQ(end["outputs"][0]["outputFacets"]["outputStatistics"]["rowCount"], 9);
}

TEST_F(LineageEvent, AStopIsAnAbortAndAFailureAFail) {
  const Json stop = events_of(told_entry(), RunExit::stopped).back();
  EXPECT_EQ(stop["eventType"], "ABORT");
  EXPECT_EQ(stop["run"]["facets"]["errorMessage"]["message"], "a safety limit stopped run 12");
  const Json failure = events_of(std::nullopt, RunExit::failed).back();
  EXPECT_EQ(failure["eventType"], "FAIL");
  EXPECT_EQ(failure["run"]["facets"]["errorMessage"]["programmingLanguage"], "C++");
}

TEST_F(LineageEvent, IsPostedToAService) {
  const HttpListener service(201);
  const LineageEventsConfig config{{}, HttpTarget{service.url("/api/v1/lineage"), {}}, "crm"};
  LineageEvents(config, kBegin).start(kBegin);
  ASSERT_THAT(service.requests(), SizeIs(1));
  EXPECT_EQ(service.requests()[0].path, "/api/v1/lineage");
  EXPECT_EQ(Json::parse(service.requests()[0].body)["eventType"], "START");
}

// A disk that is full in the middle of a line, by way of the largest file that the process may write.
TEST_F(LineageEvent, HalfALineIsTakenBack) {
  const LineageEventsConfig config{hub_.folder() / "events.jsonl", std::nullopt, "crm"};
  LineageEvents events(config, kBegin);
  events.start(kBegin);
  const auto size = std::filesystem::file_size(config.file);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit full{size + 10, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  std::string failure;
  try {
    events.end(told_entry(), RunExit::done, kEnd);
  } catch (const Error& error) {
    failure = error.what();
  }
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(failure, HasSubstr("events.jsonl: File too large"));
  EXPECT_EQ(std::filesystem::file_size(config.file), size);
}

TEST_F(LineageEvent, APipeThatNobodyReadsIsNotWaitedFor) {
  const LineageEventsConfig config{hub_.folder() / "pipe", std::nullopt, "crm"};
  ASSERT_EQ(::mkfifo(config.file.c_str(), 0600), 0);
  EXPECT_THROW(LineageEvents(config, kBegin).start(kBegin), Error);
}

TEST_F(LineageEvent, AFileThatCannotBeWrittenIsNamed) {
  const LineageEventsConfig config{hub_.folder() / "nowhere" / "e.jsonl", std::nullopt, "crm"};
  try {
    LineageEvents(config, kBegin).start(kBegin);
    FAIL() << "there is no such folder";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nowhere/e.jsonl: No such file or directory"));
  }
}

}  // namespace
}  // namespace cdh
