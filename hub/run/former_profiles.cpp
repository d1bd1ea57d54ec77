#include "hub/run/former_profiles.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "hub/store/landing.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

void FormerProfiles::load(const PartySet& set) {
  std::vector<std::string_view> parties;
  parties.reserve(set.signatures.size());
  for (const Signature& signature : set.signatures) parties.push_back(signature.identity.key);
  for (FormerParty& former : former_parties(database_, parties)) {
    id_of_party_.emplace(std::move(former.party), std::move(former.profile_uuid));
  }
}

std::string_view FormerProfiles::of(const std::string& party) const {
  const auto at = id_of_party_.find(party);
  return at == id_of_party_.end() ? std::string_view() : at->second;
}

void FormerProfiles::take_back(std::string_view profile_uuid) {
  publication_.remove_alias(std::string(profile_uuid));
  publication_.remove_former_parties(std::string(profile_uuid));
}

// A party keeps its first former id through further merges: they are undone from the last one back.
void FormerProfiles::keep_merged(const ProfileAssignment& assignment,
                                 std::span<const std::uint32_t> members,
                                 std::span<const PriorMembership> prior) {
  for (const std::string_view alias : assignment.became_alias) {
    const std::string id(alias);
    publication_.add_alias(id, std::string(assignment.profile_id));
    publication_.remove_former_parties(id);
    for (const std::uint32_t member : members) {
      const PriorMembership& was = prior[member];
      if ((was.former_id.empty() ? was.profile_id : was.former_id) != alias) continue;
      publication_.add(FormerParty{std::string(was.key), id});
    }
  }
}

void FormerProfiles::keep_gone(const PartySet& set,
                               const std::unordered_map<std::int64_t, std::string_view>& gone) {
  constexpr std::size_t kChunk = 20'000;
  std::unordered_map<std::int64_t, std::vector<const Membership*>> of_record;
  std::vector<std::int64_t> records;
  for (const Membership& membership : set.departed) {
    if (!gone.contains(membership.profile_id)) continue;
    std::vector<const Membership*>& parties = of_record[record_of(membership.party_id)];
    if (parties.empty()) records.push_back(record_of(membership.party_id));
    parties.push_back(&membership);
  }
  if (records.empty()) return;
  std::sort(records.begin(), records.end());
  std::unordered_map<std::int64_t, StreamName> streams;
  for (StreamName& stream : stream_names(database_)) streams.emplace(stream.id, stream);
  std::vector<FormerParty> noted;
  for (std::size_t begin = 0; begin < records.size(); begin += kChunk) {
    const std::size_t end = std::min(records.size(), begin + kChunk);
    RecordReader reader =
        RecordReader::of(database_, {records.begin() + static_cast<std::ptrdiff_t>(begin),
                                     records.begin() + static_cast<std::ptrdiff_t>(end)});
    while (const auto record = reader.next()) {
      for (const Membership* membership : of_record.at(record->id)) {
        noted.push_back(
            {party_key(streams.at(record->stream_id), record->source_key, membership->name),
             std::string(gone.at(membership->profile_id))});
      }
    }
  }
  // The profile they leave last is the one to come back to. Others, who left on an earlier night,
  // keep the former id that these had in common with them.
  for (const FormerParty& party : noted) publication_.add(party);
}

}  // namespace cdh
