#include "hub/config/suggest.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/config/field_words.hpp"
#include "hub/config/text_rules.hpp"
#include "hub/config/yaml_writer.hpp"

namespace cdh {

namespace {

constexpr std::size_t kMaxStreamNameBytes = 56;  // of 60: room for "-123" after a name twice

// --- What samples look like ---

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != text.npos && at > 0 && text.find('@', at + 1) == text.npos &&
         text.find('.', at) != text.npos && text.find(' ') == text.npos;
}

// 2026-11-22, 22.11.2026, 11/22/2026, with or without a time behind.
bool is_date(std::string_view text) {
  const std::string_view day = text.substr(0, text.find_first_of(" T"));
  if (parse_date(day)) return true;
  for (const char separator : {'.', '/', '-'}) {
    const auto parts = split(day, separator);
    const auto is_number = [](std::string_view part) {
      return !part.empty() && part.size() <= 4 && part.find_first_not_of("0123456789") == part.npos;
    };
    if (parts.size() == 3 && std::all_of(parts.begin(), parts.end(), is_number)) return true;
  }
  return false;
}

enum class Look { unknown, email, date, other };

Look look_of(const SuggestedField& field) {
  std::size_t emails = 0, dates = 0, filled = 0;
  for (const std::string& sample : field.samples) {
    const std::string_view text = trim(sample);
    if (text.empty()) continue;
    ++filled;
    if (is_email(text)) ++emails;
    if (is_date(text)) ++dates;
  }
  if (filled == 0) return Look::unknown;
  if (emails * 2 > filled) return Look::email;
  return dates * 2 > filled ? Look::date : Look::other;
}

FieldGuess guess(const SuggestedField& field) {
  const Look look = look_of(field);
  if (look == Look::email) return {FieldPlace::contact, "emails"};
  const FieldGuess by_name = guess_field(field.name);
  const bool needs_date = by_name.field == "birth_date" || by_name.field == "order_date" ||
                          by_name.place == FieldPlace::updated_at;
  const bool contradicted =
      look != Look::unknown && (by_name.field == "emails" || (needs_date && look != Look::date));
  return contradicted ? FieldGuess{} : by_name;
}

// --- One stream ---

using Mapped = std::pair<std::string_view, std::vector<std::string>>;  // field, source fields

void add(std::vector<Mapped>& mapped, std::string_view field, const std::string& name) {
  for (auto& [known, names] : mapped) {
    if (known == field) return names.push_back(name);
  }
  mapped.push_back({field, {name}});
}

bool takes_many(std::string_view field) {
  return field == "emails" || field == "phones" || field == "identifiers";
}

class StreamSuggestion {
 public:
  explicit StreamSuggestion(const SuggestedStream& stream) {
    for (const std::string& name : stream.key) {
      if (!name.empty()) key_.push_back(name);
    }
    for (const SuggestedField& field : stream.fields) {
      if (!field.name.empty()) place(field);
    }
    settle_names();
    settle_street();
    settle_affiliation();
    if (key_.empty()) guess_key(stream);
  }

  void write(std::string& out) {
    if (!key_.empty()) {
      out += "        key: " + flow(key_);
      out += key_is_guess_ ? "  # a guess: does it tell every record apart?\n" : "\n";
    }
    if (!updated_at_.empty()) out += "        updated_at: " + yaml_scalar(updated_at_) + "\n";
    if (!transforms_.empty()) out += "        transforms:\n" + transforms_;
    const bool is_company = person_.empty() && !organization_.empty();
    const bool has_party = is_company || !person_.empty() || !contact_.empty();
    if (!has_party && order_.empty()) {
      out += "        map: []  # no field looks like a customer's or an order's\n";
    } else {
      out += "        map:\n";
    }
    if (has_party && !is_company) write_entity("person", {&person_, &contact_}, out);
    if (is_company) write_entity("organization", {&organization_, &contact_}, out);
    if (!is_company && !organization_.empty()) {
      write_entity("organization", {&organization_}, out);
      if (affiliation_.empty()) {
        out += "          - into: affiliation\n";
      } else {
        write_entity("affiliation", {&affiliation_}, out);
      }
      out += "            refs: { person: { as: person }, organization: { as: organization } }\n";
    }
    if (!order_.empty()) {
      write_entity("sales_order", {&order_}, out);
      if (!has_party) {
        out +=
            "            # Whose order it is, when the customers are another stream:\n"
            "            # refs: { customer: { stream: customers, key: FIELD } }\n";
      }
    }
    for (const std::string& name : unmapped_) out += "        # not mapped: " + name + "\n";
  }

