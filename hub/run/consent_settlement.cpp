#include "hub/run/consent_settlement.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "hub/merge/consent.hpp"
#include "hub/store/consent_reader.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

// Profiles whose consents are in memory at one time.
constexpr std::size_t kChunk = 20'000;

struct ConsentStream {
  std::string name;  // "source/stream"
  int trust = 0;
};

std::map<std::int64_t, ConsentStream> consent_streams(Database& database, const HubConfig& config) {
  std::map<std::int64_t, ConsentStream> streams;
  for (const StreamName& stream : stream_names(database)) {
    const auto source = std::ranges::find(config.sources, stream.source, &SourceConfig::name);
    streams[stream.id] = {stream.source + "/" + stream.stream,
                          source != config.sources.end() ? source->trust : 0};
  }
  return streams;
}

ConsentStatement statement_of(StoredConsent&& stored, const ConsentStream& stream) {
  return {.id = stored.id,
          .purpose = std::move(stored.purpose),
          .channel = std::move(stored.channel),
          .status = std::move(stored.status),
          .trust = stream.trust,
          .key = stream.name + "/" + stored.source_key + "/" +
                 std::to_string(stored.id % kIdsPerRecord),
          .stated_at = stored.stated_at};
}

void write(Publication& publication, std::int64_t profile,
           const std::vector<ConsentStatement>& statements, const MergePolicy& policy) {
  for (EffectiveConsent& consent : effective_consents(statements, policy)) {
    publication.add(PublishedConsent{profile, std::move(consent.purpose),
                                     std::move(consent.channel), name_of(consent.permission),
                                     consent.consent_id, name_of(consent.rule)});
  }
}

}  // namespace

void settle_consents(Database& database, Publication& publication, const HubConfig& config,
                     std::vector<std::int64_t> profiles) {
  const bool none = database.number("SELECT 1 FROM consent LIMIT 1") == 0 &&
                    database.number("SELECT 1 FROM effective_consent LIMIT 1") == 0;
  if (none) return;
  const std::vector<std::int64_t> changed = publication.profiles_of_changed_consents();
  profiles.insert(profiles.end(), changed.begin(), changed.end());
  std::sort(profiles.begin(), profiles.end());
  profiles.erase(std::unique(profiles.begin(), profiles.end()), profiles.end());

  const auto streams = consent_streams(database, config);
  for (std::size_t begin = 0; begin < profiles.size(); begin += kChunk) {
    const std::size_t end = std::min(profiles.size(), begin + kChunk);
    const std::vector<std::int64_t> chunk(profiles.begin() + static_cast<std::ptrdiff_t>(begin),
                                          profiles.begin() + static_cast<std::ptrdiff_t>(end));
    publication.remove_effective_consents(chunk);
    std::vector<StoredConsent> consents = consents_of(database, chunk);
    std::vector<ConsentStatement> statements;
    for (std::size_t i = 0; i < consents.size(); ++i) {
      const std::int64_t profile = consents[i].profile_id;
      const ConsentStream& stream = streams.at(consents[i].stream_id);
      statements.push_back(statement_of(std::move(consents[i]), stream));
      if (i + 1 < consents.size() && consents[i + 1].profile_id == profile) continue;
      write(publication, profile, statements, config.merge);
      statements.clear();
    }
    publication.flush();
  }
}

}  // namespace cdh
