#include "tests/run/customer_dump.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

#include "hub/merge/lineage.hpp"
#include "hub/run/party_set.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/profile_view.hpp"
#include "hub/store/publication.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/relation.hpp"
#include "hub/store/review_items.hpp"

namespace cdh {

namespace {

constexpr std::size_t kAllRelations = 1'000'000;

class Dump {
 public:
  explicit Dump(Database& database) : database_(database) {
    for (StreamName& stream : stream_names(database)) streams_[stream.id] = std::move(stream);
    RecordReader records = RecordReader::all(database);
    while (const auto record = records.next()) {
      const StreamName& stream = streams_.at(record->stream_id);
      record_names_[record->id] =
          stream.source + "/" + stream.stream + "/" + std::string(record->source_key);
    }
    const auto links = database.query(
        "SELECT l.party_id, l.name, p.uuid FROM link l JOIN profile p ON p.id = l.profile_id");
    while (links->next()) {
      const std::string& name = party_names_[links->integer(0)] =
          record_names_.at(record_of(links->integer(0))) + "/" + std::string(links->text(1));
      std::string& first = profile_names_[std::string(links->text(2))];
      if (first.empty() || name < first) first = name;
    }
  }

  std::vector<std::string> lines() {
    for (const ProfileRow& profile : all_profiles(database_)) add_profile(profile);
    for (const EntitySpec& spec : entities()) {
      if (spec.role == EntityRole::event) add_events(spec);
    }
    for (const ReviewItem& item : review_items(database_)) {
      lines_.push_back("review: " + party(item.party_a) + " and " + party(item.party_b) + " " +
                       std::to_string(item.score) + " " + item.reason);
    }
    for (const UnresolvedRef& ref : unresolved_refs(database_)) {
      const StreamName& stream = streams_.at(ref.stream_id);
      lines_.push_back("waiting: " + ref.entity + " " + record_names_.at(record_of(ref.event_id)) +
                       " for its " + ref.ref + " " + stream.source + "/" + stream.stream + "/" +
                       ref.source_key);
    }
    std::sort(lines_.begin(), lines_.end());
    return std::move(lines_);
  }

 private:
  // A party that no profile holds must not be mentioned anywhere.
  std::string party(std::int64_t id) const {
    const auto at = party_names_.find(id);
    return at != party_names_.end() ? at->second : "no such party";
  }

  static std::string text_of(const NamedValues& values) {
    std::string text;
    for (const auto& [name, value] : values) text += " " + name + "=" + value;
    return text;
  }

  void add_profile(const ProfileRow& profile) {
    const ProfileView view = view_profile(database_, profile.uuid, 0).value();
    const Lineage lineage = Lineage::parse(view.lineage);
    const std::string name = party(view.members.front().party_id) + ": ";
    const auto from = [&](const std::string& value, std::size_t place = 0) {
      const Origin origin = lineage.origin_of(value, place);
      return " <- " + party(origin.party_id) + " " + std::string(name_of(origin.rule));
    };
    lines_.push_back(name + view.party_type + " \"" + view.display_name + "\" " + view.ext);
    for (const auto& [field, value] : view.values) {
      lines_.push_back(name + field + "=" + value + from(field));
    }
    std::map<std::string, std::size_t> places;
    for (const ViewedContact& contact : view.contacts) {
      const std::size_t place = places[contact.entity]++;
      lines_.push_back(name + contact.entity + " #" + std::to_string(place) +
                       text_of(contact.values) + from(contact.entity, place));
    }
    for (const ViewedConsent& consent : view.consents) {
      lines_.push_back(name + "consent " + consent.purpose + "/" + consent.channel + " " +
                       consent.permission + " <- " + consent.source + "/" + consent.source_key +
                       " " + consent.rule);
    }
    for (ViewedRelation& relation : relations_of(database_, profile.id, kAllRelations)) {
      std::ranges::sort(relation.records);  // the store has them in the order of their row ids
      std::string line = name + relation.relation + " " + profile_names_.at(relation.other) +
                         text_of(relation.values) + " " + relation.household;
      for (const std::string& record : relation.records) line += " <- " + record;
      lines_.push_back(std::move(line));
    }
    for (const ViewedMember& member : view.members) {
      lines_.push_back(name + "member " + party(member.party_id) +
                       (member.joined_to != 0 ? " joined " + party(member.joined_to) : "") + " " +
                       member.reason);
    }
  }

  void add_events(const EntitySpec& spec) {
    std::string columns = "id";
    for (const RefSpec& ref : spec.refs) columns += ", " + std::string(ref.name) + "_id";
    for (const FieldSpec& field : spec.fields) columns += ", " + std::string(field.name);
    const auto rows = database_.query("SELECT " + columns + " FROM " + std::string(spec.name));
    while (rows->next()) {
      const std::int64_t id = rows->integer(0);
      std::string line = std::string(spec.name) + " " + record_names_.at(record_of(id)) + "+" +
                         std::to_string(id % kIdsPerRecord);
      int column = 1;
      for (const RefSpec& ref : spec.refs) {
        line += " " + std::string(ref.name) + "=";
        if (!rows->is_null(column)) line += target(ref, rows->integer(column));
        ++column;
      }
      for (const FieldSpec& field : spec.fields) {
        if (!rows->is_null(column)) {
          line += " " + std::string(field.name) + "=" + std::string(rows->text(column));
        }
        ++column;
      }
      lines_.push_back(line);
    }
  }

  std::string target(const RefSpec& ref, std::int64_t id) const {
    const EntityId target_id = find_entity(ref.target);
    const bool is_event = target_id != kNoEntity && entity(target_id).role == EntityRole::event;
    return is_event ? record_names_.at(record_of(id)) : party(id);
  }

  Database& database_;
  std::map<std::int64_t, StreamName> streams_;
  std::map<std::int64_t, std::string> record_names_, party_names_;
  std::map<std::string, std::string> profile_names_;  // by UUID: of the first of its parties
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> customer_dump(Database& database) { return Dump(database).lines(); }

std::string difference(const std::vector<std::string>& expected,
                       const std::vector<std::string>& actual) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> missing, surplus;
  std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(),
                      std::back_inserter(missing));
  std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  std::string text;
  for (std::size_t i = 0; i < std::min(missing.size(), kMost); ++i) {
    text += "- " + missing[i] + "\n";
  }
  for (std::size_t i = 0; i < std::min(surplus.size(), kMost); ++i) {
    text += "+ " + surplus[i] + "\n";
  }
  return text;
}

}  // namespace cdh