 private:
  void place(const SuggestedField& field) {
    const FieldGuess guessed = guess(field);
    switch (guessed.place) {
      case FieldPlace::person:
        return fill(person_, guessed.field, field);
      case FieldPlace::organization:
        return fill(organization_, guessed.field, field);
      case FieldPlace::affiliation:
        return fill(affiliation_, guessed.field, field);
      case FieldPlace::contact:
        return fill(contact_, guessed.field, field);
      case FieldPlace::order:
        return fill(order_, guessed.field, field);
      case FieldPlace::street_part:
        return fill(street_parts_, guessed.field, field);
      case FieldPlace::whole_name:
        return whole_names_.push_back({field, guessed.field});
      case FieldPlace::any_name:
        return names_.push_back(field);
      case FieldPlace::updated_at:
        if (!updated_at_.empty()) return leave(field);
        updated_at_ = field.name;
        return;
      case FieldPlace::key:
        if (key_.empty()) key_.push_back(field.name);
        break;
      case FieldPlace::none:
        break;
    }
    if (std::find(key_.begin(), key_.end(), field.name) == key_.end()) leave(field);
  }

  static const Mapped* find(const std::vector<Mapped>& mapped, std::string_view field) {
    const auto at = std::find_if(mapped.begin(), mapped.end(),
                                 [&](const Mapped& entry) { return entry.first == field; });
    return at == mapped.end() ? nullptr : &*at;
  }

  void fill(std::vector<Mapped>& mapped, std::string_view target, const SuggestedField& field) {
    if (find(mapped, target) != nullptr && !takes_many(target)) return leave(field);
    add(mapped, target, field.name);
  }

  void leave(const SuggestedField& field) {
    unmapped_.push_back(yaml_scalar(field.name) +
                        (look_of(field) == Look::date ? " (looks like dates)" : ""));
  }

  // A person's whole name is split, unless it is there in parts. "Name" is the family name beside
  // a given name; a company's where other fields speak of one and none of a person; else it is a
  // person's whole name.
  void settle_names() {
    const bool has_person = !person_.empty() || !whole_names_.empty();
    for (const auto& [field, order] : whole_names_) split_name(field, order);
    for (const SuggestedField& name : names_) {
      if (find(person_, "given_name") != nullptr && find(person_, "family_name") == nullptr) {
        fill(person_, "family_name", name);
      } else if (!organization_.empty() && !has_person) {
        fill(organization_, "name", name);
      } else {
        split_name(name, "");
      }
    }
  }

  void split_name(const SuggestedField& field, std::string_view order) {
    if (find(person_, "given_name") != nullptr || find(person_, "family_name") != nullptr) {
      return leave(field);
    }
    transforms_ += "          - { use: split, field: " + yaml_scalar(field.name) + ", kind: name";
    transforms_ += (order.empty() ? "" : ", order: " + std::string(order)) + " }\n";
    person_.insert(person_.begin(),
                   {{"given_name", {"given_name"}}, {"family_name", {"family_name"}}});
  }

  // The number of the house and of the flat go behind the street.
  void settle_street() {
    const auto street = std::find_if(contact_.begin(), contact_.end(), [](const Mapped& entry) {
      return entry.first == "street_address";
    });
    std::vector<std::string> parts;
    for (const std::string_view field : {"house", "flat"}) {
      const Mapped* part = find(street_parts_, field);
      if (part == nullptr) continue;
      if (street == contact_.end()) {
        unmapped_.push_back(yaml_scalar(part->second.front()));
      } else {
        parts.push_back(part->second.front());
      }
    }
    if (parts.empty()) return;
    parts.insert(parts.begin(), street->second.front());
    transforms_ += "          - { use: derive, into: street_address, join: " + flow(parts) + " }\n";
    street->second = {"street_address"};
  }

