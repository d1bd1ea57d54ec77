#include <functional>
#include <iostream>
#include <memory>
#include <optional>

#include "hub/app/command.hpp"
#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"
#include "hub/store/export.hpp"

namespace cdh {

namespace {

using Sink = std::function<void(std::string_view)>;

std::int64_t write_rows(Database& database, const std::string& what, Format format,
                        const Sink& sink) {
  const Transaction frozen(database);
  Export rows(database, what);
  if (format != Format::json) sink(rows.csv_header());
  std::int64_t count = 0;
  for (; rows.next(); ++count) sink(format == Format::json ? rows.json_line() : rows.csv_line());
  return count;
}

void write_to_stdout(Database& database, const std::string& what, Format format) {
  write_rows(database, what, format, [](std::string_view line) { std::cout << line; });
  std::cout.flush();
  if (!std::cout) throw Error(ErrorKind::config, "cannot write to stdout");
}

void export_to(const Globals& globals, const std::string& what, const std::string& path) {
  const HubConfig config = globals.load_config();
  Database database(config.store, Database::Mode::existing);
  if (path == "-") return write_to_stdout(database, what, globals.format);
  NewFile file(path);
  const std::int64_t count =
      write_rows(database, what, globals.format, [&](std::string_view line) { file.write(line); });
  file.keep();
  if (!globals.quiet) std::cerr << count << " rows written to " << path << '\n';
}

}  // namespace

void add_export(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("export", "Write profiles, links or other data to a file");
  auto what = std::make_shared<std::string>();
  auto path = std::make_shared<std::string>();
  command->add_option("WHAT", *what, "profiles, links, or an entity such as email or sales_order")
      ->required();
  command->add_option("-o,--output", *path, "The file to write; - for stdout")->required();
  command->footer(
      "As CSV, or with --format json as JSON Lines. links says which record belongs to which\n"
      "profile: source,stream,source_key,as,profile_id. The file is replaced only when the new "
      "one\n"
      "is complete.");
  command->callback([&globals, what, path] { export_to(globals, *what, *path); });
}

}  // namespace cdh
