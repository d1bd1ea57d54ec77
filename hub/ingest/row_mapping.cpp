#include "hub/ingest/row_mapping.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "hub/ingest/batch_rows.hpp"

namespace cdh {

// The rows of one batch on their way.
struct RowMapping::Passage {
  const Batch& batch;
  const std::vector<std::size_t>& rows;
  Batch current;
  std::vector<std::size_t> origin;  // of each current row
  std::vector<MappedOutput> outputs;

  bool is_deletion(std::size_t place) const { return batch.row(rows[place]).deleted; }
};

RowMapping::RowMapping(const StreamConfig& stream, const SourceConfig& source,
                       const std::vector<std::string>& default_key, bool open,
                       std::vector<Transform> transforms)
    : mapper_(stream, source, default_key), open_(open), transforms_(std::move(transforms)) {}

std::vector<MappedOutput> RowMapping::apply(const Batch& batch,
                                            const std::vector<std::size_t>& rows,
                                            const std::vector<Column>& absent) {
  const bool as_it_is = rows.size() == batch.row_count() && absent.empty();
  Passage passage{batch, rows, as_it_is ? batch : subset(batch, rows, absent), {}, {}};
  passage.origin.resize(rows.size());
  std::iota(passage.origin.begin(), passage.origin.end(), std::size_t{0});
  transform(passage);
  map(passage);
  std::ranges::stable_sort(passage.outputs, {}, &MappedOutput::origin);
  return std::move(passage.outputs);
}

void RowMapping::transform(Passage& passage) {
  for (Transform& transform : transforms_) {
    const Batch out = transform.apply(passage.current);
    std::vector<std::size_t> kept, kept_origin;
    for (std::size_t i = 0; i < out.row_count(); ++i) {
      const RowInfo info = out.row(i);
      const std::size_t origin = passage.origin[info.source_row];
      if (info.rejection.empty() || passage.is_deletion(origin)) {
        kept.push_back(i);
        kept_origin.push_back(origin);
        continue;
      }
      std::string key = key_of(out, i);
      if (key.empty()) key = key_of(passage.batch, passage.rows[origin]);
      passage.outputs.push_back(
          {origin, std::move(key),
           Rejection{std::string(info.rejection), std::string(info.rejected_field)}});
    }
    passage.current = kept.size() == out.row_count() ? out : subset(out, kept);
    passage.origin = std::move(kept_origin);
  }
}

void RowMapping::map(Passage& passage) {
  const Batch& current = passage.current;
  std::vector<Column> columns = current.columns();
  if (columns != mapped_columns_) {
    mapper_.bind(columns, open_);
    mapped_columns_ = std::move(columns);
  }
  for (std::size_t i = 0; i < current.row_count(); ++i) {
    const std::size_t origin = passage.origin[i];
    MappedOutput output{origin, "", MappedRow{}};
    if (passage.is_deletion(origin)) {
      output.result = mapper_.map_deletion(current, i);
    } else {
      output.result = mapper_.map(current, i);
      if (std::holds_alternative<Rejection>(output.result)) output.key = mapper_.key_of(current, i);
    }
    passage.outputs.push_back(std::move(output));
  }
}

}  // namespace cdh
