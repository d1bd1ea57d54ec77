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

// Whether any of them is one that the stream's key or mapping reads.
bool are_of(const StreamConfig& stream, const std::vector<Column>& columns) {
  const auto is_there = [&](const std::string& name) { return has(columns, name); };
  const auto is_read = [&](const FieldMapping& field) { return is_there(field.value.from); };
  return std::ranges::any_of(stream.key, is_there) ||
         std::ranges::any_of(stream.map, [&](const EntityMapping& mapping) {
           return std::ranges::any_of(mapping.fields, is_read) ||
                  std::ranges::any_of(mapping.contacts, [&](const ContactMapping& contact) {
                    return std::ranges::any_of(contact.fields, is_read);
                  });
         });
}

}  // namespace

Batch apply_whole(Transform& transform, const StreamConfig& stream, std::size_t number,
                  const Batch& in) {
  try {
    return transform.apply(in);
  } catch (const Error& error) {
    const std::vector<Column> columns = in.columns();
    if (!names_a_lack(error, columns)) throw;
    std::string message = message_of(error.field(), stream.transforms[number], "there is no field");
    if (are_of(stream, columns)) {
      message += suggestion(error.field(), names_of(columns));
    } else {
      message += "; nor is any that the mapping reads: see `cdh discover`";
    }
    throw Error(ErrorKind::config, std::move(message), error.field());
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
