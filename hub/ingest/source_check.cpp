#include "hub/ingest/source_check.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/ingest/field_drift.hpp"
#include "hub/ingest/lacked_fields.hpp"
#include "hub/ingest/mapper.hpp"
#include "hub/ingest/offered_stream.hpp"
#include "hub/ingest/pipeline.hpp"
#include "hub/ingest/stream_limit.hpp"

namespace cdh {

namespace {

// Enough for the transforms to show which fields they make.
constexpr std::size_t kRecordsTried = 100;

// Runs `body`; says what went wrong, or nothing.
template <typename Body>
std::string problem_of(Body&& body) {
  try {
    body();
    return "";
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

// What the transforms see: the rows that the connector could read, with all columns it offers.
Batch readable_rows(const Batch& batch, const StreamInfo& info) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (batch.row(row).rejection.empty()) rows.push_back(row);
  }
  return subset(batch, rows, absent_columns(info.columns, batch.columns()));
}

// The fields the mapping will see; nothing when the stream has no record to learn them from.
std::optional<std::vector<Column>> mapped_columns(const StreamConfig& config,
                                                  const StreamInfo& info, Connector& connector,
                                                  std::vector<Transform>& transforms,
                                                  LackedFields& lacked) {
  connector.start(config.name, "", kRecordsTried);
  const std::optional<Batch> first = connector.read();
  if (transforms.empty() && !info.columns.empty()) return info.columns;
  if (!first && (info.open || info.columns.empty())) return std::nullopt;
  // Each may point into the one before.
  std::vector<Batch> batches = {first ? readable_rows(*first, info)
                                      : Batch::from_values(info.columns, {})};
  for (std::size_t i = 0; i < transforms.size(); ++i) {
    Batch& in = batches.back();
    batches.push_back(info.open ? lacked.apply(transforms[i], config.transforms[i], in)
                                : apply_whole(transforms[i], config, i, in));
  }
  return batches.back().columns();
}

// Nothing when the stream was never read whole, or has the same fields.
std::string changed_fields(const SourceConfig& source, const StreamConfig& config,
                           const StreamInfo& info, const KnownFields& known) {
  const auto fields = known.find({source.name, config.name});
  if (fields == known.end()) return {};
  const FieldDifference difference = offered_difference(fields->second, info);
  if (difference.is_none()) return {};
  return "its fields are not those of the last whole read: " + difference.to_text();
}

void check_stream(const SourceConfig& source, const StreamConfig& config,
                  const std::vector<StreamInfo>& offered, Connector& connector,
                  PluginRegistry& plugins, const KnownFields& known, StreamVerdict& verdict) {
  const StreamInfo& info = find_stream(offered, config);
  const std::string changed = changed_fields(source, config, info, known);
  if (!changed.empty() && config.drift == DriftPolicy::freeze) {
    throw Error(
        ErrorKind::source,
        changed + "; they are frozen (`drift: freeze`), so it will not be read." + kHowToGoOn);
  }
  Mapper mapper(config, source, info.key);
  std::vector<Transform> transforms = make_transforms(config, plugins);
  LackedFields lacked;
  const auto columns = mapped_columns(config, info, connector, transforms, lacked);
  if (!columns) {
    verdict.note = "no record yet, so the mapping was not compared with the fields";
    return;
  }
  mapper.bind(*columns, info.open);
  verdict.note = counted(std::ssize(*columns), "field", "fields");
  for (const std::string& missing : mapper.missing()) verdict.note += "; " + missing;
  for (const std::string& missing : lacked.messages()) verdict.note += "; " + missing;
  if (!changed.empty()) verdict.note += "; " + changed;
}

std::string unread_streams(const SourceConfig& source, const std::vector<StreamInfo>& offered) {
  std::vector<std::string> unread;
  for (const StreamInfo& stream : offered) {
    const bool configured =
        std::any_of(source.streams.begin(), source.streams.end(),
                    [&](const StreamConfig& config) { return config.name == stream.name; });
    if (!configured) unread.push_back(stream.name);
  }
  return unread.empty() ? ""
                        : "not configured: " + join(unread, ", ") + "; see `cdh discover " +
                              source.name + " --suggest`";
}

void check_source(const SourceConfig& source, PluginRegistry& plugins, const KnownFields& known,
                  std::vector<StreamVerdict>& verdicts) {
  std::optional<Connector> connector;
  std::vector<StreamInfo> offered;
  const std::string problem = problem_of([&] {
    connector = plugins.connect(source);
    connector->check();
    offered = connector->discover();
  });
  if (!problem.empty()) {
    verdicts.push_back({source.name, "", problem, ""});
    // What is wrong with the transforms does not wait until the source can be reached.
    for (const StreamConfig& stream : source.streams) {
      const std::string other = problem_of([&] { make_transforms(stream, plugins); });
      if (!other.empty()) verdicts.push_back({source.name, stream.name, other, ""});
    }
    return;
  }
  for (const StreamConfig& stream : source.streams) {
    StreamVerdict verdict{source.name, stream.name, "", ""};
    verdict.problem = problem_of(
        [&] { check_stream(source, stream, offered, *connector, plugins, known, verdict); });
    verdicts.push_back(std::move(verdict));
  }
  std::string unread = unread_streams(source, offered);
  if (source.streams.empty()) {
    unread = "it has no streams in hub.yaml, so nothing of it is read" +
             (unread.empty() ? "" : "; " + unread);
  }
  if (!unread.empty()) verdicts.push_back({source.name, "", "", std::move(unread)});
}

}  // namespace

std::vector<StreamVerdict> check_sources(const HubConfig& config, PluginRegistry& plugins,
                                         const KnownFields& known) {
  std::vector<StreamVerdict> verdicts;
  for (const SourceConfig& source : config.sources) check_source(source, plugins, known, verdicts);
  return verdicts;
}

}  // namespace cdh
