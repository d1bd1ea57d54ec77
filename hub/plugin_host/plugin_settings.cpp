#include "hub/plugin_host/plugin_settings.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"

namespace cdh {

namespace {

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = result.ec == std::errc() && result.ptr == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

// YAML 1.2's booleans, and the two that everybody writes.
std::optional<std::int64_t> parse_boolean(std::string_view text) {
  const std::string lower = ascii_lower(text);
  if (lower == "true" || lower == "yes") return 1;
  if (lower == "false" || lower == "no") return 0;
  return std::nullopt;
}

std::string absolute_path(const Setting& setting) {
  const std::filesystem::path path(setting.text);
  if (path.is_absolute()) return path.string();
  const std::filesystem::path base = std::filesystem::path(setting.where.file).parent_path();
  return std::filesystem::absolute(base / path).lexically_normal().string();
}

}  // namespace

PluginSettings::PluginSettings(const std::string& plugin_name,
                               const std::vector<PluginOption>& options, const Setting& given)
    : plugin_name_(plugin_name) {
  if (given.kind != Setting::Kind::null && given.kind != Setting::Kind::map) {
    fault(given, "the settings of plugin \"" + plugin_name + "\" must be a map of options");
  }
  std::vector<std::string_view> names;
  for (const PluginOption& option : options) {
    names.push_back(option.name);
    if (option.secret) secret_names_.insert(option.name);
  }
  for (const auto& [name, setting] : given.members) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      fault(setting, "plugin \"" + plugin_name + "\" has no option \"" + name + "\"" +
                         suggestion(name, names));
    }
  }
  for (const PluginOption& option : options) {
    const Setting* setting = given.find(option.name);
    if (setting != nullptr && setting->kind != Setting::Kind::null) {
      add(option, *setting);
    } else if (option.required) {
      fault(given, "plugin \"" + plugin_name + "\" needs the option \"" + option.name +
                       "\": " + option.help);
    } else {
      add_default(option);
    }
  }
  if (!faults_.empty()) throw Error(ErrorKind::config, join(faults_, "\n"));
  settings_ = {sizeof(cdh_settings), sizeof(cdh_setting), list_.data(), list_.size()};
}

std::string PluginSettings::canonical_text() const {
  std::string out;
  for (const cdh_setting& setting : list_) {
    const std::string_view name(setting.name.data, setting.name.size);
    if (secret_names_.contains(name)) continue;
    out += name;
    for (std::size_t i = 0; i < setting.count; ++i) {
      const cdh_value& value = setting.values[i];
      out += '\x1f';
      if (value.type == CDH_TEXT) {
        out.append(value.as.text, value.length);
      } else {
        out += std::to_string(value.as.integer);
      }
    }
    out += '\x1e';
  }
  return out;
}

void PluginSettings::add(const PluginOption& option, const Setting& setting) {
  std::vector<cdh_value>& values = values_.emplace_back();
  add_values(option, setting, values);
  list_.push_back({{option.name.data(), option.name.size()}, values.data(), values.size()});
}

void PluginSettings::add_default(const PluginOption& option) {
  if (option.default_value.empty()) return;
  Setting setting = Setting::scalar(option.default_value);
  add(option, setting);
}

void PluginSettings::add_values(const PluginOption& option, const Setting& setting,
                                std::vector<cdh_value>& out) {
  const bool is_list = option.type == OptionType::text_list;
  if (option.type == OptionType::text_map) {
    if (setting.kind != Setting::Kind::map) {
      return fault(setting, "option \"" + option.name + "\" must be a map of names to texts");
    }
    for (const auto& [key, member] : setting.members) {
      out.push_back(keep_text(key));
      out.push_back(scalar(option, member));
    }
  } else if (setting.kind == Setting::Kind::list && is_list) {
    for (const Setting& item : setting.items) out.push_back(scalar(option, item));
  } else {
    out.push_back(scalar(option, setting));
  }
}

cdh_value PluginSettings::scalar(const PluginOption& option, const Setting& setting) {
  cdh_value value{};
  if (setting.kind == Setting::Kind::null) return keep_text("");
  if (setting.kind != Setting::Kind::scalar) {
    fault(setting, "option \"" + option.name + "\" must be a single value");
    return value;
  }
  const auto typed = [&](std::optional<std::int64_t> number, std::uint8_t type, const char* what) {
    if (!number) fault(setting, "option \"" + option.name + "\" must be " + what);
    value.type = type;
    value.as.integer = number.value_or(0);
    return value;
  };
  switch (option.type) {
    case OptionType::integer:
      return typed(parse_integer(setting.text), CDH_INTEGER, "a whole number");
    case OptionType::boolean:
      return typed(parse_boolean(setting.text), CDH_BOOLEAN, "true or false");
    case OptionType::path:
      return keep_text(absolute_path(setting));
    default:
      break;
  }
  const auto& choices = option.choices;
  if (!choices.empty() &&
      std::find(choices.begin(), choices.end(), setting.text) == choices.end()) {
    fault(setting, "option \"" + option.name + "\" cannot be \"" + setting.text +
                       "\"; choose one of: " + join(choices, ", "));
  }
  return keep_text(setting.text);
}

cdh_value PluginSettings::keep_text(std::string text) {
  const std::string& kept = texts_.emplace_back(std::move(text));
  cdh_value value{};
  value.type = CDH_TEXT;
  value.as.text = kept.data();
  value.length = static_cast<std::uint32_t>(kept.size());
  return value;
}

void PluginSettings::fault(const Setting& at, const std::string& message) {
  const std::string where = to_text(at.where);
  faults_.push_back(where.empty() ? message : where + ": " + message);
}

}  // namespace cdh
