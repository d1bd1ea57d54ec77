#include "hub/run/configuration_change.hpp"

#include <map>
#include <vector>

#include "hub/base/sha256.hpp"
#include "hub/base/text.hpp"
#include "hub/plugin_host/secret_options.hpp"
#include "hub/store/audit.hpp"

namespace cdh {

namespace {

constexpr std::size_t kDigits = 32;         // of a setting's fingerprint
constexpr std::size_t kDigitsShown = 16;    // of that of all
constexpr std::size_t kNamesShown = 30;     // in one event
constexpr std::size_t kLongestName = 1000;  // bytes; the column takes 1,500

using Fingerprints = std::map<std::string, std::string>;  // by the setting's name

std::string text_of(const Setting& setting, const SecretMask& secrets) {
  if (setting.secret) return "***";
  std::string text = secrets.mask(setting.text);
  for (const Setting& item : setting.items) text += '\x1f' + text_of(item, secrets);
  for (const auto& [name, member] : setting.members) {
    text += '\x1e' + name + '\x1f' + (is_named_secret(name) ? "***" : text_of(member, secrets));
  }
  return text;
}

void add_settings(const Setting& setting, const std::string& name, const SecretMask& secrets,
                  Fingerprints& out) {
  if (setting.kind == Setting::Kind::map && !setting.members.empty()) {
    for (const auto& [key, member] : setting.members) {
      const std::string inner = name.empty() ? key : name + "." + key;
      if (is_named_secret(key)) {
        out[std::string(cut_utf8(inner, kLongestName))] = "***";
      } else {
        add_settings(member, inner, secrets, out);
      }
    }
    return;
  }
  out[std::string(cut_utf8(name, kLongestName))] =
      sha256(text_of(setting, secrets)).substr(0, kDigits);
}

Fingerprints fingerprints_of(const HubConfig& config, PluginRegistry& plugins) {
  Setting document = config.document;
  mark_secret_options(document, plugins);
  Fingerprints settings;
  add_settings(document, "", config.secrets, settings);
  return settings;
}

Fingerprints stored_fingerprints(Database& database) {
  Fingerprints settings;
  const auto rows = database.query("SELECT setting, fingerprint FROM configuration");
  while (rows->next()) settings[std::string(rows->text(0))] = rows->text(1);
  return settings;
}

void store_fingerprints(Database& database, const Fingerprints& settings) {
  database.execute("DELETE FROM configuration");
  const auto rows = database.bulk_insert("configuration", {"setting", "fingerprint"});
  for (const auto& [name, fingerprint] : settings) {
    rows->add(name);
    rows->add(fingerprint);
    rows->end_row();
  }
  rows->flush();
}

std::vector<std::string> differences(const Fingerprints& before, const Fingerprints& now) {
  std::vector<std::string> names;
  for (const auto& [name, fingerprint] : now) {
    const auto found = before.find(name);
    if (found == before.end()) {
      names.push_back("+" + name);
    } else if (found->second != fingerprint) {
      names.push_back(name);
    }
  }
  for (const auto& [name, fingerprint] : before) {
    if (!now.contains(name)) names.push_back("-" + name);
  }
  return names;
}

std::string subject_of(const Fingerprints& settings, std::vector<std::string> names) {
  std::string all;
  for (const auto& [name, fingerprint] : settings) all += name + '\x1f' + fingerprint + '\x1e';
  const std::size_t more = names.size() - std::min(names.size(), kNamesShown);
  names.resize(names.size() - more);
  return sha256(all).substr(0, kDigitsShown) + ": " + join(names, ", ") +
         (more > 0 ? " and " + std::to_string(more) + " more" : "");
}

}  // namespace

void note_configuration(Database& database, const HubConfig& config, PluginRegistry& plugins,
                        const std::string& who) {
  const Fingerprints now = fingerprints_of(config, plugins);
  Transaction transaction(database);
  const Fingerprints before = stored_fingerprints(database);
  if (before == now) return;
  store_fingerprints(database, now);
  if (!before.empty()) {
    add_audit_event(database, {who, "configuration", subject_of(now, differences(before, now))});
  }
  transaction.commit();
}

}  // namespace cdh
