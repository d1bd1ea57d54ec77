// A hub of one source whose nights are read into the landing, on every kind of store.
#pragma once

#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "hub/ingest/ingest.hpp"
#include "hub/store/schema.hpp"
#include "tests/services/test_hub.hpp"

namespace cdh {

// "read=2 added=1 ...": the counts that are not 0.
inline std::string to_text(const StreamCounts& counts) {
  const std::pair<const char*, std::int64_t> parts[] = {{"read", counts.read},
                                                        {"unchanged", counts.unchanged},
                                                        {"added", counts.added},
                                                        {"changed", counts.changed},
                                                        {"filtered", counts.filtered},
                                                        {"repeated", counts.repeated},
                                                        {"quarantined", counts.quarantined},
                                                        {"new", counts.newly_quarantined},
                                                        {"split", counts.split_off},
                                                        {"gone", counts.gone},
                                                        {"remapped", counts.remapped}};
  std::string text;
  for (const auto& [name, count] : parts) {
    if (count == 0) continue;
    text += (text.empty() ? "" : " ") + std::string(name) + "=" + std::to_string(count);
  }
  return text;
}

class LandingNight : public testing::TestWithParam<StoreKind> {
 protected:
  LandingNight() : hub_(GetParam()), database_(hub_.store(), Database::Mode::create) {
    migrate(database_);
  }

  // Reads everything; the counts of the first stream.
  std::string read(const std::string& yaml, const IngestOptions& options = {}) {
    HubConfig config = hub_.config(yaml);
    config.plugins = {CDH_TEST_PLUGIN_FOLDER};
    PluginRegistry plugins(plugin_folders(config.plugins));
    outcome_ = ingest(database_, config, plugins, begin_run(database_), options).front();
    EXPECT_TRUE(outcome_.counts.add_up()) << to_text(outcome_.counts);
    return to_text(outcome_.counts);
  }

  // "KEY FIELDS" of each record that is not gone, by key. FIELDS are those of its first entity.
  std::vector<std::string> records() {
    std::vector<std::string> lines;
    const auto rows = database_.query(
        "SELECT source_key, mapped FROM source_record WHERE gone_run IS NULL ORDER BY source_key");
    while (rows->next()) {
      const std::string mapped(rows->text(1));
      const std::size_t begin = mapped.find("\"f\":");
      const std::string fields = begin == std::string::npos
                                     ? ""
                                     : " " + mapped.substr(begin + 4, mapped.find('}') - begin - 3);
      lines.push_back(std::string(rows->text(0)) + fields);
    }
    return lines;
  }

  // "KEY REASON", by key
  std::vector<std::string> quarantined() {
    std::vector<std::string> lines;
    const auto rows =
        database_.query("SELECT source_key, reason FROM quarantine ORDER BY source_key, reason");
    while (rows->next()) {
      lines.push_back(std::string(rows->text(0)) + " " + std::string(rows->text(1)));
    }
    return lines;
  }

  TestHub hub_;
  Database database_;
  RunSource outcome_;
};

}  // namespace cdh
