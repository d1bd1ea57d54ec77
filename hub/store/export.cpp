#include "hub/store/export.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/csv.hpp"
#include "hub/base/error.hpp"
#include "hub/base/json_text.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/model/entity.hpp"
#include "hub/store/record_reader.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

using Form = Export::Form;
using Column = Export::Column;

// Joins are LEFT joins, so that the exported table stays outside and is read in its own order
// instead of being sorted.
struct Query {
  std::vector<Column> columns;
  std::string from;
  std::string order;

  std::string sql() const {
    std::string list;
    for (const Column& column : columns) list += (list.empty() ? "" : ", ") + column.expression;
    return "SELECT " + list + " FROM " + from + " ORDER BY " + order;
  }
};

Form form_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::integer:
      return Form::integer;
    case FieldKind::amount:
    case FieldKind::number:
      return Form::amount;
    case FieldKind::boolean:
      return Form::boolean;
    case FieldKind::instant:
      return Form::instant;
    default:
      return Form::text;
  }
}

void add_fields(const EntitySpec& spec, const std::string& table, std::vector<Column>& columns) {
  for (const FieldSpec& field : spec.fields) {
    const std::string name(field.name);
    columns.push_back({name, table + "." + name, form_of(field.kind)});
  }
}

// The record that a party or event came from.
void add_record(const std::string& entity_id, Query& query) {
  query.columns.insert(
      query.columns.end(),
      {{"source", "s.name"}, {"stream", "m.name"}, {"source_key", "r.source_key"}});
  query.from += " LEFT JOIN source_record r ON r.id = " + record_of_sql(entity_id) +
                " LEFT JOIN stream m ON m.id = r.stream_id "
                "LEFT JOIN source s ON s.id = m.source_id";
}

Query links_query() {
  Query query;
  query.from = "link l LEFT JOIN profile p ON p.id = l.profile_id";
  add_record("l.party_id", query);
  query.columns.insert(query.columns.end(), {{"as", "l.name"}, {"profile_id", "p.uuid"}});
  query.order = "l.party_id";
  return query;
}

Query profiles_query() {
  Query query;
  query.columns = {{"id", "p.uuid"}, {"type", "p.party_type"}, {"display_name", "p.display_name"}};
  for (const EntitySpec& spec : entities()) {
    if (spec.role == EntityRole::party) add_fields(spec, "p", query.columns);
  }
  query.columns.insert(query.columns.end(), {{"email", "e.value"}, {"phone", "t.value"}});
  for (const FieldSpec& field : entity(known_entities().postal_address).fields) {
    if (field.name == "type") continue;
    query.columns.push_back({std::string(field.name), "a." + std::string(field.name)});
  }
  query.columns.insert(query.columns.end(), {{"record_count", "p.record_count", Form::integer},
                                             {"ext", "p.ext", Form::json}});
  query.from =
      "profile p LEFT JOIN email e ON e.profile_id = p.id AND e.position = 0 "
      "LEFT JOIN phone t ON t.profile_id = p.id AND t.position = 0 "
      "LEFT JOIN postal_address a ON a.profile_id = p.id AND a.position = 0";
  query.order = "p.id";
  return query;
}

Query contact_query(const EntitySpec& spec) {
  Query query;
  query.columns = {{"profile_id", "p.uuid"}, {"position", "e.position", Form::integer}};
  add_fields(spec, "e", query.columns);
  query.from = std::string(spec.name) + " e LEFT JOIN profile p ON p.id = e.profile_id";
  add_record("e.party_id", query);
  query.order = "e.profile_id, e.position";
  return query;
}

Query effective_consent_query() {
  Query query;
  query.columns = {{"profile_id", "p.uuid"},
                   {"purpose", "e.purpose"},
                   {"channel", "e.channel"},
                   {"permission", "e.permission"},
                   {"rule", "e.rule"},
                   {"legal_basis", "c.legal_basis"},
                   {"captured_at", "c.captured_at", Form::instant},
                   {"expires_at", "c.expires_at", Form::instant}};
  query.from =
      "effective_consent e LEFT JOIN profile p ON p.id = e.profile_id "
      "LEFT JOIN consent c ON c.id = e.consent_id";
  add_record("e.consent_id", query);
  query.order = "e.profile_id, e.purpose, e.channel";
  return query;
}

Query relation_query() {
  Query query;
  query.columns = {{"from_profile_id", "e.from_profile"},
                   {"relation", "e.relation"},
                   {"to_profile_id", "e.to_profile"}};
  add_fields(entity(known_entities().affiliation), "e", query.columns);
  for (const char* name :
       {"household", "street_address", "address_line2", "address_locality", "postal_code"}) {
    query.columns.push_back({name, std::string("e.") + name});
  }
  query.from = "v_relation e";
  add_record("e.statement_id", query);
  query.order = "e.from_profile, e.relation, e.to_profile, e.statement_id, e.household";
  return query;
}

bool is_to_party(const RefSpec& ref) {
  const EntityId target = find_entity(ref.target);
  return target == kNoEntity || entity(target).role == EntityRole::party;  // "party": any
}

