// Rows a second and peak memory of the spreadsheet plugin: cdh-xlsx-bench FILE writes a table of
// 200,000 rows of 12 cells there, as Excel does, and a child process reads it.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "hub/plugin_host/plugin.hpp"
#include "tests/generator/spreadsheet.hpp"

namespace {

constexpr std::size_t kRows = 200'000;

void write_table(const std::string& path) {
  cdh::generator::Sheet sheet{"Rows", "", {}, {}};
  for (int i = 0; i < 12; ++i) sheet.header.push_back("column " + std::to_string(i));
  for (std::size_t r = 0; r < kRows; ++r) {
    std::vector<cdh::generator::Cell>& row = sheet.rows.emplace_back();
    const std::string number = std::to_string(r);
    for (int i = 0; i < 4; ++i) row.push_back(cdh::generator::text_cell("text " + number));
    for (int i = 0; i < 4; ++i) row.push_back(cdh::generator::number_cell(number));
    for (int i = 0; i < 2; ++i) row.push_back(cdh::generator::text_cell("the same text"));
    for (int i = 0; i < 2; ++i) row.push_back(cdh::generator::date_cell(20'000));
  }
  cdh::generator::write_xlsx(path, {sheet});
}

int read_table(const std::string& path) {
  const auto start = std::chrono::steady_clock::now();
  const cdh::Plugin plugin = cdh::Plugin::load(CDH_BENCH_SPREADSHEET);
  cdh::Connector connector =
      plugin.connect(cdh::Setting::map({{"path", cdh::Setting::scalar(path)}}));
  connector.start("rows", "", 4096);
  std::size_t rows = 0;
  while (const std::optional<cdh::Batch> batch = connector.read()) rows += batch->row_count();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("XLSX: %zu rows of 12 cells in %.2f s, %.0f rows/s, peak %ld MB\n", rows,
              seconds.count(), static_cast<double>(rows) / seconds.count(), usage.ru_maxrss / 1024);
  return rows == kRows ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: cdh-xlsx-bench FILE\n", stderr), 2;
  // The table is written by another process, so that its memory is not counted.
  const pid_t writer = fork();
  if (writer == 0) {
    write_table(argv[1]);
    _exit(0);
  }
  int status = 0;
  waitpid(writer, &status, 0);
  return status == 0 ? read_table(argv[1]) : 1;
}
