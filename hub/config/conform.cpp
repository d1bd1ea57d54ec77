#include <algorithm>
#include <charconv>
#include <optional>

#include "hub/base/text.hpp"
#include "hub/config/references.hpp"
#include "hub/config/shape.hpp"

namespace cdh {

namespace {

using Kind = Setting::Kind;

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

// What a setting must be, for "... must be X, not Y".
std::string expected_form(const Shape& shape) {
  switch (shape.kind) {
    case Shape::Kind::list:
      return "a list, such as [a, b]";
    case Shape::Kind::map:
      return "a map of names to values";
    case Shape::Kind::record:
    case Shape::Kind::variants:
      return shape.empty_word.empty() ? "a map of options"
                                      : "a map of options, or " + shape.empty_word;
    case Shape::Kind::integer:
      return "a whole number from " + std::to_string(shape.min) + " to " +
             std::to_string(shape.max);
    case Shape::Kind::decimal:
      return "a number from " + std::to_string(shape.min) + " to " + std::to_string(shape.max);
    case Shape::Kind::text:
    case Shape::Kind::anything:
      break;
  }
  return "a text";
}

// One pass over a setting: each part checked, completed and brought into its long form.
class Conformer {
 public:
  explicit Conformer(ConfigFaults& faults) : faults_(faults) {}

  Setting conform(const Setting& given, const Shape& shape, std::string_view label) {
    switch (shape.kind) {
      case Shape::Kind::text:
        return text(given, shape, label);
      case Shape::Kind::integer:
        return number<int>(given, shape, label);
      case Shape::Kind::decimal:
        return number<double>(given, shape, label);
      case Shape::Kind::list:
        return list(given, shape, label);
      case Shape::Kind::map:
        return map(given, shape, label);
      case Shape::Kind::record:
        return record(given, shape, label);
      case Shape::Kind::variants:
        return variants(given, shape, label);
      case Shape::Kind::anything:
        break;
    }
    return given;
  }

 private:
  Setting fault(const Location& where, std::string message) {
    faults_.add(where, std::move(message));
    return {};
  }

  Setting wrong_form(const Setting& given, const Shape& shape, std::string_view label) {
    const std::string subject(label.empty() ? "the file" : label);
    return fault(given.where,
                 subject + " must be " + expected_form(shape) + ", not " + masked(given));
  }

  Setting text(const Setting& given, const Shape& shape, std::string_view label) {
    if (given.kind != Kind::scalar) return wrong_form(given, shape, label);
    if (is_left_open(given)) return given;
    const std::string subject(label);
    if (given.text.empty() && !shape.may_be_empty) {
      return fault(given.where, subject + " must not be empty");
    }
    const bool is_name = shape.rule == &kLowerName || shape.rule == &kStreamName;
    if (is_name && given.secret) {  // it would show in messages and reports
      return fault(given.where, subject + " must be written out, not come from a reference");
    }
    if (shape.rule != nullptr && !shape.rule->holds(given.text)) {
      return fault(given.where,
                   subject + " " + std::string(shape.rule->must) + "; it is " + masked(given));
    }
    if (!shape.choices.empty() &&
        std::find(shape.choices.begin(), shape.choices.end(), given.text) == shape.choices.end()) {
      return fault(given.where,
                   subject + " cannot be " + masked(given) +
                       suggestion(given.secret ? "" : given.text, views_of(shape.choices)));
    }
    return given;
  }

  template <typename Number>
  Setting number(const Setting& given, const Shape& shape, std::string_view label) {
    Number number = 0;
    const char* end = given.text.data() + given.text.size();
    const auto parsed = std::from_chars(given.text.data(), end, number);
    if (given.kind != Kind::scalar || parsed.ec != std::errc() || parsed.ptr != end ||
        !(number >= shape.min && number <= shape.max)) {
      return wrong_form(given, shape, label);
    }
    return given;
  }

  Setting list(const Setting& given, const Shape& shape, std::string_view label) {
    Setting out = Setting::list({});
    out.where = given.where;
    const auto add = [&](const Setting& item) {
      Setting clean = conform(item, *shape.element, label);
      if (clean.kind != Kind::null) out.items.push_back(std::move(clean));
    };
    if (given.kind == Kind::list) {
      if (given.items.empty() && !shape.takes_none) {
        return fault(given.where, std::string(label) + " must not be empty");
      }
      for (const Setting& item : given.items) add(item);
    } else if (given.kind != Kind::null) {
      if (!shape.takes_single) return wrong_form(given, shape, label);
      add(given);
    }
    return out;
  }

