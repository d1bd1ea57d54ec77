// A copy of the whole store in one file.
#pragma once

#include <filesystem>
#include <string>

#include "hub/store/database.hpp"

namespace cdh {

// Copies an SQLite store as it is at this moment, also while a run is writing: the copy is the state
// between two transactions, in a file that appears whole or not at all, with mode 0600, and is a store
// itself. A file of that name stays unless `overwrite`. Needs as much room as the store. Throws
// Error(config) when the file cannot be made; of a store on a server also, with the command of the
// server's own that does it.
void back_up_store(Database& database, const std::filesystem::path& file, bool overwrite);

// What to run to copy the store at this URL, which is on PostgreSQL or MariaDB, into the file. Without
// its password.
std::string server_backup_command(const std::string& url, const std::string& file);

}  // namespace cdh
