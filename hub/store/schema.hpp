// The tables of the profile store and how an older store becomes a newer one.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hub/model/entity.hpp"
#include "hub/store/database.hpp"

namespace cdh {

// The version this program reads and writes.
int current_schema_version();

// What makes each version's tables out of those of the version before, for Database::execute; entry
// 0 makes version 1. An entry that has shipped never changes: stores in use were made by it. When
// the table of entities grows, add an entry with the new tables, columns and indexes. The views are
// made anew from the table of entities with every new version.
std::span<const std::string_view> migrations();

// The store's version; 0 for an empty database. Changes nothing.
int schema_version(Database& database);

// Brings the store to current_schema_version(), each step in a transaction of its own, and returns
// the version it had before. MariaDB cannot take back what was done to tables: a step that was
// interrupted there is finished by the next call. A store of a later version is refused: Error(store).
int migrate(Database& database);

// Throws Error(store) that says what to run unless the store has exactly the current version.
void require_current_schema(Database& database);

// Whether a field's column holds text, or else whole numbers.
bool is_text_column(FieldKind kind);

// Amounts and other decimal numbers are stored as whole numbers of 1/10000.
inline constexpr std::int64_t kAmountScale = 10'000;
// "12.5" to 125000. Digits beyond the fourth are cut; not a number gives 0.
std::int64_t amount_from_text(std::string_view text);
std::string amount_to_text(std::int64_t amount);

}  // namespace cdh
