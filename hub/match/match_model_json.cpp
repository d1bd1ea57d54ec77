#include <map>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/match/match_model.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<PartyKind, const char*>, 2> kKinds = {
    {{PartyKind::person, "person"}, {PartyKind::organization, "organization"}}};

constexpr std::array<const char*, kCountedValues> kCountNames = {
    "given_name", "family_name", "birth_date",        "postal_code", "town",       "mail_domain",
    "employer",   "street_word", "organization_word", "phone",       "identifier", "domain"};

Json shares_json(PartyKind kind, const KindModel& model) {
  Json fields = Json::object();
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const auto priors = level_priors(kind, static_cast<MatchField>(field));
    const FieldShares& shares = model.fields[field];
    for (std::size_t i = 0; i < priors.size(); ++i) {
      fields[std::string(name_of(static_cast<MatchField>(field)))][std::string(priors[i].name)] = {
          shares.match[i], shares.household[i], shares.namesake[i], shares.random[i]};
    }
  }
  return fields;
}

void read_shares(const Json& fields, PartyKind kind, KindModel& model) {
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const auto priors = level_priors(kind, static_cast<MatchField>(field));
    FieldShares& shares = model.fields[field];
    for (std::size_t i = 0; i < priors.size(); ++i) {
      const Json& of_level = fields.at(std::string(name_of(static_cast<MatchField>(field))))
                                 .at(std::string(priors[i].name));
      shares.match[i] = of_level.at(0).get<double>();
      shares.household[i] = of_level.at(1).get<double>();
      shares.namesake[i] = of_level.at(2).get<double>();
      shares.random[i] = of_level.at(3).get<double>();
    }
  }
}

}  // namespace

std::string to_json(const MatchModel& model) {
  Json json;
  for (const auto& [kind, name] : kKinds) {
    const KindModel& learnt = model.of(kind);
    json[name] = {{"parties", learnt.parties},
                  {"match", learnt.match},
                  {"household", learnt.household},
                  {"namesake", learnt.namesake},
                  {"fields", shares_json(kind, learnt)}};
  }
  for (std::size_t i = 0; i < kCountedValues; ++i) {
    const auto kind = static_cast<CountedValue>(i);
    // By hash, so that the model names nobody.
    const std::map<std::uint64_t, std::uint32_t> sorted(model.counts.counts(kind).begin(),
                                                        model.counts.counts(kind).end());
    Json values = Json::array();
    for (const auto& [value, count] : sorted) {
      values.push_back(value);
      values.push_back(count);
    }
    json["counts"][kCountNames[i]] = {{"all", model.counts.all(kind)}, {"values", values}};
  }
  return json.dump();
}

MatchModel match_model_from_json(std::string_view text) {
  MatchModel model;
  try {
    const Json json = Json::parse(text);
    for (const auto& [kind, name] : kKinds) {
      KindModel& learnt = model.of(kind);
      const Json& of_kind = json.at(name);
      learnt.parties = of_kind.at("parties").get<std::int64_t>();
      learnt.match = of_kind.at("match").get<double>();
      learnt.household = of_kind.at("household").get<double>();
      learnt.namesake = of_kind.at("namesake").get<double>();
      read_shares(of_kind.at("fields"), kind, learnt);
    }
    for (std::size_t i = 0; i < kCountedValues; ++i) {
      const Json& of_kind = json.at("counts").at(kCountNames[i]);
      const Json& values = of_kind.at("values");
      ValueCounts::Counts counts;
      for (std::size_t k = 0; k + 1 < values.size(); k += 2) {
        counts.emplace(values[k].get<std::uint64_t>(), values[k + 1].get<std::uint32_t>());
      }
      model.counts.set(static_cast<CountedValue>(i), of_kind.at("all").get<std::int64_t>(),
                       std::move(counts));
    }
  } catch (const Json::exception& error) {
    throw Error(ErrorKind::store,
                "the stored match model cannot be read: " + std::string(error.what()) +
                    "; learn it anew with `cdh match train --activate`");
  }
  return model;
}

}  // namespace cdh
