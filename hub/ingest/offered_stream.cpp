#include "hub/ingest/offered_stream.hpp"

#include <algorithm>

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

std::vector<Column> absent_columns(const std::vector<Column>& offered,
                                   const std::vector<Column>& columns) {
  std::vector<Column> absent;
  for (const Column& column : offered) {
    const bool has = std::ranges::find(columns, column.name, &Column::name) != columns.end();
    if (!has) absent.push_back(column);
  }
  return absent;
}

}  // namespace cdh
