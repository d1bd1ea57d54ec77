#include "hub/run/maintenance.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/config/text_rules.hpp"
#include "hub/plugin_host/plugin_registry.hpp"
#include "hub/run/logged_run.hpp"
#include "hub/store/audit.hpp"
#include "hub/store/quarantine.hpp"
#include "hub/store/schema.hpp"

namespace cdh {

namespace {

void take_lock(Database& database) {
  take_run_lock(database);
  require_current_schema(database);
}

std::vector<QuarantineEntry> entries_of(Database& database, const std::vector<std::int64_t>& ids) {
  if (ids.empty()) return list_quarantined(database, "", std::numeric_limits<std::int32_t>::max());
  std::vector<QuarantineEntry> entries;
  for (const std::int64_t id : ids) {
    auto entry = find_quarantined(database, id);
    if (!entry) {
      throw Error(ErrorKind::config, "there is no quarantined record " + std::to_string(id) +
                                         "; see `cdh quarantine list`");
    }
    const bool repeated = std::ranges::find(entries, id, &QuarantineEntry::id) != entries.end();
    if (!repeated) entries.push_back(*std::move(entry));
  }
  return entries;
}

void require_free_name(Database& database, const std::string& from, const std::string& to) {
  if (!kLowerName.holds(to)) {
    throw Error(ErrorKind::config,
                "\"" + to + "\": the name of a source " + std::string(kLowerName.must));
  }
  if (from == to) throw Error(ErrorKind::config, "the source is called " + to + " already");
  for (const CatalogEntry& entry : source_catalog(database)) {
    const std::int64_t records = entry.present + entry.gone + entry.quarantined;
    if (entry.source != to || records == 0) continue;
    throw Error(ErrorKind::config,
                "the store has a source \"" + to + "\" already, with " +
                    counted(records, "record", "records") + " of its own in " + entry.stream +
                    ", and two sources cannot become one. If they are those of " + from +
                    ", read once more under the new name, take the old ones out: `cdh source "
                    "remove " +
                    from + "`");
  }
}

}  // namespace

RetryResult retry_quarantine(Database& database, const HubConfig& config,
                             const std::vector<std::int64_t>& ids, const std::string& who) {
  take_lock(database);
  std::vector<QuarantineEntry> entries = entries_of(database, ids);
  RetryResult result;
  if (entries.empty()) return result;
  PluginRegistry plugins(plugin_folders(config.plugins), {.secrets = config.secrets});
  const std::string action = "quarantine retry";
  const AuditEvent act{who, action, counted(std::ssize(entries), "record", "records")};
  const SourceOffers offers = ask_sources(config, plugins, entries);
  const auto retry = [&](std::int64_t run_id) {
    result.counts =
        retry_quarantined(database, config, plugins, offers, run_id, std::move(entries));
  };
  result.profiles = publish_change(database, config, action, retry, act);
  end_runs(database, config);
  return result;
}

SourcePart require_stored(Database& database, const std::string& name) {
  const std::size_t slash = name.find('/');
  SourcePart part{name.substr(0, slash), slash == name.npos ? "" : name.substr(slash + 1)};
  if (has_part(database, part)) return part;
  const std::vector<CatalogEntry> catalog = source_catalog(database);
  std::vector<std::string> names;
  for (const CatalogEntry& entry : catalog) {  // an entry for each of its streams
    const std::string known =
        part.stream.empty() ? entry.source : entry.source + "/" + entry.stream;
    if (std::ranges::find(names, known) == names.end()) names.push_back(known);
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  throw Error(ErrorKind::config, std::string("the store has no ") +
                                     (part.stream.empty() ? "source" : "stream") + " \"" + name +
                                     "\"" + suggestion(name, views));
}

RemovalResult remove_source(Database& database, const HubConfig& config, const std::string& name,
                            const std::string& who) {
  take_lock(database);
  const SourcePart part = require_stored(database, name);
  RemovalResult result;
  const auto take_out = [&](std::int64_t run_id) {
    result.records = withdraw(database, part, run_id);
  };
  result.profiles =
      publish_change(database, config, "source remove " + name, take_out,
                     AuditEvent{who, "source remove", name}, true);  // it is what was asked for
  end_runs(database, config);
  return result;
}

void rename_source_as(Database& database, const HubConfig& config, const std::string& from,
                      const std::string& to, const std::string& who) {
  take_lock(database);
  if (!require_stored(database, from).stream.empty()) {
    throw Error(ErrorKind::config, "only a source can be renamed, and " + from + " is a stream");
  }
  require_free_name(database, from, to);
  if (config.find_source(from) != nullptr) {
    throw Error(ErrorKind::config,
                "the configuration still names " + from +
                    ", so the next run would take it for a new source and hold everything twice; "
                    "call it " +
                    to + " there first, then repeat this");
  }
  {
    Transaction transaction(database);
    rename_source(database, from, to);
    add_audit_event(database, {who, "source rename", from + " " + to});
    transaction.commit();
  }
  end_runs(database, config);
}

}  // namespace cdh
