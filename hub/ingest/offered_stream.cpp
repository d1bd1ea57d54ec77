#include "hub/ingest/offered_stream.hpp"

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"

namespace cdh {

const StreamInfo& find_stream(const std::vector<StreamInfo>& offered, const StreamConfig& config) {
  std::vector<std::string_view> names;
  for (const StreamInfo& stream : offered) {
    if (stream.name == config.name) return stream;
    names.push_back(stream.name);
  }
  throw Error(ErrorKind::config, to_text(config.where) + ": the source has no stream \"" +
                                     config.name + "\"" + suggestion(config.name, names));
}

}  // namespace cdh
