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

// What the event's ref leads to, if that has arrived. Without a word in the mapping it is the first
// that fits of the same record.
std::optional<std::int64_t> find_target(const RecordWithEvents& record, const MappedEntity& event,
                                        const RefSpec& spec, const TargetFinder& targets) {
  const MappedRef* ref = find_mapped_ref(event, spec.name);
  if (ref != nullptr && !ref->stream.empty()) {
    return targets.find(stream_of(targets, record, *ref), ref->key, spec.target, ref->as);
  }
  const auto place = find_place(record.mapped, spec.target, ref != nullptr ? ref->as : "");
  return place ? std::optional(entity_id(record.id, *place)) : std::nullopt;
}

std::vector<std::int64_t> find_targets(const RecordWithEvents& record, const MappedEntity& event,
                                       const TargetFinder& targets) {
  std::vector<std::int64_t> found;
  for (const RefSpec& spec : entity(event.entity).refs) {
    found.push_back(find_target(record, event, spec, targets).value_or(0));
  }
  return found;
}

void publish_event(const RecordWithEvents& record, const MappedEntity& event, std::size_t place,
                   const TargetFinder& targets, Publication& publication) {
  PublishedEvent out;
  out.id = entity_id(record.id, place);
  out.entity = &event;
  out.updated_at = record.updated_at;
  out.refs = find_targets(record, event, targets);
  const EntitySpec& spec = entity(event.entity);
  for (std::size_t i = 0; i < spec.refs.size(); ++i) {
    const MappedRef* ref = find_mapped_ref(event, spec.refs[i].name);
    if (out.refs[i] != 0 || ref == nullptr || ref->stream.empty()) continue;
    publication.add(UnresolvedRef{out.id, ref->name, std::string(spec.name),
                                  stream_of(targets, record, *ref), ref->key, ref->as});
  }
  publication.add(out);
}

std::vector<RecordWithEvents> load_chunk(Database& database, TargetFinder& targets,
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
  return records;
}

// Calls visit(record, event, place, targets) for each event of the records.
template <typename Visit>
void for_each_event(Database& database, const std::vector<std::int64_t>& record_ids,
                    Visit&& visit) {
  if (record_ids.empty()) return;
  std::map<std::int64_t, StreamName> streams;
  for (StreamName& stream : stream_names(database)) streams.emplace(stream.id, std::move(stream));
  TargetFinder targets(database);
  for (std::size_t begin = 0; begin < record_ids.size(); begin += kChunk) {
    const std::size_t end = std::min(record_ids.size(), begin + kChunk);
    const std::vector<std::int64_t> chunk(record_ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                          record_ids.begin() + static_cast<std::ptrdiff_t>(end));
    for (const RecordWithEvents& record : load_chunk(database, targets, chunk, streams)) {
      std::size_t place = 0;
      for (const MappedEntity& mapped : record.mapped.entities) {
        const EntityRole role = entity(mapped.entity).role;
        if (role == EntityRole::event) visit(record, mapped, place, targets);
        if (role != EntityRole::contact) ++place;
      }
    }
    targets.forget();
  }
}

}  // namespace

void publish_events(Database& database, Publication& publication,
                    const std::vector<std::int64_t>& record_ids) {
  for_each_event(database, record_ids,
                 [&](const RecordWithEvents& record, const MappedEntity& event, std::size_t place,
                     const TargetFinder& targets) {
                   publish_event(record, event, place, targets, publication);
                 });
}

std::vector<std::int64_t> records_with_moved_refs(Database& database, Publication& publication,
                                                  const std::vector<std::int64_t>& record_ids) {
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> published;  // by event
  std::vector<std::int64_t> referring;
  for (EventRefs& event : publication.events_that_refer_to(record_ids)) {
    referring.push_back(record_of(event.event_id));
    published.emplace(event.event_id, std::move(event.refs));
  }
  std::sort(referring.begin(), referring.end());
  referring.erase(std::unique(referring.begin(), referring.end()), referring.end());
  std::vector<std::int64_t> moved;
  for_each_event(database, referring,
                 [&](const RecordWithEvents& record, const MappedEntity& event, std::size_t place,
                     const TargetFinder& targets) {
                   const auto before = published.find(entity_id(record.id, place));
                   if (before == published.end()) return;
                   if (before->second == find_targets(record, event, targets)) return;
                   if (moved.empty() || moved.back() != record.id) moved.push_back(record.id);
                 });
  return moved;
}

std::vector<UnresolvedRef> resolve_waiting_refs(Database& database, Publication& publication) {
  publication.flush();
  std::vector<UnresolvedRef> refs = unresolved_refs(database);
  TargetFinder targets(database);
  for (const UnresolvedRef& ref : refs) targets.want(ref.stream_id, ref.source_key);
  targets.look_up();
  std::erase_if(refs, [&](const UnresolvedRef& ref) {
    const RefSpec* spec = find_ref(ref.entity, ref.ref);
    if (spec == nullptr) return false;
    const auto target = targets.find(ref.stream_id, ref.source_key, spec->target, ref.name);
    if (target) publication.resolve(ref, *target);
    return target.has_value();
  });
  return refs;
}

}  // namespace cdh
