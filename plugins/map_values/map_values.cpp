// Replaces known values of a field: codes by words, spellings by one spelling.
//
//     transforms:
//       - { use: map_values, field: STATUS, values: { A: active, I: inactive }, on_unknown:
//       quarantine }
//       - { use: map_values, field: Country, values: { polska: PL, polen: PL }, ignore_case: true }
//
// Values that are not text (4711, true, 2026-11-22) are compared as they would be written. A value
// mapped to nothing ("-": "") becomes null. Absent and null values pass; an empty text too, unless
// it is listed. Reasons of quarantine name the field and the rule, never the value.
#include <cstdint>
#include <memory>
#include <unordered_map>

#include <cdh/plugin.hpp>
#include <cdh/value_text.hpp>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

namespace cdh::map_values {
namespace {

constexpr Option kOptions[] = {
    {"field", CDH_OPTION_TEXT, "The field whose values are replaced.", "", true},
    {"values", CDH_OPTION_TEXT_MAP, "Each known value and what stands in its place.", "", true},
    {"into", CDH_OPTION_TEXT, "Writes the result to this column and leaves the field as it is."},
    {"ignore_case", CDH_OPTION_BOOLEAN, "Takes PL, Pl and pl for one value.", "false"},
    {"on_unknown", CDH_OPTION_TEXT,
     "What becomes of a value that is not listed: it is kept, made null, replaced by `default`, or "
     "its "
     "record is quarantined (unless given: default if there is one, else keep).",
     "", false, false, "keep|null|quarantine|default"},
    {"default", CDH_OPTION_TEXT, "What stands in place of a value that is not listed."},
};

enum class OnUnknown { keep, null, quarantine, use_default };

OnUnknown on_unknown_of(const Settings& settings) {
  const bool has_default = settings.has("default");
  const std::string name = settings.text("on_unknown", has_default ? "default" : "keep");
  if (name == "default" && !has_default) {
    fail_config("on_unknown: default needs a default", "default");
  }
  if (name != "default" && has_default) {
    fail_config("the default is never used with on_unknown: " + name, "default");
  }
  if (name == "null") return OnUnknown::null;
  if (name == "quarantine") return OnUnknown::quarantine;
  return name == "default" ? OnUnknown::use_default : OnUnknown::keep;
}

class MapValues final : public RecordTransform {
 public:
  MapValues(const Settings& settings, Host&)
      : field_name_(settings.text("field")),
        into_name_(settings.text("into", field_name_)),
        ignore_case_(settings.boolean("ignore_case")),
        on_unknown_(on_unknown_of(settings)),
        default_(settings.text("default")) {
    const auto values = settings.map("values");
    if (values.empty()) fail_config("list at least one value", "values");
    for (const auto& [from, to] : values) {
      const auto [known, added] = values_.emplace(key_of(from), to);
      if (!added && known->second != to) {
        fail_config("\"" + from + "\" is listed twice with different results", "values");
      }
    }
  }

  void bind(std::vector<Field>& fields) override {
    field_ = require(fields, field_name_);
    into_ = require_or_add(fields, into_name_);
  }

  void edit(Record& record) override {
    const cdh_value& value = record[field_];
    if (value.type == CDH_ABSENT || value.type == CDH_NULL) return;
    const std::string_view text = written(value, written_);
    if (const auto known = values_.find(key_of(text)); known != values_.end()) {
      set(record, known->second);
    } else if (text.empty() || on_unknown_ == OnUnknown::keep) {
      record[into_] = cdh_value(value);
    } else if (on_unknown_ == OnUnknown::null) {
      record.set_null(into_);
    } else if (on_unknown_ == OnUnknown::use_default) {
      set(record, default_);
    } else {
      record.reject("\"" + field_name_ + "\" is none of the values that map_values knows",
                    field_name_);
    }
  }

 private:
  void set(Record& record, const std::string& text) {
    if (text.empty()) {
      record.set_null(into_);
    } else {
      record.set_text(into_, text);
    }
  }

  // The form in which values are looked up; valid until the next call.
  const std::string& key_of(std::string_view text) {
    key_.clear();
    if (!ignore_case_) return key_.assign(text);
    icu::StringByteSink<std::string> sink(&key_);
    UErrorCode status = U_ZERO_ERROR;
    icu::CaseMap::utf8Fold(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr,
                           status);
    if (U_FAILURE(status)) fail_system(std::string("ICU cannot fold: ") + u_errorName(status));
    return key_;
  }

  std::string field_name_, into_name_;
  bool ignore_case_;
  OnUnknown on_unknown_;
  std::string default_;
  std::unordered_map<std::string, std::string> values_;
  int field_ = -1, into_ = -1;
  std::string key_, written_;
};

}  // namespace

CDH_PLUGIN_TRANSFORM(MapValues, "map_values", "1.0",
                     "Replaces known values of a field: codes by words, spellings by one spelling.",
                     kOptions)

}  // namespace cdh::map_values
