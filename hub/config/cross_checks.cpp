#include "hub/config/cross_checks.hpp"

#include <algorithm>
#include <set>

#include "hub/base/text.hpp"
#include "hub/model/mapped_record.hpp"

namespace cdh {

namespace {

template <class Range>
std::vector<std::string_view> names_of(const Range& range) {
  std::vector<std::string_view> names;
  for (const auto& item : range) names.push_back(item.name);
  return names;
}

template <class Range>
auto find_by_name(const Range& range, std::string_view name) -> const typename Range::value_type* {
  const auto found =
      std::find_if(range.begin(), range.end(), [&](const auto& item) { return item.name == name; });
  return found == range.end() ? nullptr : &*found;
}

std::string in_quotes(std::string_view name) { return "\"" + std::string(name) + "\""; }

const RefSpec& ref_spec(EntityId id, std::string_view name) {
  const auto refs = entity(id).refs;
  return *std::find_if(refs.begin(), refs.end(),
                       [&](const RefSpec& ref) { return ref.name == name; });
}

bool fits(EntityId id, const RefSpec& ref) {
  const EntitySpec& spec = entity(id);
  return ref.target == "party" ? spec.role == EntityRole::party : spec.name == ref.target;
}

std::string target_name(const RefSpec& ref) {
  return ref.target == "party" ? "person or organization" : std::string(ref.target);
}

// The checks of one reference, told at its place.
class ReferenceCheck {
 public:
  ReferenceCheck(const HubConfig& config, const SourceConfig& source, const StreamConfig& stream,
                 ConfigFaults& faults)
      : config_(config), source_(source), stream_(stream), faults_(faults) {}

  void check(const RefMapping& ref, const RefSpec& spec) {
    if (ref.stream.empty() ? ref.as.empty() || !ref.key.empty() || !ref.source.empty()
                           : ref.key.empty()) {
      return fault(ref, "needs stream and key for another record, or as for the same record");
    }
    if (const StreamConfig* target = target_stream(ref)) check_entity(ref, spec, *target);
  }

 private:
  void fault(const RefMapping& ref, const std::string& message) {
    faults_.add(ref.where, "reference " + ref.name + " " + message);
  }

  const StreamConfig* target_stream(const RefMapping& ref) {
    if (ref.stream.empty()) return &stream_;
    const SourceConfig* source = ref.source.empty() ? &source_ : config_.find_source(ref.source);
    if (source == nullptr) {
      fault(ref, "names an unknown source " + in_quotes(ref.source) +
                     suggestion(ref.source, names_of(config_.sources)));
      return nullptr;
    }
    const StreamConfig* stream = find_by_name(source->streams, ref.stream);
    if (stream == nullptr) {
      fault(ref, "names a stream " + in_quotes(ref.stream) + " that source " + source->name +
                     " does not have" + suggestion(ref.stream, names_of(source->streams)));
    }
    return stream;
  }

  void check_entity(const RefMapping& ref, const RefSpec& spec, const StreamConfig& target) {
    if (ref.as.empty()) {
      const bool any_fits =
          std::any_of(target.map.begin(), target.map.end(),
                      [&](const EntityMapping& mapping) { return fits(mapping.entity, spec); });
      if (!any_fits) fault(ref, "finds no " + target_name(spec) + " in stream " + target.name);
      return;
    }
    std::vector<std::string_view> known;
    for (const EntityMapping& mapping : target.map) {
      known.push_back(mapping.as);
      if (mapping.as != ref.as) continue;
      if (!fits(mapping.entity, spec)) {
        fault(ref, "must be a " + target_name(spec) + ", and " + in_quotes(ref.as) + " is not");
      }
      return;
    }
    fault(ref, "names an unknown as " + in_quotes(ref.as) + " in stream " + target.name +
                   suggestion(ref.as, known));
  }

  const HubConfig& config_;
  const SourceConfig& source_;
  const StreamConfig& stream_;
  ConfigFaults& faults_;
};

void check_stream(const HubConfig& config, const SourceConfig& source, const StreamConfig& stream,
                  ConfigFaults& faults) {
  if (stream.map.size() > kMaxEntitiesPerRecord) {
    faults.add(stream.map[kMaxEntitiesPerRecord].where,
               "stream " + stream.name + " maps a record to more than " +
                   std::to_string(kMaxEntitiesPerRecord) + " entities");
  }
  std::set<std::string_view> used;
  ReferenceCheck references(config, source, stream, faults);
  for (const EntityMapping& mapping : stream.map) {
    if (!used.insert(mapping.as).second) {
      faults.add(mapping.where, "stream " + stream.name + " maps " + in_quotes(mapping.as) +
                                    " twice; tell them apart by as");
    }
    for (const RefMapping& ref : mapping.refs) {
      references.check(ref, ref_spec(mapping.entity, ref.name));
    }
  }
}

void check_match(const HubConfig& config, ConfigFaults& faults) {
  const Setting* match = config.document.find("match");
  if (match == nullptr) return;
  if (config.match.review_score > config.match.link_score) {
    faults.add(match->where,
               "review_score must not be above link_score: what is linked needs no review");
  }
  const Setting* sources = match->find("one_per_source");
  if (sources == nullptr) return;
  for (const Setting& name : sources->items) {
    if (config.find_source(name.text) != nullptr) continue;
    faults.add(name.where, "one_per_source names an unknown source " + masked(name) +
                               suggestion(name.text, names_of(config.sources)));
  }
}

}  // namespace

void cross_check(const HubConfig& config, ConfigFaults& faults) {
  for (const SourceConfig& source : config.sources) {
    for (const StreamConfig& stream : source.streams) check_stream(config, source, stream, faults);
  }
  check_match(config, faults);
}

}  // namespace cdh
