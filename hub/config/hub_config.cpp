#include "hub/config/hub_config.hpp"

#include <algorithm>
#include <bitset>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <span>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/config/cross_checks.hpp"
#include "hub/config/faults.hpp"
#include "hub/config/hub_shape.hpp"
#include "hub/config/mapping_binding.hpp"
#include "hub/config/reporting_shape.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/config/store_config.hpp"
#include "hub/config/yaml_reader.hpp"

namespace cdh {

namespace {

namespace fs = std::filesystem;

// --- What the file leaves to its surroundings: not a fixed default, so not in the shape ---

Setting* find_member(Setting& map, std::string_view key) {
  for (auto& [name, member] : map.members) {
    if (name == key) return &member;
  }
  return nullptr;
}

// Sets a member that is missing, after the map's first one: the name of what it is.
void fill(Setting& map, const std::string& key, const Setting* value) {
  if (value == nullptr || map.find(key) != nullptr) return;
  Setting copy = *value;
  copy.where = {};
  map.members.insert(map.members.begin() + std::min<std::ptrdiff_t>(1, std::ssize(map.members)),
                     {key, std::move(copy)});
}

void fill_inherited(Setting& document) {
  Setting none;
  Setting* hub = find_member(document, "hub");
  Setting* sources = find_member(document, "sources");
  if (hub == nullptr || sources == nullptr) return;
  for (auto& [source_name, source] : sources->members) {
    fill(source, "time_zone", hub->find("time_zone"));
    fill(source, "country", hub->find("country"));
    Setting* streams = find_member(source, "streams");
    for (auto& [stream_name, stream] : streams != nullptr ? streams->members : none.members) {
      Setting* map = find_member(stream, "map");
      for (Setting& item : map != nullptr ? map->items : none.items) {
        fill(item, "as", item.find("into"));
      }
    }
  }
}

// --- The document, which conforms to its shape, as typed settings ---

const Setting& member_of(const Setting& map, std::string_view key) {
  static const Setting kNone;
  const Setting* member = map.find(key);
  return member != nullptr ? *member : kNone;
}

std::string text_of(const Setting& map, std::string_view key) { return member_of(map, key).text; }

std::vector<std::string> texts_of(const Setting& map, std::string_view key) {
  std::vector<std::string> texts;
  for (const Setting& item : member_of(map, key).items) texts.push_back(item.text);
  return texts;
}

int number_of(const Setting& map, std::string_view key) {
  const std::string& text = member_of(map, key).text;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

TransformConfig bind_transform(const Setting& given) {
  TransformConfig transform{text_of(given, "use"), given, given.where,
                            text_of(given, "isolate") == "true"};
  std::erase_if(transform.settings.members, [](const auto& member) {
    return member.first == "use" || member.first == "isolate";
  });
  return transform;
}

StreamConfig bind_stream(const std::string& name, const Setting& given, ConfigFaults& faults) {
  StreamConfig stream;
  stream.name = name;
  stream.where = given.where;
  stream.key = texts_of(given, "key");
  stream.updated_at = text_of(given, "updated_at");
  if (const Setting* mode = given.find("mode")) {
    stream.mode = mode->text == "full" ? ReadMode::full : ReadMode::incremental;
  }
  if (text_of(given, "blank") == "clear") stream.blank = BlankPolicy::clear;
  const std::string drift = text_of(given, "drift");
  if (drift == "freeze") stream.drift = DriftPolicy::freeze;
  if (drift == "quarantine") stream.drift = DriftPolicy::quarantine;
  stream.date_order = text_of(given, "date_order");
  stream.decimal = text_of(given, "decimal");
  for (const Setting& item : member_of(given, "transforms").items) {
    stream.transforms.push_back(bind_transform(item));
  }
  for (const Setting& item : member_of(given, "map").items) {
    stream.map.push_back(bind_entity_mapping(item, faults));
  }
  return stream;
}

SourceConfig bind_source(const std::string& name, const Setting& given, const HubLimits& limits,
                         ConfigFaults& faults) {
  SourceConfig source;
  source.name = name;
  source.where = given.where;
  source.connector = text_of(given, "connector");
  source.config = member_of(given, "config");
  source.isolate = text_of(given, "isolate") == "true";
  source.trust = number_of(given, "trust");
  source.country = text_of(given, "country");
  source.time_zone = text_of(given, "time_zone");
  source.limits = bind_source_limits(member_of(given, "limits"), limits.streams);
  for (const auto& [stream_name, stream] : member_of(given, "streams").members) {
    source.streams.push_back(bind_stream(stream_name, stream, faults));
  }
  return source;
}

double decimal_of(const Setting& setting) {
  double number = 0;
  std::from_chars(setting.text.data(), setting.text.data() + setting.text.size(), number);
  return number;
}

// Those that the list names, of all.
template <typename Named, std::size_t kCount>
std::bitset<kCount> named(const std::vector<std::string>& names) {
  std::bitset<kCount> set;
  for (std::size_t i = 0; i < kCount; ++i) {
    set[i] = std::ranges::find(names, name_of(static_cast<Named>(i))) != names.end();
  }
  return set;
}

std::vector<LevelWeight> bind_weights(const Setting& given) {
  std::vector<LevelWeight> weights;
  for (const auto& [name, levels] : given.members) {
    const MatchField field = find_match_field(name).value();
    const std::span<const std::string_view> names = level_names(field);
    for (const auto& [level, bits] : levels.members) {
      const auto place = std::ranges::find(names, level) - names.begin();
      weights.push_back({field, static_cast<Level>(place), decimal_of(bits)});
    }
  }
  return weights;
}

MatchPolicy bind_match(const Setting& given) {
  MatchPolicy match;
  match.max_holders = number_of(given, "max_holders");
  match.link_score = decimal_of(member_of(given, "link_score"));
  match.review_score = decimal_of(member_of(given, "review_score"));
  match.fields = named<MatchField, kMatchFields>(texts_of(given, "fields"));
  match.weights = bind_weights(member_of(given, "weights"));
  match.blocking = named<BlockingPass, kBlockingPasses>(texts_of(given, "blocking"));
  match.block_limit = number_of(given, "block_limit");
  match.one_per_source = texts_of(given, "one_per_source");
  match.households = text_of(given, "households") == "true";
  return match;
}

MergePolicy bind_merge(const Setting& given) {
  MergePolicy merge{survivorship_chain(member_of(given, "default")), {}};
  for (const auto& [field, chain] : member_of(given, "fields").members) {
    merge.fields.emplace_back(field, survivorship_chain(chain));
  }
  return merge;
}

std::string absolute_store(const std::string& url, const fs::path& folder) {
  constexpr std::string_view kSqlite = "sqlite://";
  if (!url.starts_with(kSqlite)) return url;
  const fs::path path = folder / url.substr(kSqlite.size());
  return std::string(kSqlite) + path.lexically_normal().string();
}

// Of a text with secrets only the scheme is shown, since a secret may stand anywhere in it.
std::string shown_store(const std::string& url, bool has_secrets) {
  const std::size_t start = url.find("://");
  if (start == url.npos) return "***";
  return has_secrets ? url.substr(0, start + 3) + "***" : masked_store_url(url);
}

void bind_hub(HubConfig& config, const fs::path& folder, ConfigFaults& faults) {
  config.secrets = SecretMask(config.document);
  const Setting& hub = member_of(config.document, "hub");
  config.secrets.add_named_secrets(hub);
  config.secrets.add_url_password(text_of(hub, "store"));
  const Setting& store = member_of(hub, "store");
  config.store = absolute_store(store.text, folder);
  config.store_shown = shown_store(config.store, store.secret);
  config.country = text_of(hub, "country");
  config.time_zone = text_of(hub, "time_zone");
  config.undo_runs = number_of(hub, "undo_runs");
  config.run_log_days = number_of(hub, "run_log_days");
  for (const std::string& plugins : texts_of(hub, "plugins")) {
    config.plugins.push_back((folder / plugins).lexically_normal());
  }
  config.reporting = bind_reporting(hub, folder, faults);
  const auto& [report, metrics, notify, lineage_events] = config.reporting;
  if (notify && notify->webhook) config.secrets.add_url_password(notify->webhook->url);
  if (lineage_events && lineage_events->target) {
    config.secrets.add_url_password(lineage_events->target->url);
  }
}

std::string read_file(const fs::path& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) {
    throw Error(ErrorKind::config, file.string() + ": is a folder; name the hub.yaml inside it");
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    throw Error(ErrorKind::config, file.string() + ": cannot be opened: " + std::strerror(errno) +
                                       "; name another with -c, or begin with cdh init");
  }
  std::string text(kMaxYamlBytes + 1, '\0');  // one more than allowed: the reader tells it
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

HubConfig parse(std::string_view yaml, const fs::path& file, const NeededReferences& needed) {
  ConfigFaults faults;
  const std::optional<Setting> read = read_yaml(yaml, file, faults, needed);
  if (!read) faults.throw_if_any();

  HubConfig config;
  config.file = file;
  config.document = conform(*read, *hub_shape(), "", {file.string(), 1}, faults);
  fill_inherited(config.document);
  bind_hub(config, fs::absolute(file).parent_path(), faults);
  config.limits = bind_limits(member_of(config.document, "limits"));
  for (const auto& [name, source] : member_of(config.document, "sources").members) {
    config.sources.push_back(bind_source(name, source, config.limits, faults));
  }
  config.match = bind_match(member_of(config.document, "match"));
  config.merge = bind_merge(member_of(config.document, "merge"));
  cross_check(config, faults);
  faults.throw_if_any();
  return config;
}

}  // namespace

const SourceConfig* HubConfig::find_source(std::string_view name) const {
  const auto found = std::find_if(sources.begin(), sources.end(),
                                  [&](const SourceConfig& source) { return source.name == name; });
  return found == sources.end() ? nullptr : &*found;
}

HubConfig load_hub_config(const fs::path& file) { return parse_hub_config(read_file(file), file); }

HubConfig parse_hub_config(std::string_view yaml, const fs::path& file) {
  return parse(yaml, file, {});
}

HubConfig load_store_config(const fs::path& file) {
  return parse(read_file(file), file, [](const std::vector<std::string_view>& keys) {
    return keys.size() == 2 && keys[0] == "hub" && keys[1] == "store";
  });
}

std::string hub_config_schema() {
  return json_schema(*hub_shape(), "hub.yaml of the customer data hub");
}

}  // namespace cdh
