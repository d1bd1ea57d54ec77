#include <iostream>
#include <memory>

#include "hub/app/command.hpp"
#include "hub/app/opened_hub.hpp"
#include "hub/app/table.hpp"
#include "hub/app/user_name.hpp"
#include "hub/base/error.hpp"
#include "hub/base/text.hpp"
#include "hub/ingest/batch_rows.hpp"
#include "hub/model/raw_record.hpp"
#include "hub/run/consolidation.hpp"
#include "hub/run/maintenance.hpp"
#include "hub/store/quarantine.hpp"

namespace cdh {

namespace {

using Json = nlohmann::ordered_json;

struct Words {
  std::string source;
  std::size_t most = 50;
  std::int64_t id = 0;
  std::vector<std::int64_t> ids;
};

// "customers.csv, 17": whether that is a line, a row or a message the connector knows.
std::string place_of(const QuarantineEntry& entry) {
  if (entry.position == 0) return entry.origin;
  return entry.origin + (entry.origin.empty() ? "" : ", ") + std::to_string(entry.position);
}

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

void list(const Globals& globals, const Words& words) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const auto entries = list_quarantined(database, words.source, words.most);
  Table table({"id", "source", "stream", "key", "reason", "field", "where", "run"});
  for (const QuarantineEntry& entry : entries) {
    table.add({entry.id, entry.source, entry.stream, or_null(entry.source_key), entry.reason,
               or_null(entry.field), place_of(entry), entry.run_id});
  }
  if (!entries.empty() || globals.format != Format::table) table.print(std::cout, globals.format);
  if (globals.quiet) return;
  const std::int64_t all = count_quarantined(database, words.source);
  if (all == 0) {
    std::cerr << "nothing is in quarantine\n";
  } else if (all > std::ssize(entries)) {
    std::cerr << "the first " << entries.size() << " of " << all << "; --most shows more\n";
  }
}

// The values of the raw record with the names of their fields, as far as they are known.
std::vector<std::pair<std::string, std::string>> raw_fields(Database& database,
                                                            const QuarantineEntry& entry) {
  const auto columns = columns_from_json(pipeline_columns(database, entry.pipeline_id));
  const RawRecord raw = RawRecord::parse(entry.raw);
  std::vector<std::pair<std::string, std::string>> fields;
  for (std::size_t i = 0; i < raw.values().size(); ++i) {
    const bool whole = columns.empty() && raw.values().size() == 1;
    std::string name = i < columns.size() ? columns[i].name : std::to_string(i + 1);
    fields.emplace_back(whole ? "raw" : std::move(name), to_text(raw.values()[i]));
  }
  return fields;
}

// JSON is UTF-8: other bytes stand as { "hex": "4DB3" }.
Json json_of(const std::string& bytes) {
  if (is_valid_utf8(bytes)) return bytes;
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += {kDigits[byte >> 4], kDigits[byte & 0xF]};
  }
  return Json::object({{"hex", hex}});
}

void show(const Globals& globals, std::int64_t id) {
  OpenedHub hub(globals, Database::Mode::view);
  auto& [config, database] = hub;
  const auto entry = find_quarantined(database, id);
  if (!entry) {
    throw Error(ErrorKind::config, "there is no quarantined record " + std::to_string(id) +
                                       "; see `cdh quarantine list`");
  }
  const auto fields = raw_fields(database, *entry);
  if (globals.format == Format::json) {
    Json json = {{"id", entry->id},         {"source", entry->source},
                 {"stream", entry->stream}, {"key", or_null(entry->source_key)},
                 {"reason", entry->reason}, {"field", or_null(entry->field)},
                 {"origin", entry->origin}, {"position", entry->position},
                 {"run", entry->run_id},    {"record", Json::object()}};
    for (const auto& [name, text] : fields) json["record"][name] = json_of(text);
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    return;
  }
  Table table({"field", "value"});
  for (const auto& [name, text] : fields) table.add({name, text});
  if (globals.format == Format::table) {
    std::cout << entry->source << '/' << entry->stream << ' ' << printable(entry->source_key)
              << "\nrefused: " << printable(entry->reason) << '\n';
    if (!entry->field.empty()) std::cout << "field: " << printable(entry->field) << '\n';
    std::cout << "read from: " << printable(place_of(*entry)) << ", in run " << entry->run_id
              << "\n\n";
  }
  table.print(std::cout, globals.format);
}

void retry(Globals& globals, const std::vector<std::int64_t>& ids) {
  OpenedHub hub(globals, Database::Mode::existing, OpenedHub::Needs::everything);
  auto& [config, database] = hub;
  const RetryResult result = retry_quarantine(database, config, ids, user_name());
  const RetryCounts& counts = result.counts;
  Table table({"landed", "left_out", "still_refused", "not_tried"});
  table.add({counts.landed, counts.left_out, counts.still_refused, counts.not_tried});
  table.print(std::cout, globals.format);
  for (const std::string& problem : counts.problems) {
    std::cerr << "not tried: " << printable(problem) << '\n';
  }
  if (!counts.problems.empty()) globals.exit_code = static_cast<int>(RunExit::source_failed);
  if (counts.not_tried > 0 && counts.problems.empty() && !globals.quiet) {
    std::cerr << "what its connector refused cannot be tried from the store: put it right at the "
                 "source, and the next `cdh run` reads it again (`--full` where a source is read "
                 "incrementally)\n";
  }
}

}  // namespace

void add_quarantine(CLI::App& app, Globals& globals) {
  auto* quarantine = app.add_subcommand("quarantine", "Refused records: see why, and try again");
  quarantine->require_subcommand(1);
  auto words = std::make_shared<Words>();

  auto* list_them = quarantine->add_subcommand("list", "Which records were refused, and why");
  list_them->add_option("--source", words->source, "Of this source only");
  list_them->add_option("--most", words->most, "How many to show, at most 10000")
      ->check(CLI::Range(1, 10'000).description(""))
      ->capture_default_str();
  list_them->callback([&globals, words] { list(globals, *words); });

  auto* show_one = quarantine->add_subcommand("show", "One refused record with all its fields");
  show_one->add_option("ID", words->id, "The number that `quarantine list` shows")->required();
  show_one->footer(
      "Bytes that are not UTF-8 are shown as \\xB3. With --format json such a value is an object\n"
      "with all its bytes, { \"hex\": \"4DB3\" }; with --format csv they are written as they are.");
  show_one->callback([&globals, words] { show(globals, words->id); });

  auto* retry_them = quarantine->add_subcommand(
      "retry", "Map refused records again, after hub.yaml or a look-up file was put right");
  retry_them->add_option("ID", words->ids, "Numbers that `quarantine list` shows; none: all");
  retry_them->footer(
      "What passes is landed and the profiles are updated at once. What does not stays in "
      "quarantine\n"
      "with its present reason. A record whose key was delivered again meanwhile does not replace\n"
      "the later one.");
  retry_them->callback([&globals, words] { retry(globals, words->ids); });
}

}  // namespace cdh
