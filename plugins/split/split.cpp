// Splits one text field into columns: a person's whole name, a postal address, or a list.
//
//     transforms:
//       - { use: split, field: Name, kind: name, order: family_first }
//       - { use: split, field: ADDR, kind: address, country: PL, into: { street_address: STREET } }
//       - { use: split, field: PHONES, kind: separator, separator: ";", columns: [PHONE1, PHONE2] }
//
// The field itself stays. A part that is not there leaves its column as it was. Blank fields and
// values that are not text pass untouched; nothing is quarantined: what cannot be told apart stays
// together.
#include <cstdint>
#include <memory>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

#include "address.hpp"
#include "person_name.hpp"
#include "words.hpp"

namespace cdh::split {
namespace {

constexpr Option kOptions[] = {
    {"field", CDH_OPTION_TEXT, "The field to split.", "", true},
    {"kind", CDH_OPTION_TEXT, "What the field holds.", "", true, false, "name|address|separator"},
    {"into", CDH_OPTION_TEXT_MAP,
     "Name, address: the column of each part. Parts not listed go to columns of their own names "
     "(given_name, additional_name, family_name, honorific_prefix, honorific_suffix; "
     "street_address, "
     "address_line2, postal_code, address_locality, address_region, address_country)."},
    {"order", CDH_OPTION_TEXT,
     "Name: which name is written first. A comma, Chinese characters, a family name in capitals "
     "and "
     "a Polish one's ending tell it by themselves (unless given: auto).",
     "", false, false, "auto|given_first|family_first"},
    {"country", CDH_OPTION_TEXT,
     "Address: whose rules it follows (unless given: auto, which goes by the country in the "
     "address, "
     "the script and the shape of the postal code).",
     "", false, false, "auto|PL|GB|US|CN"},
    {"separator", CDH_OPTION_TEXT, "Separator: the text between two parts."},
    {"columns", CDH_OPTION_TEXT_LIST,
     "Separator: the columns that the parts go to, in order. The last takes whatever is left."},
    {"limit", CDH_OPTION_INTEGER, "Separator: the most parts to make (unless given: all columns)."},
};

struct NamePart {
  const char* name;
  std::string PersonName::*part;
};
constexpr NamePart kNameParts[] = {{"given_name", &PersonName::given_name},
                                   {"additional_name", &PersonName::additional_name},
                                   {"family_name", &PersonName::family_name},
                                   {"honorific_prefix", &PersonName::honorific_prefix},
                                   {"honorific_suffix", &PersonName::honorific_suffix}};

struct AddressPart {
  const char* name;
  std::string Address::*part;
};
constexpr AddressPart kAddressParts[] = {
    {"street_address", &Address::street_address}, {"address_line2", &Address::address_line2},
    {"postal_code", &Address::postal_code},       {"address_locality", &Address::address_locality},
    {"address_region", &Address::address_region}, {"address_country", &Address::address_country}};

enum class Kind { name, address, separator };

Kind kind_of(const std::string& name) {
  return name == "name" ? Kind::name : name == "address" ? Kind::address : Kind::separator;
}

NameOrder order_of(const std::string& name) {
  if (name == "given_first") return NameOrder::given_first;
  return name == "family_first" ? NameOrder::family_first : NameOrder::automatic;
}

AddressRule rule_of(const std::string& country) {
  if (country == "PL") return AddressRule::poland;
  if (country == "GB") return AddressRule::britain;
  if (country == "US") return AddressRule::usa;
  return country == "CN" ? AddressRule::china : AddressRule::automatic;
}

// Options that another kind would ignore are a mistake.
void check_options(const Settings& settings, Kind kind) {
  const auto only_with = [&](Kind owner, const char* option, const char* name) {
    if (kind != owner && settings.has(option)) {
      fail_config(std::string("it belongs to kind: ") + name, option);
    }
  };
  only_with(Kind::name, "order", "name");
  only_with(Kind::address, "country", "address");
  for (const char* option : {"separator", "columns", "limit"}) {
    only_with(Kind::separator, option, "separator");
  }
  if (kind != Kind::separator) return;
  if (settings.has("into")) fail_config("kind: separator takes its columns from `columns`", "into");
  if (settings.text("separator").empty()) fail_config("say what stands between parts", "separator");
  if (settings.list("columns").empty()) fail_config("name the columns of the parts", "columns");
}

class Split final : public RecordTransform {
 public:
  Split(const Settings& settings, Host&)
      : field_name_(settings.text("field")),
        kind_(kind_of(settings.text("kind"))),
        order_(order_of(settings.text("order"))),
        rule_(rule_of(settings.text("country"))),
        separator_(settings.text("separator")) {
    check_options(settings, kind_);
    if (kind_ == Kind::name) {
      for (const NamePart& part : kNameParts) column_names_.push_back(part.name);
    } else if (kind_ == Kind::address) {
      for (const AddressPart& part : kAddressParts) column_names_.push_back(part.name);
    } else {
      column_names_ = settings.list("columns");
      limit_columns(settings);
    }
    rename_columns(settings.map("into"));
  }

  void bind(std::vector<Field>& fields) override {
    field_ = require(fields, field_name_);
    columns_.clear();
    for (const std::string& name : column_names_) columns_.push_back(require_or_add(fields, name));
  }

  void edit(Record& record) override {
    if (record[field_].type != CDH_TEXT || is_blank(record[field_])) return;
    const std::string_view text = record.text(field_);
    if (kind_ == Kind::name) {
      const PersonName name = split_name(text, order_);
      for (std::size_t i = 0; i < columns_.size(); ++i) set(record, i, name.*kNameParts[i].part);
    } else if (kind_ == Kind::address) {
      const Address address = split_address(text, rule_);
      for (std::size_t i = 0; i < columns_.size(); ++i)
        set(record, i, address.*kAddressParts[i].part);
    } else {
      split_list(record, text);
    }
  }

 private:
  void limit_columns(const Settings& settings) {
    const std::int64_t limit =
        settings.integer("limit", static_cast<std::int64_t>(column_names_.size()));
    if (limit < 1 || limit > static_cast<std::int64_t>(column_names_.size())) {
      fail_config("it must be from 1 to the number of columns", "limit");
    }
    column_names_.resize(static_cast<std::size_t>(limit));
  }

  void rename_columns(const std::vector<std::pair<std::string, std::string>>& into) {
    const std::vector<std::string> parts = column_names_;
    for (const auto& [part, column] : into) {
      std::size_t index = 0;
      while (index < parts.size() && parts[index] != part) ++index;
      if (index == parts.size()) {
        fail_config("there is no part \"" + part + "\"; the parts are: " + listed(parts), "into");
      }
      if (column.empty()) fail_config("name a column for the part \"" + part + "\"", "into");
      column_names_[index] = column;
    }
  }

  static std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
  }

  void set(Record& record, std::size_t part, const std::string& text) {
    if (!text.empty()) record.set_text(columns_[part], text);
  }

  void split_list(Record& record, std::string_view text) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool is_last = i + 1 == columns_.size();
      const std::size_t end = is_last ? std::string_view::npos : text.find(separator_);
      set(record, i, tidy(text.substr(0, end)));
      if (end == std::string_view::npos) return;
      text.remove_prefix(end + separator_.size());
    }
  }

  std::string field_name_;
  Kind kind_;
  NameOrder order_;
  AddressRule rule_;
  std::string separator_;
  std::vector<std::string> column_names_;  // in the order of the parts
  int field_ = -1;
  std::vector<int> columns_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(Split, "split", "1.1",
                     "Splits a whole name, an address or a list into columns.", kOptions)

}  // namespace cdh::split
