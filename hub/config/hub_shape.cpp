#include "hub/config/hub_shape.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "hub/config/hub_config.hpp"
#include "hub/config/limits.hpp"
#include "hub/config/mapping_shape.hpp"
#include "hub/config/reporting_shape.hpp"

namespace cdh {

namespace {

using enum Survivorship;

constexpr std::array<std::pair<std::string_view, Survivorship>, 7> kSurvivorship = {{
    {"source_priority", source_priority},
    {"most_recent", most_recent},
    {"most_frequent", most_frequent},
    {"most_complete", most_complete},
    {"verified_first", verified_first},
    {"furthest_stage", furthest_stage},
    {"most_restrictive", most_restrictive},
}};

// What chooses between statements of consent: they have no parts, no stages and no `verified`, and
// nobody can pin one.
constexpr std::array kForConsent = {source_priority, most_recent, most_frequent, most_restrictive};

std::vector<std::string> rules_for(std::string_view field) {
  std::vector<std::string> names;
  for (const auto& [name, rule] : kSurvivorship) {
    const bool has_meaning =
        field != "consent" || std::ranges::find(kForConsent, rule) != kForConsent.end();
    if (has_meaning) names.emplace_back(name);
  }
  if (field != "consent") names.emplace_back("pinned");
  return names;
}

ShapePtr chain_shape(std::string_view field = {}) {
  Shape chain = *shapes::one_or_list(shapes::choice(rules_for(field)));
  chain.takes_none = false;
  return std::make_shared<const Shape>(std::move(chain));
}

Setting default_chain() {
  Setting chain = Setting::list({});
  for (const Survivorship rule : MergePolicy{}.chain) {
    for (const auto& [name, value] : kSurvivorship) {
      if (value == rule) chain.items.push_back(Setting::scalar(std::string(name)));
    }
  }
  return chain;
}

ShapePtr transform_shape() {
  Shape shape = *shapes::record("transform",
                                {{"use", shapes::text(kLowerName), "The transform plugin.", true},
                                 {"isolate", shapes::flag(),
                                  "true: the transform runs in a process of its own, and its crash "
                                  "fails only this source."}});
  shape.takes_other_keys = true;
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr stream_shape() {
  return shapes::record(
      "stream",
      {{"key", shapes::one_or_list(shapes::text()),
        "The source fields that identify a record. By default what the connector declares."},
       {"updated_at", shapes::text(),
        "The source field that says when the record last changed, for most_recent."},
       {"mode", shapes::choice({"full", "incremental"}),
        "full: a record that is not read any more is gone. By default as the connector reads."},
       {"blank", shapes::choice({"ignore", "clear"}),
        "What an empty cell means: not known (ignore), or there is none (clear).", false,
        Setting::scalar("ignore")},
       {"drift", shapes::choice({"evolve", "freeze", "quarantine"}),
        "What becomes of new, missing and retyped fields: taken and reported (evolve), the stream "
        "is "
        "not read (freeze), or the records that have them wait (quarantine).",
        false, Setting::scalar("evolve")},
       {"date_order", shapes::choice({"ymd", "dmy", "mdy"}),
        "How to read 03.04.2026; what does not fit is refused. By default as is usual in the "
        "source's country, and what does not fit is read as it can be."},
       {"decimal", shapes::choice({"comma", "point"}),
        "The decimal mark, for 2,500 and 2.500. By default as is usual in the source's country."},
       {"transforms", shapes::list(transform_shape()),
        "Transform plugins that repair the records before the mapping, in this order."},
       {"map", shapes::list(entity_mapping_shape()),
        "Which entities a record becomes. Without it the records are only kept."}});
}

ShapePtr source_shape() {
  return shapes::record(
      "source",
      {{"connector", shapes::text(kLowerName), "The plugin that reads the source.", true},
       {"country", shapes::text(kCountryCode),
        "Where phones and addresses without a country are from, and how dates and numbers are "
        "written there. By default the hub's."},
       {"time_zone", shapes::text(kTimeZone),
        "The zone of times that carry none. By default the hub's."},
       {"config", shapes::map(shapes::anything()), "The plugin's own options."},
       {"isolate", shapes::flag(),
        "true: the connector runs in a process of its own, and its crash fails only this source.",
        false, Setting::scalar("false")},
       {"trust", shapes::integer(0, 100), "For source_priority: the most trusted source wins.",
        false, Setting::scalar(std::to_string(SourceConfig{}.trust))},
       {"limits", source_limits_shape(),
        "Other safety limits for this source. By default the hub's."},
       {"streams", shapes::map(stream_shape(), &kStreamName), "The kinds of record to read."}});
}

ShapePtr settings_shape() {
  const HubConfig defaults;
  std::vector<ShapeKey> keys = {
      {"store", shapes::text(kStoreUrl),
       "The database: sqlite://FILE, postgresql://USER@HOST/DATABASE or "
       "mariadb://USER@HOST/DATABASE.",
       true},
      {"country", shapes::text(kCountryCode), "The default of every source.", false,
       Setting::scalar(defaults.country)},
      {"time_zone", shapes::text(kTimeZone), "The default of every source.", false,
       Setting::scalar(defaults.time_zone)},
      {"plugins", shapes::one_or_list(shapes::text()),
       "Folders with plugins, besides the installed ones."},
      {"undo_runs", shapes::integer(0, 1000),
       "So many of the last runs that published can be undone: what they replaced is kept.", false,
       Setting::scalar(std::to_string(defaults.undo_runs))},
      {"run_log_days", shapes::integer(1, 36'500),
       "Days for which the run log is kept. What can be undone, the last thirty runs and the audit "
       "trail stay in any case.",
       false, Setting::scalar(std::to_string(defaults.run_log_days))}};
  std::ranges::move(reporting_keys(), std::back_inserter(keys));
  return shapes::record("hub", std::move(keys));
}

constexpr int kMostBits = 99;

std::string shortest(double number) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

template <typename Named>
std::vector<std::string> names_of_all(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.emplace_back(name_of(static_cast<Named>(i)));
  return names;
}

// Some of these names, at least one; without any said, all of them.
ShapeKey some_of(std::string key, const std::vector<std::string>& names, std::string help) {
  Shape shape = *shapes::one_or_list(shapes::choice(names));
  shape.takes_none = false;
  return {std::move(key), std::make_shared<const Shape>(std::move(shape)), std::move(help), false,
          Setting::list(names)};
}

ShapePtr weights_shape() {
  std::vector<ShapeKey> fields;
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    const auto field = static_cast<MatchField>(i);
    std::vector<ShapeKey> levels;
    for (const std::string_view level : level_names(field)) {
      levels.push_back({std::string(level), shapes::decimal(-kMostBits, kMostBits), {}});
    }
    Shape of_field = *shapes::record("", std::move(levels));
    of_field.unknown_key = "the field has no level";
    fields.push_back(
        {std::string(name_of(field)), std::make_shared<const Shape>(std::move(of_field)), {}});
  }
  Shape shape = *shapes::record("", std::move(fields));
  shape.unknown_key = "matching has no field";
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr match_shape() {
  Shape shape = *shapes::record(
      "match", {{"max_holders", shapes::integer(1, 1'000'000),
                 "A value that more parties than this hold identifies nobody.", false,
                 Setting::scalar(std::to_string(MatchPolicy{}.max_holders))},
                {"link_score", shapes::decimal(-kMostBits, kMostBits),
                 "Two records of at least this score are linked, in bits: 1 is two to one.", false,
                 Setting::scalar(shortest(MatchPolicy{}.link_score))},
                {"review_score", shapes::decimal(-kMostBits, kMostBits),
                 "From this score on, a steward is asked.", false,
                 Setting::scalar(shortest(MatchPolicy{}.review_score))},
                some_of("fields", names_of_all<MatchField>(kMatchFields),
                        "What counts when two records are compared; the others weigh nothing."),
                {"weights", weights_shape(),
                 "Of a field's levels, by name, the weight in bits, in place of the one that was "
                 "learnt; `cdh match model` shows these."},
                some_of("blocking", names_of_all<BlockingPass>(kBlockingPasses),
                        "Which keys bring two records together to be compared."),
                {"block_limit", shapes::integer(2, 10'000),
                 "Up to so many records with one key are all compared; of more, those that have a "
                 "second value in common.",
                 false, Setting::scalar(std::to_string(MatchPolicy{}.block_limit))},
                {"one_per_source", shapes::one_or_list(shapes::text(kLowerName)),
                 "Sources without duplicates: at most one record of each is in a profile."},
                {"households", shapes::flag(),
                 "Whether people of one family name at one address are shown as a household. Each "
                 "stays a customer of their own.",
                 false, Setting::scalar(MatchPolicy{}.households ? "true" : "false")}});
  shape.empty_word = "auto";
  return std::make_shared<const Shape>(std::move(shape));
}

ShapePtr merge_shape() {
  std::vector<ShapeKey> fields;
  for (std::string& name : merge_field_names()) {
    const ShapePtr chain = chain_shape(name);
    fields.push_back({std::move(name), chain, {}});
  }
  Shape by_field = *shapes::record("merge fields", std::move(fields));
  by_field.unknown_key = "a profile has no field";
  return shapes::record(
      "merge", {{"default", chain_shape(),
                 "How one value is chosen among several: rules, tried left to right.", false,
                 default_chain()},
                {"fields", std::make_shared<const Shape>(std::move(by_field)),
                 "Other chains for single fields, or for contacts such as email."}});
}

}  // namespace

ShapePtr hub_shape() {
  static const ShapePtr shape = shapes::record(
      "", {{"hub", settings_shape(), "The hub itself.", true},
           {"sources", shapes::map(source_shape(), &kLowerName), "The systems to read.", true},
           {"match", match_shape(), "How records of one customer are found; auto is good.", false,
            Setting::map({})},
           {"merge", merge_shape(), "How a profile's values are chosen.", false, Setting::map({})},
           {"limits", limits_shape(),
            "How much one run may change: beyond it the run stops before it publishes.", false,
            Setting::map({})}});
  return shape;
}

std::vector<Survivorship> survivorship_chain(const Setting& names) {
  std::vector<Survivorship> chain;
  for (const Setting& item : names.items) {
    for (const auto& [name, rule] : kSurvivorship) {
      if (name == item.text) chain.push_back(rule);
    }
  }
  return chain;
}

}  // namespace cdh
