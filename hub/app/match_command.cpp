#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/match/match_model.hpp"
#include "hub/run/model_training.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/record_reader.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<PartyKind, 2> kKinds = {PartyKind::person, PartyKind::organization};

const char* name_of(PartyKind kind) {
  return kind == PartyKind::person ? "person" : "organization";
}

double rounded(double bits) { return std::round(bits * 100) / 100; }

// Shares are as small as one in a billion: four digits that count.
double four_digits(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", share);
  return std::strtod(text.data(), nullptr);
}

template <typename Visit>
void for_each_level(PartyKind kind, Visit&& visit) {
  for (std::size_t i = 0; i < kMatchFields; ++i) {
    const auto field = static_cast<MatchField>(i);
    const auto levels = level_priors(kind, field);
    for (std::size_t level = 0; level < levels.size(); ++level) visit(field, level, levels[level]);
  }
}

Table levels_table(const MatchModel& model) {
  const MatchWeights weights(model);
  Table table({"kind", "field", "level", "among_matches", "at_random", "bits"});
  for (const PartyKind kind : kKinds) {
    if (model.of(kind).parties == 0) continue;
    for_each_level(kind, [&](MatchField field, std::size_t level, const LevelPrior& prior) {
      const FieldShares& shares = model.of(kind).fields[static_cast<std::size_t>(field)];
      table.add({name_of(kind), std::string(words_of(field)), std::string(prior.words),
                 four_digits(shares.match[level]), four_digits(shares.random[level]),
                 rounded(weights.level_weight(kind, field, static_cast<Level>(level)))});
    });
  }
  return table;
}

// By the names of the sources that are there.
std::map<std::string, NameOrder> name_orders_of(Database& database, const MatchModel& model) {
  std::map<std::string, NameOrder> orders;
  for (const StreamName& stream : stream_names(database)) {
    const auto order = model.name_orders.find(static_cast<std::uint32_t>(stream.source_id));
    if (order != model.name_orders.end()) orders.emplace(stream.source, order->second);
  }
  return orders;
}

Json model_json(const StoredMatchModel& stored, const MatchModel& model,
                const std::map<std::string, NameOrder>& orders) {
  const MatchWeights weights(model);
  Json json = {{"version", stored.id},    {"created_at", stored.created_at},
               {"run", stored.run_id},    {"parties", stored.parties},
               {"kinds", Json::object()}, {"name_orders", Json::object()}};
  for (const auto& [source, order] : orders) {
    json["name_orders"][source] = order == NameOrder::family_first ? "family_first" : "given_first";
  }
  for (const PartyKind kind : kKinds) {
    const KindModel& learnt = model.of(kind);
    Json& one = json["kinds"][name_of(kind)];
    one = {{"parties", learnt.parties},
           {"matches", learnt.match},
           {"households", learnt.household},
           {"namesakes", learnt.namesake},
           {"levels", Json::array()}};
    for_each_level(kind, [&](MatchField field, std::size_t level, const LevelPrior& prior) {
      const FieldShares& shares = learnt.fields[static_cast<std::size_t>(field)];
      one["levels"].push_back(
          {{"field", name_of(field)},
           {"level", level_names(field)[level]},
           {"words", prior.words},
           {"among_matches", shares.match[level]},
           {"among_households", shares.household[level]},
           {"among_namesakes", shares.namesake[level]},
           {"at_random", shares.random[level]},
           {"bits", rounded(weights.level_weight(kind, field, static_cast<Level>(level)))}});
    });
  }
  return json;
}

Table kinds_table(const MatchModel& model) {
  Table table({"kind", "learnt_from", "matches", "households", "namesakes"});
  for (const PartyKind kind : kKinds) {
    const KindModel& learnt = model.of(kind);
    if (learnt.parties == 0) continue;
    table.add({name_of(kind), learnt.parties, four_digits(learnt.match),
               four_digits(learnt.household), four_digits(learnt.namesake)});
  }
  return table;
}

void show_model(const Globals& globals) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const auto stored = current_match_model(database);
  if (!stored) {
    throw Error(ErrorKind::config, "no match model is learnt yet; the first `cdh run` does so");
  }
  const MatchModel model = match_model_from_json(stored->content);
  const std::map<std::string, NameOrder> orders = name_orders_of(database, model);
  if (globals.format == Format::json) {
    std::cout << model_json(*stored, model, orders).dump(2) << '\n';
    return;
  }
  if (globals.format == Format::table) {
    std::cout << "match model " << stored->id << ", learnt at " << stored->created_at << " in run "
              << stored->run_id << " from " << counted(stored->parties, "record", "records")
              << "\n\nof all pairs of two records are\n";
    kinds_table(model).print(std::cout, Format::table);
    std::cout << '\n';
    for (const auto& [source, order] : orders) {
      std::cout << "whole names of " << source << " begin with the "
                << (order == NameOrder::family_first ? "family" : "given") << " name\n";
    }
    if (!orders.empty()) std::cout << '\n';
  }
  levels_table(model).print(std::cout, globals.format);
}

