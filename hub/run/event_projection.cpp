#include "hub/run/event_projection.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

constexpr std::size_t kChunk = 5'000;

bool fits(EntityId candidate, std::string_view target) {
  const EntitySpec& spec = entity(candidate);
  return target == "party" ? spec.role == EntityRole::party : spec.name == target;
}

// The place, among the non-contacts, of the entity that a ref means; nothing when there is none.
std::optional<std::size_t> find_place(const MappedRecord& record, std::string_view target,
                                      std::string_view as) {
  std::size_t place = 0;
  for (const MappedEntity& candidate : record.entities) {
    if (entity(candidate.entity).role == EntityRole::contact) continue;
    if (fits(candidate.entity, target) && (as.empty() || candidate.as == as)) return place;
    ++place;
  }
  return std::nullopt;
}

const RefSpec* find_ref(std::string_view entity_name, std::string_view ref) {
  for (const RefSpec& spec : entity(find_entity(entity_name)).refs) {
    if (spec.name == ref) return &spec;
  }
  return nullptr;
}

// Finds records by stream and key, many at a time.
class TargetFinder {
 public:
  explicit TargetFinder(Database& database) : database_(database) {
    for (const StreamName& stream : stream_names(database)) {
      streams_[{stream.source, stream.stream}] = stream.id;
    }
  }

  // 0 when the stream has never been read.
  std::int64_t stream_id(const std::string& source, const std::string& stream) const {
    const auto at = streams_.find({source, stream});
    return at != streams_.end() ? at->second : 0;
  }

  void want(std::int64_t stream, const std::string& key) { wanted_[stream].push_back(key); }

  void look_up() {
    for (auto& [stream, keys] : wanted_) {
      std::sort(keys.begin(), keys.end());
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      for (std::size_t begin = 0; begin < keys.size(); begin += kChunk) {
        const std::size_t end = std::min(keys.size(), begin + kChunk);
        look_up(stream, {keys.begin() + static_cast<std::ptrdiff_t>(begin),
                         keys.begin() + static_cast<std::ptrdiff_t>(end)});
      }
    }
    wanted_.clear();
  }

  // The id of the entity meant, if its record has arrived.
  std::optional<std::int64_t> find(std::int64_t stream, const std::string& key,
                                   std::string_view target, std::string_view as) const {
    const auto at = found_.find({stream, key});
    if (at == found_.end()) return std::nullopt;
    const auto place = find_place(at->second.second, target, as);
    return place ? std::optional(entity_id(at->second.first, *place)) : std::nullopt;
  }

  void forget() { found_.clear(); }

 private:
  void look_up(std::int64_t stream, const std::vector<std::string>& keys) {
    std::string marks;
    for (std::size_t i = 0; i < keys.size(); ++i) marks += i == 0 ? "?" : ",?";
    const auto rows = database_.query_text(
        "SELECT source_key, id, mapped FROM source_record WHERE stream_id = " +
            std::to_string(stream) + " AND source_key IN (" + marks + ") AND gone_run IS NULL",
        keys);
    while (rows->next()) {
      found_[{stream, std::string(rows->text(0))}] = {rows->integer(1),
                                                      mapped_record_from_json(rows->text(2))};
    }
  }

  Database& database_;
  std::map<std::pair<std::string, std::string>, std::int64_t> streams_;
  std::map<std::int64_t, std::vector<std::string>> wanted_;
  std::map<std::pair<std::int64_t, std::string>, std::pair<std::int64_t, MappedRecord>> found_;
};

struct RecordWithEvents {
  std::int64_t id;
  std::string source;
  std::optional<std::int64_t> updated_at;
  MappedRecord mapped;
};

const MappedRef* find_mapped_ref(const MappedEntity& event, std::string_view name) {
  for (const MappedRef& ref : event.refs) {
    if (ref.name == name) return &ref;
  }
  return nullptr;
}

