#include "hub/ingest/lacked_fields.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"

namespace cdh {

namespace {

bool has(const std::vector<Column>& columns, const std::string& name) {
  return std::ranges::find(columns, name, &Column::name) != columns.end();
}

Batch with_column(const Batch& batch, const std::string& name) {
  std::vector<std::size_t> rows(batch.row_count());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return subset(batch, rows, {{name}});
}

std::vector<std::string_view> names_of(const std::vector<Column>& columns) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

std::string message_of(const std::string& name, const TransformConfig& config,
                       const std::string& problem) {
  const std::string place = to_text(config.where);
  return (place.empty() ? "" : place + ": ") + problem + " \"" + name + "\", which " +
         config.plugin + " reads";
}

// Whether the transform failed because its rows have no such field.
bool names_a_lack(const Error& error, const std::vector<Column>& columns) {
  return error.kind() == ErrorKind::config && !error.field().empty() &&
         !has(columns, error.field());
}

}  // namespace

Batch apply_whole(Transform& transform, const TransformConfig& config, const Batch& in) {
  try {
    return transform.apply(in);
  } catch (const Error& error) {
    const std::vector<Column> columns = in.columns();
    if (!names_a_lack(error, columns)) throw;
    throw Error(ErrorKind::config,
                message_of(error.field(), config, "there is no field") +
                    near_name(error.field(), names_of(columns)),
                error.field());
  }
}

std::vector<Column> LackedFields::beside(const std::vector<Column>& columns) {
  std::vector<Column> lacking;
  for (Field& field : fields_) {
    field.lacking = !has(columns, field.name);
    if (field.lacking) lacking.push_back({field.name});
  }
  return lacking;
}

Batch LackedFields::apply(Transform& transform, const TransformConfig& config, Batch& in) {
  while (true) {
    try {
      return transform.apply(in);
    } catch (const Error& error) {
      const std::vector<Column> columns = in.columns();
      const std::string& name = error.field();
      if (!names_a_lack(error, columns)) throw;
      fields_.push_back({name, message_of(name, config, "no record has a field") +
                                   suggestion(name, names_of(columns))});
      in = with_column(in, name);
    }
  }
}

std::vector<std::string> LackedFields::messages() const {
  std::vector<std::string> messages;
  for (const Field& field : fields_) {
    if (field.lacking) messages.push_back(field.message);
  }
  return messages;
}

}  // namespace cdh
