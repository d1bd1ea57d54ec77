#include <iostream>
#include <utility>

#include "hub/app/command.hpp"
#include "hub/app/table.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/config/suggest.hpp"
#include "hub/ingest/stream_sample.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

// Guessing what a field holds takes more values than a table shows.
constexpr std::size_t kSamplesForSuggestion = 20;
constexpr std::size_t kMostSamples = 100;

const SourceConfig& source_named(const HubConfig& config, const std::string& name) {
  if (const SourceConfig* source = config.find_source(name)) return *source;
  std::vector<std::string_view> names;
  for (const SourceConfig& source : config.sources) names.push_back(source.name);
  throw Error(ErrorKind::config, "there is no source \"" + name + "\"" + suggestion(name, names));
}

void print_suggestion(const std::string& source, const std::vector<SampledStream>& streams) {
  std::vector<SuggestedStream> suggested;
  for (const SampledStream& stream : streams) {
    SuggestedStream& next = suggested.emplace_back();
    next.name = stream.info.name;
    next.key = stream.info.key;
    for (const SampledField& field : stream.fields) {
      next.fields.push_back({field.column.name, field.samples});
    }
  }
  std::cout << suggest_mapping(source, suggested);
}

void print_json(const std::vector<SampledStream>& streams) {
  Json json = Json::array();
  for (const SampledStream& stream : streams) {
    Json fields = Json::array();
    for (const SampledField& field : stream.fields) {
      fields.push_back({{"field", field.column.name},
                        {"type", name_of(field.column.type)},
                        {"samples", field.samples}});
    }
    json.push_back({{"stream", stream.info.name},
                    {"description", stream.info.description},
                    {"key", stream.info.key},
                    {"incremental", stream.info.incremental},
                    {"problem", stream.problem.empty() ? Json() : Json(stream.problem)},
                    {"fields", std::move(fields)}});
  }
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

// A line a field, in one table for all streams.
void print_fields(const std::vector<SampledStream>& streams, Format format) {
  Table table({"stream", "field", "type", "key", "samples"});
  for (const SampledStream& stream : streams) {
    for (const SampledField& field : stream.fields) {
      const auto& key = stream.info.key;
      const bool in_key = std::find(key.begin(), key.end(), field.column.name) != key.end();
      table.add({stream.info.name, field.column.name, name_of(field.column.type),
                 in_key ? "key" : "", join(field.samples, " | ")});
    }
  }
  table.print(std::cout, format);
}

void discover(Globals& globals, const std::string& name, std::size_t samples, bool suggest) {
  const HubConfig config = globals.load_config();
  const SourceConfig& source = source_named(config, name);
  PluginRegistry plugins(plugin_folders(config.plugins), {.secrets = config.secrets});
  std::vector<SampledStream> streams =
      sample_source(source, plugins, suggest ? kSamplesForSuggestion : samples);
  for (SampledStream& stream : streams) {
    stream.info.description = config.secrets.mask(std::move(stream.info.description));
    stream.problem = config.secrets.mask(std::move(stream.problem));
  }
  if (suggest) {
    print_suggestion(name, streams);
  } else if (globals.format == Format::json) {
    print_json(streams);
  } else {
    print_fields(streams, globals.format);
  }
  for (const SampledStream& stream : streams) {
    if (stream.problem.empty()) continue;
    std::cerr << "error: " << name << "/" << printable(stream.info.name) << ": "
              << printable(stream.problem) << '\n';
    globals.exit_code = 1;
  }
}

}  // namespace

void add_discover(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "discover", "List a source's streams and fields, with a few of their values");
  struct Words {
    std::string source;
    std::size_t samples = 3;
    bool suggest = false;
  };
  auto words = std::make_shared<Words>();
  command->add_option("SOURCE", words->source, "A source of hub.yaml; it needs no streams yet")
      ->required();
  command->add_option("--samples", words->samples, "How many values of each field")
      ->check(CLI::Range(std::size_t{0}, kMostSamples))
      ->capture_default_str();
  command->add_flag("--suggest", words->suggest, "Print a mapping to paste into hub.yaml");
  command->callback(
      [&globals, words] { discover(globals, words->source, words->samples, words->suggest); });
}

}  // namespace cdh
