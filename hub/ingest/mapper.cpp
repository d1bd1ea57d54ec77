#include "hub/ingest/mapper.hpp"

#include <algorithm>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/base/time.hpp"
#include "hub/ingest/field_value.hpp"
#include "hub/ingest/json_list.hpp"
#include "hub/ingest/record_key.hpp"
#include "hub/normalize/amount.hpp"
#include "hub/normalize/date.hpp"
#include "hub/normalize/email.hpp"
#include "hub/normalize/instant.hpp"
#include "hub/normalize/placeholder.hpp"

namespace cdh {

namespace {

// Of one field of one record.
constexpr std::size_t kMostContacts = 100;

bool is_constant(int column) { return column == kConstant; }

void set_field(MappedEntity& entity, FieldId field, std::string text) {
  const auto at = std::lower_bound(
      entity.fields.begin(), entity.fields.end(), field,
      [](const MappedField& candidate, FieldId id) { return candidate.field < id; });
  if (at != entity.fields.end() && at->field == field) {
    at->text = std::move(text);
  } else {
    entity.fields.insert(at, {field, std::move(text)});
  }
}

// An affiliation, a relationship: that it is there says something, whatever else is known of it.
bool joins_parties(EntityId id) {
  const auto is_party = [](const RefSpec& ref) {
    return ref.target == "party" || ref.target == "person" || ref.target == "organization";
  };
  const EntitySpec& spec = entity(id);
  return spec.refs.size() == 2 && std::ranges::all_of(spec.refs, is_party);
}

bool joins_two(const MappedEntity& joining, const MappedRecord& record) {
  const auto is_there = [&](const MappedRef& ref) {
    if (!ref.stream.empty()) return true;  // its key is filled in
    return std::ranges::find(record.entities, ref.as, &MappedEntity::as) != record.entities.end();
  };
  return joining.refs.size() == 2 && std::ranges::all_of(joining.refs, is_there);
}

// Takes out an entity that nothing belongs to.
void drop(std::size_t index, MappedRecord& record) {
  record.entities.erase(record.entities.begin() + static_cast<std::ptrdiff_t>(index));
  for (MappedEntity& entity : record.entities) {
    if (entity.owner > static_cast<int>(index)) --entity.owner;
  }
}

// "Test", "Klient": kept as given, but nobody is known by it.
bool is_dummy_name(FieldKind kind, std::string_view text) {
  const bool is_name =
      kind == FieldKind::person_name || kind == FieldKind::full_name || kind == FieldKind::org_name;
  return is_name && is_placeholder(kind, text);
}

// Likewise test@test.pl and 000000.
bool is_dummy(const MappedEntity& contact) {
  const KnownEntities& is = known_entities();
  if (contact.entity != is.email && contact.entity != is.phone) return false;
  const EntitySpec& spec = entity(contact.entity);
  const FieldId value = find_field(contact.entity, spec.value_field);
  const std::string_view text = contact.get(value);
  return !text.empty() && is_placeholder(spec.fields[value].kind, text);
}

std::string no_list_of_texts(const std::string& field) {
  return "the value is JSON, but no list of texts: name the path of what is meant in the "
         "connector's option `fields`, such as " +
         field + ": " + field + ".0.value";
}

FieldId currency_field(EntityId id) {
  const auto fields = entity(id).fields;
  const auto at = std::ranges::find(fields, FieldKind::currency, &FieldSpec::kind);
  return at == fields.end() ? kNoField : static_cast<FieldId>(at - fields.begin());
}

}  // namespace

Mapper::Mapper(const StreamConfig& stream, const SourceConfig& source,
               const std::vector<std::string>& default_key)
    : stream_(stream),
      source_(source),
      key_(stream.key.empty() ? default_key : stream.key),
      context_(usual_context(source.country, source.time_zone)),
      today_(day_in(now_micros(), source.time_zone)) {
  if (key_.empty()) {
    throw Error(ErrorKind::config,
                to_text(stream.where) + ": stream " + stream.name +
                    " has no key: name the field that identifies a record, `key: FIELD`");
  }
  if (const auto order = date_order_from_name(stream.date_order)) {
    context_.date_order = *order;
    context_.date_order_is = OrderIs::given;
  }
  if (const auto marks = number_marks_from_name(stream.decimal)) context_.number_marks = *marks;
}

void Mapper::bind(const std::vector<Column>& columns, bool open) {
  bound_ = bind_mapping(stream_, key_, columns, open);
}

std::string Mapper::key_of(const Batch& batch, std::size_t row) const {
  return key_in(batch, row, bound_.key);
}

std::string Mapper::key_by_name(const Batch& batch, std::size_t row) const {
  const std::vector<int> places = key_columns(batch, key_);
  if (std::ranges::find(places, kAbsent) != places.end()) return {};
  std::string key = key_in(batch, row, places);
  return fault_of_key(key).empty() ? key : std::string();
}

bool Mapper::has_whole_key(const Batch& batch, std::size_t row) const {
  return std::ranges::all_of(key_columns(batch, key_), [&](int column) {
    return !trimmed_text(value_at(batch, row, column)).empty();
  });
}

std::variant<MappedRow, Rejection> Mapper::map(const Batch& batch, std::size_t row) {
  MappedRow out;
  out.source_key = key_of(batch, row);
  if (out.source_key.empty()) {
    return Rejection{"the record has no key: " + join(key_, ", ") + " is empty", key_.front()};
  }
  if (std::string fault = fault_of_key(out.source_key); !fault.empty()) {
    return Rejection{std::move(fault), key_.front()};
  }
  const FieldResult time = time_of(batch, row);
  if (!time.problem.empty()) return Rejection{time.problem, stream_.updated_at};
  if (!time.text.empty()) out.updated_at = parse_instant(time.text);
  std::vector<std::size_t> joining;
  for (const BoundEntity& bound : bound_.entities) {
    if (!applies(bound, batch, row)) continue;
    if (auto rejection = add_entity(bound, batch, row, out.record, joining)) {
      return *std::move(rejection);
    }
  }
  // The parties may stand after what joins them.
  for (auto index = joining.rbegin(); index != joining.rend(); ++index) {
    if (!joins_two(out.record.entities[*index], out.record)) drop(*index, out.record);
  }
  return out;
}

MappedRow Mapper::map_deletion(const Batch& batch, std::size_t row) const {
  MappedRow out;
  out.source_key = key_of(batch, row);
  if (!fault_of_key(out.source_key).empty()) out.source_key.clear();
  const FieldResult time = time_of(batch, row);
  if (time.problem.empty() && !time.text.empty()) out.updated_at = parse_instant(time.text);
  return out;
}

FieldResult Mapper::time_of(const Batch& batch, std::size_t row) const {
  if (bound_.updated_at == kConstant) return {};
  const Value value = value_at(batch, row, bound_.updated_at);
  return value.is_blank() ? FieldResult{} : normalize_field(FieldKind::instant, value, context_);
}

bool Mapper::applies(const BoundEntity& entity, const Batch& batch, std::size_t row) const {
  return std::all_of(entity.when.begin(), entity.when.end(), [&](const BoundWhen& bound) {
    const std::string text = trimmed_text(value_at(batch, row, bound.column));
    const auto& allowed = bound.when->any_of;
    return std::find(allowed.begin(), allowed.end(), text) != allowed.end();
  });
}

std::optional<Rejection> Mapper::add_entity(const BoundEntity& bound, const Batch& batch,
                                            std::size_t row, MappedRecord& record,
                                            std::vector<std::size_t>& joining) {
  const EntityMapping& mapping = *bound.mapping;
  MappedEntity mapped;
  mapped.entity = mapping.entity;
  mapped.as = mapping.as;
  const bool joins = joins_parties(mapping.entity);
  bool any = false;
  if (auto rejection = add_fields(bound.fields, batch, row, mapped, any, nullptr)) return rejection;
  if (joins) any = any && !std::ranges::all_of(bound.fields, is_constant, &BoundField::column);
  for (const BoundExt& ext : bound.ext) {
    std::string text =
        ext.column == kConstant ? ext.constant : trimmed_text(value_at(batch, row, ext.column));
    if (!is_valid_utf8(text)) {
      return Rejection{"the value has bytes that are not UTF-8, or a NUL", *ext.name};
    }
    if (text.empty()) continue;
    any = any || ext.column != kConstant;
    mapped.ext.emplace_back(*ext.name, std::move(text));
  }
  if (auto rejection = add_refs(bound, batch, row, mapped)) return rejection;
  const auto by_key = [](const MappedRef& ref) { return !ref.stream.empty(); };
  any = any || (!joins && std::ranges::any_of(mapped.refs, by_key));
  for (const FieldId required : mapping.required) {
    if (mapped.get(required).empty()) {
      const std::string name(entity(mapping.entity).fields[required].name);
      return Rejection{"the required field " + name + " of " + mapping.as + " is empty", name};
    }
  }
  const std::size_t owner = record.entities.size();
  if (joins && !any) joining.push_back(owner);
  record.entities.push_back(std::move(mapped));
  for (const BoundContact& contact : bound.contacts) {
    if (auto rejection = add_contacts(contact, batch, row, static_cast<int>(owner), record, any)) {
      return rejection;
    }
  }
  // Nothing of it is known: the visiting card without a company, the form that somebody tried.
  if (!any && !joins) record.entities.resize(owner);
  return std::nullopt;
}

std::optional<Rejection> Mapper::add_fields(const std::vector<BoundField>& fields,
                                            const Batch& batch, std::size_t row,
                                            MappedEntity& mapped, bool& any, const Item* item) {
  bool only_constants = true;
  std::vector<WrittenCurrency> currencies;
  for (const BoundField& bound : fields) {
    Value value = text_value(bound.constant);
    if (bound.column != kConstant) {
      only_constants = false;
      const bool is_item = item != nullptr && item->field == &bound;
      value = is_item ? text_value(item->text) : value_at(batch, row, bound.column);
      if (value.is_blank()) {
        if (stream_.blank == BlankPolicy::clear && value.type != ValueType::absent) {
          set_field(mapped, bound.field, "");
        }
        continue;
      }
    }
    FieldResult result = bound.column == kConstant
                             ? normalize_field(bound.spec->kind, value, context_)
                             : field_value(*bound.spec, value, context_, today_);
    if (!result.problem.empty()) return Rejection{result.problem, *bound.source_field};
    if (result.text.empty()) continue;
    if (bound.column != kConstant && !is_dummy_name(bound.spec->kind, result.text)) any = true;
    if (!result.currency_mark.empty()) {
      currencies.push_back({std::move(result.currency_mark), trimmed_text(value), &bound});
    }
    set_field(mapped, bound.field, std::move(result.text));
  }
  if (only_constants) any = true;
  return settle_currency(currencies, mapped);
}

std::optional<Rejection> Mapper::settle_currency(const std::vector<WrittenCurrency>& written,
                                                 MappedEntity& mapped) const {
  const FieldId field = written.empty() ? kNoField : currency_field(mapped.entity);
  if (field == kNoField) return std::nullopt;
  for (const WrittenCurrency& one : written) {
    const std::string currency(mapped.get(field));
    const std::string named = currency_code(one.mark, context_.country);
    if (currency.empty()) {
      set_field(mapped, field, named);
    } else if (named != currency && !may_mean(one.mark, currency)) {
      return Rejection{"\"" + one.amount + "\" is in " + named + ", but the currency of the " +
                           std::string(entity(mapped.entity).name) + " is " + currency,
                       *one.field->source_field};
    }
  }
  return std::nullopt;
}

std::optional<Rejection> Mapper::add_contacts(const BoundContact& bound, const Batch& batch,
                                              std::size_t row, int owner, MappedRecord& record,
                                              bool& any) {
  const bool repeats =
      bound.entity == known_entities().email || bound.entity == known_entities().phone;
  for (const BoundField& field : bound.fields) {
    if (!repeats || field.column == kConstant) continue;
    const Value value = value_at(batch, row, field.column);
    if (value.type != ValueType::json || value.is_blank()) continue;
    const auto texts = json_list(value.text);
    if (!texts) return Rejection{no_list_of_texts(*field.source_field), *field.source_field};
    if (texts->size() > kMostContacts) {
      return Rejection{"the list has more than " + std::to_string(kMostContacts) + " values",
                       *field.source_field};
    }
    for (const std::string& text : *texts) {
      const Item item{&field, text};
      if (auto rejection = add_contact(bound, batch, row, owner, record, &item, any)) {
        return rejection;
      }
    }
    return std::nullopt;
  }
  return add_contact(bound, batch, row, owner, record, nullptr, any);
}

std::optional<Rejection> Mapper::add_contact(const BoundContact& bound, const Batch& batch,
                                             std::size_t row, int owner, MappedRecord& record,
                                             const Item* item, bool& any) {
  MappedEntity contact;
  contact.entity = bound.entity;
  contact.owner = owner;
  bool has_value = false;
  if (auto rejection = add_fields(bound.fields, batch, row, contact, has_value, item)) {
    return rejection;
  }
  if (!has_value) return std::nullopt;
  if (!is_dummy(contact)) {
    any = true;
    derive(contact);
  }
  record.entities.push_back(std::move(contact));
  return std::nullopt;
}

void Mapper::derive(MappedEntity& contact) {
  static const FieldId kEmailValue = find_field(known_entities().email, "value");
  static const FieldId kEmailCanonical = find_field(known_entities().email, "canonical");
  static const FieldId kPhoneValue = find_field(known_entities().phone, "value");
  static const FieldId kPhoneE164 = find_field(known_entities().phone, "e164");
  static const FieldId kPhoneExtension = find_field(known_entities().phone, "extension");
  if (contact.entity == known_entities().email) {
    if (auto canonical = normalize_email(contact.get(kEmailValue))) {
      set_field(contact, kEmailCanonical, *std::move(canonical));
    }
  } else if (contact.entity == known_entities().phone) {
    if (const auto phone = phones_.normalize(contact.get(kPhoneValue), context_.country)) {
      if (phone->valid) set_field(contact, kPhoneE164, phone->e164);
      if (!phone->extension.empty()) set_field(contact, kPhoneExtension, phone->extension);
    }
  }
}

std::optional<Rejection> Mapper::add_refs(const BoundEntity& bound, const Batch& batch,
                                          std::size_t row, MappedEntity& mapped) {
  for (const BoundRef& bound_ref : bound.refs) {
    const RefMapping& ref = *bound_ref.ref;
    MappedRef out{ref.name, ref.source, ref.stream, "", ref.as};
    if (bound_ref.column != kConstant) {
      out.key = trimmed_text(value_at(batch, row, bound_ref.column));
      if (out.key.empty()) continue;
      if (std::string fault = fault_of_key(out.key); !fault.empty()) {
        return Rejection{std::move(fault), ref.key};
      }
    }
    mapped.refs.push_back(std::move(out));
  }
  return std::nullopt;
}

}  // namespace cdh
