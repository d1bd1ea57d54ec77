// Every table, index and view of a store, as its database describes them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "hub/store/database.hpp"

namespace cdh {

// For a condition on information_schema's columns of this name.
inline std::string schema_of(const Database& database) {
  return database.dialect() == "mariadb" ? "DATABASE()" : "'public'";
}

inline std::string columns_sql(const Database& database) {
  const std::string details = database.dialect() == "mariadb" ? "column_type" : "data_type";
  return "SELECT 'column', table_name || '.' || column_name, " + details +
         " || is_nullable || COALESCE(collation_name, '') || COALESCE(column_default, '') "
         "FROM information_schema.columns WHERE table_schema = " +
         schema_of(database);
}

inline std::string indexes_and_views_sql(const Database& database) {
  if (database.dialect() == "mariadb") {
    return "SELECT 'index', table_name || '.' || index_name, non_unique || ' ' || seq_in_index "
           "|| column_name || COALESCE(sub_part, '') FROM information_schema.statistics "
           "WHERE table_schema = DATABASE() "
           "UNION ALL SELECT 'view', table_name, REPLACE(view_definition, DATABASE(), '') "
           "FROM information_schema.views WHERE table_schema = DATABASE()";
  }
  return "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
         "UNION ALL SELECT 'view', viewname, definition FROM pg_views "
         "WHERE schemaname = 'public'";
}

// Sorted.
inline std::vector<std::string> structure(Database& database) {
  std::vector<std::string> lines;
  const auto rows =
      database.query(database.dialect() == "sqlite"
                         ? "SELECT type, name, sql FROM sqlite_master"
                         : columns_sql(database) + " UNION ALL " + indexes_and_views_sql(database));
  while (rows->next()) {
    lines.push_back(std::string(rows->text(0)) + " " + std::string(rows->text(1)) + " " +
                    std::string(rows->text(2)));
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace cdh
