#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "hub/base/error.hpp"
#include "hub/match/match_model.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<PartyKind, const char*>, 2> kKinds = {
    {{PartyKind::person, "person"}, {PartyKind::organization, "organization"}}};

constexpr std::array<std::pair<NameOrder, const char*>, 2> kNameOrders = {
    {{NameOrder::given_first, "given_first"}, {NameOrder::family_first, "family_first"}}};

constexpr std::array<const char*, kCountedValues> kCountNames = {
    "given_name", "family_name", "birth_date",        "postal_code", "town",       "mail_domain",
    "employer",   "street_word", "organization_word", "phone",       "identifier", "domain"};

Json shares_json(PartyKind kind, const KindModel& model) {
  Json fields = Json::object();
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const auto priors = level_priors(kind, static_cast<MatchField>(field));
    const FieldShares& shares = model.fields[field];
    for (std::size_t i = 0; i < priors.size(); ++i) {
      fields[std::string(name_of(static_cast<MatchField>(field)))]
            [std::string(level_names(static_cast<MatchField>(field))[i])] = {
                shares.match[i], shares.household[i], shares.namesake[i], shares.random[i]};
    }
  }
  return fields;
}

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ErrorKind::store, "the stored match model cannot be read: " + why +
                                    "; learn it anew with `cdh match train --activate`");
}

// Of pairs: more than none, since its logarithm is taken, and no more than all.
double read_share(const Json& value) {
  constexpr double kRounding = 1e-9;
  const double share = value.get<double>();
  if (!(share > 0 && share <= 1 + kRounding)) refuse(value.dump() + " is no share");
  return share;
}

template <typename Number>
Number read_count(const Json& value, std::uint64_t least) {
  const auto count = value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
  const bool is_one = value.is_number_unsigned() && count >= least && std::in_range<Number>(count);
  if (!is_one) refuse(value.dump() + " is no count");
  return static_cast<Number>(count);
}

void read_shares(const Json& fields, PartyKind kind, KindModel& model) {
  for (std::size_t field = 0; field < kMatchFields; ++field) {
    const auto priors = level_priors(kind, static_cast<MatchField>(field));
    FieldShares& shares = model.fields[field];
    for (std::size_t i = 0; i < priors.size(); ++i) {
      const Json& of_level = fields.at(std::string(name_of(static_cast<MatchField>(field))))
                                 .at(std::string(level_names(static_cast<MatchField>(field))[i]));
      shares.match[i] = read_share(of_level.at(0));
      shares.household[i] = read_share(of_level.at(1));
      shares.namesake[i] = read_share(of_level.at(2));
      shares.random[i] = read_share(of_level.at(3));
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
  for (const auto& [order, name] : kNameOrders) {
    Json& sources = json["name_orders"][name] = Json::array();
    for (const auto& [source, of_source] : model.name_orders) {
      if (of_source == order) sources.push_back(source);
    }
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
      learnt.parties = read_count<std::int64_t>(of_kind.at("parties"), 0);
      learnt.match = read_share(of_kind.at("match"));
      learnt.household = read_share(of_kind.at("household"));
      learnt.namesake = read_share(of_kind.at("namesake"));
      read_shares(of_kind.at("fields"), kind, learnt);
    }
    // A model of before has learnt none.
    const Json orders = json.value("name_orders", Json::object());
    for (const auto& [order, name] : kNameOrders) {
      for (const Json& source : orders.value(name, Json::array())) {
        model.name_orders[read_count<std::uint32_t>(source, 0)] = order;
      }
    }
    for (std::size_t i = 0; i < kCountedValues; ++i) {
      const Json& of_kind = json.at("counts").at(kCountNames[i]);
      const Json& values = of_kind.at("values");
      ValueCounts::Counts counts;
      for (std::size_t k = 0; k < values.size(); k += 2) {
        counts.emplace(read_count<std::uint64_t>(values[k], 0),
                       read_count<std::uint32_t>(values.at(k + 1), 1));
      }
      model.counts.set(static_cast<CountedValue>(i), read_count<std::int64_t>(of_kind.at("all"), 0),
                       std::move(counts));
    }
  } catch (const Json::exception& error) {
    refuse(error.what());
  }
  return model;
}

}  // namespace cdh
