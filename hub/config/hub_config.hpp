// hub.yaml as typed settings. Everything is checked here that can be checked without loading a
// plugin: unknown keys, types, ranges, entity and field names, references between streams. The
// options themselves, with help and defaults, are declared in hub_shape.cpp.
//
//     const HubConfig config = load_hub_config("hub.yaml");
//     const SourceConfig* erp = config.find_source("erp");
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config/limits.hpp"
#include "hub/config/reporting.hpp"
#include "hub/config/secret_mask.hpp"
#include "hub/config/setting.hpp"
#include "hub/model/entity.hpp"
#include "hub/model/policy.hpp"

namespace cdh {

// One transform of a stream: `- { use: text, fields: [First Name], trim: true }`.
struct TransformConfig {
  std::string plugin;  // `use`
  Setting settings;    // everything but `use` and `isolate`
  Location where;
  bool isolate = false;  // it runs in a child process
};

// Where a mapped field's value comes from: a source field, or a constant.
//   given_name: First Name
//   purpose: { value: newsletter }
//   emails: [Email Address, { from: MAIL2, type: work }]
struct ValueSource {
  std::string from;                     // source field; empty with a constant
  std::optional<std::string> constant;  // `value`
  Location where;
};

struct FieldMapping {
  FieldId field = kNoField;
  ValueSource value;
};

// One contact point of a party: the fields of a contact entity. A bare source name fills the
// entity's value_field; a map may fill several: { from: MAIL, type: work },
// addresses: [{ street_address: STREET, postal_code: ZIP, type: { value: home } }].
// `type`, `system`, `id_type` and `network` given as a plain text are constants, and so are true
// and false for a boolean field; `from` is short for the value_field. Address fields (but not
// `type`) directly among a party's fields make one address.
struct ContactMapping {
  EntityId entity = kNoEntity;
  std::vector<FieldMapping> fields;
};

// `refs: { customer: { stream: customers, key: CUSTNO } }`, optionally with source: and as:, or
// `refs: { person: { as: contact } }` for an entity of the same record.
struct RefMapping {
  std::string name;    // RefSpec::name
  std::string source;  // empty: this source
  std::string stream;  // empty: the same record
  std::string key;     // the source field that holds the other record's key
  std::string as;
  Location where;
};

// A condition on the record: every field must equal one of its texts. `when: { TYPE: [P, O] }`
struct When {
  std::string field;
  std::vector<std::string> any_of;
};

struct EntityMapping {
  EntityId entity = kNoEntity;  // `into`
  std::string as;               // unique in the stream; by default the entity's name
  std::vector<When> when;
  std::vector<FieldMapping> fields;
  std::vector<ContactMapping> contacts;  // parties only
  std::vector<RefMapping> refs;          // events only
  std::vector<std::pair<std::string, ValueSource>> ext;
  std::vector<FieldId>
      required;  // `required: [family_name]`: without them the record is quarantined
  Location where;
};

enum class BlankPolicy { ignore, clear };
enum class ReadMode { full, incremental };  // full: a record that is not read any more is gone

struct StreamConfig {
  std::string name;
  std::vector<std::string> key;  // `key: Member ID` or a list; empty = what the connector declares
  std::string updated_at;        // source field; empty = the source has no time
  std::optional<ReadMode> mode;  // unset = as the connector's stream is
  BlankPolicy blank = BlankPolicy::ignore;
  std::string date_order;  // "ymd", "dmy", "mdy"; empty = as is usual in the source's country
  std::string decimal;     // "comma", "point"; empty = likewise
  std::vector<TransformConfig> transforms;
  std::vector<EntityMapping> map;
  Location where;
};

struct SourceConfig {
  std::string name;
  std::string connector;
  Setting config;         // the plugin's own
  bool isolate = false;   // the connector runs in a child process
  int trust = 50;         // 0 to 100
  std::string country;    // given, or the hub's
  std::string time_zone;  // of times that carry none; given, or the hub's
  StreamLimits limits;    // given, or the hub's
  std::vector<StreamConfig> streams;
  Location where;
};

struct HubConfig {
  std::filesystem::path file;  // as given; paths inside are relative to its folder
  std::string store;           // URL; a relative sqlite path is already absolute
  std::string store_shown;     // the same without password and secrets, for messages
  std::string country = "US";
  std::string time_zone = "UTC";
  std::vector<std::filesystem::path> plugins;
  int undo_runs = 7;                  // of the last runs, for so many is kept what they replaced
  int run_log_days = 730;             // how long the run log is kept
  std::vector<SourceConfig> sources;  // in file order
  HubLimits limits;
  MatchPolicy match;
  MergePolicy merge;
  ReportingConfig reporting;
  // Whatever references stood for, and the passwords and the like below `hub`. Those of sources are
  // added by their plugins, which know what is one.
  SecretMask secrets;
  Setting document;  // what was read, in its long form with every default: for explain()

  const SourceConfig* find_source(std::string_view name) const;
};

// Reads the file and the environment. Throws Error(config) that lists every fault found, one a
// line, each with file and line and, for an unknown name, the nearest known one.
HubConfig load_hub_config(const std::filesystem::path& file);
// The same from text; `file` is for messages, and its folder for relative paths.
HubConfig parse_hub_config(std::string_view yaml, const std::filesystem::path& file);

// JSON Schema (draft 2020-12) of hub.yaml, for editors.
std::string hub_config_schema();

// The whole configuration as YAML in its long form, what the file left open marked "# default".
// Secrets are masked: texts from ${env:...} and ${file:...}, a password in the store's URL, and
// whatever is named like one (password, token, ...). An option that a plugin declares secret under
// another name must be marked `secret` in `document` by the caller. Without secrets the text is a
// hub.yaml of the same meaning.
std::string explain(const HubConfig& config);

}  // namespace cdh
