#include "tests/plugins/transform_run.hpp"

#include <filesystem>

#include <yaml-cpp/yaml.h>

#include "hub/base/error.hpp"
#include "hub/plugin_host/plugin.hpp"

namespace cdh {

namespace {

Setting setting_of(const YAML::Node& node, const Location& where) {
  Setting setting;
  if (node.IsScalar()) setting = Setting::scalar(node.Scalar());
  if (node.IsSequence()) {
    setting.kind = Setting::Kind::list;
    for (const YAML::Node& item : node) setting.items.push_back(setting_of(item, where));
  }
  if (node.IsMap()) {
    setting.kind = Setting::Kind::map;
    for (const auto& member : node) {
      setting.members.emplace_back(member.first.Scalar(), setting_of(member.second, where));
    }
  }
  setting.where = where;
  return setting;
}

std::string shown(const Value& value) {
  return value.type == ValueType::null ? "null" : to_text(value);
}

}  // namespace

Setting settings_of(const std::string& yaml, const std::string& folder) {
  return setting_of(YAML::Load(yaml), {(std::filesystem::path(folder) / "hub.yaml").string(), 1});
}

std::string transformed(const std::string& plugin, const std::string& settings,
                        const TestRecord& record, const std::string& folder) {
  const auto library = std::filesystem::path(CDH_TEST_PLUGIN_DIR) / ("cdh-" + plugin + ".so");
  Transform transform = Plugin::load(library).transform(settings_of(settings, folder));
  std::vector<Column> columns;
  std::vector<Value> values;
  for (const auto& [name, value] : record) {
    columns.push_back({name, value.type});
    values.push_back(value);
  }
  const Batch in = Batch::from_values(columns, {values});
  const Batch out = transform.apply(in);
  if (out.row_count() == 0) return "dropped";
  const RowInfo row = out.row(0);
  if (!row.rejection.empty()) {
    return "quarantined " + std::string(row.rejected_field) + ": " + std::string(row.rejection);
  }
  std::string text;
  const std::vector<Column> written = out.columns();
  for (std::size_t i = 0; i < written.size(); ++i) {
    const Value value = out.value(0, i);
    if (value.type == ValueType::absent) continue;
    text += (text.empty() ? "" : ", ") + written[i].name + "=" + shown(value);
  }
  return text;
}

std::string config_error(const std::string& plugin, const std::string& settings,
                         const TestRecord& record, const std::string& folder) {
  try {
    transformed(plugin, settings, record, folder);
  } catch (const Error& error) {
    return error.kind() == ErrorKind::config ? error.what()
                                             : std::string("not config: ") + error.what();
  }
  return {};
}

Value null_value() {
  Value value;
  value.type = ValueType::null;
  return value;
}

Value integer_value(std::int64_t integer) {
  Value value;
  value.type = ValueType::integer;
  value.integer = integer;
  return value;
}

Value real_value(double real) {
  Value value;
  value.type = ValueType::real;
  value.real = real;
  return value;
}

Value date_value(std::int64_t days) {
  Value value;
  value.type = ValueType::date;
  value.integer = days;
  return value;
}

}  // namespace cdh
