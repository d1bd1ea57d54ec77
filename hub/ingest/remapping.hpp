// A changed pipeline maps the stored records anew: those that the read before it did not bring.
#pragma once

#include <cstdint>
#include <string>

#include "hub/config/hub_config.hpp"
#include "hub/ingest/stream_reader.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/store/database.hpp"

namespace cdh {

struct RemapResult {
  std::int64_t remapped = 0;  // records mapped anew, whatever became of them
  std::int64_t gone = 0;      // of these, no longer made of what is stored: filtered, another key
  std::int64_t newly_quarantined = 0;
  std::int64_t unreadable = 0;  // keep the mapping of before: their raw form does not come back
  // Not empty: it ended here, because; nothing of it may be kept. `stop`: it makes fewer records than
  // the safety limit allows.
  std::string failure, stop;
};

// Maps the stream's present records that another pipeline made, out of their stored raw form, and
// gives them to `sink`, a few thousand at a time. A record that is refused now keeps its last good
// version, and its entry in quarantine says why; while that stands, it is not tried again. After a
// failure or a stop, the caller takes back what it gave: then the next run begins anew, since a record is
// left to do until the present pipeline has made it.
//
// Called when the stream was read to its end and all of that was written, by the thread that
// writes. Throws Error(store) only.
RemapResult remap_stored(Database& database, const SourceConfig& source, StreamTask& task,
                         PluginRegistry& plugins, IdCounters& ids, const StreamReader::Sink& sink);

}  // namespace cdh
