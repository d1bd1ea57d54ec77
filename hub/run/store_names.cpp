#include "hub/run/store_names.hpp"

#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

std::string found(const std::unordered_map<std::int64_t, std::string>& names, std::int64_t id,
                  const char* otherwise) {
  const auto at = names.find(id);
  return at == names.end() ? otherwise : at->second;
}

}  // namespace

StoreNames::StoreNames(Database& database) {
  for (const StreamName& stream : stream_names(database)) {
    streams_[stream.id] = stream.source + "/" + stream.stream;
  }
  const auto records = database.query("SELECT id, stream_id, source_key FROM source_record");
  while (records->next()) {
    records_[records->integer(0)] =
        stream(records->integer(1)) + "/" + std::string(records->text(2));
  }
  const auto links = database.query(
      "SELECT l.party_id, l.name, p.uuid FROM link l JOIN profile p ON p.id = l.profile_id");
  while (links->next()) {
    const std::int64_t party = links->integer(0);
    const std::string& name = parties_[party] =
        record(record_of(party)) + "/" + std::string(links->text(1));
    std::string& first = profiles_[std::string(links->text(2))];
    if (first.empty() || name < first) first = name;
  }
  const auto aliases = database.query("SELECT alias, profile_uuid FROM profile_alias");
  while (aliases->next()) aliases_[std::string(aliases->text(0))] = aliases->text(1);
}

std::string StoreNames::stream(std::int64_t id) const { return found(streams_, id, "?"); }

std::string StoreNames::record(std::int64_t id) const {
  return found(records_, id, "no such record");
}

std::string StoreNames::party(std::int64_t id) const {
  return found(parties_, id, "no such party");
}

std::string StoreNames::profile(const std::string& uuid) const {
  const auto alias = aliases_.find(uuid);
  const auto at = profiles_.find(alias == aliases_.end() ? uuid : alias->second);
  return at == profiles_.end() ? "no profile" : at->second;
}

}  // namespace cdh