  Setting map(const Setting& given, const Shape& shape, std::string_view label) {
    if (given.kind != Kind::map && given.kind != Kind::null) {
      return wrong_form(given, shape, label);
    }
    Setting out = Setting::map({});
    out.where = given.where;
    const std::string what = shape.element->title.empty() ? "" : shape.element->title + " ";
    for (const auto& [name, member] : given.members) {
      if (shape.key_rule != nullptr && !shape.key_rule->holds(name)) {
        fault(member.where, "the name of " + what + masked(Setting::scalar(name)) + " " +
                                std::string(shape.key_rule->must));
      }
      Setting clean = conform(member, *shape.element, what + name);
      const bool keep = clean.kind != Kind::null || shape.element->kind == Shape::Kind::anything;
      if (keep) out.members.emplace_back(name, std::move(clean));
    }
    return out;
  }

  // The map that a short form stands for; nothing when the setting cannot be this record.
  std::optional<Setting> long_form(const Setting& given, const Shape& shape) {
    if (given.kind == Kind::map) return given;
    Setting out = Setting::map({});
    out.where = given.where;
    if (given.kind == Kind::null) return out;
    if (given.kind != Kind::scalar) return std::nullopt;
    if (!shape.empty_word.empty() && given.text == shape.empty_word) return out;
    if (shape.short_key.empty()) return std::nullopt;
    const bool is_literal =
        std::find(shape.literals.begin(), shape.literals.end(), given.text) != shape.literals.end();
    out.members.emplace_back(is_literal ? "value" : shape.short_key, given);
    return out;
  }

  static bool knows_key(const Shape& shape, std::string_view name) {
    return std::any_of(shape.keys.begin(), shape.keys.end(),
                       [&](const ShapeKey& key) { return key.name == name; });
  }

  // The keys in the order of their declaration, then those of other owners.
  Setting record(const Setting& given, const Shape& shape, std::string_view label) {
    const std::optional<Setting> whole = long_form(given, shape);
    if (!whole) return wrong_form(given, shape, label);
    Setting out = Setting::map({});
    out.where = given.where;
    for (const ShapeKey& key : shape.keys) {
      Setting value = member(*whole, key, label);
      if (value.kind != Kind::null) out.members.emplace_back(key.name, std::move(value));
    }
    for (const auto& [name, value] : whole->members) {
      if (knows_key(shape, name)) continue;
      if (shape.takes_other_keys) {
        out.members.emplace_back(name, value);
      } else {
        unknown_key(name, value, shape);
      }
    }
    if (shape.takes_one_key) require_one_key(*whole, shape, label);
    return out;
  }

  Setting member(const Setting& parent, const ShapeKey& key, std::string_view label) {
    const Setting* given = parent.find(key.name);
    if (given != nullptr && given->kind != Kind::null) {
      return conform(*given, *key.shape, key.name);
    }
    if (key.required) {
      const std::string owner = label.empty() ? "" : std::string(label) + ": ";
      return fault(given != nullptr ? given->where : parent.where,
                   owner + key.name + " is missing");
    }
    if (key.default_value.kind == Kind::null) return {};
    return conform(key.default_value, *key.shape, key.name);
  }

  void unknown_key(const std::string& name, const Setting& value, const Shape& shape) {
    std::vector<std::string_view> known;
    for (const ShapeKey& key : shape.keys) known.push_back(key.name);
    std::string message = shape.unknown_key.empty() ? "unknown key" : shape.unknown_key;
    message += " " + masked(Setting::scalar(name));
    if (shape.unknown_key.empty() && !shape.title.empty()) message += " in " + shape.title;
    fault(value.where, message + suggestion(name, known));
  }

  void require_one_key(const Setting& whole, const Shape& shape, std::string_view label) {
    if (whole.members.size() == 1) return;
    std::string names;
    for (const ShapeKey& key : shape.keys) names += (names.empty() ? "" : " or ") + key.name;
    fault(whole.where, std::string(label) + " needs either " + names);
  }

  Setting variants(const Setting& given, const Shape& shape, std::string_view label) {
    if (given.kind != Kind::map) return wrong_form(given, shape, label);
    const Setting* tag = given.find(shape.tag);
    if (tag == nullptr || tag->kind == Kind::null) {
      return fault(given.where, std::string(label) + ": " + shape.tag + " is missing");
    }
    for (const auto& [name, variant] : shape.variants) {
      if (tag->kind == Kind::scalar && tag->text == name) return record(given, *variant, label);
    }
    std::vector<std::string_view> known;
    for (const auto& variant : shape.variants) known.push_back(variant.first);
    std::string why = shape.misplaced != nullptr ? shape.misplaced(tag->text) : "";
    if (why.empty()) why = suggestion(tag->secret ? "" : tag->text, known);
    return fault(tag->where, shape.tag + " cannot be " + masked(*tag) + why);
  }

  ConfigFaults& faults_;
};

}  // namespace

Setting conform(const Setting& given, const Shape& shape, std::string_view label,
                const Location& where, ConfigFaults& faults) {
  Setting located = given;
  if (located.where.file.empty()) located.where = where;
  return Conformer(faults).conform(located, shape, label);
}

}  // namespace cdh