Json weights_json(const std::vector<WeightChange>& changes) {
  Json json = Json::array();
  for (const WeightChange& change : changes) {
    json.push_back({{"kind", name_of(change.kind)},
                    {"field", name_of(change.field)},
                    {"level", level_names(change.field)[static_cast<std::size_t>(change.level)]},
                    {"bits_before", rounded(change.before)},
                    {"bits_after", rounded(change.after)}});
  }
  return json;
}

void print_training(const Training& training) {
  const ProfileChanges& profiles = training.profiles;
  std::cout << "learnt from " << counted(training.parties, "record", "records")
            << "; with this model\n\n";
  Table counts({"profiles", "number"});
  counts.add({"unchanged", profiles.unchanged});
  counts.add({"with other records", profiles.changed});
  counts.add({"created", profiles.created});
  counts.add({"merged into others", profiles.merged});
  counts.add({"split off", profiles.split});
  counts.print(std::cout, Format::table);
  std::cout << "\npairs that wait for review: " << training.review_before << " now, "
            << training.review_after << " then\n";
  if (training.weights.empty()) return;
  std::cout << "\nthe weights that change most, in bits:\n";
  Table weights({"kind", "field", "level", "now", "then"});
  for (const WeightChange& change : training.weights) {
    const LevelPrior& prior =
        level_priors(change.kind, change.field)[static_cast<std::size_t>(change.level)];
    weights.add({name_of(change.kind), std::string(words_of(change.field)),
                 std::string(prior.words), rounded(change.before), rounded(change.after)});
  }
  weights.print(std::cout, Format::table);
}

void train(const Globals& globals, bool activate) {
  OpenedHub hub(globals, activate ? Database::Mode::existing : Database::Mode::view);
  auto& [config, database] = hub;
  const Training training = train_anew(database, config, activate, user_name());
  const ProfileChanges& profiles = training.profiles;
  if (globals.format == Format::json) {
    const Json json = {
        {"parties", training.parties},
        {"version_before", training.old_version},
        {"activated_version", training.new_version > 0 ? Json(training.new_version) : Json()},
        {"profiles",
         {{"unchanged", profiles.unchanged},
          {"changed", profiles.changed},
          {"created", profiles.created},
          {"merged", profiles.merged},
          {"split", profiles.split}}},
        {"review_items", {{"before", training.review_before}, {"after", training.review_after}}},
        {"weights", weights_json(training.weights)}};
    std::cout << json.dump(2) << '\n';
  } else if (globals.format == Format::csv) {
    Table table(
        {"unchanged", "changed", "created", "merged", "split", "review_before", "review_after"});
    table.add({profiles.unchanged, profiles.changed, profiles.created, profiles.merged,
               profiles.split, training.review_before, training.review_after});
    table.print(std::cout, Format::csv);
  } else {
    print_training(training);
  }
  if (globals.quiet) return;
  if (training.new_version > 0) {
    std::cerr << "model " << training.new_version << " is stored; the next `cdh run` uses it\n";
  } else {
    std::cerr << "nothing is stored; --activate stores the model, and the next `cdh run` uses it\n";
  }
}

}  // namespace

void add_match(CLI::App& app, Globals& globals) {
  auto* match = app.add_subcommand("match", "The match model: how records are judged to be one");
  match->require_subcommand(1);

  auto* model = match->add_subcommand("model", "What is learnt, and what each agreement weighs");
  model->footer(
      "The first run learns the model from the records themselves, and all later ones use it.\n"
      "Bits: how much more often a level of agreement occurs among records of one customer than\n"
      "among any two; 1 is twice as often, -1 half. A rare value weighs more than that, a common\n"
      "one less.");
  model->callback([&globals] { show_model(globals); });

  auto* train_it = match->add_subcommand(
      "train", "Learn the model anew from today's records; show what it would change");
  auto activate = std::make_shared<bool>(false);
  train_it->add_flag("--activate", *activate,
                     "Store it as the next version, which the next run uses");
  train_it->footer(
      "Worth it when the records have become many more, or of another kind. Without --activate\n"
      "nothing is stored.");
  train_it->callback([&globals, activate] { train(globals, *activate); });
}

}  // namespace cdh
