// What an SQLite store holds, as text to compare.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace cdh::test {

// What every undisturbed way to the same store has in common: rows are ordered; ids and UUIDs are
// replaced by what they stand for (a record by "source/stream/key", a profile by its first record);
// run numbers, the run log and clock times are left out.
std::string canonical_dump(const std::filesystem::path& store);

// Every row as it is, except the run log and the numbers that say which run was last.
std::string exact_dump(const std::filesystem::path& store);

// One number from a store that another process may be writing; `otherwise` when the store, or what
// the statement asks for, is not there yet.
std::int64_t peek(const std::filesystem::path& store, const std::string& sql,
                  std::int64_t otherwise);

// Runs statements that damage a store on purpose.
void tamper(const std::filesystem::path& store, const std::string& statements);

}  // namespace cdh::test
