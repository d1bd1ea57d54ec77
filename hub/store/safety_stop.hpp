// Streams that a safety limit stopped. What was read of one since is landed and must not reach the
// profiles, by any run or act, until the stream was read whole again or somebody agrees.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

struct StoppedStream {
  std::int64_t stream_id = 0;
  std::string source;
  std::string stream;
  std::int64_t run_id = 0;  // that was stopped
};

// By source and stream.
std::vector<StoppedStream> stopped_streams(Database& database);

void note_stopped(Database& database, std::int64_t stream_id, std::int64_t run_id);
void forget_stopped(Database& database, std::int64_t stream_id);
void forget_all_stopped(Database& database);

}  // namespace cdh