std::int64_t stream_of(const TargetFinder& targets, const RecordWithEvents& record,
                       const MappedRef& ref) {
  return targets.stream_id(ref.source.empty() ? record.source : ref.source, ref.stream);
}

void publish_event(const RecordWithEvents& record, const MappedEntity& event, std::size_t place,
                   const TargetFinder& targets, Publication& publication) {
  PublishedEvent out;
  out.id = entity_id(record.id, place);
  out.entity = &event;
  out.updated_at = record.updated_at;
  for (const RefSpec& spec : entity(event.entity).refs) {
    const MappedRef* ref = find_mapped_ref(event, spec.name);
    std::optional<std::int64_t> target;
    if (ref == nullptr || ref->stream.empty()) {
      // Of the same record; without a word in the mapping, the first that fits.
      const auto at = find_place(record.mapped, spec.target, ref != nullptr ? ref->as : "");
      if (at) target = entity_id(record.id, *at);
    } else {
      const std::int64_t stream = stream_of(targets, record, *ref);
      target = targets.find(stream, ref->key, spec.target, ref->as);
      if (!target) {
        publication.add(UnresolvedRef{out.id, ref->name, std::string(entity(event.entity).name),
                                      stream, ref->key, ref->as});
      }
    }
    out.refs.push_back(target.value_or(0));
  }
  publication.add(out);
}

void publish_chunk(Database& database, Publication& publication, TargetFinder& targets,
                   const std::vector<std::int64_t>& record_ids,
                   const std::map<std::int64_t, StreamName>& streams) {
  std::vector<RecordWithEvents> records;
  RecordReader reader = RecordReader::of(database, record_ids);
  while (const auto stored = reader.next()) {
    records.push_back({stored->id, streams.at(stored->stream_id).source, stored->updated_at,
                       mapped_record_from_json(stored->mapped)});
    for (const MappedEntity& mapped : records.back().mapped.entities) {
      for (const MappedRef& ref : mapped.refs) {
        if (!ref.stream.empty()) targets.want(stream_of(targets, records.back(), ref), ref.key);
      }
    }
  }
  targets.look_up();
  for (const RecordWithEvents& record : records) {
    std::size_t place = 0;
    for (const MappedEntity& mapped : record.mapped.entities) {
      const EntityRole role = entity(mapped.entity).role;
      if (role == EntityRole::event) publish_event(record, mapped, place, targets, publication);
      if (role != EntityRole::contact) ++place;
    }
  }
  targets.forget();
}

}  // namespace

void publish_events(Database& database, Publication& publication,
                    const std::vector<std::int64_t>& record_ids) {
  if (record_ids.empty()) return;
  std::map<std::int64_t, StreamName> streams;
  for (StreamName& stream : stream_names(database)) streams.emplace(stream.id, std::move(stream));
  TargetFinder targets(database);
  for (std::size_t begin = 0; begin < record_ids.size(); begin += kChunk) {
    const std::size_t end = std::min(record_ids.size(), begin + kChunk);
    publish_chunk(database, publication, targets,
                  {record_ids.begin() + static_cast<std::ptrdiff_t>(begin),
                   record_ids.begin() + static_cast<std::ptrdiff_t>(end)},
                  streams);
  }
}

void resolve_waiting_refs(Database& database, Publication& publication) {
  publication.flush();
  const std::vector<UnresolvedRef> refs = unresolved_refs(database);
  TargetFinder targets(database);
  for (const UnresolvedRef& ref : refs) targets.want(ref.stream_id, ref.source_key);
  targets.look_up();
  for (const UnresolvedRef& ref : refs) {
    const RefSpec* spec = find_ref(ref.entity, ref.ref);
    if (spec == nullptr) continue;
    if (const auto target = targets.find(ref.stream_id, ref.source_key, spec->target, ref.name)) {
      publication.resolve(ref, *target);
    }
  }
}

}  // namespace cdh
