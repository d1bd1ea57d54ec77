#include "hub/app/profile_printer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <utility>

#include "hub/app/evidence_printer.hpp"
#include "hub/app/table.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/merge/lineage.hpp"
#include "hub/normalize/instant.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

std::string record_name(const ViewedMember& member) {
  return member.source + ":" + member.source_key;
}

// "source:key" of a party; "a steward" for party 0.
class RecordNames {
 public:
  explicit RecordNames(const ProfileView& view) {
    for (const ViewedMember& member : view.members) names_[member.party_id] = record_name(member);
  }
  std::string operator[](std::int64_t party_id) const {
    if (party_id == kNoParty) return "a steward";
    const auto at = names_.find(party_id);
    return at != names_.end() ? at->second : "a former record";
  }

 private:
  std::map<std::int64_t, std::string> names_;
};

// The values of a contact on one line: "ul. Długa 5, 00-238 Warszawa".
std::string one_line(const NamedValues& values) {
  std::string line, type;
  for (const auto& [name, text] : values) {
    if (name == "canonical" || name == "e164" || name == "verified" || name == "is_unique")
      continue;
    if (name == "type") {
      type = " (" + text + ")";
      continue;
    }
    line += (line.empty() ? "" : ", ") + text;
  }
  return line + type;
}

std::string event_line(const NamedValues& values) {
  std::string line;
  for (const auto& [name, text] : values) line += (line.empty() ? "" : ", ") + name + ": " + text;
  return line;
}

Json values_json(const NamedValues& values) {
  Json json = Json::object();
  for (const auto& [name, text] : values) json[name] = text;
  return json;
}

struct Origins {
  explicit Origins(const ProfileView& profile)
      : view(profile), names(profile), lineage(Lineage::parse(profile.lineage)) {}

  struct Line {
    std::string field, value, record, rule;
  };

  std::vector<Line> lines() const {
    std::vector<Line> out;
    const auto add = [&](const std::string& field, const std::string& value, const Origin& origin) {
      out.push_back({field, value, names[origin.party_id], std::string(name_of(origin.rule))});
    };
    for (const auto& [name, text] : view.values) add(name, text, lineage.origin_of(name));
    std::map<std::string, std::size_t> place;
    for (const ViewedContact& contact : view.contacts) {
      add(contact.entity, one_line(contact.values),
          lineage.origin_of(contact.entity, place[contact.entity]++));
    }
    return out;
  }

  const ProfileView& view;
  RecordNames names;
  Lineage lineage;
};

Json members_json(const ProfileView& view) {
  const RecordNames names(view);
  Json json = Json::array();
  for (const ViewedMember& member : view.members) {
    json.push_back({{"source", member.source},
                    {"stream", member.stream},
                    {"key", member.source_key},
                    {"as", member.name},
                    {"joined_to", member.joined_to != 0 ? Json(names[member.joined_to]) : Json()},
                    {"reason", member.reason.empty() ? Json() : Json(member.reason)}});
  }
  return json;
}

Json consents_json(const ProfileView& view) {
  Json json = Json::array();
  for (const ViewedConsent& consent : view.consents) {
    json.push_back({{"purpose", consent.purpose},
                    {"channel", consent.channel.empty() ? Json() : Json(consent.channel)},
                    {"permission", consent.permission},
                    {"record", consent.source + ":" + consent.source_key},
                    {"rule", consent.rule}});
  }
  return json;
}

Json relations_json(const ProfileView& view) {
  Json json = Json::array();
  for (const ViewedRelation& relation : view.relations) {
    json.push_back({{"relation", relation.relation},
                    {"profile", relation.other},
                    {"display_name", relation.other_name},
                    {"values", values_json(relation.values)},
                    {"household", relation.household.empty() ? Json() : Json(relation.household)},
                    {"records", relation.records}});
  }
  return json;
}

Json profile_json(const ProfileView& view) {
  const Origins origins(view);
  Json json = {{"id", view.uuid},
               {"type", view.party_type},
               {"display_name", view.display_name},
               {"values", values_json(view.values)},
               {"contacts", Json::object()},
               {"ext", view.ext.empty() ? Json::object() : Json::parse(view.ext)},
               {"records", members_json(view)},
               {"consents", consents_json(view)},
               {"relations", relations_json(view)},
               {"events", Json::object()},
               {"lineage", Json::array()}};
  for (const ViewedContact& contact : view.contacts) {
    json["contacts"][contact.entity].push_back(values_json(contact.values));
  }
  for (const ViewedEvent& event : view.events) {
    Json values = values_json(event.values);
    values["source"] = event.source;
    json["events"][event.entity].push_back(std::move(values));
  }
  for (const Origins::Line& line : origins.lines()) {
    json["lineage"].push_back({{"field", line.field},
                               {"value", line.value},
                               {"record", line.record},
                               {"rule", line.rule}});
  }
  return json;
}

