#include "hub/store/link_reader.hpp"

namespace cdh {

LinkReader::LinkReader(Database& database) {
  for (StreamName& stream : stream_names(database)) {
    const std::int64_t id = stream.id;
    streams_.emplace(id, std::move(stream));
  }
  // LEFT JOIN keeps the links outside, so that they come by party id without being sorted.
  rows_ = database.query(
      "SELECT l.party_id, l.profile_id, r.stream_id, r.source_key, l.name, l.joined_to "
      "FROM link l LEFT JOIN source_record r ON r.id = " +
      record_of_sql("l.party_id") + " ORDER BY l.party_id");
}

std::optional<StoredLink> LinkReader::next() {
  if (!rows_->next()) return std::nullopt;
  StoredLink link;
  link.party_id = rows_->integer(0);
  link.profile_id = rows_->integer(1);
  link.stream = &streams_.at(rows_->integer(2));
  link.source_key = rows_->text(3);
  link.as = rows_->text(4);
  if (!rows_->is_null(5)) link.joined_to = rows_->integer(5);
  return link;
}

std::string link_reason(Database& database, std::int64_t party_id) {
  const auto row = database.query("SELECT reason FROM link WHERE party_id = ?", {party_id});
  return row->next() ? std::string(row->text(0)) : std::string();
}

}  // namespace cdh
