// What a connector is.
// Part of plugin.hpp: include that.
#ifndef CDH_CONNECTOR_HPP
#define CDH_CONNECTOR_HPP

#include <string>
#include <vector>

#include <cdh/batch_builder.hpp>

namespace cdh {

struct Stream {
  std::string name;
  std::string description;
  Schema schema;
  std::vector<std::string> key = {};
  bool incremental = false;
  bool open = false;  // later records may have fields that the schema does not list
};

struct ReadRequest {
  std::string stream;
  std::string resume_state;  // empty: from the beginning
  std::size_t max_rows = 0;
};

// Calls on one instance never overlap; only cancel() may come at any time, from any thread.
class Connector {
 public:
  virtual ~Connector() = default;
  // Throws when the source cannot be reached and read. The default reads the stream list.
  virtual void check() { discover(); }
  virtual std::vector<Stream> discover() = 0;
  virtual void start(const ReadRequest& request) = 0;
  // Fills the next batch; false at the end of the stream (the batch is then ignored).
  virtual bool read(BatchBuilder& out) = 0;
  virtual void cancel() noexcept {}
};

}  // namespace cdh

#endif
