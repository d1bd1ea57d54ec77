#include "hub/merge/lineage.hpp"

#include <algorithm>

#include <simdjson.h>

#include "hub/base/error.hpp"
#include "hub/base/json_text.hpp"

namespace cdh {

namespace {

void append_origin(const Origin& origin, std::string& out) {
  out += '[';
  out += std::to_string(origin.party_id);
  out += ",\"";
  out += name_of(origin.rule);
  out += "\"]";
}

void append_member(std::string_view name, std::string& out) {
  if (out.size() > 1) out += ',';
  append_json_string(name, out);
  out += ':';
}

// The origin that most values share; of equally many the first met.
Origin most_common(const GoldenProfile& profile) {
  std::vector<std::pair<Origin, int>> counts;
  const auto count = [&](const Origin& origin) {
    const auto found = std::ranges::find(counts, origin, &std::pair<Origin, int>::first);
    if (found == counts.end()) {
      counts.emplace_back(origin, 1);
    } else {
      ++found->second;
    }
  };
  for (const GoldenField& field : profile.fields) count(field.origin);
  for (const GoldenExtension& extension : profile.extensions) count(extension.origin);
  for (const GoldenContact& contact : profile.contacts) count(contact.origin);
  if (counts.empty()) return {};
  return std::ranges::max_element(counts, {}, &std::pair<Origin, int>::second)->first;
}

ChosenBy rule_of(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(ChosenBy::pinned); ++i) {
    const auto rule = static_cast<ChosenBy>(i);
    if (name_of(rule) == name) return rule;
  }
  throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
}

Origin read_origin(const simdjson::dom::array& json) {
  return {json.at(0).get_int64().value(), rule_of(json.at(1).get_string().value())};
}

std::vector<Origin> read_origins(const simdjson::dom::array& json) {
  if (!json.at(0).is_array()) return {read_origin(json)};
  std::vector<Origin> origins;
  for (const simdjson::dom::array origin : json) origins.push_back(read_origin(origin));
  return origins;
}

}  // namespace

std::string lineage_json(const GoldenProfile& profile) {
  const Origin common = most_common(profile);
  std::string out = "{";
  append_member("*", out);
  append_origin(common, out);
  for (const GoldenField& field : profile.fields) {
    if (field.origin == common) continue;
    append_member(entity(profile.party).fields[field.field].name, out);
    append_origin(field.origin, out);
  }
  for (const GoldenExtension& extension : profile.extensions) {
    if (extension.origin == common) continue;
    append_member("ext." + extension.name, out);
    append_origin(extension.origin, out);
  }
  for (auto first = profile.contacts.begin(); first != profile.contacts.end();) {
    const auto end = std::find_if(first, profile.contacts.end(), [&](const GoldenContact& contact) {
      return contact.entity != first->entity;
    });
    if (!std::all_of(first, end, [&](const auto& contact) { return contact.origin == common; })) {
      append_member(entity(first->entity).name, out);
      for (auto contact = first; contact != end; ++contact) {
        out += contact == first ? '[' : ',';
        append_origin(contact->origin, out);
      }
      out += ']';
    }
    first = end;
  }
  return out += '}';
}

bool is_lineage(std::string_view json) {
  try {
    Lineage::parse(json);
    return true;
  } catch (const Error&) {
    return false;
  }
}

Lineage Lineage::parse(std::string_view json) {
  try {
    simdjson::dom::parser parser;
    Lineage lineage;
    const simdjson::padded_string padded(json);
    for (const auto& [name, value] : simdjson::dom::object(parser.parse(padded))) {
      std::vector<Origin> origins = read_origins(value.get_array().value());
      if (name == "*") {
        lineage.default_ = origins.at(0);
      } else {
        lineage.origins_.emplace_back(name, std::move(origins));
      }
    }
    return lineage;
  } catch (const simdjson::simdjson_error& error) {
    throw Error(ErrorKind::store, std::string("profile.lineage is not readable: ") + error.what() +
                                      "; run `cdh store check`");
  }
}

Origin Lineage::origin_of(std::string_view name, std::size_t place) const {
  for (const auto& [known, origins] : origins_) {
    if (known == name && place < origins.size()) return origins[place];
  }
  return default_;
}

}  // namespace cdh
