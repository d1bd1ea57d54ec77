#include "hub/run/store_dump.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "hub/run/customer_dump.hpp"
#include "hub/run/dump_line.hpp"
#include "hub/run/store_names.hpp"
#include "hub/store/match_model_store.hpp"
#include "hub/store/membership.hpp"
#include "hub/store/run_log.hpp"

namespace cdh {

namespace {

class StoreDump {
 public:
  explicit StoreDump(Database& database) : database_(database), names_(database) {}

  std::vector<std::string> lines() {
    add_records();
    add_quarantine();
    add_states();
    add_decisions();
    add_former_ids();
    if (const auto model = current_match_model(database_)) add("model: " + model->content);
    std::vector<std::string> customers = customer_dump(database_, names_);
    lines_.insert(lines_.end(), std::make_move_iterator(customers.begin()),
                  std::make_move_iterator(customers.end()));
    std::ranges::sort(lines_);
    return std::move(lines_);
  }

 private:
  void add(std::string_view line) { lines_.push_back(dump_line(line)); }

  static std::string text_of(const Cursor& row, int column) {
    return row.is_null(column) ? "-" : std::string(row.text(column));
  }

  void add_records() {
    const std::int64_t published = published_run(database_);
    const auto rows = database_.query(
        "SELECT id, source_updated_at, gone_run, changed_run, raw, mapped FROM source_record");
    while (rows->next()) {
      const std::string updated_at = rows->is_null(1) ? "-" : std::to_string(rows->integer(1));
      add("record: " + names_.record(rows->integer(0)) + " at " + updated_at +
          (rows->is_null(2) ? "" : " gone") +
          (rows->integer(3) > published ? " not published" : "") + " " + text_of(*rows, 4) + " " +
          text_of(*rows, 5));
    }
  }

  void add_quarantine() {
    const auto rows = database_.query(
        "SELECT stream_id, position, source_key, field, origin, reason, raw FROM quarantine");
    while (rows->next()) {
      std::string line = "quarantine: " + names_.stream(rows->integer(0)) + " " +
                         (rows->is_null(1) ? "-" : std::to_string(rows->integer(1)));
      for (int column = 2; column <= 6; ++column) line += " " + text_of(*rows, column);
      add(line);
    }
  }

  void add_states() {
    const auto rows =
        database_.query("SELECT stream_id, last_count, resume_state FROM stream_state");
    while (rows->next()) {
      add("state: " + names_.stream(rows->integer(0)) + " " + std::to_string(rows->integer(1)) +
          " " + text_of(*rows, 2));
    }
  }

  void add_decisions() {
    const std::int64_t published = published_decision(database_);
    for (const StoredDecision& decision : decisions(database_)) {
      const bool is_pin = decision.kind == "pin" && decision.right.empty();
      add("decision: " + decision.kind + " " +
          (is_pin ? names_.profile(decision.left) : decision.left) + " " + decision.right + " " +
          decision.field + " " + decision.value + " by " + decision.made_by +
          (decision.id > published ? " not published" : ""));
    }
  }

  void add_former_ids() {
    const auto aliases = database_.query("SELECT alias FROM profile_alias");
    while (aliases->next()) add("former id: of " + names_.profile(std::string(aliases->text(0))));
    const auto parties = database_.query("SELECT party, profile_uuid FROM former_party");
    while (parties->next()) {
      add("former party: " + std::string(parties->text(0)) + " of " +
          names_.profile(std::string(parties->text(1))));
    }
  }

  Database& database_;
  StoreNames names_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> store_dump(Database& database) {
  const Transaction reading(database, Transaction::Access::read);
  return StoreDump(database).lines();
}

}  // namespace cdh
