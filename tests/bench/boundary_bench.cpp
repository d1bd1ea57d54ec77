// Records of 12 fields a second that cross the plugin boundary and are looked at on the other side.
#include <benchmark/benchmark.h>

#include "hub/plugin_host/plugin.hpp"

namespace {

constexpr std::int64_t kRows = 1'000'000;

void cross_boundary(benchmark::State& state) {
  const cdh::Plugin plugin = cdh::Plugin::load(CDH_BENCH_PLUGIN);
  cdh::Connector connector = plugin.connect(
      cdh::Setting::map({{"count", cdh::Setting::scalar(std::to_string(kRows))}}));
  std::size_t bytes = 0;
  for (auto _ : state) {
    connector.start("rows", "", 4096);
    while (const std::optional<cdh::Batch> batch = connector.read()) {
      for (std::size_t row = 0; row < batch->row_count(); ++row) {
        for (std::size_t column = 0; column < batch->column_count(); ++column) {
          bytes += batch->value(row, column).text.size();
        }
      }
    }
  }
  benchmark::DoNotOptimize(bytes);
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(cross_boundary)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
