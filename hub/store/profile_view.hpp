// Looking customers up: what `cdh profile` shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/model/entity.hpp"
#include "hub/store/database.hpp"
#include "hub/store/relation.hpp"

namespace cdh {

// A column and its text; amounts as decimals, nulls left out.
using NamedValues = std::vector<std::pair<std::string, std::string>>;

struct ViewedContact {
  std::string entity;
  NamedValues values;
  std::int64_t party_id = 0;
};

struct ViewedEvent {
  std::string entity;
  std::string source;  // where the row came from
  NamedValues values;
};

// The consent that counts for one purpose and channel.
struct ViewedConsent {
  std::string purpose, channel, permission, rule;
  std::string source, source_key;  // of the record that it is from
};

struct ViewedMember {
  std::int64_t party_id = 0;
  std::string source, stream, source_key, name;  // name: `as`
  std::string entity;
  std::int64_t joined_to = 0;  // 0: the first of the profile
  std::string reason;
  std::string mapped;  // mapped_record.hpp
  std::optional<std::int64_t> updated_at;
};

// The party by the name decisions use: "source/stream/key/as".
std::string decision_name(const ViewedMember& member);

// Whether the words "SOURCE:KEY", "SOURCE/STREAM/KEY" or "SOURCE/STREAM/KEY/AS" mean it.
bool is_named(const ViewedMember& member, std::string_view words);

struct ProfileView {
  std::int64_t id = 0;  // row id
  std::string uuid;
  std::string party_type;
  std::string display_name;
  NamedValues values;
  std::vector<ViewedContact> contacts;
  std::vector<ViewedMember> members;
  std::vector<ViewedConsent> consents;
  std::vector<ViewedRelation> relations;
  std::vector<ViewedEvent> events;  // without those that are relations
  std::string ext;                  // JSON object, or empty
  std::string lineage;              // lineage.hpp
};

// The profile's UUID, for a UUID (also a former one) or the unambiguous beginning of one. Nothing
// when there is none.
std::optional<std::string> resolve_profile(Database& database, const std::string& id);

// Those with these row ids, ascending, without relations and events: a few statements, however many
// there are.
std::vector<ProfileView> view_profiles(Database& database, const std::vector<std::int64_t>& ids);

// Everything there is; nothing when there is no such profile. At most `most_events` events of a
// kind, and as many statements of a relation.
std::optional<ProfileView> view_profile(Database& database, const std::string& uuid,
                                        std::size_t most_events);

}  // namespace cdh
