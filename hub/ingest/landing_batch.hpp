// What a stream's reader hands to the thread that writes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/store/landing.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

// What is written in one transaction.
struct LandingBatch {
  std::size_t stream = 0;  // index of the stream among those of the run
  std::vector<StoredPipeline> pipelines;
  std::vector<LandedRecord> records;
  std::vector<QuarantinedRecord> quarantined;
  std::vector<std::int64_t> no_longer_quarantined;
  std::vector<GoneRecord> gone;
  StreamCounts counts;       // so far in this read
  std::string resume_state;  // empty: none
  std::string fields;        // StreamState::fields from then on, with a resume state or the end
  bool end = false;          // the stream was read completely
  std::string note;          // with `end`: what the administrator should know
  std::string failure;       // not empty: reading ended here, because
  std::string stop;          // not empty: it was read, but lost more than the safety limit allows

  // Nothing of it is to be written.
  bool is_empty() const {
    return pipelines.empty() && records.empty() && quarantined.empty() &&
           no_longer_quarantined.empty() && gone.empty() && resume_state.empty() && !end;
  }
};

}  // namespace cdh
