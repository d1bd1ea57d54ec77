// cdh-generate: writes made-up customer data with known truth.
//
//     cdh-generate demo --out config/demo/data
//     cdh-generate people --count 1000000 --out people.csv --truth truth.csv
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

#include "hub/base/error.hpp"
#include "tests/generator/bulk_people.hpp"
#include "tests/generator/demo.hpp"

namespace {

int run(int argc, char** argv) {
  using namespace cdh::generator;
  CLI::App app(
      "Writes made-up customer data with known truth; the same seed gives the same bytes.");
  app.require_subcommand(1);

  DemoOptions demo;
  CLI::App* demo_command = app.add_subcommand("demo", "Five departments of one fictitious company");
  demo_command->add_option("--out", demo.folder, "Folder to write to")->required();
  demo_command->add_option("--seed", demo.seed, "Seed")->capture_default_str();
  demo_command->add_option("--customers", demo.customers, "People and companies")
      ->capture_default_str();

  BulkOptions bulk;
  CLI::App* people_command = app.add_subcommand("people", "One large CSV file of people");
  people_command->add_option("--count", bulk.count, "Records")->required();
  people_command->add_option("--out", bulk.file, "CSV file to write")->required();
  people_command->add_option("--truth", bulk.truth, "Truth file to write")->required();
  people_command->add_option("--duplicates", bulk.duplicates, "Share of repeated people")
      ->capture_default_str();
  people_command->add_option("--seed", bulk.seed, "Seed")->capture_default_str();
  people_command->add_option("--changed", bulk.changed, "Share of records changed a night")
      ->capture_default_str();
  people_command->add_option("--night", bulk.night, "Which night, 1 is the first")
      ->capture_default_str();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (demo_command->parsed()) {
    const DemoCounts counts = write_demo(demo);
    std::cerr << counts.customers << " customers in " << counts.parties << " party records, "
              << counts.broken << " broken rows\n";
  } else {
    const BulkCounts counts = write_bulk_people(bulk);
    std::cerr << bulk.count << " records of " << counts.people << " people";
    if (bulk.night > 1) std::cerr << ", " << counts.changed_tonight << " changed tonight";
    std::cerr << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const cdh::Error& error) {
    std::cerr << "cdh-generate: " << error.what() << '\n';
    return error.kind() == cdh::ErrorKind::config ? 2 : 1;
  } catch (const std::exception& error) {
    std::cerr << "cdh-generate: " << error.what() << '\n';
    return 1;
  }
}
