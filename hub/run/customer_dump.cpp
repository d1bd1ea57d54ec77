#include "hub/run/customer_dump.hpp"

#include <algorithm>
#include <cstdint>
#include <map>

#include "hub/merge/lineage.hpp"
#include "hub/run/dump_line.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/profile_view.hpp"
#include "hub/store/publication.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/relation.hpp"
#include "hub/store/review_items.hpp"

namespace cdh {

namespace {

constexpr std::size_t kAllRelations = 1'000'000;
constexpr std::size_t kProfilesPerRead = 1'000;

class CustomerDump {
 public:
  CustomerDump(Database& database, const StoreNames& names) : database_(database), names_(names) {}

  std::vector<std::string> lines() {
    add_profiles();
    for (const EntitySpec& spec : entities()) {
      if (spec.role == EntityRole::event) add_events(spec);
    }
    for (const ReviewItem& item : review_items(database_)) {
      lines_.push_back("review: " + party(item.party_a) + " and " + party(item.party_b) + " " +
                       std::to_string(item.score) + " " + item.reason);
    }
    for (const UnresolvedRef& ref : unresolved_refs(database_)) {
      lines_.push_back("waiting: " + ref.entity + " " + names_.record(record_of(ref.event_id)) +
                       " for its " + ref.ref + " " + names_.stream(ref.stream_id) + "/" +
                       ref.source_key);
    }
    for (std::string& line : lines_) line = dump_line(line);
    std::sort(lines_.begin(), lines_.end());
    return std::move(lines_);
  }

 private:
  std::string party(std::int64_t id) const { return names_.party(id); }

  static std::string text_of(const NamedValues& values) {
    std::string text;
    for (const auto& [name, value] : values) text += " " + name + "=" + value;
    return text;
  }

  void add_profiles() {
    const std::vector<ProfileRow> all = all_profiles(database_);
    for (std::size_t begin = 0; begin < all.size(); begin += kProfilesPerRead) {
      std::vector<std::int64_t> ids;
      for (std::size_t i = begin; i < std::min(all.size(), begin + kProfilesPerRead); ++i) {
        ids.push_back(all[i].id);
      }
      auto relations = relations_of(database_, ids, kAllRelations);
      for (const ProfileView& view : view_profiles(database_, ids)) {
        add_profile(view, relations[view.id]);
      }
    }
  }

  void add_profile(const ProfileView& view, std::vector<ViewedRelation>& relations) {
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
    for (ViewedRelation& relation : relations) {
      std::ranges::sort(relation.records);  // the store has them in the order of their row ids
      std::string line = name + relation.relation + " " + names_.profile(relation.other) +
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
      std::string line = std::string(spec.name) + " " + names_.record(record_of(id)) + "+" +
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
    return is_event ? names_.record(record_of(id)) : party(id);
  }

  Database& database_;
  const StoreNames& names_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> customer_dump(Database& database, const StoreNames& names) {
  return CustomerDump(database, names).lines();
}

}  // namespace cdh
