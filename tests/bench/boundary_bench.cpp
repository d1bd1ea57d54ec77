// Records of 12 fields a second that cross the plugin boundary and are looked at on the other side:
// within the process, and from a child process.
#include <benchmark/benchmark.h>

#include "hub/plugin_host/plugin.hpp"

namespace {

constexpr std::int64_t kRows = 1'000'000;

void read_all(benchmark::State& state, const cdh::Plugin& plugin) {
  cdh::Connector connector =
      plugin.connect(cdh::Setting::map({{"count", cdh::Setting::scalar(std::to_string(kRows))}}));
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

void cross_boundary(benchmark::State& state) {
  read_all(state, cdh::Plugin::load(CDH_BENCH_PLUGIN));
}
BENCHMARK(cross_boundary)->Unit(benchmark::kMillisecond)->UseRealTime();

void cross_isolated(benchmark::State& state) {
  read_all(state, cdh::Plugin::load_isolated(CDH_BENCH_PLUGIN, {.program = CDH_BENCH_PROGRAM}));
}
BENCHMARK(cross_isolated)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
