#include "tests/app/store_dump.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

namespace cdh::test {

namespace {

using Row = std::vector<std::string>;  // "NULL" for null
struct Result {
  std::vector<std::string> columns;
  std::vector<Row> rows;
};
constexpr std::int64_t kIdsPerRecord = 16;  // documented in hub/store/schema.cpp

class Store {
 public:
  Store(const std::filesystem::path& path, int flags) {
    sqlite3* opened = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (result != SQLITE_OK) fail();
    sqlite3_busy_timeout(opened, 10'000);
  }

  Result query(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      fail();
    Result out;
    const int columns = sqlite3_column_count(statement);
    for (int i = 0; i < columns; ++i) out.columns.emplace_back(sqlite3_column_name(statement, i));
    int result = 0;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
      Row& row = out.rows.emplace_back();
      for (int i = 0; i < columns; ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        row.emplace_back(text != nullptr ? text : "NULL");
      }
    }
    sqlite3_finalize(statement);
    if (result != SQLITE_DONE) fail();
    return out;
  }

  void execute(const std::string& statements) {
    if (sqlite3_exec(handle_.get(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail();
  }

 private:
  [[noreturn]] void fail() {
    const std::string message = sqlite3_errmsg(handle_.get());
    throw std::runtime_error("SQLite: " + message);
  }
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_{nullptr, &sqlite3_close};
};

// Not the index of matching: its bytes are full of ids. That it is right shows in the profiles of
// later nights (tests/run/same_result_test.cpp). Nor what undoing a run needs, which says how the
// records came; nor who had the lock, and by which settings.
std::vector<std::string> tables(Store& store) {
  std::vector<std::string> names;
  const Result result = store.query(
      "SELECT name FROM sqlite_master WHERE type = 'table' "
      "AND name NOT IN ('run', 'run_source', 'schema_version', 'audit_event', 'match_block', "
      "'run_lock', 'configuration', 'match_party', 'match_party_recent', 'record_version', "
      "'stream_state_version', 'profile_version') ORDER BY name");
  for (const Row& row : result.rows) names.push_back(row[0]);
  return names;
}

using Names = std::map<std::string, std::string>;  // id to what it stands for

Names names_of(Store& store, const std::string& sql) {
  Names names;
  for (const Row& row : store.query(sql).rows) names[row[0]] = row[1];
  return names;
}

// Replaces ids by names and leaves out what differs between two runs of the same data.
class Canonical {
 public:
  explicit Canonical(Store& store)
      : sources_(names_of(store, "SELECT id, name FROM source")),
        streams_(names_of(store,
                          "SELECT s.id, o.name || '/' || s.name FROM stream s "
                          "JOIN source o ON o.id = s.source_id")),
        records_(names_of(store,
                          "SELECT r.id, o.name || '/' || s.name || '/' || r.source_key "
                          "FROM source_record r JOIN stream s ON s.id = r.stream_id "
                          "JOIN source o ON o.id = s.source_id")) {
    for (const Row& row : store.query("SELECT profile_id, party_id FROM link").rows) {
      const std::string name = entity(row[1]);
      std::string& first = profiles_[row[0]];
      if (first.empty() || name < first) first = name;
    }
  }

  // Nothing: the column is left out.
  std::string value(const std::string& table, const std::string& column,
                    const std::string& text) const {
    if (text == "NULL") return text;
    if (column == "id") return own_id(table, text);
    if (column == "source_id") return name(sources_, text);
    if (column == "stream_id") return name(streams_, text);
    if (column == "profile_id") return name(profiles_, text);
    if (column == "lineage") return lineage(text);
    if (left_out(table, column)) return "";
    const bool is_entity = (column.ends_with("_id") && table != "profile") ||
                           column == "joined_to" || column == "party_a" || column == "party_b";
    return is_entity ? entity(text) : text;
  }

 private:
  static bool left_out(const std::string& table, const std::string& column) {
    static const std::set<std::string> kColumns = {"run_id",
                                                   "first_seen_run",
                                                   "changed_run",
                                                   "created_run",
                                                   "pipeline_id",
                                                   "uuid",
                                                   "alias",
                                                   "made_at",
                                                   "profile_uuid",
                                                   "profile.fingerprint",
                                                   "match_model.created_at"};
    return kColumns.contains(column) || kColumns.contains(table + "." + column);
  }
  static std::string name(const Names& names, const std::string& id) {
    const auto at = names.find(id);
    return at != names.end() ? at->second : "nothing at " + id;
  }
  std::string entity(const std::string& id) const {
    const std::int64_t number = std::stoll(id);
    if (number == 0) return "nobody";
    return name(records_, std::to_string(number / kIdsPerRecord)) + '#' +
           std::to_string(number % kIdsPerRecord);
  }
  std::string own_id(const std::string& table, const std::string& id) const {
    static const std::set<std::string> kNumbered = {"quarantine", "pipeline", "decision",
                                                    "match_model"};
    if (kNumbered.contains(table)) return "";
    if (table == "source") return name(sources_, id);
    if (table == "stream") return name(streams_, id);
    if (table == "source_record") return name(records_, id);
    if (table == "profile") return name(profiles_, id);
    if (table == "review_item") return id;  // the same in every store
    return entity(id);
  }
  // Origins are [party, rule], at any depth.
  std::string lineage(const std::string& text) const {
    nlohmann::json document = nlohmann::json::parse(text);
    const std::function<void(nlohmann::json&)> rename = [&](nlohmann::json& json) {
      if (json.is_array() && !json.empty() && json[0].is_number()) {
        json[0] = entity(json[0].dump());
      } else if (json.is_structured()) {
        for (nlohmann::json& part : json) rename(part);
      }
    };
    rename(document);
    return document.dump();
  }

  Names sources_, streams_, records_, profiles_;
};

// `value` gives a column's text, or nothing to leave it out.
template <typename Value>
std::string dump(Store& store, Value&& value) {
  std::string out;
  for (const std::string& table : tables(store)) {
    std::vector<std::string> lines;
    const Result result = store.query("SELECT * FROM " + table);
    for (const Row& row : result.rows) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string& column = result.columns[i];
        const std::string text = value(table, column, row[i]);
        if (!text.empty() && text != "NULL") line += " " + column + "=" + text;
      }
      const bool is_of_runs = line.find("published_run") != std::string::npos ||
                              line.find("last_run_for_good") != std::string::npos;
      if (table == "hub_state" && is_of_runs) continue;
      lines.push_back(table + ":" + line + "\n");
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) out += line;
  }
  return out;
}

}  // namespace

std::string canonical_dump(const std::filesystem::path& path) {
  Store store(path, SQLITE_OPEN_READONLY);
  const Canonical canonical(store);
  return dump(store, [&](const auto& table, const auto& column, const auto& text) {
    return canonical.value(table, column, text);
  });
}

std::string exact_dump(const std::filesystem::path& path) {
  Store store(path, SQLITE_OPEN_READONLY);
  return dump(store, [](const auto& table, const auto& column, const auto& text) {
    return table == "stream_state" && column == "run_id" ? std::string() : text;
  });
}

std::int64_t peek(const std::filesystem::path& path, const std::string& sql,
                  std::int64_t otherwise) {
  try {
    Store store(path, SQLITE_OPEN_READONLY);
    const std::vector<Row> rows = store.query(sql).rows;
    return !rows.empty() && rows[0][0] != "NULL" ? std::stoll(rows[0][0]) : otherwise;
  } catch (const std::runtime_error&) {
    return otherwise;
  }
}

void tamper(const std::filesystem::path& path, const std::string& statements) {
  Store(path, SQLITE_OPEN_READWRITE).execute(statements);
}

}  // namespace cdh::test