  // Without the person or the organization there is nothing that a job belongs to.
  void settle_affiliation() {
    if (!person_.empty() && !organization_.empty()) return;
    for (const auto& [field, names] : affiliation_) unmapped_.push_back(yaml_scalar(names.front()));
    affiliation_.clear();
  }

  // No field is called like a key: one that ends like one, else the one with most different values.
  void guess_key(const SuggestedStream& stream) {
    const SuggestedField* best = nullptr;
    const auto rank = [](const SuggestedField& field) {
      const std::string name = ascii_lower(field.name);
      return std::pair(name.ends_with("id") || name.ends_with("key"), field.samples.size());
    };
    for (const SuggestedField& field : stream.fields) {
      const Look look = look_of(field);
      if (field.name.empty() || look == Look::unknown || look == Look::date) continue;
      if (best == nullptr || rank(field) > rank(*best)) best = &field;
    }
    if (best == nullptr) return;
    key_ = {best->name};
    key_is_guess_ = true;
    std::erase(unmapped_, yaml_scalar(best->name));
  }

  static std::string flow(const std::vector<std::string>& names) {
    if (names.size() == 1) return yaml_scalar(names.front());
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "[" : ", ") + yaml_scalar(name);
    return out + "]";
  }

  static void write_entity(std::string_view entity,
                           const std::vector<const std::vector<Mapped>*>& groups,
                           std::string& out) {
    out += "          - into: " + std::string(entity) + "\n            fields:\n";
    for (const std::vector<Mapped>* group : groups) {
      for (const auto& [field, names] : *group) {
        out += "              " + std::string(field) + ": " + value_of(field, names) + "\n";
      }
    }
  }

  static std::string value_of(std::string_view field, const std::vector<std::string>& names) {
    if (field == "identifiers") {  // the one kind that is guessed is PESEL
      return "{ id_type: PESEL, from: " + yaml_scalar(names.front()) + ", is_unique: true }";
    }
    return takes_many(field) && names.size() == 1 ? "[" + flow(names) + "]" : flow(names);
  }

  std::vector<std::string> key_;
  bool key_is_guess_ = false;
  std::string updated_at_;
  std::vector<Mapped> person_, organization_, affiliation_, contact_, order_;
  std::vector<Mapped> street_parts_;                                      // "house", "flat"
  std::vector<std::pair<SuggestedField, std::string_view>> whole_names_;  // with their order
  std::vector<SuggestedField> names_;
  std::string transforms_;  // lines
  std::vector<std::string> unmapped_;
};

// The connector's own name, or, where hub.yaml cannot take it, the next best.
std::string stream_name(std::string_view given, std::set<std::string>& used) {
  std::string name(given);
  if (!kStreamName.holds(name)) {
    name.clear();
    for (const char c : ascii_lower(given).substr(0, kMaxStreamNameBytes)) {
      const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
      if (fits || !name.ends_with('_')) name += fits ? c : '_';
    }
  }
  if (name.empty()) name = "stream";
  std::string unique = name;
  for (int i = 2; !used.insert(unique).second; ++i) unique = name + "-" + std::to_string(i);
  return unique;
}

}  // namespace

std::string suggest_mapping(const std::string& source,
                            const std::vector<SuggestedStream>& streams) {
  std::string out = "    # Paste below " + yaml_scalar(source) +
                    " in hub.yaml. Guessed from names and samples: check it first.\n";
  out += streams.empty() ? "    streams: {}\n" : "    streams:\n";
  std::set<std::string> used;
  for (const SuggestedStream& stream : streams) {
    const std::string name = stream_name(stream.name, used);
    if (name != stream.name) {
      out += "      # the connector calls it " + yaml_scalar(stream.name) + "\n";
    }
    out += "      " + yaml_scalar(name) + ":\n";
    StreamSuggestion(stream).write(out);
  }
  return out;
}

}  // namespace cdh