void print_consents(std::ostream& out, const ProfileView& view, Format format) {
  if (view.consents.empty()) return;
  out << '\n';
  Table consents({"consent to", "by", "permission", "from", "rule"});
  for (const ViewedConsent& consent : view.consents) {
    consents.add({consent.purpose, consent.channel, consent.permission,
                  consent.source + ":" + consent.source_key, consent.rule});
  }
  consents.print(out, format);
}

// A household found stands on the addresses of both, everything else on records.
void print_relations(std::ostream& out, const ProfileView& view, Format format) {
  if (view.relations.empty()) return;
  out << '\n';
  Table relations({"relation", "to", "profile", "what", "from"});
  for (const ViewedRelation& relation : view.relations) {
    const bool is_found = !relation.household.empty();
    relations.add({relation.relation, relation.other_name, relation.other,
                   is_found ? one_line(relation.values) : event_line(relation.values),
                   is_found ? "same name and address" : join(relation.records, ", ")});
  }
  relations.print(out, format);
}

void print_json(std::ostream& out, const Json& json) {
  out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

void show_moments(EntityId id, NamedValues& values, const std::string& time_zone, Format format) {
  for (auto& [name, text] : values) {
    const FieldId field = find_field(id, name);
    if (field == kNoField || entity(id).fields[field].kind != FieldKind::instant) continue;
    const auto moment = parse_instant(text);
    if (!moment) continue;
    text = format == Format::json ? format_instant(*moment, time_zone)
                                  : format_local_time(local_from_utc(*moment, time_zone));
  }
}

void show_moments(ProfileView& view, const std::string& time_zone, Format format) {
  show_moments(find_entity(view.party_type), view.values, time_zone, format);
  for (ViewedContact& contact : view.contacts) {
    show_moments(find_entity(contact.entity), contact.values, time_zone, format);
  }
  for (ViewedEvent& event : view.events) {
    show_moments(find_entity(event.entity), event.values, time_zone, format);
  }
}

}  // namespace

void print_summaries(std::ostream& out, const std::vector<ProfileSummary>& found, Format format) {
  std::vector<std::string> columns = {"profile", "type", "name",   "e-mail",
                                      "phone",   "town", "records"};
  const bool any_found_as = std::ranges::any_of(
      found, [](const ProfileSummary& summary) { return !summary.found_as.empty(); });
  const bool tells_found_as = any_found_as || format != Format::table;
  if (tells_found_as) columns.emplace_back("found_as");
  Table table(columns);
  for (const ProfileSummary& summary : found) {
    std::vector<nlohmann::json> cells = {
        summary.uuid,  summary.party_type, summary.display_name, summary.email,
        summary.phone, summary.town,       summary.record_count};
    if (tells_found_as) cells.emplace_back(summary.found_as);
    table.add(std::move(cells));
  }
  table.print(out, format);
}

void print_profile(std::ostream& out, ProfileView view, Format format,
                   const std::string& time_zone) {
  show_moments(view, time_zone, format);
  if (format == Format::json) return print_json(out, profile_json(view));
  const Origins origins(view);
  out << printable_line(view.display_name) << "\n" << view.party_type << " " << view.uuid << "\n\n";
  Table values({"field", "value", "from", "rule"});
  for (const Origins::Line& line : origins.lines()) {
    values.add({line.field, line.value, line.record, line.rule});
  }
  values.print(out, format);
  out << '\n';
  Table records({"record", "stream", "joined to", "because"});
  for (const ViewedMember& member : view.members) {
    records.add({record_name(member), member.stream,
                 member.joined_to != 0 ? origins.names[member.joined_to] : "", member.reason});
  }
  records.print(out, format);
  print_consents(out, view, format);
  print_relations(out, view, format);
  if (view.events.empty()) return;
  out << '\n';
  Table events({"event", "from", "what"});
  for (const ViewedEvent& event : view.events) {
    events.add({event.entity, event.source, event_line(event.values)});
  }
  events.print(out, format);
}

