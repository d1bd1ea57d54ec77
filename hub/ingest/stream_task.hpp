// What the store knew of a stream when the run began, and what the reader of it is to do.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/config/hub_config.hpp"
#include "hub/plugin_host/plugin.hpp"
#include "hub/store/known_records.hpp"
#include "hub/store/landing.hpp"

namespace cdh {

// Hands out new row ids to all readers.
struct IdCounters {
  std::atomic<std::int64_t> record{0}, quarantine{0}, pipeline{0};  // the last one given
};

struct StreamTask {
  const StreamConfig* config = nullptr;
  std::int64_t stream_id = 0;
  ReadMode mode = ReadMode::full;
  StreamLimits limits;
  bool accept_changes = false;  // beyond every limit, it is right
  std::int64_t now = 0;         // the run's own time, in microseconds: what is after it is to come
  bool anew = false;            // what earlier reads brought has no say: RowFacts::anew
  std::vector<std::string> default_key;
  std::vector<Column> offered;  // the stream's columns, as its connector lists them
  bool open = false;            // there may come others
  std::uint64_t pipeline_fingerprint = 0;
  StreamState state;         // of the last read
  std::string resume_state;  // to go on from
  KnownRecords records;
  KnownQuarantine quarantine;
  std::vector<StoredPipeline> pipelines;
};

}  // namespace cdh
