#include <functional>
#include <iostream>
#include <memory>
#include <optional>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/own_files.hpp"
#include "hub/base/error.hpp"
#include "hub/base/new_file.hpp"
#include "hub/base/text.hpp"
#include "hub/normalize/instant.hpp"
#include "hub/store/export.hpp"

namespace cdh {

namespace {

using Sink = std::function<void(std::string_view)>;

// As a clock in the hub's zone shows it, with its offset: a day that a source gave without a time
// is that day here too, which it would not be in UTC.
Export::MomentText moment_text(const std::string& time_zone) {
  if (time_zone == "UTC") return {};
  return [time_zone](std::int64_t micros) { return format_instant(micros, time_zone); };
}

// What is written, and how.
struct Order {
  std::string what;
  Format format;
  std::string time_zone;
};

std::int64_t write_rows(Database& database, const Order& order, const Sink& sink) {
  const Format format = order.format;
  const Transaction frozen(database, Transaction::Access::read);
  Export rows(database, order.what, moment_text(order.time_zone));
  if (format != Format::json) sink(rows.csv_header());
  std::int64_t count = 0;
  for (; rows.next(); ++count) sink(format == Format::json ? rows.json_line() : rows.csv_line());
  return count;
}

void write_to_stdout(Database& database, const Order& order) {
  write_rows(database, order, [](std::string_view line) { std::cout << line; });
  std::cout.flush();
  if (!std::cout) throw Error(ErrorKind::config, "cannot write to stdout");
}

void export_to(const Globals& globals, const std::string& what, const std::string& path) {
  OpenedHub hub(globals, Database::Mode::view, OpenedHub::Needs::everything);
  auto& [config, database] = hub;
  const Order order{what, globals.format, config.time_zone};
  if (path == "-") return write_to_stdout(database, order);
  refuse_own_file(config, path);
  NewFile file(path);
  const std::int64_t count =
      write_rows(database, order, [&](std::string_view line) { file.write(line); });
  file.keep();
  if (!globals.quiet) std::cerr << counted(count, "row", "rows") << " written to " << path << '\n';
}

}  // namespace

void add_export(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("export", "Write profiles, links or other data to a file");
  auto what = std::make_shared<std::string>();
  auto path = std::make_shared<std::string>();
  command
      ->add_option("WHAT", *what,
                   "profiles, links, effective_consent, relation, or an entity such as sales_order")
      ->required();
  command->add_option("-o,--output", *path, "The file to write; - for stdout")->required();
  command->footer(
      "As CSV, or with --format json as JSON Lines. links says which record belongs to which\n"
      "profile: source,stream,source_key,as,profile_id. The file is replaced only when the new "
      "one\n"
      "is complete. Moments are those of the hub's time_zone, with its offset.");
  command->callback([&globals, what, path] { export_to(globals, *what, *path); });
}

}  // namespace cdh
