#include "hub/ingest/stream_sample.hpp"

#include <algorithm>
#include <optional>

#include "hub/base/error.hpp"

namespace cdh {

namespace {

constexpr std::size_t kRecordsRead = 1000;
constexpr std::size_t kSampleBytes = 200;

// Never within a character.
std::string cut(std::string text) {
  if (text.size() <= kSampleBytes) return text;
  std::size_t size = kSampleBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80) --size;
  text.resize(size);
  return text + "…";
}

// Bytes that are no text are only counted.
std::string shown(const Value& value) {
  if (value.type == ValueType::bytes) return std::to_string(value.text.size()) + " bytes";
  return cut(to_text(value));
}

void take_samples(const Batch& batch, std::size_t most, std::vector<SampledField>& fields) {
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    if (!batch.row(row).rejection.empty()) continue;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      std::vector<std::string>& samples = fields[i].samples;
      if (samples.size() >= most) continue;
      const Value value = batch.value(row, i);
      if (value.is_blank()) continue;
      std::string text = shown(value);
      if (std::find(samples.begin(), samples.end(), text) == samples.end()) {
        samples.push_back(std::move(text));
      }
    }
  }
}

void read_samples(Connector& connector, std::size_t most, SampledStream& stream) {
  connector.start(stream.info.name, "", kRecordsRead);
  const std::optional<Batch> batch = connector.read();
  if (!batch) return;
  stream.fields.clear();
  for (Column& column : batch->columns()) stream.fields.push_back({std::move(column), {}});
  take_samples(*batch, most, stream.fields);
}

}  // namespace

std::vector<SampledStream> sample_source(const SourceConfig& source, PluginRegistry& plugins,
                                         std::size_t samples) {
  std::vector<SampledStream> streams;
  try {
    Connector connector = plugins.connect(source);
    for (StreamInfo& info : connector.discover()) {
      SampledStream& stream = streams.emplace_back();
      stream.info = std::move(info);
      for (const Column& column : stream.info.columns) stream.fields.push_back({column, {}});
      if (samples == 0) continue;
      try {
        read_samples(connector, samples, stream);
      } catch (const Error& error) {
        stream.problem = error.what();
      }
    }
  } catch (Error& error) {
    error.add_context("source " + source.name);
    throw;
  }
  return streams;
}

std::string_view name_of(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return "yes or no";
    case ValueType::integer:
      return "whole number";
    case ValueType::real:
    case ValueType::decimal:
      return "number";
    case ValueType::text:
      return "text";
    case ValueType::bytes:
      return "bytes";
    case ValueType::date:
      return "date";
    case ValueType::local_time:
      return "local time";
    case ValueType::instant:
      return "instant";
    case ValueType::json:
      return "json";
    case ValueType::absent:
    case ValueType::null:
      break;
  }
  return "unknown";
}

}  // namespace cdh