void print_explanation(std::ostream& out, ProfileView view, Format format,
                       const std::string& time_zone) {
  show_moments(view, time_zone, format);
  const Origins origins(view);
  if (format == Format::json) {
    Json json = {{"id", view.uuid}, {"records", members_json(view)}, {"lineage", Json::array()}};
    for (const Origins::Line& line : origins.lines()) {
      json["lineage"].push_back({{"field", line.field},
                                 {"value", line.value},
                                 {"record", line.record},
                                 {"rule", line.rule}});
    }
    return print_json(out, json);
  }
  out << printable_line(view.display_name) << " is " << view.members.size() << " record"
      << (view.members.size() == 1 ? "" : "s") << ":\n\n";
  for (const ViewedMember& member : view.members) {
    std::string line = record_name(member);
    if (member.joined_to != 0) {
      line += " is the same as " + origins.names[member.joined_to] + ": " + member.reason;
    }
    out << "  " << printable_line(line) << '\n';
  }
  out << '\n';
  for (const Origins::Line& line : origins.lines()) {
    out << "  " << line.field << " = " << printable_line(line.value) << "\n      from "
        << printable_line(line.record) << ", by " << line.rule << '\n';
  }
}

void print_side_by_side(std::ostream& out, const ProfileView& a, const std::string& name_a,
                        const ProfileView& b, const std::string& name_b) {
  std::vector<std::pair<std::string, std::array<std::string, 2>>> lines;  // by field
  const auto add = [&](const std::string& field, const std::string& value, std::size_t side) {
    auto at = std::ranges::find(lines, field, [](const auto& line) { return line.first; });
    if (at == lines.end()) at = lines.insert(at, {field, {}});
    std::string& cell = at->second[side];
    cell += (cell.empty() ? "" : "; ") + value;
  };
  const std::array<const ProfileView*, 2> sides = {&a, &b};
  for (std::size_t side = 0; side < sides.size(); ++side) {
    for (const auto& [name, text] : sides[side]->values) add(name, text, side);
  }
  for (std::size_t side = 0; side < sides.size(); ++side) {
    for (const ViewedContact& contact : sides[side]->contacts) {
      add(contact.entity, one_line(contact.values), side);
    }
  }
  Table table({"field", name_a, name_b});
  for (const auto& [field, values] : lines) table.add({field, values[0], values[1]});
  table.print(out, Format::table);
}

void print_pair(std::ostream& out, const std::vector<const ViewedMember*>& path,
                const PairEvidence& evidence, Format format) {
  std::vector<std::string> reasons;  // between each two
  for (std::size_t i = 1; i < path.size(); ++i) {
    const ViewedMember& joined =
        path[i]->joined_to == path[i - 1]->party_id ? *path[i] : *path[i - 1];
    reasons.push_back(joined.reason);
  }
  if (format == Format::json) {
    Json json = {{"evidence", evidence_json(evidence)}, {"path", Json::array()}};
    for (std::size_t i = 0; i < path.size(); ++i) {
      json["path"].push_back(
          {{"record", record_name(*path[i])}, {"because", i > 0 ? Json(reasons[i - 1]) : Json()}});
    }
    return print_json(out, json);
  }
  print_evidence(out, evidence, format);
  if (format == Format::csv) return;
  out << "\njoined by:\n";
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    out << "  " << printable_line(record_name(*path[i])) << " and "
        << printable_line(record_name(*path[i + 1])) << ": " << reasons[i] << '\n';
  }
}

void print_pair_apart(std::ostream& out, const ViewedMember& a, const ViewedMember& b,
                      const std::pair<std::string, std::string>& uuids,
                      const PairEvidence& evidence, Format format) {
  if (format == Format::json) {
    return print_json(out, {{"evidence", evidence_json(evidence)},
                            {"path", Json::array()},
                            {"profiles", {uuids.first, uuids.second}}});
  }
  print_evidence(out, evidence, format);
  if (format == Format::csv) return;
  out << "\nnot joined, two customers:\n";
  for (const auto& [record, uuid] : {std::pair(&a, uuids.first), std::pair(&b, uuids.second)}) {
    out << "  " << printable_line(record_name(*record)) << " is of profile " << uuid << '\n';
  }
}

}  // namespace cdh