bool has_customer(const EntitySpec& spec) {
  return std::ranges::any_of(spec.refs, [](const RefSpec& ref) { return ref.name == "customer"; });
}

// The profile of the party in `column`, under `alias`.
std::string profile_join(const std::string& column, const std::string& alias) {
  return " LEFT JOIN link l_" + alias + " ON l_" + alias + ".party_id = " + column +
         " LEFT JOIN profile p_" + alias + " ON p_" + alias + ".id = l_" + alias + ".profile_id";
}

// An event's own customer, or else that of the event it belongs to, is `profile_id`; a party in
// another part is `PART_profile_id`; another event `PART_id`.
void add_refs(const EntitySpec& spec, Query& query) {
  std::vector<std::string> customers;
  std::vector<Column> others;
  for (const RefSpec& ref : spec.refs) {
    const std::string name(ref.name);
    const std::string column = "e." + name + "_id";
    if (is_to_party(ref)) {
      query.from += profile_join(column, name);
      if (name == "customer") {
        customers.insert(customers.begin(), "p_" + name + ".uuid");
      } else {
        others.push_back({name + "_profile_id", "p_" + name + ".uuid"});
      }
      continue;
    }
    others.push_back({name + "_id", column, Form::integer});
    const EntitySpec& target = entity(find_entity(ref.target));
    if (!has_customer(target)) continue;
    query.from += " LEFT JOIN " + std::string(target.name) + " t_" + name + " ON t_" + name +
                  ".id = " + column + profile_join("t_" + name + ".customer_id", "t_" + name);
    customers.push_back("p_t_" + name + ".uuid");
  }
  if (customers.size() == 1) query.columns.push_back({"profile_id", customers.front()});
  if (customers.size() > 1) {
    query.columns.push_back({"profile_id", "COALESCE(" + join(customers, ", ") + ")"});
  }
  query.columns.insert(query.columns.end(), others.begin(), others.end());
}

Query event_query(const EntitySpec& spec) {
  Query query;
  query.columns = {{"id", "e.id", Form::integer}};
  query.from = std::string(spec.name) + " e";
  add_refs(spec, query);
  add_fields(spec, "e", query.columns);
  add_record("e.id", query);
  query.columns.insert(
      query.columns.end(),
      {{"source_updated_at", "e.source_updated_at", Form::micros}, {"ext", "e.ext", Form::json}});
  query.order = "e.id";
  return query;
}

Query query_for(std::string_view what) {
  if (what == "profiles") return profiles_query();
  if (what == "links") return links_query();
  if (what == "effective_consent") return effective_consent_query();
  if (what == "relation") return relation_query();
  const EntityId id = find_entity(what);
  if (id != kNoEntity && entity(id).role == EntityRole::contact) return contact_query(entity(id));
  if (id != kNoEntity && entity(id).role == EntityRole::event) return event_query(entity(id));
  if (id != kNoEntity) {
    throw Error(ErrorKind::config, "every " + std::string(what) + " is in `cdh export profiles`");
  }
  std::vector<std::string_view> known = {"profiles", "links", "effective_consent", "relation"};
  for (const EntitySpec& spec : entities()) {
    if (spec.role != EntityRole::party) known.push_back(spec.name);
  }
  throw Error(ErrorKind::config,
              "\"" + std::string(what) + "\" cannot be exported" + suggestion(what, known));
}

}  // namespace

Export::Export(Database& database, std::string_view what, MomentText moment_text)
    : moment_text_(std::move(moment_text)) {
  if (!moment_text_) moment_text_ = [](std::int64_t micros) { return format_instant(micros); };
  Query query = query_for(what);
  rows_ = database.query(query.sql());
  columns_ = std::move(query.columns);
}

std::string Export::csv_header() const {
  std::string line;
  for (const Column& column : columns_) {
    if (!line.empty()) line += ',';
    line += column.name;
  }
  return line + '\n';
}

std::string Export::text_of(int column) const {
  switch (columns_[static_cast<std::size_t>(column)].form) {
    case Form::integer:
      return std::to_string(rows_->integer(column));
    case Form::amount:
      return amount_to_text(rows_->integer(column));
    case Form::boolean:
      return rows_->integer(column) != 0 ? "true" : "false";
    case Form::micros:
      return moment_text_(rows_->integer(column));
    case Form::instant:
      if (const auto moment = parse_instant(rows_->text(column))) return moment_text_(*moment);
      break;
    default:
      break;
  }
  return std::string(rows_->text(column));
}

std::string Export::csv_line() const {
  std::string line;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const int column = static_cast<int>(i);
    if (i > 0) line += ',';
    if (!rows_->is_null(column)) append_csv_field(text_of(column), line);
  }
  return line + '\n';
}

std::string Export::json_line() const {
  std::string line = "{";
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const int column = static_cast<int>(i);
    if (i > 0) line += ',';
    append_json_string(columns_[i].name, line);
    line += ':';
    const Form form = columns_[i].form;
    if (rows_->is_null(column)) {
      line += "null";
    } else if (form == Form::text || form == Form::instant || form == Form::micros) {
      append_json_string(text_of(column), line);
    } else {
      line += text_of(column);
    }
  }
  return line + "}\n";
}

}  // namespace cdh
